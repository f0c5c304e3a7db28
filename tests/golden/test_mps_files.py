"""The golden table of the data catalogue: what the publisher's files give for Barnet, each from
the load that the board saw. Figures from the column “files” of the catalogue."""

from __future__ import annotations

from functools import cache

import pytest
from tests.reading import real, rows
from tests.shared_data import shared

from saferboard.analytics.intake.source import Load
from saferboard.vocabulary.period import Month, Period

pytestmark = pytest.mark.golden
DASHBOARD = "monthly-crime-dashboard-to-2025-07.parquet"
YEARS = ("2011/12", "2015/16", "2016/17")


@cache
def _borough(vintage: str) -> tuple[Load, ...]:
    names = sorted(path.name for path in shared("mps", "borough", vintage).iterdir())
    return tuple(
        load for name in names for load in real("mps-borough", "mps", "borough", vintage, name)
    )


def _barnet(vintage: str, offences: set[str], period: Period) -> int:
    found = 0
    for load in _borough(vintage):
        for row in rows(load, area_code="E09000003"):
            if row["offence"] in offences and period.start <= row["month"] <= period.end:
                found += row["count"]
    return found


@pytest.mark.parametrize(
    ("offences", "figures"),
    [
        ({"residential-burglary", "business-burglary"}, (4912, 3878, 3296)),
        ({"personal-robbery", "business-robbery"}, (1199, 622, 467)),
        ({"theft-from-vehicle"}, (3602, 2372, 2359)),
        ({"theft-of-vehicle"}, (956, 701, 809)),
        # The history file has no label for arson: it lies inside the others there.
        ({"criminal-damage", "arson"}, (2361, 2256, 2193)),
        ({"theft-from-person"}, (692, 622, 693)),
        ({"violence-with-injury"}, (1526, 2179, 2239)),
    ],
)
def test_the_long_table_of_2017(offences: set[str], figures: tuple[int, ...]) -> None:
    found = tuple(
        _barnet("to-2018-12", offences, Period.year_to(Month(int(year[:4]) + 1, 3)))
        for year in YEARS
    )
    assert found == figures


@pytest.mark.parametrize(
    ("offence", "quarters", "years"),
    [
        ("residential-burglary", (488, 563), (1861, 1905)),
        ("business-burglary", (183, 177), (658, 680)),
        ("personal-robbery", (252, 194), (828, 631)),
        ("violence-with-injury", (580, 577), (2369, 2325)),
    ],
)
def test_the_slides_of_2024(
    offence: str, quarters: tuple[int, int], years: tuple[int, int]
) -> None:
    now, before = Month(2023, 12), Month(2022, 12)
    assert quarters == (
        _barnet("to-2024-01", {offence}, Period.quarter_to(now)),
        _barnet("to-2023-02", {offence}, Period.quarter_to(before)),
    )
    assert years == (
        _barnet("to-2024-01", {offence}, Period.year_to(now)),
        _barnet("to-2023-02", {offence}, Period.year_to(before)),
    )


def test_a_pair_of_history_and_recent_file_leaves_no_month_out() -> None:
    for vintage in ("to-2018-12", "to-2024-01", "to-2025-11"):
        months = sorted(m for load in _borough(vintage) for m in load.coverage["metropolitan"])
        assert len(months) == len(set(months)) == months[-1] - months[0] + 1


@pytest.mark.parametrize(
    ("dataset", "offence", "quarters", "years"),
    [
        ("gun-crime", "lethal-barrel-discharge", (0, 3), (12, 4)),
        ("knife-crime", "knife-crime-with-injury", (28, 25), (100, 96)),
        ("domestic-abuse", "domestic-abuse-violence-with-injury", (185, 176), (691, 711)),
    ],
)
def test_the_slides_of_2024_from_the_dashboard(
    dataset: str, offence: str, quarters: tuple[int, int], years: tuple[int, int]
) -> None:
    def figure(period: Period) -> int:
        (load,) = [
            one
            for one in real("mps-dashboard", "mps", "dashboard", DASHBOARD)
            if one.dataset == dataset
        ]
        wanted = rows(load, area_code="E09000003", counted="offences", offence=offence)
        return sum(row["count"] for row in wanted if period.start <= row["month"] <= period.end)

    now, before = Month(2023, 12), Month(2022, 12)
    assert (figure(Period.quarter_to(now)), figure(Period.quarter_to(before))) == quarters
    assert (figure(Period.year_to(now)), figure(Period.year_to(before))) == years
