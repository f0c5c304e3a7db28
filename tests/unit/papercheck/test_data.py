"""A data store asked about an area: every publication answers, and the verdicts on a paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.unit.measures.made import (
    borough_csv,
    households_csv,
    lookup_csv,
    make,
    months,
    residents_csv,
    return_csv,
    usual_counts,
)

from saferboard.analytics.store.lake import Lake
from saferboard.papercheck.against import with_data
from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.measures.data import DataStore
from saferboard.papercheck.measures.verdicts import tally
from saferboard.papercheck.reading.text import read_text
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

FIRST, SECOND = months("2020-01", "2023-12"), months("2020-01", "2024-06")
OLD, NEW = usual_counts(FIRST), usual_counts(SECOND, lift=1.5)
KEY = ("Burglary", "Domestic Burglary", "Barnet")
YEAR = Period.year_to(Month(2023, 12))
# Added up by hand from what the files were written from.
OLD_2023, OLD_2022 = sum(OLD[KEY][36:48]), sum(OLD[KEY][24:36])
NEW_2023, NEW_2022 = sum(NEW[KEY][36:48]), sum(NEW[KEY][24:36])
MEETING = date(2024, 2, 1)
RULES = ("measure-differs-from-data", "measure-of-another-vintage")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(
        tmp_path_factory.mktemp("data"),
        {
            "old.csv": borough_csv(FIRST, OLD),
            "new.csv": borough_csv(SECOND, NEW),
            "households21.csv": households_csv(),
            "residents.csv": residents_csv(),
            "lookup.csv": lookup_csv(),
            "returns.csv": return_csv(
                "asb-calls,E09000003,Barnet,2023-10-01,2023-12-31,,900,,,,,Council,"
            ),
        },
    )


@pytest.fixture(scope="module")
def data(folder: Path) -> Iterator[DataStore]:
    with Lake.open(folder) as lake:
        yield DataStore(lake, "Barnet")


def findings(folder: Path, text: str, meeting: date | None = MEETING) -> tuple[Finding, ...]:
    pack = Pack((read_text("paper.txt", text),), meeting=meeting)
    with with_data(pack, folder, "Barnet") as held:
        return check(held, only=RULES)


def test_the_files_say_different_things() -> None:
    assert OLD_2023 != NEW_2023


def test_every_publication_answers_the_oldest_first(data: DataStore) -> None:
    found = data.counts("residential-burglary", YEAR)
    assert [(one.value, one.last) for one in found] == [
        (OLD_2023, Month(2023, 12)),
        (NEW_2023, Month(2024, 6)),
    ]
    assert data.counts("residential-burglary", Period.year_to(Month(2019, 12))) == ()
    assert data.counts("positive-outcome-rate", YEAR) == ()


def test_a_return_answers_for_its_own_period(data: DataStore) -> None:
    (one,) = data.counts("asb-calls", Period.quarter_to(Month(2023, 12)))
    assert one.value == 900
    assert data.counts("asb-calls", YEAR) == ()


def test_a_rate_is_the_count_over_the_denominator(data: DataStore) -> None:
    found = data.rates("residential-burglary", YEAR, 1000)
    assert [one.value for one in found] == [OLD_2023 / 100, NEW_2023 / 100]


def test_a_change_is_of_one_publication_or_against_the_older_one(data: DataStore) -> None:
    found = [
        round(one.value, 6)
        for one in data.changes("residential-burglary", YEAR, YEAR.year_before())
    ]
    assert found == [
        round(100 * (now / before - 1), 6)
        for now, before in ((OLD_2023, OLD_2022), (NEW_2023, NEW_2022), (NEW_2023, OLD_2022))
    ]


def test_a_rank_is_the_place_in_a_set_of_that_size(data: DataStore) -> None:
    members = [
        (sum(NEW[(*KEY[:2], name)][36:48]) / (100_000 + 10_000 * at), name)
        for at, name in enumerate(("Barnet", "Brent", "Harrow"))
    ]
    lowest = 1 + [name for _, name in sorted(members)].index("Barnet")
    found = data.ranks("residential-burglary", YEAR, 3, highest=False)
    assert found[-1].value == lowest
    assert data.ranks("residential-burglary", YEAR, 3, highest=True)[-1].value == 4 - lowest
    assert data.ranks("residential-burglary", YEAR, 29, highest=False) == ()


def sentence(count: int, period: str = "12 months to December 2023") -> str:
    return f"There were {count:,} cases of Residential Burglary in the {period}."


def test_what_agrees_with_the_publication_of_the_time_is_no_finding(folder: Path) -> None:
    assert findings(folder, sentence(OLD_2023)) == ()


def test_what_agrees_with_another_vintage_is_advice_that_says_which(folder: Path) -> None:
    (one,) = findings(folder, sentence(NEW_2023))
    assert (one.rule, one.severity) == ("measure-of-another-vintage", "advice")
    assert f"{NEW_2023:,} agrees with" in one.message
    assert "to June 2024" in one.message
    assert "to December 2023" in one.message
    assert one.expected == f"{OLD_2023:,}"


def test_what_differs_is_a_warning_that_says_by_how_much(folder: Path) -> None:
    (one,) = findings(folder, sentence(OLD_2023 + 70))
    assert (one.rule, one.severity) == ("measure-differs-from-data", "warning")
    assert "70 fewer" in one.message
    assert one.expected == f"{OLD_2023:,}"


def test_a_gap_that_a_refresh_explains_is_advice(folder: Path) -> None:
    (one,) = findings(folder, sentence(OLD_2023 + 2))
    assert (one.rule, one.severity) == ("measure-differs-from-data", "advice")
    assert "2 fewer" in one.message


def test_the_paper_s_own_date_says_what_was_published(folder: Path) -> None:
    text = f"FRIDAY 4TH OCTOBER, 2024\n\n{sentence(OLD_2023)}"
    (one,) = findings(folder, text, meeting=None)
    assert one.rule == "measure-of-another-vintage"


def test_without_any_date_the_last_period_of_the_paper_counts(folder: Path) -> None:
    assert findings(folder, sentence(OLD_2023), meeting=None) == ()


def test_a_figure_that_comes_again_is_one_finding(folder: Path) -> None:
    (one,) = findings(folder, f"{sentence(9)}\n\nAgain. {sentence(9)}")
    assert [place.line for place in one.against] == [3]


def test_a_table_about_something_else_is_left_alone(folder: Path) -> None:
    text = (
        "\t2022\t2023\nResidential burglary\t4\t5\nRobbery of Personal Property\t12\t9\n"
        "Burglary business and community\t7\t1"
    )
    assert findings(folder, text) == ()


def test_how_many_agree_is_counted(folder: Path) -> None:
    lines = (
        sentence(OLD_2023),
        sentence(9, "12 months to December 2022"),
        sentence(8, "12 months to December 2009"),
    )
    pack = Pack((read_text("paper.txt", "\n\n".join(lines)),), meeting=MEETING)
    assert tally(pack) is None
    with with_data(pack, folder, "Barnet") as held:
        counted = tally(held)
    assert counted is not None
    assert counted.words("Barnet") == (
        "1 of 2 figures about measures agree with the data of Barnet; 1 differs; no load covers 1 "
        "more."
    )


def test_a_store_that_is_not_there_and_an_unknown_area_are_problems(
    folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="no data store"), with_data(Pack(()), tmp_path / "no", "X"):
        pass
    with pytest.raises(Problem, match="no area called"), with_data(Pack(()), folder, "Nowhere"):
        pass
    with pytest.raises(Problem, match="No area"), with_data(Pack(()), folder, None):
        pass
