"""Examples of the rules on periods and on what was left in a draft: what they find and what not."""

from __future__ import annotations

TRUE: dict[str, tuple[str, ...]] = {
    "period-backwards": (
        "There were 488 cases in the 3 months of December 2023 to September 2023.",
    ),
    "period-length": (
        "There were 488 cases in the 4 months of October 2023 to December 2023.",
        "In the three months of October 2023 - November 2023 there were 9.",
    ),
    "period-label": (
        "4 Month Performance\n\nThere were 0 cases in the 3 months of October 2023 to December "
        "2023.",
        "Comparison (4 Month Period) with last year.\n\nIn the 3 months of October 2023 to "
        "December 2023 there were 2.",
    ),
    "financial-year": ("Recruitment is to commence in Q2 2023/34.",),
    "weekday-against-date": ("The board meets on Monday 1st March 2024.",),
    "ends-before-start": (
        "| Action | Start date | End date |\n|---|---|---|\n| One | 1 April 2025 | 30 June 2024 |",
        "The grant runs from 1 April 2025 to 31 March 2025.",
        "The consultation opens on 2 June 2025 and closes on 25 May 2025.",
    ),
    "years-backwards": ("Funding register, 2026/27 to 2024/25",),
    "compared-periods-overlap": (
        "In the 12 months to June 2024 there were 83, compared with 91 in the 12 months to "
        "December 2023.",
        "There were 83 in April 2022 to March 2023, compared with 91 in January 2022 to December "
        "2022.",
        "It fell to 83 in 2022/23 from 91 in 2022.",
        "| Type | January to December 2022 | April 2022 to March 2023 | Change |\n"
        "|---|---|---|---|\n| Arson | 10 | 11 | 10% |",
    ),
    "columns-out-of-order": (
        "| Type | 2023 | 2019 | 2024 |\n|---|---|---|---|\n| A | 1 | 2 | 3 |",
        "| Type | Oct | Dec | Nov | Jan |\n|---|---|---|---|---|\n| A | 1 | 2 | 3 | 4 |",
    ),
    "period-twice": (
        "| Quarter | No. |\n|---|---|\n| April to June 2024 | 1 |\n| April to June 2024 | 2 |\n"
        "| October to December 2024 | 3 |\n| Year | 6 |",
    ),
    "quarter-number": (
        "Quarter 2 (October to December 2024), and Quarter 4 (January to March 2025).",
        "Q3 2023/24, October to December 2024",
    ),
    "impossible-date": ("30.15.2015", "It ends on 31 June 2024.", "By 30 February 2023."),
    "period-in-the-future": (
        "FRIDAY 27TH OCTOBER 2017\n\nFigures based on the rolling 12 months to March 2018.",
    ),
    "deadline-against-rule": (
        "FRIDAY 1ST MARCH, 2024\n\nQuestions must be submitted by 10AM on the third working day "
        "before the meeting. The deadline is Monday 26 February 2024.",
        "The deadline is 10am on Friday 7 March 2025, the third working day before the meeting of "
        "Thursday 13 March 2025.",
        "Questions close on the third working day before the meeting.\n\n"
        "Meeting\tQuestions close\n12 June 2025\t10am on 6 June 2025\n13 March 2025\t10 March 2025",
    ),
    "draft-mark": ("The plan of the year.\n\nDRAFT\n\nIt begins in May.",),
    "placeholder": ("The lead is TBC.", "It costs £XX a year.", "[insert date]"),
    "form-prompt": ("Click or tap to enter a date.", "Status: Choose an item."),
    "spreadsheet-error": ("The rate was #REF! in June.", "Boards+C28:M43, and others."),
    "template-instruction": ("Progress (Column K) - choose from the list.",),
    "note-to-self": (
        "Can someone check the figure.",
        "SOMEBODY PLEASE HELP! Outcomes are in.",
        "[Analyst to add figures here]",
        "Please insert the chart here",
        "Burglary fell (to be updated before the meeting).",
    ),
    "malformed-money": (
        "A grant of £100,00 was made.",
        "It costs £1,2345.",
        "Total £475,00",
        "A gift of ££500.",
        "It cost £.",
    ),
    "name-without-action": (
        "Action No\tLocal Outcomes\tNamed Lead\tStart date\n"
        "1\tA workshop will be held with schools.\tA Person\tJan-24\n"
        "2\tANNA NOBODY\tB Person\tJan-24",
    ),
    "empty-required-field": ("| Legal implications (required) | |\n|---|---|\n| Other | text |",),
    "empty-field": (
        "Actions\tLead\tStart date\tEnd date\nHold a workshop\tA\tJan-24\tMar-24\n"
        "Write a plan\tB\tFeb-24\tMay-24\nPrint it\tC\t\tJun-24",
        "Title of Report\tOverview\tReport of\tIssue Type\nUpdate\tAll areas\tPolice\t\n"
        "Plan\tAll areas\tCouncil\tKey",
    ),
    "empty-column": (
        "Actions\tLead\tProgress\nHold a workshop\tA\t\nWrite a plan\tB\t\nPrint it\tC\t",
    ),
    "numbered-twice": (
        "Figure 1. Risk factors.\n\nWords.\n\nFigure 2. Homes.\n\nFigure 2. Schools.",
    ),
    "caption-twice": (
        "Figure 1. Volume of burglary in the borough by month.\n\nWords.\n\n"
        "Figure 2. Volume of burglary in the borough by month.",
    ),
    "number-missing": ("Figure 1. One.\n\nFigure 2. Two.\n\nFigure 4. Four.",),
    "mentioned-but-missing": (
        "Table 1. One.\n\nTable 2. Two.\n\nAs Table 5 shows, it fell.",
        "Table 1. One.\n\nThe grants end: see Figure 1.",
    ),
}

FALSE: dict[str, tuple[str, ...]] = {
    "period-backwards": (
        "In the 4 months of June 2023 to September 2023 (incl.) there were 480 cases.",
        "Between October to December 2023.",
        "From November to January 2024 there were 9.",
    ),
    "period-length": (
        "In the 4 months of June 2023 to September 2023 (incl.) there were 480 cases.",
        "Over 12 months between October 2022 and October 2023 there were 9.",
        "In the 12 months up to December 2023 there were 9.",
    ),
    "period-label": (
        "3 Month Performance\n\nThere were 0 cases in the 3 months of October 2023 to December "
        "2023.",
        "3 Month Performance\n\nThere were 9 cases in the 12 months of 2023.",
    ),
    "financial-year": ("In 2023/24 and 2022-25.", "Report 2021/13.", "In 1999/2000."),
    "weekday-against-date": ("The board meets on Friday 1st March 2024.",),
    "ends-before-start": (
        "| Action | Start date | End date |\n|---|---|---|\n| One | 1 April 2025 | 30 June 2025 |",
        "The grant runs from 1 April 2025 to 31 March 2026.",
        "It was agreed on 2 June 2025 and followed the paper of 25 May 2025.",
        "| Action | Start | End |\n|---|---|---|\n| One | Jan-24 | Mar-25 |",
    ),
    "years-backwards": ("Funding register, 2024/25 to 2026/27",),
    "compared-periods-overlap": (
        "In the 12 months to June 2024 there were 83, compared with 91 in the 12 months to June "
        "2023.",
        "There were 9 in the 3 months to June 2024, and 40 in the 12 months to June 2024.",
        "There were 83 in 2022/23, compared with 91 in 2021/22. There were 7 in 2022.",
        "There were 83 in April to June 2023, more than the 71 since January 2023.",
        "| Type | 12 months to March 2023 | 12 months to June 2023 |\n|---|---|---|\n| A | 1 | 2 |",
    ),
    "columns-out-of-order": (
        "| Type | 2019 | 2023 | 2024 |\n|---|---|---|---|\n| A | 1 | 2 | 3 |",
        "| Type | Oct | Nov | Dec | Jan |\n|---|---|---|---|---|\n| A | 1 | 2 | 3 | 4 |",
        "| Type | 2024/25 | 2023/24 | 2022/23 |\n|---|---|---|---|\n| A | 1 | 2 | 3 |",
    ),
    "period-twice": (
        "| Quarter | No. |\n|---|---|\n| April to June 2024 | 1 |\n| July to September 2024 | 2 |\n"
        "| October to December 2024 | 3 |\n| Year | 6 |",
    ),
    "quarter-number": (
        "Figures for Quarter 3 2024/25 (October to December 2024).",
        "Q4 2023/24, January to March 2024",
        "Quarter 1 (January to March 2024) and Quarter 2 (April to June 2024)",
    ),
    "impossible-date": ("29.01.2016", "29 February 2024", "Version 4.12.2023_0 of 3.14.2."),
    "period-in-the-future": (
        "FRIDAY 27TH OCTOBER 2017\n\nFigures based on the rolling 12 months to March 2017.",
        "FRIDAY 27TH OCTOBER 2017\n\nFunding is secured for the year to March 2018.",
    ),
    "deadline-against-rule": (
        "FRIDAY 1ST MARCH, 2024\n\nQuestions must be submitted by 10AM on the third working day "
        "before the meeting. The deadline is Tuesday 27 February 2024.",
        "Questions close on the third working day before the meeting, reports on the tenth working "
        "day before it.\n\nMeeting\tQuestions close\n12 June 2025\t9 June 2025",
    ),
    "draft-mark": ("A draft strategy was discussed.", "The DRAFT plan was noted."),
    "placeholder": (
        "The Board agreed the items to be added to the programme.",
        "XXL shirts were bought.",
    ),
    "form-prompt": ("Residents can tap the app to report.",),
    "spreadsheet-error": ("The hashtag #REFORM was used.", "At 10:30 the bus A1 left."),
    "template-instruction": ("The column K was filled in.",),
    "note-to-self": (
        "Officers will check the figures in May.",
        "Can we meet in May?",
        "Officers [of the council] are to add figures to the plan.",
        "The plan (to be checked by officers each year) was agreed.",
    ),
    "malformed-money": (
        "£139,937 and £1,234,567.50 and £82.2M and £187 million and £500 and £10.",
        "a fund of £150k, £344,000 with £10,000 more",
    ),
    "name-without-action": (
        "Action No\tLocal Outcomes\tNamed Lead\tStart date\n1\tA workshop.\tA PERSON\tJan-24\n"
        "2\tCOMPLETED\tB PERSON\tJan-24",
    ),
    "empty-required-field": ("| Legal implications (required) | None |\n|---|---|\n| O | t |",),
    "empty-field": (
        "Actions\tLead\tStart date\tEnd date\nHold a workshop\tA\tJan-24\tMar-24\n"
        "Write a plan\tB\tFeb-24\tMay-24",
        "Ward\tOffences\tRate\nNorth\t12\t\nSouth\t13\t3.1",
    ),
    "empty-column": ("Actions\tLead\tProgress\nHold a workshop\tA\tDone\nWrite a plan\tB\t",),
    "numbered-twice": (
        "Figure 1. One.\n\nFigure 2. Two.\n\nFigure 1. Another paper.\n\nFigure 2. Its second.",
        "Table 4 shows that it rose.\n\nTable 4 indicates more.\n\nTable 4. Offences.",
    ),
    "caption-twice": (
        "Figure 1. Volume of burglary in the borough by month.\n\nWords.\n\n"
        "Figure 2. Volume of robbery in the borough by month.",
    ),
    "number-missing": ("Figure 1. One.\n\nFigure 2. Two.\n\nFigure 1. New.\n\nFigure 2. B.",),
    "mentioned-but-missing": (
        "Table 1. One.\n\nAs Table 1 shows, it fell; Figure 9 is away.",
        "Table 1. One.\n\nFigure 1 of the assessment of needs shows more.",
    ),
}
