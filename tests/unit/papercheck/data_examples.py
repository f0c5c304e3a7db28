"""Examples of the rules that look at data and of those that advise: what they find and what not."""

from __future__ import annotations

TRUE: dict[str, tuple[str, ...]] = {
    "measure-differs-from-data": (
        "In October to December 2023 there were 259 robberies.",
        "In October to December 2023 there were 700 cases of shoplifting in Alderbrook.",
        "There were 254 robberies in Q3 2023/24.",
    ),
    "measure-of-another-vintage": (
        "There were 251 robberies in October to December 2023, up from 194 a year before.",
        "In October to December 2023 there were 240 robberies.",
    ),
    "figure-against-facts": (
        "In October to December 2023 there were 241 robberies.",
        "Robbery: a clear rise, to 251 offences in October to December 2023, up 31.2% from 195 in "
        "October to December 2022.",
        "There were about 400 robberies in October to December 2023.",
    ),
    "no-clear-change": (
        "There were 488 cases in the quarter, compared to 563 a year ago, a decrease of 13.3%.",
        "There were 251 robberies in October to December 2023, up 1.6% from 247 a year before.",
        "Reports rose from 25 to 28, up 12%.\n\nReferrals fell from 15 to 12, down 20%.",
    ),
    "percentage-of-small-base": (
        "There were 12 cases. In the 12 months prior there were 4. This is an increase of 200%.",
        "66% (n=12/18) of referrals had a follow-up.",
    ),
    "rank-without-interval": (
        "It had the 8th lowest rate of total crime out of all 32 boroughs.",
        "The area ranked 3rd out of 15.",
    ),
    "before-after-without-comparison": (
        "The average rate of offences of clients of the programme is 1.7 offences per year, in "
        "contrast to 2.9 for the same people before they joined the programme.",
        "The cohort showed a 38% reduction in offending compared to their offending prior to "
        "entering treatment.",
        "Calls about the estate fell by 40% after the launch of the operation.",
    ),
    "comparison-across-a-break": (
        "\t2016/17\t2017/18\nResidential burglary\t2157\t2717\nRobbery\t852\t937",
        "Robbery fell by 36.9% in the 12 months to December 2021 against the previous year.",
    ),
}

FALSE: dict[str, tuple[str, ...]] = {
    "measure-differs-from-data": (
        "In October to December 2023 there were 251 robberies, and 259 in Fernleigh.",
        "In October to December 2023 there were 259 robberies across London.",
        "In October to December 2023 there were about 260 robberies.",
        "In October to December 2009 there were 259 robberies.",
    ),
    "measure-of-another-vintage": ("In October to December 2023 there were 251 robberies.",),
    "figure-against-facts": (
        "In October to December 2023 there were 251 robberies, up 28.7% from 195 a year before.",
        "In October to December 2023 there were 241 burglaries.",
        "In October to December 2023 there were 241 robberies in Fernleigh.",
    ),
    "no-clear-change": (
        "There were 828 cases in the year, compared to 563 a year ago, an increase of 47.1%.",
        "There were 488 cases, compared to 563 a year ago, a decrease of 13.3%.\n\nThis is a "
        "possible fall.",
        "It has 488 members, compared to 563 a year ago, a decrease of 13.3%.",
        "Grants fell from £563 to £488, down 13.3%.",
        "There were 488 cases, as many as the 488 a year ago.",
    ),
    "percentage-of-small-base": (
        "66% (n=120/180) of referrals had a follow-up.",
        "There were 12 cases, up from 4. Such small numbers vary by chance: +200%.",
        "There were 40 cases. In the 12 months prior there were 25. This is an increase of 60%.",
    ),
    "rank-without-interval": (
        "It had the 8th lowest rate of total crime out of all 32 boroughs (likely 5th to 12th).",
        "It came 2nd of 3.",
        "1/32 is the best, 32/32 the worst.",
        "On the 3rd of May 32 people came.",
    ),
    "before-after-without-comparison": (
        "Calls about the estate fell by 40% after the launch of the operation, while the borough "
        "saw a rise.",
        "The programme began in May. 40% of the money is spent.",
        "Crime fell by 40% in the year.",
    ),
    "comparison-across-a-break": (
        "\t2017/18\t2018/19\nResidential burglary\t2157\t2717\nRobbery\t852\t937",
        "The definition of residential burglary changed in 2017.\n\n\t2016/17\t2017/18\n"
        "Residential burglary\t2157\t2717\nRobbery\t852\t937",
    ),
}
