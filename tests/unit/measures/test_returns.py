"""What partners report: months, quarters, odd periods, waves, bases, changes of recording, and
small numbers that may not leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.measures.made import lookup_csv, make, months, residents_csv, return_csv

from saferboard.analytics.measures.results import MeasureResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month

Ask = Callable[..., MeasureResult]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Load rows of a return and give the result of one measure."""

    def answer(measure: str, *rows: str, to: str = "2023-12") -> MeasureResult:
        lake = make(
            tmp_path,
            {
                "return.csv": return_csv(*rows),
                "lookup.csv": lookup_csv(),
                "residents.csv": residents_csv(),
            },
        )
        with Lake.open(lake) as held:
            (found,) = summarise(held, "Barnet", to=Month.parse(to), measures=[measure]).measures
        return found

    return answer


def row(
    measure: str, start: str, end: str, value: object, *, words: str = "", base: object = "",
    change: str = "", comparable: str = "yes",
) -> str:  # fmt: skip
    return (
        f"{measure},E09000003,,{start},{end},{words},{value},{base},,{change},{comparable},"
        "Community safety team,"
    )


def test_quarters_add_up_to_the_year(ask: Ask) -> None:
    values = {"2022-01": 2000, "2022-04": 2300, "2022-07": 2500, "2022-10": 2100,
              "2023-01": 2050, "2023-04": 2200, "2023-07": 2310, "2023-10": 2210}  # fmt: skip
    rows = [
        row("asb-calls", first, str(Month.parse(first) + 2), value)
        for first, value in values.items()
    ]
    one = ask("asb-calls", *rows)
    assert one.quarter is not None
    assert one.year is not None
    assert (one.quarter.current.value, one.quarter.previous.value) == (2210, 2100)
    assert (one.year.current.value, one.year.previous.value) == (8770, 8900)
    assert one.latest is None
    assert one.rate is not None
    assert one.source_title == "Community safety team"


def test_months_make_a_trend_with_exceptions(ask: Ask) -> None:
    span = months("2019-01", "2023-12")
    rows = [
        row("asb-calls", str(month), str(month), 700 + 10 * (at % 7) + (900 if at == 59 else 0))
        for at, month in enumerate(span)
    ]
    one = ask("asb-calls", *rows)
    assert len(one.months) == 24
    assert one.exceptions[-1].status == "exception high"
    assert one.dispersion is not None


def test_an_odd_period_stands_as_it_was_reported(ask: Ask) -> None:
    one = ask(
        "fixed-penalty-notices",
        row("fixed-penalty-notices", "2022-04", "2022-09", 300),
        row("fixed-penalty-notices", "2023-04", "2023-09", 358),
    )
    assert one.quarter is None
    assert one.year is None
    assert one.latest is not None
    assert one.latest.period.label() == "April to September 2023"
    assert (one.latest.current.value, one.latest.previous.value) == (358, 300)
    assert one.older, "the period ends before December 2023"


def test_a_survey_is_compared_in_points_with_its_base(ask: Ask) -> None:
    one = ask(
        "confidence-police",
        row("confidence-police", "2015-09-01", "2015-11-30", "60%", words="autumn 2015", base=800),
        row("confidence-police", "2016-09-01", "2016-11-30", "67%", words="autumn 2016", base=812),
        to="2016-12",
    )
    assert one.latest is not None
    assert one.latest.period.label() == "autumn 2016"
    assert one.latest.change.kind == "change_points"
    assert one.latest.change.value == pytest.approx(7)
    assert one.latest.current.n == 812
    assert one.latest.current.interval is not None
    assert one.latest.verdict == "clear rise"


def test_a_survey_without_a_base_cannot_be_judged(ask: Ask) -> None:
    one = ask(
        "confidence-council",
        row("confidence-council", "2016-03-01", "2016-05-31", "66%", words="spring 2016"),
        row("confidence-council", "2016-09-01", "2016-11-30", "67%", words="autumn 2016"),
        to="2016-12",
    )
    assert one.latest is not None
    assert one.latest.change.value == pytest.approx(1)
    assert one.latest.verdict == "no comparison"
    assert one.latest.change.missing == "the return gives no base to judge the change by"


def test_a_change_of_recording_refuses_the_comparison(ask: Ask) -> None:
    one = ask(
        "cctv-incidents",
        row("cctv-incidents", "2022-10", "2022-12", 318),
        row("cctv-incidents", "2023-10", "2023-12", 749, change="A new system", comparable="no"),
    )
    assert one.quarter is not None
    assert one.quarter.verdict == "not comparable"
    assert one.quarter.change.value is None
    assert one.quarter.change.missing == "A new system"
    assert [entry.severity for entry in one.breaks] == ["not comparable"]


def test_a_change_that_may_be_compared_is_printed_as_a_caution(ask: Ask) -> None:
    one = ask(
        "cctv-incidents",
        row("cctv-incidents", "2022-10", "2022-12", 318),
        row("cctv-incidents", "2023-10", "2023-12", 330, change="Two more cameras"),
    )
    assert one.quarter is not None
    assert one.quarter.change.value is not None
    assert [entry.severity for entry in one.breaks] == ["caution"]


def test_a_rate_takes_the_denominator_of_the_return(ask: Ask) -> None:
    one = ask(
        "first-time-entrants",
        row("first-time-entrants", "2015-04", "2016-03", 90, base=36000),
        row("first-time-entrants", "2016-04", "2017-03", 108, base=36860),
        to="2017-03",
    )
    assert one.rate is not None
    assert one.rate.value == pytest.approx(293, abs=0.5)
    assert one.rate.per == 100000
    assert one.denominator is not None
    assert one.denominator.value == 36860


def test_an_index_is_printed_and_not_judged(ask: Ask) -> None:
    one = ask(
        "youth-reoffending",
        row("youth-reoffending", "2015-01", "2015-12", 0.992),
        row("youth-reoffending", "2016-01", "2016-12", 1.08),
        to="2017-08",
    )
    assert one.latest is not None
    assert one.latest.change.value == pytest.approx(8.9, abs=0.05)
    assert one.latest.verdict == "no comparison"


def test_small_numbers_do_not_leave_and_nothing_gives_them_back(ask: Ask) -> None:
    values = {"2022-01": 6, "2022-04": 7, "2022-07": 5, "2022-10": 7,
              "2023-01": 6, "2023-04": 5, "2023-07": 8, "2023-10": 3}  # fmt: skip
    rows = [
        row("prevent-referrals", first, str(Month.parse(first) + 2), value)
        for first, value in values.items()
    ]
    one = ask("prevent-referrals", *rows)
    assert one.quarter is not None
    assert one.quarter.current.suppressed
    assert one.quarter.current.value is None
    assert one.quarter.current.missing == "fewer than 5"
    assert one.quarter.change.suppressed
    assert one.quarter.verdict == "no comparison"
    assert one.rag is not None
    assert "quarter" not in {i.name for i in one.rag.indicators if i.effect != "not rated"}


def test_an_open_return_is_not_suppressed(ask: Ask) -> None:
    one = ask(
        "fire-safety-referrals",
        row("fire-safety-referrals", "2022-10", "2022-12", 2),
        row("fire-safety-referrals", "2023-10", "2023-12", 3),
    )
    assert one.quarter is not None
    assert one.quarter.current.value == 3


def test_a_newer_return_about_a_period_replaces_the_older(tmp_path: Path) -> None:
    first = return_csv(row("cctv-incidents", "2023-10", "2023-12", 400))
    later = return_csv(
        row("cctv-incidents", "2023-10", "2023-12", 408),
        row("cctv-incidents", "2024-01", "2024-03", 390),
    )
    lake = make(tmp_path, {"a.csv": first, "b.csv": later, "lookup.csv": lookup_csv()})
    with Lake.open(lake) as held:
        (one,) = summarise(held, "Barnet", to=Month(2023, 12), measures=["cctv-incidents"]).measures
    assert one.quarter is not None
    assert one.quarter.current.value == 408


def test_a_period_not_reported_is_missing(ask: Ask) -> None:
    one = ask("cctv-incidents", row("cctv-incidents", "2023-10", "2023-12", 408))
    assert one.quarter is not None
    assert one.quarter.previous.value is None
    assert one.quarter.previous.missing == "not reported for this period"
    assert one.quarter.change.value is None


def test_months_of_an_unusual_period_are_counted_and_not_judged(ask: Ask) -> None:
    """Calls doubled while public life was restricted: afterwards they are as before, and usual."""
    rows = [
        row("asb-calls", str(month), str(month), (1400 if "2020-03" <= str(month) <= "2021-07"
            else 700) + 10 * (at % 7))
        for at, month in enumerate(months("2016-01", "2021-12"))
    ]  # fmt: skip
    one = ask("asb-calls", *rows, to="2021-12")
    by_month = {str(point.month): point for point in one.months}
    assert by_month["2021-06"].status == "not judged"
    assert by_month["2021-06"].count.value is not None
    assert by_month["2021-06"].upper is None
    assert by_month["2021-08"].status == "usual"
    assert one.year is not None
    assert [entry.severity for entry in one.year.breaks] == ["caution"]
    assert [entry.key for entry in one.left_out] == ["public-life-restricted-2020"]
