"""Areas with nothing but data.police.uk: districts by their small areas, missing months, rows
outside the force, and stops by their points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from tests.unit.measures.made import make, months

from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.period import Month

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
SPAN = [month for month in months("2022-01", "2023-12") if month != Month(2022, 6)]


def street_csv(month: Month, force: str, rows: Sequence[tuple[str, str, str, int]]) -> str:
    """A month of one force: LSOA code, LSOA name, type, how many; repeats are legitimate."""
    lines = [HEAD]
    for code, name, kind, count in rows:
        place = "-0.4,51.6,On or near A Street" if code else ",,No Location"
        lines += [f",{month},{force},{force},{place},{code},{name},{kind},,"] * count
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Two districts of Hertfordshire with 40 and 30 incidents a month, three outside it."""
    files = {}
    for month in SPAN:
        # the small areas of 2011 until 2022, those of 2021 after (quirk 20)
        code = "E01023000" if month.year == 2022 else "E01035000"
        rows = [
            (code, "Three Rivers 001A", "Anti-social behaviour", 40),
            ("E01023001", "Watford 002B", "Anti-social behaviour", 30),
            ("E01023001", "Watford 002B", "Burglary", 5),
            ("E01000200", "Barnet 001A", "Anti-social behaviour", 0),
            ("", "", "Anti-social behaviour", 2),
        ]
        if month.month == 3:
            rows.append(("E01000200", "Harrow 003A", "Burglary", 1))
        name = f"{month}/{month}-hertfordshire-street.csv"
        files[name] = street_csv(month, "Hertfordshire Constabulary", rows)
    folder = make(tmp_path_factory.mktemp("street"), files)
    with Lake.open(folder) as held:
        yield held


DISTRICT = Partnership.model_validate(
    {"name": "A district", "area": {"code": "E07000102", "name": "Three Rivers"}}
)


def test_a_district_is_known_by_the_name_of_its_small_areas(lake: Lake) -> None:
    result = summarise(lake, DISTRICT, to=Month(2023, 12), measures=["asb"])
    (one,) = result.measures
    assert one.source == "police-uk-street"
    assert one.quarter is not None
    assert one.year is not None
    assert one.quarter.current.value == 120
    assert one.year.current.value == 480, "both codings of small areas are counted"


def test_quirk_21_an_absent_month_is_not_zero(lake: Lake) -> None:
    result = summarise(lake, DISTRICT, to=Month(2023, 12), measures=["asb"])
    (one,) = result.measures
    assert one.year is not None
    assert one.year.previous.value is None
    assert one.year.previous.missing == "not published for June 2022"
    assert one.year.change.value is None
    point = {p.month: p for p in one.months}[Month(2022, 6)]
    assert point.status == "missing"
    assert point.count.value is None


def test_quirk_17_exact_repeats_are_counted(lake: Lake) -> None:
    result = summarise(lake, DISTRICT, to=Month(2023, 12), measures=["asb"])
    assert [point.count.value for point in result.measures[0].exceptions] == [40, 40, 40]


def test_quirk_20_rows_beyond_the_border_do_not_make_an_area_covered(lake: Lake) -> None:
    result = summarise(lake, "Harrow", to=Month(2023, 12), measures=["burglary"])
    assert result.measures[0].missing is not None
    assert result.measures[0].year is None


def test_a_district_without_any_look_up_still_has_a_name(lake: Lake) -> None:
    result = summarise(
        lake, Area("name:Watford", "Watford", "authority"), to=Month(2023, 12), measures=["asb"]
    )
    assert result.measures[0].quarter is not None
    assert result.measures[0].quarter.current.value == 90
    assert result.measures[0].rate is not None
    assert result.measures[0].rate.missing == "no denominator is loaded"


def test_a_category_without_a_row_in_a_covered_month_is_zero_and_not_missing(lake: Lake) -> None:
    """The force has burglaries in another district alone: here there were none in the months
    that it published, and the month that it did not publish stays missing."""
    result = summarise(lake, DISTRICT, to=Month(2023, 12), measures=["burglary"])
    (one,) = result.measures
    assert one.missing is None
    assert one.year is not None and one.quarter is not None
    assert one.year.current.value == 0
    assert one.quarter.current.value == 0
    assert one.year.previous.value is None, "June 2022 was not published"
    gone = {str(point.month): point.count.value for point in one.months}
    assert gone["2022-06"] is None
    assert gone["2022-07"] == 0
