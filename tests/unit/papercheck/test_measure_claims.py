"""Which figures about measures a paper gives: sentence by sentence, table by table."""

from __future__ import annotations

import pytest
from tests.unit.papercheck.told import Told

from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.collect import measure_claims
from saferboard.papercheck.reading.text import read_text


def claims(text: str) -> tuple[MeasureClaim, ...]:
    return measure_claims(Pack((read_text("paper.txt", text),), data=Told()))


def short(text: str) -> list[tuple[object, ...]]:
    return [(one.measure, one.kind, one.period.slug(), one.number.value) for one in claims(text)]


QUARTER, BEFORE = "2023-10..2023-12", "2022-10..2022-12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In the 3 months of October 2023 to December 2023 there were 251 cases of Robbery in "
            "Alderbrook",
            [("robbery", "count", QUARTER, 251)],
        ),
        (
            "There were 251 cases of Robbery in the 3 months of October 2023 to December 2023. In "
            "the same period 12 months prior there were 194. This is an increase of 29.4%",
            [
                ("robbery", "count", QUARTER, 251),
                ("robbery", "count", BEFORE, 194),
                ("robbery", "change", QUARTER, 29.4),
            ],
        ),
        (
            "Robbery: no clear change, at 251 offences in October to December 2023 (−2.3%)",
            [("robbery", "count", QUARTER, 251)],
        ),
        (
            "There were 548 reported Racist & Religious Hate Crimes in Alderbrook in the 12 months "
            "to January 2016, compared to 415 in the previous year, an increase of 32%.",
            [
                ("hate-crime-racist-religious", "count", "2015-02..2016-01", 548),
                ("hate-crime-racist-religious", "count", "2014-02..2015-01", 415),
                ("hate-crime-racist-religious", "change", "2015-02..2016-01", 32),
            ],
        ),
        (
            "In the 12 months preceding Nov 2021 it is noted that;\n\n- Knife crime decreased by "
            "16.8%\n- Gun crime increased by 33.3%",
            [
                ("knife-crime", "change", "2020-12..2021-11", 16.8),
                ("gun-crime", "change", "2020-12..2021-11", 33.3),
            ],
        ),
        (
            "Crime levels over the last 12 months³\n\nResidential burglary is up around 2% (from "
            "2636 to 2697 offences) compared to a year ago.\n\n³ Figures based on the rolling 12 "
            "months to January 2016",
            [
                ("residential-burglary", "count", "2015-02..2016-01", 2697),
                ("residential-burglary", "count", "2014-02..2015-01", 2636),
                ("residential-burglary", "change", "2015-02..2016-01", 2),
            ],
        ),
        (
            "Sexual offences reached a rate of 1.9 per 1000 population in the 12 months to October "
            "2023.",
            [("sexual-offences", "rate", "2022-11..2023-10", 1.9)],
        ),
        (
            "In the 12 months to March 2017 it had the 8th lowest rate of total crime out of all "
            "32 boroughs.",
            [("total-recorded-crime", "rank", "2016-04..2017-03", 8)],
        ),
        (
            "\t2011/12\t2015/16\t% change\nRobbery\t1199\t622\t-48.1%\nShoplifting\t3602\t2372\t"
            "-34.1%",
            [
                ("robbery", "count", "2011-04..2012-03", 1199),
                ("robbery", "count", "2015-04..2016-03", 622),
                ("shoplifting", "count", "2011-04..2012-03", 3602),
                ("shoplifting", "count", "2015-04..2016-03", 2372),
            ],
        ),
        (
            "# Robbery\n\nThere were 251 offences in October to December 2023, up 29.4% from 194 "
            "in October to December 2022.",
            [
                ("robbery", "count", QUARTER, 251),
                ("robbery", "count", BEFORE, 194),
                ("robbery", "change", QUARTER, 29.4),
            ],
        ),
    ],
)
def test_a_figure_about_a_measure_is_read(text: str, expected: list[tuple[object, ...]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There were 251 robberies in London in October 2023.",
        "There were 251 victims of robbery in October 2023.",
        "There were 251 aggravated burglaries in October 2023.",
        "There were over 500 fewer robberies in 2016/17.",
        "Robbery rose from 10 wards to 12.",
        "251 robbery suspects were arrested in October 2023.",
        "There were 251 robberies.",
        "Crime Group\t2022\t\t2023\t\n\t1-17\t18-24\t1-17\t18-24\nRobbery\t107\t57\t112\t73",
        "Robbery fell in October 2023 and 45 people came to the meeting.",
    ],
)
def test_what_is_not_plainly_a_figure_about_the_area_is_left(text: str) -> None:
    assert short(text) == []


def test_a_slip_in_the_period_takes_that_of_the_same_figure() -> None:
    text = (
        "In the 3 months of October 2023 to December 2023 there were 488 cases of Robbery.\n\n"
        "There were 488 cases of Robbery in the 3 months of December 2023 to September 2023. In "
        "the same period 12 months prior there were 563. This is a decrease of 13.3%"
    )
    assert ("robbery", "count", BEFORE, 563) in short(text)


def test_every_figure_has_a_quote_of_its_own() -> None:
    found = claims(
        "There were 251 robberies in October to December 2023, up 29.4% from 194 in October to "
        "December 2022."
    )
    assert len({one.quote for one in found}) == 3
    assert all(one.number.text in one.quote for one in found)
