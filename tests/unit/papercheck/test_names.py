"""Which measures and places a text names, and which periods."""

from __future__ import annotations

import pytest

from saferboard.analytics.measures.register import definitions
from saferboard.papercheck.measures.names import (
    Places,
    about_own_area,
    measure_named,
    measures_in,
    names,
)
from saferboard.papercheck.measures.periods import period_named, periods_in


def test_every_name_belongs_to_a_measure_of_the_catalogue() -> None:
    assert set(names().measures) <= set(definitions())


@pytest.mark.parametrize("key", list(definitions()))
def test_a_title_names_its_measure(key: str) -> None:
    assert measure_named(definitions()[key].title) == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("cases of Residential Burglary", ["residential-burglary"]),
        ("Burglary - Business & Community", ["business-burglary"]),
        ("Non-Residential Burglaries", ["business-burglary"]),
        ("robbery (of personal property)", ["personal-robbery"]),
        ("Domestic Abuse VWI", ["domestic-abuse-violence-with-injury"]),
        ("domestic abuse violence with injury", ["domestic-abuse-violence-with-injury"]),
        ("violence with injury (VWI)", ["violence-with-injury"]),
        ("Gun Crime Lethal Barrelled Discharged", ["lethal-barrel-discharge"]),
        ("knife crime and gun crime", ["knife-crime", "gun-crime"]),
        ("Racist & Religious Hate Crimes", ["hate-crime-racist-religious"]),
        ("theft from motor vehicles", ["theft-from-vehicle"]),
        ("Theft of Motor Vehicles", ["theft-of-vehicle"]),
        ("Knife injury victims under 25 (non-DA)", ["knife-injury-victims-under-25-non-domestic"]),
        ("aggravated burglary", [""]),
        ("distraction burglaries", [""]),
        ("burglary victims", [""]),
        ("hate crime champions", [""]),
        ("domestic violence and abuse incidents", [""]),
        ("the weather", []),
    ],
)
def test_the_longest_name_wins_and_qualifiers_make_something_else(
    text: str, keys: list[str]
) -> None:
    assert [one.value for one in measures_in(text)] == keys


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("12 months to December 2023", "2023-01..2023-12"),
        ("the 12 months up to the end of May 2023", "2022-06..2023-05"),
        ("the year ending March 2017", "2016-04..2017-03"),
        ("the 12 months preceding November 2021", "2020-12..2021-11"),
        ("the 12 months prior to March 2024", "2023-03..2024-02"),
        ("the 3 months of October 2023 to December 2023", "2023-10..2023-12"),
        ("Between April - July 2023", "2023-04..2023-07"),
        ("November to January 2024", "2023-11..2024-01"),
        ("Q3 2023/24", "2023-10..2023-12"),
        ("Q4 of 2016/17", "2017-01..2017-03"),
        ("during 2016/17", "2016-04..2017-03"),
        ("2016-2017", "2016-04..2017-03"),
        ("in October 2023", "2023-10"),
        ("in 2019", "2019-01..2019-12"),
        ("the 12 months to 20 January 2016", None),
        ("on 3 May 2023", None),
        ("to June 2017", None),
        ("over Q4", None),
        ("December 2023 to September 2023", None),
        ("2022-25", None),
    ],
)
def test_a_period_is_read_as_officers_write_it(text: str, slug: str | None) -> None:
    (found,) = periods_in(text)
    assert (found.period.slug() if found.period else None) == slug


@pytest.mark.parametrize(
    "text",
    ["In the same period 12 months prior", "In the 12 months prior", "a year ago", "last year",
     "the same quarter in the previous year", "a year before"],
)  # fmt: skip
def test_a_year_earlier_is_relative(text: str) -> None:
    (found,) = periods_in(text)
    assert found.relative
    assert found.period is None


def test_the_head_of_a_column_is_a_period_or_nothing() -> None:
    assert period_named("2019") is not None
    assert period_named("Volume during 12 months to January 2016") is not None
    assert period_named("2011/12 Baseline volume") is not None
    assert period_named("% change vs. 2011/12") is None
    assert period_named("Sold in 2019") is None


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("488 offences", True),
        ("488 offences in Alderbrook", True),
        ("488 offences in London", False),
        ("488 offences in Fernleigh", False),
        ("In London it fell; there were 488 offences in Alderbrook", True),
        ("488 offences, one of the lowest of all London boroughs", True),
    ],
)
def test_a_figure_is_about_the_nearest_place(text: str, own: bool) -> None:
    places = Places(("Alderbrook",), ("Fernleigh",)).phrases()
    held = [
        one if one.value != "named" else type(one)("other", one.start, one.end)
        for one in places.find(text)
    ]
    at = text.index("488")
    assert about_own_area(held, at, at + 3) is own
