"""For every rule: papers in which it must find something, and papers in which it must not."""

from __future__ import annotations

from tests.unit.papercheck import period_and_leftover_examples, value_examples

TRUE: dict[str, tuple[str, ...]] = {
    "percentage-does-not-follow": (
        "There were 15 referrals over Q4. In the same quarter in the previous year, there were 25. "
        "This is a decrease of 32%.",
        "There were 3,200 burglaries in the 12 months to March 2024, compared with 3,000 in the 12 "
        "months prior. This is an increase of 9%.",
        "3,200 offences in the 12 months to March 2024; in the 12 months prior there were 3,000. "
        "This is an increase of 9%.",
        "Robbery is up 12% (from 517 to 540 offences).",
        "Calls are down 26% (8,379 compared to 9,944 a year ago).",
        "A total of 1,395 people were involved, an increase from 1,265 in 2021-22 (13% increase).",
        "Reports doubled from 40 to 195 in a year.",
        "Calls doubled from 100 to 150.",
        "Calls almost doubled from 100 to 150.",
        "The rate fell by 3 percentage points, from 22% to 20.5%.",
        "Knife crime rose from 0 to 5, an increase of 500%.",
        "There were 12\u202f400 calls compared to 10\u00a0000 a year ago, an increase of 42%.",
        "Grants rose from £1.2m to £1.5m, an increase of 40%.",
        "About 9,198 reports were made, up from 8,237, an approximate 20% increase.",
    ),
    "percentage-cut-off": (
        "In Q1, 66% (n=12/18) of referrals had a follow-up.",
        "Repeat callers are down 25% (184 compared to 248 a year ago).",
        "| Type | 2022 | 2023 | % change |\n|---|---|---|---|\n| A | 100 | 110 | +10.0% |\n"
        "| B | 200 | 210 | +5.0% |\n| C | 587 | 757 | +28.9% |",
    ),
    "direction-against-sign": (
        "720 plans are open, up from 871 in June.",
        "Reports decreased from 40 to 95.",
        "204 care leavers, an increase from 313 in June.",
    ),
    "arrow-against-figures": (
        "- ↓ In the community (6.3% up from 4.1%).",
        "Neglect was the source of 31.4% (↑ down from 34.9% last year) of all enquiries.",
        "It accounts for 13.1% (↓ same as last year) of enquiries.",
    ),
    "difference-does-not-follow": (
        "1,598 concerns were completed during 2022-23, up from 1,464 in 2021-22 (9% increase "
        "equivalent to 143 more concerns).",
    ),
    "points-called-per-cent": (
        "There has been a 7% increase, rising from 8% to 15%.",
        "Satisfaction was 91%, 4 per cent above the 87% of the year before.",
        "Something was found in 26.9%; the year before it was 24.1%, so it rose by 2.8 per cent.",
    ),
    "points-do-not-follow": (
        "Something was found in 26.9%; the year before it was 24.1%, so the rate improved by 1.8 "
        "percentage points.",
    ),
    "share-does-not-follow": (
        "60% (n=12/18) of referrals had a follow-up.",
        "There were 21 referrals of which 81% (n=15) were given advice.",
        "There were 752 offences. Out of these, 286 cases (48%) were serious.",
        "49% of stops had an outcome. The remaining 61% had none.",
        "Total allegations = 531\n(289 of these were in the north = 64%)",
        "Of 40 plans, 12 of 40 (35%) were closed.",
    ),
    "majority-below-half": ("The majority of stops, amounting to 31.9%, were of young adults.",),
    "table-change": (
        "| Type | 2022 | 2023 | % change |\n|---|---|---|---|\n| A | 100 | 110 | +10% |\n"
        "| B | 200 | 210 | +5% |\n| C | 400 | 300 | -25% |\n| D | 50 | 60 | +30% |",
        "Type\t2019\t2021\tChange\tDifference\nA\t100\t80\t-20%\t-20\nB\t500\t450\t-10%\t-50\n"
        "C\t800\t400\t-50%\t-400\nD\t10\t20\t+100%\t+11",
    ),
    "table-total": (
        "| Source | No. |\n|---|---|\n| A | 10 |\n| B | 20 |\n| C | 30 |\n| Total | 64 |",
        "Source\tNo.\tKind\tNo.\nA\t1\tX\t2\nB\t2\tY\t2\nC\t3\tZ\t3\nTotal\t6\tTotal\t6",
        "| Year | Q1 | Q2 | Total |\n|---|---|---|---|\n| A | 1 | 2 | 3 |\n| B | 4 | 5 | 9 |\n"
        "| C | 6 | 7 | 14 |\n| D | 1 | 1 | 2 |",
        "| Strand | No. |\n|---|---|\n| A | 10 |\n| B | 20 |\n| C | 30 |\n| All strands | 64 |",
        "| April | May | June | July | Total |\n|---|---|---|---|---|\n| 10 | 20 | 30 | 40 | 110 |",
        "| Ward | No. | Cost |\n|---|---|---|\n| A | 10 | 8 |\n| B | 20 | 9 |\n| C | 30 | 5 |\n"
        "| District | 60 | 27 |",
        "| Project | Year 1 | Year 2 | Total |\n|---|---|---|---|\n| A | £10 | £12 | £22 |\n"
        "| B | £20 | £25 | £44 |\n| C | £5 | £6 | £11 |",
        "| Cause | No. | Male | Female |\n|---|---|---|---|\n| A | 10 | 6 | 4 |\n| B | 9 | 6 | 4 |",
    ),
    "table-share": (
        "| Group | 2021 |\n|---|---|\n| Total | 1,000 |\n| A | 500 (50%) |\n| B | 300 (30%) |\n"
        "| C | 150 (15%) |\n| D | 50 (9%) |",
    ),
    "table-rate": (
        "| Ward | Residents | Offences | Rate per 1,000 |\n|---|---|---|---|\n| A | 20,000 | 200 | "
        "10.0 |\n| B | 10,000 | 120 | 12.0 |\n| C | 8,000 | 40 | 7.0 |\n| D | 5,000 | 45 | 9.0 |",
    ),
    "table-row-share": (
        "| Reason | Stops | Found | Rate |\n|---|---|---|---|\n| A | 200 | 50 | 25% |\n"
        "| B | 120 | 12 | 10% |\n| C | 40 | 10 | 52% |",
    ),
    "table-arrow": (
        "| Place | This year | Arrow | Last year |\n|---|---|---|---|\n| A | 25% | ↑ | 20% |\n"
        "| B | 15% | ↓ | 20% |\n| C | 40% | ↑ | 48% |\n| D | 20% | ↑ | 12% |",
    ),
    "table-percentages-of-a-whole": (
        "| Age | Share |\n|---|---|\n| 10 to 14 | 45% |\n| 15 to 17 | 30% |\n| 18 and over | 28% |",
    ),
    "rank-beyond-number": (
        "Quillmere has the 14th lowest rate of the 12 districts.",
        "It is ranked 40th out of 32 boroughs.",
    ),
    "rate-does-not-follow": (
        "At 1,588 offences in the year and a population of 162,400, the rate is 8.9 per 1,000 "
        "residents.",
        "There were 11,987 crimes. With 162,400 residents that is a rate of 37.8 crimes per 1,000 "
        "population.",
        "The number of fires per 1,000 dwellings is 0.5 (62 fires in 68,900 dwellings).",
    ),
    "times-do-not-follow": (
        "Bicycles were taken in 86 cases, 3 times the 43 of the year before.",
        "It is three times as high: 11.8 per 1,000 against 5.6.",
        "Burglary was reduced by a factor of 3 from 100 in 2022 to 50 in 2023.",
        "Calls rose from 40 to 160, an increase by a factor of 3.",
    ),
    "average-does-not-follow": (
        "Over the twelve months the hub had 600 referrals, an average of 60 a month.",
    ),
    "fraction-against-figures": (
        "Half of those asked, 403 out of 1,208, felt less safe.",
        "Less than half of suspects were under 35 (911 of 1,464, 62%).",
        "Nine in ten felt safer (70%, n=44/63).",
        "Half of referrals were from women: 67% (n=108/162).",
    ),
    "money-total": ("2022/23 £116,000 2023/24 £97,777 Total £187,777",),
    "annual-against-period": (
        "Grant\tAnnual\tPeriod\nParents\t£31,250\t2022-25 Total £62,500",
        "Grant\tAnnual\tPeriod\nMentors\t£82,000\t2023/24 £194,000 One year funding",
        "Grant\tAnnual\tPeriod\tAmounts\nMentors\t£65,000\t2022/23 2023-25\t£67,000 £131,000 "
        "Total £198,000",
    ),
    "heading-order": ("# Report\n\n### Too deep\n\nWords.",),
    "no-headings": ("| A | B |\n|---|---|\n| x | y |\n\n" + "A paragraph of the paper.\n\n" * 45,),
    "table-without-headers": (
        "# Report\n\n| North | 5 |\n| South | 6 |\n| East | 7 |",
        "# Report\n\n|  |  |\n|---|---|\n| North | 5 |\n| South | 6 |",
    ),
    "picture-without-text": (
        "# Report\n\nWords.\n\n![](chart.png)",
        "# Report\n\n![image1.png](chart.png)",
    ),
    "vague-link": (
        "For the strategy [click here](https://example.org/strategy).",
        "The plan is on the website: [Link](https://example.org/plan)",
    ),
    "no-title": (
        "---\ntitle:\nlang: en\n---\n\n# Report\n\nWords.",
        "---\ntitle: Document1\nlang: en\n---\n\nWords.",
    ),
    "no-language": ("---\ntitle: A report\nlang:\n---\n\nWords.",),
    "undefined-acronym": (
        "VAWG is a priority of the partnership.",
        "The NRM saw more cases. The National Referral Mechanism (NRM) is run nationally.",
    ),
    "annual-in-words": (
        "The team costs £64,000 a year; £118,000 over two years is committed.",
        "Two posts at £45,000 per annum from April 2024 to March 2027, £130,000 in all.",
        "The community fund costs £15,000 a year, or £40,000 over three years.",
    ),
    "price-times-number": (
        "Alarms worth £8,450 were given away: 750 alarms at £13 each.",
        "Training cost £11,400, or £48 for each of the 300 staff.",
        "At £85 a referral (£45,000 for 600 referrals) the cost is lower.",
    ),
    "parts-of-an-amount": (
        "A grant of £186,000 is paid as £98,000 in 2024/25 and £78,000 in 2025/26.",
        "They are worth £983,450: £439,950 in 2024/25, £429,250 in 2025/26 and £214,250 in "
        "2026/27.",
        "Together they bring in £209,300 in 2025/26 (£98,000 and £121,300).",
    ),
}

FALSE: dict[str, tuple[str, ...]] = {
    "points-do-not-follow": (
        "Satisfaction was 91%, 5 percentage points above the 87% of the year before.",
        "The rate was 43.9%, against 49.9% the year before: 6.0 percentage points lower.",
        "The rate rose by 3 percentage points to 12.4% compared to last year.",
        "It was 12.1% in May, 11.0% in June and 4.5% in July, 3 percentage points above last year.",
    ),
    "percentage-does-not-follow": (
        "There were 3,200 burglaries in the 12 months to March 2024, compared with 3,000 in the 12 "
        "months prior. This is an increase of 6.7%.",
        "3,200 offences in the 12 months to March 2024, in the 12 months prior 3,000. This is an "
        "increase of 7%.",
        "There were 251 cases in the 3 months of October 2023 to December 2023. In the same period "
        "12 months prior there were 194. This is an increase of 29.4%",
        "Robbery is up around 11% (from 517 to 576 offences), burglary 2% (from 2636 to 2697).",
        "Calls are down 16% (8,379 compared to 9,944 a year ago) and repeat callers down 26% (184 "
        "compared to 248 a year ago).",
        "8% reduction in knife crime (from 347 offences to 318)",
        "There were 548 reports in the 12 months to January 2016, compared to 415 in the previous "
        "year, an increase on the previous year of 32% (in comparison to the 21% London increase).",
        "The share rose from 8% to 15%, an increase of 87.5%.",
        "Over 2019 to 2023 the budget rose by 5%.",
        "9,198 reports were made, up from 8,237 (an approximate 11% increase).",
        "Grants rose from £1.2m to £1.5m, an increase of 25%.",
        "It rose from 5% in 2014-15 to 6% in 2015-16.",
        "Figures rose 13% to 1,130 from 1,000.",
        "Children aged 10 to 17 are up 5%, from 200 to 210.",
    ),
    "percentage-cut-off": ("67% (n=12/18) of referrals.", "About 66% (12/18) had one."),
    "direction-against-sign": (
        "720 plans are open, down from 871 in June.",
        "326 contacts were passed for assessment, up from 277 in June.",
        "The number of people rose to 20 from a low base.",
        "Fewer than 30 people from 12 wards came.",
    ),
    "arrow-against-figures": (
        "- ↑ In the community (6.3% up from 4.1%).",
        "Neglect was the source of 31.4% (↓ down from 34.9% last year) of all enquiries.",
    ),
    "difference-does-not-follow": (
        "1,598 concerns were completed, up from 1,464 (9% increase equivalent to 134 more).",
    ),
    "points-called-per-cent": (
        "There has been an increase of 7 percentage points, from 8% to 15%.",
        "Satisfaction was 91%, 5 per cent above the 87% of the year before.",
        "Of all wards 40% saw a rise of 5%, compared to 35% that did not.",
        "The share doubled from 10% to 20%, a 100% increase.",
        "Calls nearly doubled from 100 to 165, and visits doubled from 100 to 190.",
    ),
    "share-does-not-follow": (
        "66% (n=12/18) of referrals had a follow-up, 71% (n=15).",
        "There were 21 referrals of which 71% (n=15) were given advice.",
        "There were 3,583 offences equating to a rate of 9 per 1000 population. Out of these, 805 "
        "cases (22.5%) led to injuries.",
        "49% of stops had an outcome. The remaining 51% had none.",
        "Team 3 of 12 rose 5% (on 2022).",
    ),
    "majority-below-half": (
        "The majority of stops, amounting to 61.9%, were of young adults.",
        "The majority live in the west. 31% live in the east.",
    ),
    "table-change": (
        "| Type | 2022 | 2023 | % change |\n|---|---|---|---|\n| A | 100 | 110 | +10% |\n"
        "| B | 200 | 210 | +5% |\n| C | 400 | 300 | -25% |",
        "| Area | Rank | Change | Rate |\n|---|---|---|---|\n| A | 1 | +10% | 9.1 |\n"
        "| B | 2 | +5% | 8.3 |\n| C | 3 | -25% | 7.7 |",
    ),
    "table-total": (
        "| Source | No. |\n|---|---|\n| A | 10 |\n| B | 20 |\n| C | 30 |\n| Total | 60 |",
        "| Source | No. | Rate |\n|---|---|---|\n| A | 10 | 1.1 |\n| B | 20 | 2.2 |\n"
        "| Total | 30 | 1.6 |",
        "| Fund | Amount |\n|---|---|\n| A | £10 |\n| B | £20 |\n| C | Total £90,000 |",
        "| Group | No. |\n|---|---|\n| A | 10 |\n| B | * |\n| Total | 18 |",
        "| Measure | No. |\n|---|---|\n| A | 10 |\n| B | 7 |\n| Total recorded crime | 90 |",
    ),
    "table-share": (
        "| Group | 2021 |\n|---|---|\n| Total | 1,000 |\n| A | 500 (50%) |\n| B | 300 (30%) |\n"
        "| C | 150 (15%) |\n| D | 50 (5%) |",
    ),
    "table-rate": (
        "| Ward | Residents | Offences | Rate per 1,000 |\n|---|---|---|---|\n| A | 20,000 | 200 | "
        "10.0 |\n| B | 10,000 | 120 | 12.0 |\n| C | 8,000 | 40 | 5.0 |\n| D | 5,000 | 45 | 9.0 |",
        "| Area | Offences | Rate per 1,000 |\n|---|---|---|\n| A | 200 | 10.0 |\n| B | 120 | 31 |",
    ),
    "table-row-share": (
        "| Reason | Stops | Found | Rate |\n|---|---|---|---|\n| A | 200 | 50 | 25% |\n"
        "| B | 120 | 12 | 10% |\n| C | 40 | 10 | 25% |",
    ),
    "table-arrow": (
        "| Place | This year | Arrow | Last year |\n|---|---|---|---|\n| A | 25% | ↑ | 20% |\n"
        "| B | 15% | ↓ | 20% |\n| C | 40% | → | 40% |\n| D | 20% | ↑ | 12% |",
    ),
    "table-percentages-of-a-whole": (
        "| Age | Share |\n|---|---|\n| A | 33% |\n| B | 33% |\n| C | 33% |",
        "| Need | Share |\n|---|---|\n| Housing | 63% |\n| Drugs | 49% |\n| Money | 21% |",
    ),
    "rank-beyond-number": (
        "Quillmere has the 3rd lowest rate of the 12 districts.",
        "The 21st of May was one of 12 days.",
    ),
    "rate-does-not-follow": (
        "At 1,588 offences in the year and a population of 162,400, the rate is 9.8 per 1,000 "
        "residents.",
        "The rate is 5.5 per 10,000 young people.",
        "The number of fires per 1,000 dwellings is 0.9 (62 fires in 68,900 dwellings).",
    ),
    "times-do-not-follow": (
        "Bicycles were taken in 86 cases, 2 times the 43 of the year before.",
        "It is three times as high: 16.8 per 1,000 against 5.6.",
        "The board met 4 times.",
        "Burglary was reduced by a factor of 2 (from 100 to 51).",
        "Calls rose from 40 to 160, by a factor of 4.",
    ),
    "average-does-not-follow": (
        "Over the twelve months the hub had 600 referrals, an average of 50 a month.",
        "There were 600, an average of 60 a month.",
    ),
    "fraction-against-figures": (
        "A third of those asked, 403 out of 1,208, felt less safe.",
        "More than half of suspects were under 35 (911 of 1,464, 62%).",
        "Nine in ten felt safer (90%, n=57/63).",
        "The third quarter, 12 of 40 reports, was late.",
    ),
    "money-total": (
        "2022/23 £42,050 2023-25 £81,500 Total £123,550",
        "A grant of £344,000, with £30,000 for hate crime and £139,000 for others.",
    ),
    "annual-against-period": (
        "Grant\tAnnual\tPeriod\nParents\t£45,000\t2022-25 Total £135,000",
        "Grant\tAnnual\tPeriod\nParents\t£85,435\t2023/24 - £85,435 One year funding",
    ),
    "heading-order": (
        "# Report\n\n## Part\n\n### Deeper\n\n## Next part",
        "REPORT\n\nWords of a text file, which marks no headings.",
    ),
    "no-headings": (
        "# Report\n\n" + "A paragraph of the paper.\n\n" * 45,
        "A short note.",
        "A paragraph of a text file.\n\n" * 60,
    ),
    "table-without-headers": (
        "| Area | Count |\n|---|---|\n| North | 5 |\n| South | 6 |",
        "North\t5\nSouth\t6\nEast\t7",
    ),
    "picture-without-text": ("# Report\n\n![Robbery rose from May](chart.png)",),
    "vague-link": (
        "Read [the strategy for 2024](https://example.org).",
        "See https://example.org.",
    ),
    "no-title": ("---\ntitle: Performance\n---\n\nWords.", "# A Markdown file without properties"),
    "no-language": ("---\ntitle: Performance\nlang: en-GB\n---\n\nWords.", "# Report\n\nWords."),
    "undefined-acronym": (
        "The National Referral Mechanism (NRM) is run nationally. The NRM saw more cases.",
        "Violence against women and girls (VAWG) is a priority. VAWG rose.",
        "The MPS and the NHS met. ASB fell. CCTV helped.",
        "| Short | Words |\n|---|---|\n| IDVA | Independent domestic violence adviser |",
        "The IDVA (independent domestic violence adviser) called.",
        "THE WHOLE LINE IS IN CAPITALS AND SAYS ABRACAD.",
        "VENUE: the TOWN hall. The town is large.",
        "Phase III of A4B and Q4 began.",
    ),
    "annual-in-words": (
        "The team costs £64,000 a year; £128,000 over two years is committed.",
        "Two posts at £45,000 per annum from April 2024 to March 2027, £135,000 in all.",
        "It costs £15,000 a year, and £4,000 was given by the police.",
    ),
    "price-times-number": (
        "Alarms worth £8,450 were given away: 650 alarms at £13 each.",
        "Two posts at £45,000 per annum, £135,000 in all.",
        "Grants of £500 each went to 12 groups.",
    ),
    "parts-of-an-amount": (
        "A grant of £186,000 is paid as £98,000 in 2024/25 and £88,000 in 2025/26.",
        "The grant of £45,000 (last year £40,000 and £2,000 for training) was renewed.",
    ),
}

TRUE.update(period_and_leftover_examples.TRUE)
FALSE.update(period_and_leftover_examples.FALSE)
TRUE.update(value_examples.TRUE)
FALSE.update(value_examples.FALSE)
