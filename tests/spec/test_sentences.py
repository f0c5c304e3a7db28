"""Every sentence that a comparison can need, drawn as a table.

The table is the specification: the test checks it, and `docs/reference/sentences.md` prints it.
To renew the page after a change: `SAFERBOARD_RENEW=1 pytest tests/spec/test_sentences.py`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.results_fixture import measure
from tests.results_parts import RESTATED, SHEDS, TO, compared

from saferboard.analytics.measures.results import BreakMet, Comparison
from saferboard.analytics.packs.sentences import comparison_sentence, headline, meaning
from saferboard.documents.model import Bound, Link, Strong, Text, plain
from saferboard.vocabulary.period import Month, Period

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "sentences.md"
KEY = "robbery"
AUTUMN = Period(date(2023, 9, 1), date(2023, 11, 30), "autumn 2023")
SPRING = Period(date(2023, 3, 1), date(2023, 5, 31), "spring 2023")
DAYS = Period(date(2023, 4, 1), date(2023, 9, 8))
CALENDAR_2019 = Period.of_months(Month(2019, 1), Month(2019, 12))


@dataclass(frozen=True)
class Case:
    """What happened, what is said of it, what it means, and the headline if it is a year."""

    name: str
    comparison: Comparison
    says: str
    means: str = ""
    leads: str = ""


def quarter(current, previous, verdict, **more):
    return compared(KEY, "quarter", current, previous, verdict, **more)


def year(current, previous, verdict, **more):
    return compared(KEY, "year", current, previous, verdict, **more)


def wave(current, previous, verdict="no clear change", **more):
    more = {"now": {"n": 1203}, "before": {"n": 1198}, **more}
    return compared(
        KEY, "wave", current, previous, verdict, kind="percentage", period=AUTUMN,
        against=SPRING, **more,
    )  # fmt: skip


HIDDEN = {"suppressed": True, "missing": "fewer than 5"}
GAP = {"missing": "not published for November 2023"}
LONG_AGO = {"missing": "not published for June 2022"}

CASES = (
    Case(
        "a clear rise",
        year(828, 631, "clear rise", interval=(15.3, 49.2)),
        "There were 828 offences in the 12 months to December 2023, up 31.2% from 631 in the "
        "12 months to December 2022.",
        "This rise is larger than the ordinary ups and downs of this measure would give; the real "
        "change is likely to be a rise of between 15.3% and 49.2%.",
        "Robbery: a clear rise, to 828 offences in the 12 months to December 2023 (+31.2%)",
    ),
    Case(
        "a clear fall",
        year(1558, 1980, "clear fall", interval=(-30.0, -11.5)),
        "There were 1,558 offences in the 12 months to December 2023, down 21.3% from 1,980 in the "
        "12 months to December 2022.",
        "This fall is larger than the ordinary ups and downs of this measure would give; the real "
        "change is likely to be a fall of between 11.5% and 30.0%.",
        "Robbery: a clear fall, to 1,558 offences in the 12 months to December 2023 (−21.3%)",
    ),
    Case(
        "a possible fall",
        quarter(488, 563, "possible fall", interval=(-26.1, 1.6)),
        "There were 488 offences in October to December 2023, down 13.3% from 563 in October to "
        "December 2022.",
        "There may have been a real fall, but ordinary ups and downs could explain it; the real "
        "change is likely to lie between a fall of 26.1% and a rise of 1.6%.",
        "Robbery: a possible fall, to 488 offences in October to December 2023 (−13.3%)",
    ),
    Case(
        "a possible rise",
        quarter(224, 190, "possible rise", interval=(-3.0, 43.0)),
        "There were 224 offences in October to December 2023, up 17.9% from 190 in October to "
        "December 2022.",
        "There may have been a real rise, but ordinary ups and downs could explain it; the real "
        "change is likely to lie between a fall of 3.0% and a rise of 43.0%.",
    ),
    Case(
        "stable",
        year(2368, 2326, "stable", interval=(-5.0, 9.0)),
        "There were 2,368 offences in the 12 months to December 2023, up 1.8% from 2,326 in the "
        "12 months to December 2022.",
        "The level is about what it was; the real change is likely to lie between a fall of 5.0% "
        "and a rise of 9.0%.",
        "Robbery: stable, at 2,368 offences in the 12 months to December 2023 (+1.8%)",
    ),
    Case(
        "no clear change",
        year(1861, 1904, "no clear change", interval=(-9.6, 5.6)),
        "There were 1,861 offences in the 12 months to December 2023, down 2.3% from 1,904 in the "
        "12 months to December 2022.",
        "The difference is no larger than the ordinary ups and downs of this measure; the real "
        "change is likely to lie between a fall of 9.6% and a rise of 5.6%.",
        "Robbery: no clear change, at 1,861 offences in the 12 months to December 2023 (−2.3%)",
    ),
    Case(
        "exactly the same number",
        quarter(240, 240, "no clear change"),
        "There were 240 offences in October to December 2023, the same as in October to December "
        "2022.",
        "The difference is no larger than the ordinary ups and downs of this measure.",
    ),
    Case(
        "a change that rounds to nought",
        year(24001, 24000, "stable"),
        "There were 24,001 offences in the 12 months to December 2023, almost the same as the "
        "24,000 in the 12 months to December 2022.",
        "The level is about what it was.",
    ),
    Case(
        "none before: no percentage of zero",
        quarter(12, 0, "too few to tell"),
        "There were 12 offences in October to December 2023; in October to December 2022 there "
        "were none, so there is no percentage.",
        "The numbers are too small to tell a real change from chance.",
        "Robbery: too few to tell, 12 offences in October to December 2023 after none",
    ),
    Case(
        "none now",
        quarter(0, 3, "too few to tell"),
        "There were no offences in October to December 2023, down from 3 in October to December "
        "2022.",
        "The numbers are too small to tell a real change from chance.",
        "Robbery: too few to tell, no offences in October to December 2023 after 3",
    ),
    Case(
        "none in either",
        quarter(0, 0, "too few to tell"),
        "There were no offences in October to December 2023, as in October to December 2022.",
        "The numbers are too small to tell a real change from chance.",
    ),
    Case(
        "one offence",
        quarter(1, 4, "too few to tell"),
        "There was 1 offence in October to December 2023, down 75.0% from 4 in October to "
        "December 2022.",
        "The numbers are too small to tell a real change from chance.",
    ),
    Case(
        "twice and more: the percentage stays, the meaning stands beside it",
        year(12, 4, "too few to tell"),
        "There were 12 offences in the 12 months to December 2023, up 200% from 4 in the 12 months "
        "to December 2022.",
        "The numbers are too small to tell a real change from chance.",
        "Robbery: too few to tell, 12 offences in the 12 months to December 2023 after 4",
    ),
    Case(
        "too small to publish",
        quarter(None, 8, "no comparison", now=HIDDEN),
        "The number of offences for October to December 2023 is too small to publish (fewer than "
        "5).",
        "",
        "Robbery: no figure for October to December 2023",
    ),
    Case(
        "last year's figure too small to publish",
        quarter(9, None, "no comparison", before=HIDDEN),
        "There were 9 offences in October to December 2023. The figure for October to December "
        "2022 is too small to publish (fewer than 5).",
        "There is no earlier figure to compare with.",
        "Robbery: 9 offences in October to December 2023, with nothing to compare",
    ),
    Case(
        "a month is missing",
        quarter(None, 600, "no comparison", now=GAP),
        "The number of offences for October to December 2023 is not known: not published for "
        "November 2023.",
    ),
    Case(
        "a month of last year is missing",
        year(2400, None, "no comparison", before=LONG_AGO),
        "There were 2,400 offences in the 12 months to December 2023. The figure for the 12 months "
        "to December 2022 is not known: not published for June 2022.",
        "There is no earlier figure to compare with.",
        "Robbery: 2,400 offences in the 12 months to December 2023, with nothing to compare",
    ),
    Case(
        "the latest month is provisional",
        quarter(579, 576, "no clear change", now={"provisional": True}),
        "There were 579 offences in October to December 2023, up 0.5% from 576 in October to "
        "December 2022. The latest month is provisional and may be revised.",
        "The difference is no larger than the ordinary ups and downs of this measure.",
    ),
    Case(
        "refused: not comparable",
        year(741, 730, "not comparable", breaks=(RESTATED,)),
        "There were 741 offences in the 12 months to December 2023. It cannot be compared with the "
        "12 months to December 2022: the force changed its crime system and counts domestic abuse "
        "in another way.",
        "It cannot be compared with the 12 months to December 2022: the force changed its crime "
        "system and counts domestic abuse in another way.",
        "Robbery: not comparable with the year before, 741 offences in the 12 months to December "
        "2023",
    ),
    Case(
        "compared with care",
        quarter(488, 563, "possible fall", breaks=(SHEDS,)),
        "There were 488 offences in October to December 2023, down 13.3% from 563 in October to "
        "December 2022. Compare with care: the definition of residential burglary changed in April "
        "2023.",
        "There may have been a real fall, but ordinary ups and downs could explain it.",
    ),
    Case(
        "the words of a break begin with a name: its capital is kept",
        quarter(
            488, 563, "possible fall",
            breaks=(BreakMet("x", date(2023, 4, 1), "caution", "MPS labels changed", "Note"),),
        ),
        "There were 488 offences in October to December 2023, down 13.3% from 563 in October to "
        "December 2022. Compare with care: MPS labels changed.",
    ),
    Case(
        "two publications",
        quarter(488, 563, "possible fall", stitched=True),
        "There were 488 offences in October to December 2023, down 13.3% from 563 in October to "
        "December 2022. The two periods come from different publications of the data, so part of "
        "the difference may be revision.",
    ),
    Case(
        "against a baseline year",
        compared(KEY, "baseline", 1717, 2157, "clear fall", against=CALENDAR_2019),
        "There were 1,717 offences in the 12 months to December 2023, down 20.4% from 2,157 in the "
        "12 months to December 2019.",
    ),
    Case(
        "whole days, not months",
        compared(KEY, "year", 120, 100, "possible rise", period=DAYS, against=DAYS.year_before()),
        "There were 120 offences from 1 April 2023 to 8 September 2023, up 20.0% from 100 from "
        "1 April 2022 to 8 September 2022.",
    ),
    Case(
        "a survey: percentage points, base and wave",
        wave(67, 66, interval=(-2.8, 4.8)),
        "The figure was 67% in autumn 2023 (1,203 asked), up 1 point from 66% in spring 2023 "
        "(1,198 asked).",
        "The difference is no larger than the ordinary ups and downs of this measure; the real "
        "change is likely to lie between a fall of 2.8 points and a rise of 4.8 points.",
        "Robbery: no clear change, at 67% in autumn 2023 (+1 point)",
    ),
    Case(
        "a percentage that falls",
        wave(20.2, 22.1, "possible fall", now={}, before={}),
        "The figure was 20.2% in autumn 2023, down 1.9 points from 22.1% in spring 2023.",
        leads="Robbery: a possible fall, to 20.2% in autumn 2023 (−1.9 points)",
    ),
    Case(
        "a percentage that stays",
        wave(67, 67, "stable"),
        "The figure was 67% in autumn 2023 (1,203 asked), the same as in spring 2023 (1,198 "
        "asked).",
    ),
    Case(
        "a percentage without an earlier wave",
        wave(67, None, "no comparison", before={"missing": "not asked in spring 2023"}),
        "The figure was 67% in autumn 2023 (1,203 asked). The figure for spring 2023 is not known: "
        "not asked in spring 2023.",
        leads="Robbery: 67% in autumn 2023, with nothing to compare",
    ),
)  # fmt: skip


def result_of(case: Case):
    return measure(KEY, "Robbery", case.comparison, case.comparison, to=TO)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said(case):
    result = result_of(case)
    assert plain(comparison_sentence(result, case.comparison)) == case.says
    if case.means or case.comparison.current.value is None:
        assert plain(meaning(case.comparison)) == case.means
    if case.leads:
        assert plain(headline(result)) == case.leads


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_figure_stands_outside_a_fact(case):
    result = result_of(case)
    for parts in (
        comparison_sentence(result, case.comparison),
        meaning(case.comparison),
        headline(result),
    ):
        for part in _leaves(parts):
            assert not (isinstance(part, Text) and any(c.isdigit() for c in part.text)), part
            if isinstance(part, Bound):
                assert part.fact.partition("@")[0].startswith(f"{KEY}/")


def test_the_reference_page_prints_this_table():
    page = reference()
    if os.environ.get("SAFERBOARD_RENEW"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "renew it: see the top of this test"


def reference() -> str:
    lines = [
        "# Sentences",
        "",
        "What a pack says in each case. This page is made from `tests/spec/test_sentences.py`.",
        "",
    ]
    for case in CASES:
        lines += [f"## {case.name[:1].upper()}{case.name[1:]}", "", f"> {case.says}", ""]
        means = plain(meaning(case.comparison))
        if means and means not in case.says:
            lines += [f"*What this means.* {means}", ""]
        if case.leads:
            lines += [f"*Headline.* {case.leads}", ""]
    return "\n".join(lines)


def _leaves(parts):
    for part in parts:
        if isinstance(part, Strong | Link):
            yield from _leaves(part.parts)
        else:
            yield part
