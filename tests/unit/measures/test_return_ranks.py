"""Ranks of what partners report: only among areas that report the same thing for the same period,
with likely ranges only where there is a base, and with what a change of recording does to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.unit.measures.made import BOROUGHS, lookup_csv, make, residents_csv, return_csv

from saferboard.analytics.measures.results import MeasureResult, RankResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month

FORCE = "force-authorities"
QUARTERS = ("01", "04", "07", "10")
Ask = Callable[..., MeasureResult]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Load rows of returns and give one measure of Barnet."""

    def answer(
        measure: str, *rows: str, to: str = "2023-12", residents: bool = True
    ) -> MeasureResult:
        files = {"return.csv": return_csv(*rows), "lookup.csv": lookup_csv()}
        if residents:
            files["residents.csv"] = residents_csv()
        with Lake.open(make(tmp_path, files)) as held:
            (found,) = summarise(held, "Barnet", to=Month.parse(to), measures=[measure]).measures
        return found

    return answer


def line(
    measure: str, borough: str, start: str, end: str, value: object, *, base: object = "",
    change: str = "", comparable: str = "yes",
) -> str:  # fmt: skip
    return (
        f"{measure},{BOROUGHS[borough]},,{start},{end},,{value},{base},,{change},{comparable},"
        f"{borough} Council,"
    )


def calls(years: Mapping[str, Mapping[int, int]], **more: object) -> list[str]:
    """Calls about anti-social behaviour by quarter: the year's number in four equal parts."""
    return [
        line("asb-calls", borough, f"{year}-{first}", f"{year}-{int(first) + 2:02d}",
             total // 4, **more)  # type: ignore[arg-type]  # each keyword is one of line's
        for borough, totals in years.items()
        for year, total in totals.items()
        for first in QUARTERS
    ]  # fmt: skip


def year(
    measure: str, values: Mapping[str, object], number: int = 2023, **more: object
) -> list[str]:
    """A row for each borough and a whole year; a pair is a value and its base."""
    rows = []
    for borough, value in values.items():
        shown, base = value if isinstance(value, tuple) else (value, "")
        rows.append(
            line(measure, borough, f"{number}-01", f"{number}-12", shown, base=base, **more)
        )  # type: ignore[arg-type]  # each keyword is one of line's
    return rows


def rank_of(result: MeasureResult, key: str = FORCE) -> RankResult:
    return next(one for one in result.ranks if one.area_set == key)


def order(ranking: RankResult) -> Sequence[str]:
    return [peer.area_name for peer in ranking.peers if peer.fact.value is not None]


FIVE = {
    "Barnet": {2022: 8900, 2023: 8000},
    "Brent": {2022: 6000, 2023: 6040},
    "Harrow": {2022: 8400, 2023: 9600},
    "Camden": {2022: 12000, 2023: 12000},
    "Ealing": {2022: 16000, 2023: 16000},
}


def test_quarters_of_five_areas_give_the_rank_of_the_year(ask: Ask) -> None:
    """All boroughs have 315,303 residents in 2023: the order is that of the calls."""
    one = ask("asb-calls", *calls(FIVE))
    ranking = rank_of(one)
    assert (ranking.rank.value, ranking.with_data, ranking.of) == (2, 5, 5)
    assert ranking.rank.period.label() == "12 months to December 2023"
    assert ranking.previous is not None
    assert ranking.previous.value == 3
    assert order(ranking) == ["Brent", "Barnet", "Harrow", "Camden", "Ealing"]
    rate = ranking.peers[1].fact
    assert rate.value == pytest.approx(1000 * 8000 / round(300000 * 1.01**5))
    assert (rate.per, rate.of, rate.n) == (1000, "residents", 8000)
    assert ranking.average is not None
    assert ranking.average.value == pytest.approx(1000 * 51640 / (5 * round(300000 * 1.01**5)))
    assert ranking.rank.interval is not None
    assert (ranking.rank.interval.low, ranking.rank.interval.high) == (2, 2)
    assert ranking.moved == "better"


def test_the_rate_and_its_rank_are_of_one_period(ask: Ask) -> None:
    one = ask("asb-calls", *calls(FIVE))
    assert one.rate is not None
    assert one.rate.period == rank_of(one).rank.period
    own = next(peer for peer in rank_of(one).peers if peer.is_area)
    assert one.rate.value == pytest.approx(own.fact.value)


def test_a_rank_is_an_indicator_of_the_rating(ask: Ask) -> None:
    one = ask("asb-calls", *calls(FIVE))
    assert one.rag is not None
    assert any(each.name.startswith("rank in") for each in one.rag.indicators)


def test_an_area_alone_with_its_return_has_no_rank(ask: Ask) -> None:
    assert ask("asb-calls", *calls({"Barnet": FIVE["Barnet"]})).ranks == ()


def test_another_period_of_another_area_is_not_compared(ask: Ask) -> None:
    other = line("asb-calls", "Brent", "2022-04", "2023-03", 6000)
    assert ask("asb-calls", *calls({"Barnet": FIVE["Barnet"]}), other).ranks == ()


SURVEY = {
    "Barnet": ("67%", 800), "Brent": ("61%", 820), "Harrow": ("70%", 790),
    "Camden": ("60%", 810), "Ealing": ("66%", 805),
}  # fmt: skip


def test_a_survey_is_ranked_highest_first_with_binomial_ranges(ask: Ask) -> None:
    ranking = rank_of(ask("confidence-police", *year("confidence-police", SURVEY)))
    assert ranking.rank.value == 2
    assert order(ranking) == ["Harrow", "Barnet", "Ealing", "Brent", "Camden"]
    assert ranking.rank.interval is not None
    # By another road: the areas differ little, so that a flat prior on each share is near enough.
    shares = np.array([float(str(share).rstrip("%")) / 100 for share, _ in SURVEY.values()])
    bases = np.array([base for _, base in SURVEY.values()])
    draws = np.random.default_rng(5).beta(
        1 + shares * bases, 1 + (1 - shares) * bases, size=(20000, 5)
    )
    places = (draws > draws[:, :1]).sum(axis=1) + 1
    low, high = np.quantile(places, [0.025, 0.975], method="inverted_cdf")
    assert abs(ranking.rank.interval.low - low) <= 1
    assert abs(ranking.rank.interval.high - high) <= 1
    assert all(peer.fact.interval is not None for peer in ranking.peers if peer.fact.value)
    assert ranking.average is not None
    assert ranking.average.value == pytest.approx(100 * (shares * bases).sum() / bases.sum())


def test_without_a_base_there_are_values_and_no_ranges(ask: Ask) -> None:
    shares = {borough: share for borough, (share, _) in SURVEY.items()}
    rows = year("confidence-police", {**SURVEY, "Camden": shares["Camden"]})
    ranking = rank_of(ask("confidence-police", *rows))
    assert (ranking.rank.value, ranking.rank.interval, ranking.average) == (2, None, None)
    by_name = {peer.area_name: peer.fact.interval for peer in ranking.peers}
    assert by_name["Camden"] is None
    assert by_name["Barnet"] is not None


def test_an_index_is_ranked_by_its_values_alone(ask: Ask) -> None:
    values = {"Barnet": 1.08, "Brent": 1.02, "Harrow": 1.2, "Camden": 0.9, "Ealing": 1.01}
    ranking = rank_of(ask("youth-reoffending", *year("youth-reoffending", values)))
    assert (ranking.rank.value, ranking.rank.interval, ranking.average) == (4, None, None)
    assert all(peer.fact.interval is None for peer in ranking.peers)


def test_counts_without_a_denominator_are_shown_and_not_ranked(ask: Ask) -> None:
    values = {"Barnet": 408, "Brent": 300, "Harrow": 200, "Camden": 900, "Ealing": 500}
    ranking = rank_of(ask("cctv-incidents", *year("cctv-incidents", values)))
    assert ranking.rank.value is None
    assert ranking.missing == "counts without a denominator are not ranked"
    assert order(ranking) == ["Camden", "Ealing", "Barnet", "Brent", "Harrow"]


def test_denominators_of_a_rank_are_all_of_one_kind(ask: Ask) -> None:
    """Three returns give young people of their own; the data store has none: two areas have no
    place. The rate of the fourth is not made from another base."""
    values = {
        "Barnet": (108, 36000), "Brent": (90, 36000), "Harrow": (60, 25000),
        "Camden": 70, "Ealing": 80,
    }  # fmt: skip
    ranking = rank_of(ask("first-time-entrants", *year("first-time-entrants", values)))
    assert (ranking.rank.value, ranking.with_data, ranking.of) == (3, 3, 5)
    assert order(ranking) == ["Harrow", "Brent", "Barnet"]
    assert ranking.note == "No denominator of the same kind for Camden, Ealing."
    assert ranking.average is None


def test_without_any_denominator_counts_are_shown_and_the_rank_says_what_lacks(ask: Ask) -> None:
    ranking = rank_of(ask("asb-calls", *calls(FIVE), residents=False))
    assert (ranking.rank.value, ranking.missing) == (None, "no denominator is loaded")
    assert order(ranking) == ["Ealing", "Camden", "Harrow", "Barnet", "Brent"]


def test_a_change_of_recording_refuses_the_place_of_the_year_before(ask: Ask) -> None:
    rows = [row for row in calls(FIVE) if f"{BOROUGHS['Barnet']},,2023-01" not in row]
    changed = line(
        "asb-calls", "Barnet", "2023-01", "2023-03", 2000, change="A new system", comparable="no"
    )
    ranking = rank_of(ask("asb-calls", *rows, changed))
    assert (ranking.rank.value, ranking.previous, ranking.moved) == (2, None, "not known")
    assert ranking.note.startswith("Barnet changed its recording on 1 January 2023")


def test_a_change_of_recording_elsewhere_is_carried_without_an_arrow(ask: Ask) -> None:
    rows = [row for row in calls(FIVE) if f"{BOROUGHS['Harrow']},,2023-01" not in row]
    changed = line(
        "asb-calls", "Harrow", "2023-01", "2023-03", 2400, change="A new system", comparable="no"
    )
    ranking = rank_of(ask("asb-calls", *rows, changed))
    assert ranking.previous is not None
    assert (ranking.previous.value, ranking.moved) == (3, "not known")
    assert ranking.note.startswith("Harrow changed its recording on 1 January 2023")


def test_an_area_that_changed_inside_the_period_is_left_out(ask: Ask) -> None:
    rows = [row for row in calls(FIVE) if f"{BOROUGHS['Brent']},,2023-07" not in row]
    changed = line(
        "asb-calls", "Brent", "2023-07", "2023-09", 1510, change="A new system", comparable="no"
    )
    ranking = rank_of(ask("asb-calls", *rows, changed))
    assert (ranking.rank.value, ranking.with_data) == (1, 4)
    assert "Brent is left out: its recording changed inside the period." in ranking.note


def test_a_change_that_may_be_compared_is_named(ask: Ask) -> None:
    rows = [row for row in calls(FIVE) if f"{BOROUGHS['Brent']},,2023-07" not in row]
    changed = line("asb-calls", "Brent", "2023-07", "2023-09", 1510, change="Web forms count too")
    ranking = rank_of(ask("asb-calls", *rows, changed))
    assert (ranking.rank.value, ranking.with_data) == (2, 5)
    assert ranking.note == "Brent: Web forms count too."


def test_a_small_number_of_another_area_does_not_leave_by_a_rank(ask: Ask) -> None:
    """Four calls in Camden are withheld: neither its rate nor an average may hold them."""
    values = {"Barnet": 40, "Brent": 30, "Harrow": 80, "Camden": 4, "Ealing": 90}
    one = ask("asb-calls", *year("asb-calls", values))
    ranking = rank_of(one)
    camden = next(peer for peer in ranking.peers if peer.area_name == "Camden")
    assert (camden.fact.value, camden.fact.n, camden.count) == (None, None, None)
    assert (ranking.rank.value, ranking.with_data, ranking.of) == (2, 4, 5)
    assert ranking.average is not None
    assert ranking.average.n == 240


def test_a_small_number_of_the_area_itself_has_no_place(ask: Ask) -> None:
    values = {"Barnet": 4, "Brent": 30, "Harrow": 80, "Camden": 40, "Ealing": 90}
    ranking = rank_of(ask("asb-calls", *year("asb-calls", values)))
    assert ranking.rank.value is None
    assert ranking.missing is not None
    assert "small number" in ranking.missing
    assert ranking.average is not None
    assert (ranking.average.value, ranking.average.n) == (None, None)
    assert "Barnet" not in order(ranking)
