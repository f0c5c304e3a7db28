"""Examples of the rules on periods, sections, rows and tables, as in `rule_examples`."""

from __future__ import annotations

_MEETING = "FRIDAY 1ST MARCH, 2024\n\n"
_RANKED = (
    "- Theft was the second highest with {}.\n- Fraud was the third highest with 4.1%.\n"
    "- Arson was the fourth highest with 3.2%.\n- Noise was the fifth highest with {}."
)
_TABLE_2 = (
    "Type of crime\tNo.\nFraud\t9\nExploitation\t7\nTheft\t6\nRobbery\t5\nArson\t2\n\n"
    "{} are the highest crime types in the quarter."
)
_EXCLUDED = (
    "In the 2022-23 academic year 65 pupils were excluded, compared to 24 in 2021-22.\n\n"
    "2021-22 Year\t2022-23 Year\n{} were male 8 were female\t45 were male 20 were female\n"
    "11 had a recorded EHCP or SEN\t7 had a recorded EHCP or SEN"
)
_CRIMES = (
    "\n\n\t2011/12\t2015/16\t2016/17\nRobbery\t1199\t622\t463\n"
    "Theft of Motor Vehicle\t956\t701\t809"
)
_CENSUS = (
    "\n\nIndicator\t2011\t2021\nTotal Population\t356,386\t389,300\n"
    "White\t228,553 (64.1%)\t224,762 (57.7%)\nOther\t17,315 (4.9%)\t38,070 (9.8%)"
)
_FIGURES = (
    "{}\n\nFigure 1. Heat map showing drug offences by ward.\n\nWords.\n\n"
    "Figure 2. Homes of the people who were supported."
)
_PLAN = (
    "Forward Plan\n\n{}\n\n21 July 2023\t\t\nTitle of Report\tOverview\tReport of\n"
    "Performance Update ({})\tAll areas\tCouncil\n6 September 2024\t\t\n"
    "Title of Report\tOverview\tReport of\nUpdate\tAll areas\tPolice"
)
_LOG = (
    "Action Log of meeting held on {}\n\nDate of Meeting\tAction\tTeam\n"
    "29.01.2016\tTo write a plan\tA\n29.01.2016\tTo hold a workshop\tB\n"
    "29.01.2016\tTo send the figures\tC\n29.01.2016\tTo meet again\tD"
)
_ACTIONS = "Theme\tNo\tAction\n" + "".join(
    f"THEME {theme}\t1\tHold a workshop with the schools\n\t2\tWrite to every landlord in time\n"
    "\t3\tMeet the young people of the area\n"
    for theme in "ABC"
)

_RATES = (
    "Ward\tRate\tRank\nNorth\t9.5\t{}\nSouth\t8.5\t{}\nEast\t7.0\t{}\nWest\t5.5\t{}\nHill\t4.5\t5"
)

TRUE: dict[str, tuple[str, ...]] = {
    "rank-against-column": (
        _RATES.format(1, 2, 3, 1),
        "Area\tRate\tRank (1 = lowest)\nNorth\t5\t4\nSouth\t2\t1\nEast\t3\t2\nWest\t4\t2",
    ),
    "name-left-open": (
        "Title\tReport of\nPlan\tJAN?\nReview\tSam Green",
        "The owner of this action is ANNA TO CONFIRM!",
        "Title\tLead\nPlan\tANNA NOBODY\nReview\tSam Green\nMap\tJo Brown\nList\tAl Gray",
    ),
    "name-left-out": (
        "Title\tReport of\nPlan\t, Police\nReview\tSam Green, the Council",
        "Version 2. Owner: , the Council.",
    ),
    "years-length": ("The five year plan (2021-2024) ends.", "It is three years, 2020 to 2025."),
    "stable-but-changed": ("Reports remained stable at 2,145, compared to 2,890 last year.",),
    "percentage-fits-neither-way": (
        "Last year 56 people were referred; this year it was 84, a 40% increase.",
        "Of the 48 applications received 30 were approved, an approval rate of 58%.",
    ),
    "fraction-against-percentage": (
        "Over half (45%) of victims were women.",
        "Two thirds of residents (51%) felt safe.",
        "Nearly three quarters (58%) came.",
        "Most residents (45%) felt safe.",
    ),
    "opposites-above-hundred": ("60% of victims were men and 45% were women.",),
    "listed-parts-do-not-add": (
        "45 incidents were reported (20 assaults, 15 thefts and 12 others).",
        "The team dealt with 120 cases: 70 for noise, 30 for dogs and 25 for litter.",
        "Total of 500: 200 burglaries, 150 robberies, 100 thefts and 60 others.",
        "Incidents totalled 500: burglary 200, robbery 150, theft 140.",
        "The total of 500 comprised 200 burglaries, 150 robberies and 140 thefts.",
        "200 burglaries, 150 robberies and 140 thefts, 500 in all.",
    ),
    "money-parts-above-total": (
        "It cost £30,000, of which £20,000 came from the council and £12,000 from the police.",
    ),
    "quarter-of-other-months": (
        "The second quarter of 2023/24 (October to December 2023) was quiet.",
        "The first quarter of 2023/24 (May to July 2023) was quiet.",
    ),
    "period-explained-by-another": ("the year to March 2023 (April 2021 to March 2023)",),
    "percentage-not-possible": (
        "In the last year, 66 young people were referred, with 75% of referrals being male.",
        "Volume\tA\tB\tC\tD\tE\tF\tG\n16\t25%\t38%\t6%\t94%\t81%\t10%\t19%",
    ),
    "difference-against-table": (
        "There were over 150 fewer Theft Of Motor Vehicle offences (15% reduction)." + _CRIMES,
        "This includes 700 fewer robberies (reduction of 61%)." + _CRIMES,
    ),
    "share-against-table": (
        "122,680 residents are under 25, accounting for 31% of the total population." + _CENSUS,
        "Currently, 44% of the population is not White." + _CENSUS,
        "Exclusions rose from 24 to 65, of which 69% were male and 14% have Special Education "
        "Needs (SEN) or an EHCP.\n\n" + _EXCLUDED.format("16"),
    ),
    "factor-or-percentage": (
        "Incidents were 600 times higher than last year.",
        "Severity was reduced by a factor of 80% after referral.",
    ),
    "parts-do-not-add": (
        "Drug\t2011\t2014\nOpiates\t1156\t1,390 Male: 1,390 Female: 226",
        "Area\tReported\tAssisting the police\tNot assisting the police\nNorth\t31\t16\t10",
        _EXCLUDED.format("15"),
    ),
    "ranking-does-not-follow": (_RANKED.format("6.3%", "3.4%"),),
    "highest-does-not-follow": (_TABLE_2.format("Fraud, theft and robbery"),),
    "unequal-periods": (
        "There was a 9% rise from the preceding 12 months (ending June 2022) to January through "
        "June 2023.",
        "Calls fell 5% in January 2023 to June 2023 compared to January 2022 to December 2022.",
    ),
    "earlier-period-differs": (
        "Homes had 57.4% this year compared to 46.2% in 2021-22. Care homes had 25.6% of all "
        "compared to 36% in 2020-21.",
    ),
    "quarter-against-months": (
        "The latest quarter, June to September, was quieter.",
        "Quarterly Performance Updates\n\nAn overview from June until September 2023 was given.",
    ),
    "date-of-meeting": (_MEETING + "Date of meeting\t24 th February 2024\nStatus\tPublic",),
    "log-of-another-meeting": (_LOG.format("30 October 2015"),),
    "plan-beyond-its-period": (_PLAN.format("July 2023-July 2024", "Q4 2022/23"),),
    "quarter-of-another-year": (_PLAN.format("July 2023-September 2024", "Q4 2021/22"),),
    "stale-period": (
        _MEETING + "The next network meeting is scheduled for Q3 in which schools will take part.",
        _MEETING + "The cameras will become fully operational in February.",
        _MEETING + "In Q3 there are plans to develop pathways.",
    ),
    "years-of-a-plan": (
        "The 2015-2020 Community Safety Strategy began. The 2015-2020 Community Safety Strategy "
        "has six aims. The Community Safety Strategy 2015-2020 ends.\n\n"
        "Aims of the 2012-2020 Community Safety Strategy",
    ),
    "empty-section": (
        "19 CONSULTATION\n\n19.1 None was needed.\n\n20 BACKGROUND PAPERS\n\n"
        "21 REASONS FOR RECOMMENDATIONS\n\n21.1 To report.",
        "15. DATE OF NEXT MEETING\n\nThe meeting finished at 11.50 am",
        "Foreword\t3\nVision\t4\nAims\t5\nGovernance\t6\n\nForeword – the Leader\n\nDRAFT\n\n"
        "Vision\n\nEverybody is safe.\n\nAims\n\nThere are four.\n\nGovernance\n\nThe board leads.",
    ),
    "section-twice": (
        "1 WHY THIS REPORT\n\nWords.\n\n2 REASONS FOR RECOMMENDATIONS\n\nWords.\n\n"
        "3 REASONS FOR RECOMMENDATIONS\n\nWords.",
    ),
    "unfinished-sentence": (
        "Services are monitored and evaluated by the There are more than 200 groups.",
        "Fully achieved: 59.6% up from to 47.8% last year.",
    ),
    "item-number": (_ACTIONS.replace("\t2\tWrite", "\t4\tWrite", 1).replace(
        "\t4\tWrite", "\t2\tWrite", 1) + "THEME D, " + 5 * "WITH A LONG NAME "
        + "\t1\tHold a second event for them\n"
        "\t2\tPrint the leaflets for everybody\n\t4\tVisit each licensed place in turn\n",),
    "row-copied": (
        "Need\t2019\t2020\t2021\t2022\nHousing\t23%\t50%\t25%\t15%\nWork\t23%\t50%\t25%\t15%",
    ),
    "entry-twice": ("Title\tType\nUpdate\tNon-Key Non-key\nPlan\tKey",),
    "figure-number": (
        _FIGURES.format("There are more drug offences in some wards (Fig. 2), as reported."),
    ),
    "table-without-what-is-said": (
        "Table 2 shows the crime figures for the year by quarter.\n\nTable 2. Crimes.\n\n"
        "Type\t2019\t2021\nTheft\t3\t4\nFraud\t5\t6",
    ),
    "enclosures-none": (
        "Enclosures:\tNone\nAuthor:\tA\n\nFor a breakdown please see Appendix 1.",
    ),
    "appendix-missing": ("The directory can be found in Appendix 1.",),
}  # fmt: skip

FALSE: dict[str, tuple[str, ...]] = {
    "rank-against-column": (
        _RATES.format(1, 2, 3, 4),
        _RATES.format(2, 4, 1, 3),
        "Ward\tRate\tRank\nNorth\t9.5\t1\nSouth\t9.5\t1\nEast\t7.0\t3\nWest\t5.5\t4",
        "Ward\tRate\tRank in London\nA\t9.5\t3\nB\t8.5\t1\nC\t7.0\t5\nD\t5.5\t9",
    ),
    "name-left-open": (
        "Title\tLead\nPlan\tANNA NOBODY\nReview\tSAM GREEN\nMap\tJO BROWN",
        "Title\tLead\nPlan\tMOPAC\nReview\tSam Green\nMap\tJo Brown\nList\tAl Gray",
        "MENU OF OPTIONAL ACTIONS TO ADD TO THE PLAN",
        "WHY? Because the grant ends.",
    ),
    "name-left-out": (
        "Officers are the first point of contact.",
        "Owner: the Council, with Police.",
    ),
    "years-length": ("The five year plan (2021-2026) and the three years 2020 to 2022.",),
    "stable-but-changed": (
        "Reports remained stable at 2,145, compared to 2,190 last year.",
        "Gun crime was stable: 4 compared to 5.",
    ),
    "percentage-fits-neither-way": (
        "Calls were 20% lower than the year before, at 3,210 (3,990 in 2022/23).",
        "Of the 48 applications received 30 were approved, an approval rate of 63%.",
        "There were 48 applications and 30 visits, and satisfaction was 91%.",
    ),
    "fraction-against-percentage": (
        "Over half (54%) of victims were women.",
        "Two thirds of residents (67%) felt safe. Nearly three quarters (71%) came.",
        "Most residents (65%) felt safe.",
    ),
    "opposites-above-hundred": (
        "60% of victims were men and 40% were women.",
        "60% of men and 45% of women felt safe.",
    ),
    "listed-parts-do-not-add": (
        "45 incidents were reported (20 assaults, 15 thefts and 10 others).",
        "45 people came (including 20 residents, 15 officers and 3 members).",
        "There were 12 meetings (4 of the board and 3 of the group).",
        "Total of 500: 200 burglaries, 150 robberies, 100 thefts and 50 others.",
        "Total of 500: 200 burglaries, 150 robberies.",
        "There were 120 officers: 3 sergeants, 2 inspectors and 1 chief.",
        "Rates per 1,000: 10,000 homes, 20,000 people and 5,000 shops were counted.",
    ),
    "money-parts-above-total": (
        "It cost £30,000, of which £20,000 came from the council and £10,000 from the police.",
        "It cost £30,000, of which £20,000 came from the council and £5,000 from the police.",
    ),
    "quarter-of-other-months": ("The third quarter of 2023/24 (October to December 2023).",),
    "period-explained-by-another": (
        "the year to March 2023 (April 2022 to March 2023)",
        "April, May and June 2025 (Quarter 1 of 2025/26)",
    ),
    "percentage-not-possible": (
        "In the last year, 66 young people were referred, with 74% of referrals being male.",
        "In the last year, around 66 young people were referred, with 75% of referrals male.",
        "There were 21 sites, and 33% of the 900 residents who were asked liked them.",
        "Volume\tA\tB\tC\tD\tE\tF\tG\n16\t25%\t38%\t6%\t94%\t81%\t13%\t19%",
        "Rank\tA\tB\tC\tD\tE\tF\tG\n7\t25%\t38%\t6%\t94%\t81%\t10%\t19%",
    ),
    "difference-against-table": (
        "There were over 140 fewer Theft Of Motor Vehicle offences (15% reduction)." + _CRIMES,
        "There were nearly 150 fewer Theft Of Motor Vehicle offences (15% reduction)." + _CRIMES,
        "There were over 150 fewer Theft Of Motor Vehicle offences (9% reduction)." + _CRIMES,
    ),
    "share-against-table": (
        "122,680 residents are under 25, accounting for 32% of the total population." + _CENSUS,
        "Currently, 42% of the population is not White." + _CENSUS,
        "Exclusions rose from 24 to 65, of which 69% were male and 11% have Special Education "
        "Needs (SEN) or an EHCP.\n\n" + _EXCLUDED.format("16"),
    ),
    "factor-or-percentage": (
        "Incidents were 6 times higher than last year.",
        "Severity was reduced by 80%. It was checked 600 times a year.",
    ),
    "parts-do-not-add": (
        "Drug\t2011\t2014\nOpiates\t1156\t1,616 Male: 1,390 Female: 226",
        "Area\tReported\tAssisting the police\tNot assisting the police\nNorth\t31\t16\t15",
        "Area\tAssisting the police\tNot assisting the police\nNorth\t16\t10",
        _EXCLUDED.format("16"),
    ),
    "ranking-does-not-follow": (
        _RANKED.format("6.3%", "2.4%"),
        "- Theft was the second highest with 6%.\n\n# Places\n\n- Fraud was the third highest "
        "with 7%.",
    ),
    "highest-does-not-follow": (_TABLE_2.format("Fraud, exploitation and theft"),),
    "unequal-periods": (
        "Calls fell 5% in January 2023 to June 2023 compared to January 2022 to June 2022.",
        "The plan runs from 2022/23 to 2026.",
        "The average fell in January 2023 to March 2023 compared to January 2022 to December 2022.",
    ),
    "earlier-period-differs": (
        "Homes had 57.4% this year compared to 46.2% in 2021-22. Care homes had 25.6% of all "
        "compared to 36% in 2021-22.",
        "Homes had 57.4% compared to 46.2% in 2021-22.",
    ),
    "quarter-against-months": (
        "The latest quarter, July to September, was quieter.",
        "Quarterly Performance Updates\n\nAn overview from July until September 2023 was given.",
    ),
    "date-of-meeting": (
        _MEETING + "Date of meeting\t1 March 2024\nStatus\tPublic",
        _MEETING + "Date of meeting\t24 November 2023\nStatus\tPublic",
    ),
    "log-of-another-meeting": (_LOG.format("29 January 2016"),),
    "plan-beyond-its-period": (_PLAN.format("July 2023-September 2024", "Q4 2022/23"),),
    "quarter-of-another-year": (_PLAN.format("July 2023-September 2024", "Q4 2022/23"),),
    "stale-period": (
        _MEETING + "The next network meeting is scheduled for Q1 in which schools will take part.",
        _MEETING + "The cameras will become fully operational in April.",
        _MEETING + "The cameras will become fully operational in February 2025.",
        _MEETING + "The cameras became fully operational in February.",
    ),
    "years-of-a-plan": (
        "The 2015-2020 Community Safety Strategy began. The 2015-2020 Community Safety Strategy "
        "has six aims. The Community Safety Strategy 2015-2020 ends.\n\n"
        "Aims of the 2022-2027 Community Safety Strategy",
    ),
    "empty-section": (
        "20 BACKGROUND PAPERS\n\nNone.\n\n21 REASONS FOR RECOMMENDATIONS\n\n21.1 To report.",
        "15. DATE OF NEXT MEETING\n\nFriday 1 March 2024",
        "1 INTRODUCTION\n\n3 METHODS\n\nWords.",
    ),
    "section-twice": (
        "1 WHY THIS REPORT\n\nWords.\n\n2 REASONS FOR RECOMMENDATIONS\n\nWords.\n\n"
        "1 WHY THIS REPORT\n\nWords.\n\n2 REASONS FOR RECOMMENDATIONS\n\nWords.",
    ),
    "unfinished-sentence": (
        "Services are monitored by the board. There are more than 200 groups.",
        "The plan was written for the This Is Us project and paid for by the It Can Wait fund.",
    ),
    "item-number": (_ACTIONS,),
    "row-copied": (
        "Need\t2019\t2020\t2021\t2022\nHousing\t23%\t50%\t25%\t15%\nWork\t23%\t50%\t25%\t16%",
        "Need\t2019\t2020\t2021\t2022\nHousing\t0\t0\t0\t0\nWork\t0\t0\t0\t0",
        "Area\tRate\tLow\tHigh\tRate again\tAll\nNorth\t10.8\t10\t11.7\t10.8\t11\n"
        "East\t10.8\t10\t11.7\t10.8\t11\nSouth\t12.1\t11.2\t13\t12.1\t11\n"
        "West\t9\t8.1\t9.9\t9\t11",
    ),
    "entry-twice": ("Title\tType\nUpdate\tNon-Key\nNew York\tKey",),
    "figure-number": (
        _FIGURES.format("There are more drug offences in some wards (Fig. 1), as reported."),
        _FIGURES.format("Figure 2 shows the rest."),
    ),
    "table-without-what-is-said": (
        "Table 2 shows the crime figures for the year by quarter.\n\nTable 2. Crimes.\n\n"
        "Type\tQ1\tQ2\nTheft\t3\t4\nFraud\t5\t6",
    ),
    "enclosures-none": (
        "Enclosures:\tNone\nAuthor:\tA\n\nNothing is attached.",
        "Enclosures:\tNone\nAuthor:\tA\n\nReport name:\tAnother\n\nPlease see Appendix 1.",
    ),
    "appendix-missing": (
        "The directory can be found in Appendix 1.\n\nAppendix 1: Directory",
        "The directory can be found in Appendix 1 on our website.",
    ),
}
