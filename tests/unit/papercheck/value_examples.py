"""Examples for the rules of quantities and names: what they must find, and must leave alone."""

from __future__ import annotations

ELSEWHERE = "\n\n" + "The board thanked everybody.\n\n" * 14
"""Enough other passages for two to be far from one another."""

LISTED = (
    "List of figures\n\nFigure 1: Burglary by month 3\n\nFigure {}: Robbery by month 5\n\n"
    "# One\n\nWords.\n\nFigure 1: Burglary by month\n\nWords.\n\nMore words.\n\n"
    "Figure 2: Robbery by month\n"
)

TRUE: dict[str, tuple[str, ...]] = {
    "quantity-two-values": (
        f"The total number of crimes in 2023 was 12,460.{ELSEWHERE}Total crime fell to 12,640 in "
        "2023.",
        f"Home safety visits numbered 1,146 in 2023/24.{ELSEWHERE}The number of home safety "
        "visits, 1,164 in 2023/24, pleased the board.",
        f"The hub had 600 referrals in the calendar year 2024.{ELSEWHERE}In 2024 the hub had 660 "
        "referrals.",
        f"In the 12 months to October 2023 there were 753 sexual offences.{ELSEWHERE}"
        "In the 12 months to October 2023, there were 752 instances of sexual offences.",
        "A 43% reduction in the number of young people in Vale being "
        f"identified as suspects.{ELSEWHERE}"
        "A 36% reduction in the number of young people in Vale being identified as suspects.",
        "In Vale there are 132 schools.\n\nIn Vale there are 130 schools.",
        f"69 victims supported through the Vale project.{ELSEWHERE}By March 135 victims had been "
        "supported, above the target.",
        f"20% of the young people excluded from school have special educational needs.{ELSEWHERE}"
        "The number of young people excluded from school has risen "
        "from 24 to 65, of which 69% were "
        "male and 12% have special educational needs.",
        "| Offence | Year-end October 2022 | Year-end October 2023 |\n|---|---|---|\n"
        "| Robbery | 587 | 757 |\n| Burglary | 2,097 | 2,066 |\n\n"
        "In the 12 months to October 2023 there were 775 robberies.",
    ),
    "sentence-two-values": (
        "873 people aged 14 to 17 underwent stop and search procedures in Vale, 28.5% for weapons."
        "\n\n875 people aged 14 to 17 underwent stop and search procedures in Vale, 28.5% for "
        "weapons.",
    ),
    "share-of-two-wholes": (
        "There were 3,325 stop and search incidents of which 67.2% were related to drugs.\n\n"
        "Stop and search incidents targeted adults aged 18-25. Among these, 67.2% were related to "
        "drugs.",
    ),
    "difference-against-figures": (
        "There were 590 fewer burglaries than a year ago (equating to a reduction of 15%).\n\n"
        "Burglary fell from 3,878 to 3,297.",
        "| Offence | 2015/16 | 2016/17 |\n|---|---|---|\n| Burglary | 3,878 | 3,297 |\n"
        "| Robbery | 622 | 463 |\n\nThere were 590 fewer burglaries (a reduction of 15%).",
    ),
    "comparison-two-values": (
        "The burglary rate is 22% higher than Valeshire's. The burglary rate is 8% higher than "
        "Valeshire's.",
    ),
    "rate-two-bases": (
        "The FTE rate per 100k is 293.\n\nFirst time entrants: rate "
        "of first time entrants per 1000 "
        "young people.",
    ),
    "papers-disagree": (
        "# The year\n\nOur three stations attended 1,267 incidents in the calendar year 2024."
        f"{ELSEWHERE}# Next year\n\nIn summary: 1,207 incidents in the calendar year 2024.",
        "# Activity\n\n748 inquiries by the fire team were completed, down from 779 in 2022/23."
        f"{ELSEWHERE}# In brief\n\nThere were 778 inquiries by the fire team completed in 2023/24.",
        "# Summary\n\nThe council operates 312 cameras.\n\n# Cameras\n\nThere are 321 cameras "
        "operated by the council.",
    ),
    "contact-two-ways": (
        "Town Hall, The High Street, Anytown AN4 4BQ\n\nVenue: Town Hall, The High Street, Anytown "
        "AN4 4AX",
        "Press contact: Ann 020 7946 0991\n\nPress contact: Bo 020 7946 0992",
        "See www.vale-example.org/help and www.vale-example.org.uk/help for more.",
    ),
    "strategy-two-spans": (
        "The Reading Strategy 2021-2024 is read.\n\nReading Strategy 2021 - 2025",
        "SAB Strategic plan 2023-2026\n\nIt will shape the SAB's Strategy for 2023-25.",
    ),
    "meeting-two-days": (
        "RESOLVED that the minutes of the meeting held on 19 July 2023 be agreed.\n\n"
        "21 st July 2023\t\t\nTitle\tOverview\tReport of\nUpdate\tAll\tPolice",
    ),
    "small-count-of-people": (
        "Of the 22 young people, 3 were referred by their school.",
        "In the north ward three girls were referred for self-harm.",
        "Of the 500 victims approached, there had only been one repeat victim.",
        "There were 2 adults with care needs who had died.",
        "There were 16 referrals, of which 25% were of children.",
        "The report says that 12% of the 25 children were missing.",
    ),
    "small-cells-of-people": (
        "Victims of stalking by age\n\n"
        "| Age of victims | Referrals |\n|---|---|\n| Under 18 | 2 |\n"
        "| 18 and over | 31 |",
        "Referrals of adults at risk\n\nReferrals\tNorth\tSouth\tMale\n16\t25%\t38%\t6%\n"
        "40\t50%\t25%\t75%",
    ),
    "hidden-count-follows": (
        "| Group | Victims |\n|---|---|\n| A | 31 |\n| B | 12 |\n| C | * |\n| Total | 46 |",
    ),
    "name-spelled-two-ways": (
        "Claire Exampel, Fire Brigade, spoke.\n\nClaire Example, Fire Brigade, answered.",
        "Kiran Vorgwilk presented it.\n\nKiran Vorwikl reported on it.",
        "Ann McExample came.\n\nAnn Mcexample left.",
        "It was led by Ann Sample-Exampel.\n\nThe board thanked Ann Sample Exampel.",
        "Bridget.Nobody\tVale Trust\n\nBridget Nobody spoke.",
        "CommUNITY Vale is a charity.\n\nThe community asked Community Vale.",
        "The estate of Grahame Vale.\n\nTensions in the Graham Vale area.",
        "Crime in Uldvale is low. " + "It fell in Uldvale. " * 20 + "Residents of Udlvale agreed.",
    ),
    "figure-numbered-two-ways": (LISTED.format(4),),
    "figure-called-two-ways": ("Chart 1: Burglary by month\n\nAs Figure 1 shows, burglary fell.",),
    "body-named-two-ways": (
        "Safer Town Partnership Board met.\n\n" + "The Safer Towns Partnership Board met.\n\n" * 3,
        "The Adult Safeguarding Board met.\n\nThe Safeguarding Adults Board agreed.",
        "The Office for Fair Statistics said so.\n\nThe Office of Fair Statistics agreed.",
        "The Local Crime Prevention Fund pays; the local plan stands.\n\n"
        "The Londinium Crime Prevention Fund pays.",
        "Members\n\nAnn Example, Witness Care\nBo Example, Fire Brigade\n\n"
        "A report of Witnesses Care.",
        "The Combating Litter Partnership works on combating litter.\n\n"
        "The Combatting Litter Partnership met.",
    ),
    "abbreviation-two-ways": (
        "A Serious Incident Response Meeting (SIRM) was held.\n\n"
        "Serious Incident Reporting Meeting (SIRM) data.",
        "PQA (Performance Quality Assurance) met.\n\nThe Professional Quality Assurance (PQA).",
        "The VWSL helps. The VWSL helped. A VWSL lead.\n\nThe WVSL was asked.",
        "The NW BCU is large. In the NW BCU area. The NW BCU lead.\n\nThe NW BCS comparison.",
    ),
    "member-listed-twice": (
        "Board members:\n\nAnn Example, Fire Brigade\nBo Sample, Police\nAnn Example, Fire Brigade",
        "Member\tRepresenting\nAnn Example\tVale Council\nBo Sample\tPolice\n"
        "Cy Sample\tPolice\nAnn Example\tVale Council",
    ),
    "member-of-two-organisations": (
        "Members\n\nAnn Example, Vale Fire Brigade\nBo Sample, Vale Police\n\nThe minutes follow."
        "\n\nIt rained.\n\nSuperintendent Ann Example (Vale Police) presented the figures.",
        "Ann Example, Vale Fire Service, spoke.\n\nAnn Example of the Vale Fire Service left.\n\n"
        "| Item | Named lead | Lead organisation |\n|---|---|---|\n"
        "| Plan | Ann Example | Probation Board |\n| Map | Bo Sample | Vale Fire Service |",
        "Members\n\nAnn Example, Fire Brigade\nBo Sample, Police\n\nThe minutes follow.\n\n"
        "More words.\n\nPresent\n\nAnn Example, Probation Service\nBo Sample, Police",
    ),
}

FALSE: dict[str, tuple[str, ...]] = {
    "quantity-two-values": (
        f"In the quarter the hub had 162 referrals, against 139 in the first quarter of 2024."
        f"{ELSEWHERE}The hub had 600 referrals in 2024.",
        f"The total number of crimes in 2023 was 12,460.{ELSEWHERE}Total crime was 9,000 in 2022.",
        "In the 12 months to October 2023 there were 753 sexual "
        "offences. In the 12 months to October "
        "2022 there were 779 sexual offences.",
        f"A 43% reduction in burglary.{ELSEWHERE}A 36% reduction in burglary.",
        "In the 12 months to October 2023 there were 753 sexual "
        "offences against males, and 12 in the "
        "year to October 2023 sexual offences against females.",
        "About 750 sexual offences in the 12 months to October "
        f"2023.{ELSEWHERE}In the 12 months to "
        "October 2023 there were 753 sexual offences.",
        "There were 12 young people at the first workshop.\n\nThere were 30 young people later.",
        "| Offence | Year-end October 2022 | Year-end October 2023 |\n|---|---|---|\n"
        "| Robbery | 587 | 757 |\n| Burglary | 2,097 | 2,066 |\n\n"
        "There were 757 robberies in the rolling 12 months.",
        f"38 women were helped by the Vale project.{ELSEWHERE}12 men "
        "were helped by the Vale project.",
    ),
    "sentence-two-values": (
        "There were 251 cases of burglary in Vale in the 3 months of "
        "October 2023 to December 2023, a "
        "rate of 2.\n\nThere were 260 cases of burglary in Vale in the 3 months of July 2023 to "
        "September 2023, a rate of 2.",
        "The north ward has 12 wardens and 3 patrols in the night "
        "and in the day.\n\nThe south ward "
        "has 14 wardens and 5 patrols in the night and in the day.",
        "Against the set of boroughs (1.70 here, 2.51 for all together) the figure is below the "
        "95% limits, lower than chance gives.\n\nAgainst the set of boroughs (1.70 here, 4.49 for "
        "all together) the figure is below the 95% limits, lower than chance gives.",
    ),
    "share-of-two-wholes": (
        "There were 3,325 stop and search incidents of which 67.2% were related to drugs.\n\n"
        "Over the year, 3,325 stop and search incidents, of which 67.2% were related to drugs.",
        "Of 40 plans 50% were late.\n\nOf the plans of those aged 18-25, 50% were late.",
    ),
    "difference-against-figures": (
        "There were 581 fewer burglaries than a year ago (equating to a reduction of 15%).\n\n"
        "Burglary fell from 3,878 to 3,297.",
        "There were over 500 fewer burglaries than a year ago (a reduction of 15%).\n\n"
        "Burglary fell from 3,878 to 3,297.",
        "There were 159 fewer robberies (a reduction of "
        "26%).\n\nBurglary fell from 3,878 to 3,297.",
    ),
    "comparison-two-values": (
        "The burglary rate is 22% higher than Valeshire's. The robbery rate is 8% higher than "
        "Valeshire's.",
        "In 2022 the burglary rate was 22% higher than Valeshire's. "
        "In 2023 the burglary rate was 8% "
        "higher than Valeshire's.",
    ),
    "rate-two-bases": (
        "The burglary rate per 1,000 households is 9.\n\nThe "
        "burglary rate per 10,000 people is 41.",
        "The FTE rate per 100k is 293.\n\nThe robbery rate per 1,000 people is 2.",
    ),
    "papers-disagree": (
        "# The year\n\nOur three stations attended 1,267 incidents in the calendar year 2024."
        f"{ELSEWHERE}# Next year\n\nIn summary: 1,267 incidents in the calendar year 2024.",
        "# The year\n\nOur three stations attended 1,267 incidents in the calendar year 2024."
        f"{ELSEWHERE}# Before\n\nIn summary: 1,207 incidents in the calendar year 2023.",
        "# Hill\n\nThe Hill team attended 1,267 incidents in the calendar year 2024."
        f"{ELSEWHERE}# Dale\n\nThe Dale team attended 1,207 incidents in the calendar year 2024.",
        "# The year\n\nThe crews attended 1,267 incidents in 2024."
        f"{ELSEWHERE}# Fires\n\nThe crews attended 1,207 incidents of fire in 2024, and 1,267 in "
        "all.",
        "# Summary\n\nThe council operates 312 cameras.\n\n# Cameras\n\nThere are 312 cameras "
        "operated by the council.",
        "# Summary\n\nThe council operates 312 cameras.\n\n# Cameras\n\nThe target is 321 "
        "cameras operated by the council.",
    ),
    "contact-two-ways": (
        "Town Hall, The High Street, Anytown AN4 4BQ\n\nLibrary, The Mill Lane, Anytown AN4 4AX",
        "Press contact: Ann 020 7946 0991\n\nPress contact: Bo 020 79460991",
        "See www.vale-example.org/help and www.vale-example.org/news for more.",
    ),
    "strategy-two-spans": (
        "The Reading Strategy 2021-2024 follows the Reading Strategy 2017-2021.",
        "The Reading Strategy 2021-24.\n\nReading Strategy 2021 - 2024",
    ),
    "meeting-two-days": (
        "RESOLVED that the minutes of the meeting held on 19 July 2023 be agreed.\n\n"
        "19th July 2023\t\t\nTitle\tOverview\tReport of\nUpdate\tAll\tPolice",
        "RESOLVED that the minutes of the meeting held on 19 July 2023 be agreed.\n\n"
        "21st October 2023\t\t\nTitle\tOverview\tReport of\nUpdate\tAll\tPolice",
    ),
    "small-count-of-people": (
        "Of the 22 grants, 3 were refused.",
        "In the north ward 30 girls were referred for self-harm.",
        "There were two burglaries and four officers in the ward.",
        "One in four children is a victim.",
        "Two child protection plans and three victim support workshops were held.",
        "Fewer than 5 victims were under 18.",
        "There were 16 referrals, of which 75% were of children.",
        "There were 21 referrals of which 14% (n=3) were closed.",
        "3 People and places",
    ),
    "small-cells-of-people": (
        "| Type of school | Number of schools |\n|---|---|\n| Nursery schools of children | 4 |\n"
        "| Special schools | 3 |",
        "Offences by ward\n\n| Ward | Offences |\n|---|---|\n| North | 2 |\n| South | 31 |",
        "Victims of stalking by age\n\n"
        "| Age of victims | Referrals |\n|---|---|\n| Under 18 | 12 |\n"
        "| 18 and over | 31 |",
    ),
    "hidden-count-follows": (
        "| Group | Victims |\n|---|---|\n| A | 31 |\n| B | * |\n| C | * |\n| Total | 46 |",
        "| Group | Victims |\n|---|---|\n| A | 31 |\n| B | 12 |\n| C | 3 |\n| Total | 46 |",
        "| Group | Victims |\n|---|---|\n| A | 31 |\n| B | 12 |\n| C | * |",
    ),
    "name-spelled-two-ways": (
        "Claire Example spoke.\n\nClaire Example, Fire Brigade, answered.",
        "Dr Ann Example spoke.\n\nProf Ann Example answered.",
        "The Borough Command moved.\n\nThe Borough Commander spoke.",
        "Ann Example spoke to Ann Sample.\n\nBo Exampler came.",
        "Write to Ann.Example@vale.example about Ann Example.",
        "Safer Street was closed; safer roads.\n\nSafe Street was open; safe roads.",
        "The Charity MENCAP came.\n\nThe Charity Mencap left.",
    ),
    "figure-numbered-two-ways": (LISTED.format(2), LISTED.format(2).replace(" 5", " ..... 5")),
    "figure-called-two-ways": (
        "Chart 1: Burglary by month\n\nAs Chart 1 shows, burglary fell.",
        "Chart 1: Burglary by month\n\nFigure 1: Robbery\n\nAs Figure 1 shows, robbery fell.",
    ),
    "body-named-two-ways": (
        "The Safer Towns Partnership Board met.\n\nSafer Towns Partnership Boards meet.",
        "The Director of Family Services came.\n\nDirector Family Services",
        "The Vale Safeguarding Adults Board met.\n\nThe Voss Safeguarding Adults Board met.",
        "The Vale & Voss Health Trust.\n\nThe Vale and Voss Health Trust.",
        "The Police Board and Safer Towns Partnership.\n\nThe Safer Towns Partnership Board.",
    ),
    "abbreviation-two-ways": (
        "A Serious Incident Response Meeting (SIRM).\n\nSerious Incident Response Meetings (SIRMs)",
        "The BBC came. The BBC left. The BBC spoke.\n\nThe ABC came.",
    ),
    "member-listed-twice": (
        "Members\n\nAnn Example, Fire Brigade\nBo Sample, Police\n\nThe minutes follow.\n\n"
        "More words.\n\nPresent\n\nAnn Example, Fire Brigade\nBo Sample, Police",
    ),
    "member-of-two-organisations": (
        "Members\n\nAnn Example, Vale Fire Brigade\nBo Sample, Vale Police\n\nThe minutes follow."
        "\n\nIt rained.\n\nSuperintendent Ann Example (Fire Brigade) and Ann Example, Director of "
        "Fire Safety, spoke.",
        "Family Services (Vale Board) and Family Services of the Youth Board do family services.",
        "Members\n\nAnn Example, LB Vale\nBo Sample, MPAC\n\nThe minutes follow.\n\n"
        "More words.\n\nPresent\n\nAnn Example, London Borough of Vale\n"
        "Bo Sample, Mayor's Policing Action Centre",
        "Members\n\nAnn Example, Fire Brigade\nBo Sample, Police\n\nThe minutes follow.\n\n"
        "More words.\n\nPresent\n\nAnn Example, Borough Commander\nBo Sample, Police",
    ),
}
