"""The board paper of March 2024 against the real files: what the catalogue of the data says must
come out, figure by figure. The paper itself stays outside the repository."""

from __future__ import annotations

import warnings

import pytest
from tests.shared_data import SHARED

from saferboard.analytics.store.lake import Lake
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures.data import DataStore
from saferboard.papercheck.measures.verdicts import Verdict, verdicts
from saferboard.papercheck.reading.read import read
from saferboard.vocabulary.period import Month

pytestmark = pytest.mark.golden

PAPERS = SHARED.parent / "papers"
QUARTER, YEAR = ("2023-10..2023-12", "2023-01..2023-12")
BEFORE, YEAR_BEFORE = ("2022-10..2022-12", "2022-01..2022-12")
OWN, FROZEN = Month(2024, 1), Month(2023, 2)
# Measure, period, what is printed; then what the data say, and which file or which figure.
AGREES = {
    ("residential-burglary", QUARTER, 488): OWN,
    ("residential-burglary", YEAR, 1861): OWN,
    ("business-burglary", YEAR, 658): OWN,
    ("personal-robbery", YEAR, 828): OWN,
    ("lethal-barrel-discharge", QUARTER, 0): Month(2025, 7),
    ("lethal-barrel-discharge", BEFORE, 3): Month(2025, 7),
    ("lethal-barrel-discharge", YEAR, 12): Month(2025, 7),
    ("lethal-barrel-discharge", YEAR_BEFORE, 4): Month(2025, 7),
}
FROZEN_A_YEAR_BEFORE = {
    ("residential-burglary", BEFORE, 563): 564,
    ("business-burglary", BEFORE, 177): 176,
    ("business-burglary", YEAR_BEFORE, 680): 679,
    ("personal-robbery", BEFORE, 194): 195,
    ("personal-robbery", YEAR_BEFORE, 631): 632,
}
DIFFERS = {
    ("business-burglary", QUARTER, 182): 183,
    ("personal-robbery", QUARTER, 251): 252,
    ("violence-with-injury", QUARTER, 579): 580,
    ("violence-with-injury", YEAR, 2368): 2369,
    ("residential-burglary", YEAR_BEFORE, 1904): 1907,
    ("knife-crime-with-injury", QUARTER, 25): 28,
    ("knife-crime-with-injury", YEAR, 105): 100,
    ("domestic-abuse-violence-with-injury", QUARTER, 195): 185,
    ("domestic-abuse-violence-with-injury", YEAR, 741): 691,
    ("violence-with-injury", "2023-06..2023-09", 587): 853,
}
Key = tuple[str, str, float]


@pytest.fixture(scope="module")
def judged(real_lake: Lake) -> dict[Key, Verdict]:
    found = sorted(PAPERS.glob("003_*.txt"))
    if not found:
        words = f"REAL PAPERS ABSENT: {PAPERS} is not there, so this golden test did not run."
        warnings.warn(words, stacklevel=2)
        pytest.skip(words)
    pack = Pack((read(found[0]),), data=DataStore(real_lake, "Barnet"))
    return {
        (one.claim.measure, one.claim.period.slug(), one.claim.number.value): one
        for one in verdicts(pack)
        if one.claim.kind == "count"
    }


@pytest.mark.parametrize("key", AGREES)
def test_what_agrees_with_the_file_of_the_time(judged: dict[Key, Verdict], key: Key) -> None:
    one = judged[key]
    assert one.says == "agrees"
    assert one.agreeing is not None
    assert one.agreeing.last == AGREES[key]


@pytest.mark.parametrize("key", FROZEN_A_YEAR_BEFORE)
def test_comparators_agree_with_the_file_of_a_year_before(
    judged: dict[Key, Verdict], key: Key
) -> None:
    one = judged[key]
    assert one.says == "another vintage"
    assert one.agreeing is not None
    assert one.official is not None
    assert one.agreeing.last == FROZEN
    assert (one.official.last, one.official.value) == (OWN, FROZEN_A_YEAR_BEFORE[key])


@pytest.mark.parametrize("key", DIFFERS)
def test_what_differs_and_by_how_much(judged: dict[Key, Verdict], key: Key) -> None:
    one = judged[key]
    assert one.says == "differs"
    assert one.official is not None
    assert one.official.value == DIFFERS[key]


def test_nothing_is_looked_up_that_counts_something_else(judged: dict[Key, Verdict]) -> None:
    measures = {measure for measure, _, _ in judged}
    # Tables about ages of suspects and disposals of young people name these.
    assert not measures & {"criminal-damage", "possession-of-weapons", "robbery"}
