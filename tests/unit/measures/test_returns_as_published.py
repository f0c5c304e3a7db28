"""What partners report, restated: last year's figures as they are now known, as they stood a year
earlier, and as anyone knew them by a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.unit.measures.made import add_more, lookup_csv, make, return_csv
from tests.unit.measures.test_return_ranks import line

from saferboard.analytics.measures.results import MeasureResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month

Ask = Callable[..., MeasureResult]
SET = "force-authorities"


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Load one return after another and give one measure of Barnet."""

    def answer(measure: str, *returns: list[str], to: str = "2023-12", **more: object):
        lake = make(tmp_path, {"lookup.csv": lookup_csv()})
        for at, rows in enumerate(returns):
            add_more(lake, tmp_path, {f"return-{at}.csv": return_csv(*rows)})
        with Lake.open(lake) as held:
            result = summarise(held, "Barnet", to=Month.parse(to), measures=[measure], **more)
        (found,) = result.measures
        assert result.sheet.digest()  # no two facts of one id
        return found

    return answer


def years(measure: str, year: int, values: dict[str, object], **more: object) -> list[str]:
    return [
        line(measure, borough, f"{year}-01", f"{year}-12", value, **more)  # type: ignore[arg-type]  # each keyword is one of line's
        for borough, value in values.items()
    ]


# The return to December 2022 said 8,900 for Barnet; that to December 2023 restates it as 9,400.
THEN = years("asb-calls", 2022, {"Barnet": 8900, "Brent": 9000}, base=300000)
NOW = [
    *years("asb-calls", 2022, {"Barnet": 9400, "Brent": 9000}, base=300000),
    *years("asb-calls", 2023, {"Barnet": 8000, "Brent": 9100}, base=300000),
]


def previous_of(found: MeasureResult) -> object:
    assert found.year is not None
    return found.year.previous.value


def test_last_year_is_as_now_known_unless_asked_otherwise(ask: Ask) -> None:
    found = ask("asb-calls", THEN, NOW)
    assert previous_of(found) == 9400
    assert found.year is not None
    assert not found.year.stitched


def test_last_year_as_it_stood_a_year_earlier(ask: Ask) -> None:
    found = ask("asb-calls", THEN, NOW, comparators="as-published")
    assert found.year is not None
    assert (found.year.current.value, found.year.previous.value) == (8000, 8900)
    assert found.year.change.value == pytest.approx(100 * (8000 / 8900 - 1))
    assert found.year.stitched
    assert found.year.current.vintages != found.year.previous.vintages


def test_the_place_of_last_year_as_it_stood_a_year_earlier(ask: Ask) -> None:
    """8,900 calls were fewer than Brent's 9,000; the restated 9,400 are more."""
    for comparators, place in (("same-vintage", 2), ("as-published", 1)):
        found = ask("asb-calls", THEN, NOW, comparators=comparators)
        (ranking,) = (one for one in found.ranks if one.area_set == SET)
        assert ranking.rank.value == 1
        assert ranking.previous is not None
        assert ranking.previous.value == place


def test_what_was_not_reported_a_year_earlier_is_said_to_be_so(ask: Ask) -> None:
    found = ask("asb-calls", NOW, comparators="as-published")
    assert found.year is not None
    assert found.year.previous.value is None
    assert found.year.change.missing == "not reported by 31 December 2022"


def test_a_day_before_the_restatement_knows_nothing_of_it(ask: Ask) -> None:
    found = ask("asb-calls", THEN, NOW, to="2023-05", as_known=date(2023, 6, 30))
    assert found.older
    assert found.year is not None
    assert found.year.current.value == 8900


def test_a_month_that_the_trend_shows_otherwise_keeps_both_figures(ask: Ask) -> None:
    """The financial year has one month so far: last year's April as then published stands in the
    comparison, as now known in the trend."""

    def month(start: str, value: int) -> str:
        return line("asb-calls", "Barnet", start, start, value)

    then = [month("2022-04", 700)]
    now = [month("2022-04", 750), *(month(f"2023-{one:02d}", 800) for one in range(2, 5))]
    found = ask("asb-calls", then, now, to="2023-04", comparators="as-published")
    assert found.financial_year is not None
    assert found.financial_year.previous.value == 700
    april = [one.count.value for one in found.months if one.month == Month(2022, 4)]
    assert april == [750]


def test_waves_of_a_survey_as_they_were_published(ask: Ask) -> None:
    then = years("confidence-police", 2022, {"Barnet": 62}, base=900)
    now = [
        *years("confidence-police", 2022, {"Barnet": 66}, base=900),
        *years("confidence-police", 2023, {"Barnet": 64}, base=1000),
    ]
    for comparators, points in (("same-vintage", -2), ("as-published", 2)):
        found = ask("confidence-police", then, now, comparators=comparators)
        assert found.latest is not None
        assert found.latest.change.value == points
