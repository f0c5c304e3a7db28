"""Ranks, rates, counts and spans of time, as officers write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferboard.papercheck.claims.counted import counts
from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.rank import ranks
from saferboard.papercheck.claims.rate import rates
from saferboard.papercheck.claims.statement import statement
from saferboard.papercheck.claims.timespan import timespans

_LETTERS = "0123456789%£.,-–/() ‹›:;=+↑→abnoprstu"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3rd lowest of all 32 boroughs", [(3, 32, "lowest", None)]),
        ("Of the 316 authorities it is ranked 149th most deprived.", [(149, 316, "most", None)]),
        ("ranked 6th for pupils, 16th for staff", [(6, None, "", None), (16, None, "", None)]),
        ("the fourth highest share (was 3rd last year)", [(4, None, "highest", 3)]),
        ("one of the top three priorities", [(3, None, "top", None)]),
        ("the highest rate per 1,000 of the 32 areas", [(1, 32, "highest", None)]),
        ("23/32", [(23, 32, "", None)]),
        ("It met on 3rd May and closed on the 4th floor.", []),
        ("12/18 of them came", []),
    ],
)  # fmt: skip
def test_ranks(words: str, expected: list[tuple[int, int | None, str, int | None]]) -> None:
    found = ranks(masked(words))
    assert [(one.place, one.of, one.side, one.before) for one in found] == expected


@pytest.mark.parametrize(
    ("words", "value", "per", "base"),
    [
        ("an offence rate of 7.3 per 1,000 population", 7.3, 1_000, "population"),
        ("5.9 Violence with Injury offences per 1000 population", 5.9, 1_000, "population"),
        ("Knife crime per 1,000,000 Population", None, 1_000_000, "population"),
        ("5.5 per 10,000 young people", 5.5, 10_000, "young people"),
        ("Cases per 1000 – Target 5 – current position 4.5", 4.5, 1_000, ""),
    ],
)
def test_rates(words: str, value: float | None, per: int, base: str) -> None:
    (one,) = rates(masked(words))
    assert (one.value.value if one.value else None, one.per, one.base) == (value, per, base)


def test_a_rate_knows_what_it_is_compared_with() -> None:
    (one,) = rates(masked("293 per 100,000, lower than London (408) and England (321)"))
    assert [other.value for other in one.comparisons] == [408, 321]
    assert one.direction == -1


def test_counts_know_their_noun_and_period() -> None:
    words = (
        "There were 488 cases of Residential Burglary in the 3 months of October 2023 to December "
        "2023. In 2021/22 there were 563."
    )
    first, second = counts(masked(words))
    assert (first.number.value, first.noun) == (488, "cases of Residential Burglary")
    assert first.period is not None
    assert first.period.period.slug() == "2023-10..2023-12"
    assert second.period is not None
    assert second.period.period.slug() == "2021-04..2022-03"


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("12 months to 08/09/2017", ["2016-09-09..2017-09-08"]),
        ("in the 12 months up to December 2023", ["2023-01..2023-12"]),
        ("the year ending March 2023", ["2022-04..2023-03"]),
        ("Q4 2021/22 & Q1 2022/23", ["2022-01..2022-03", "2022-04..2022-06"]),
        ("2012-14 and 2021/22", ["2012-01..2014-12", "2021-04..2022-03"]),
        ("October up to and including December 2023", ["2023-10..2023-12"]),
        ("January 2023 compared to December 2022", ["2023-01", "2022-12"]),
        ("since 2021", ["2021-01..2021-12"]),
        ("ending 31 February 2023, £2,023 and 20,21", ["2023-02"]),
    ],
)
def test_timespans(words: str, slugs: list[str]) -> None:
    assert [one.period.slug() for one in timespans(words)] == slugs


def test_a_span_keeps_the_word_that_changes_its_meaning() -> None:
    assert [one.relation for one in timespans("since 2021, until March 2024")] == ["since", "until"]


@given(st.text(alphabet=st.sampled_from(_LETTERS), max_size=300))
def test_any_words_are_read(words: str) -> None:
    """Whatever stands there, the grammar neither fails nor points outside of it."""
    said = statement(words)
    for move in said.moves:
        assert 0 <= move.start <= move.end <= len(words)
    for portion in said.portions:
        assert 0 <= portion.start <= portion.end <= len(words)
    for rank in said.ranks:
        assert 0 <= rank.start <= rank.end_at <= len(words)


@pytest.mark.parametrize(
    "piece",
    [
        "1 ", "12% ", "up from 5 ", "from 3 to 4 ", "1 of 2 (3%) ", "a ", ", ", "1,", "9 of which ",
        "of these ", "the 3rd lowest of ", "per 1,000 ", "£1 ", "more than ", "in 2021/22 ", "(",
        "January 2023 to ", "half ", "5-", "there were 5 ", "12 months to ", "compared to ", "=",
    ],
)  # fmt: skip
def test_reading_takes_time_in_proportion(piece: str) -> None:
    """Four times the words take about four times as long: ten times would be a square."""
    took = []
    for length in (4_000, 16_000):
        words = piece * (length // len(piece))
        best = 9.0
        for _ in range(2):
            statement.cache_clear()
            masked.cache_clear()
            before = time.process_time()
            statement(words)
            best = min(best, time.process_time() - before)
        took.append(best)
    assert took[1] < 9 * took[0] + 0.05, took
