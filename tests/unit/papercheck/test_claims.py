"""How officers write figures: masks, numbers, changes and shares, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.number import cell_number, number_at
from saferboard.papercheck.claims.period import dates, spans
from saferboard.papercheck.claims.rounding import agrees, change_range, cut_off, sizes
from saferboard.papercheck.claims.share import shares

MASKS = (
    ("There were 251 cases in the 3 months of October 2023.", "There were ‹n0› cases in the ‹d1› "
     "of ‹d2›."),
    ("18 of 21 (86%)", "‹n0› of ‹n1› (‹p2›)"),
    ("66% (n=12/18)", "‹p0› (n=‹f1›)"),
    ("£1.2m and £40,000", "‹m0› and ‹m1›"),
    ("3.5 percentage points", "‹t0›"),
    ("3.12 In 2016/17 there were 2310 cases", "‹x0› In ‹d1› there were ‹n2› cases"),
    ("the 3rd lowest of 32", "the ‹o0› lowest of ‹n1›"),
    ("aged 10 to 17, under 25s, 18-24-year-olds", "‹x0›, ‹x1›, ‹x2›"),
    ("Table 4 shows 7", "‹x0› shows ‹n1›"),
    ("open 24/7 from 9.30am", "open ‹x0› from ‹x1›"),
    ("twenty-one calls", "‹n0› calls"),
    ("a 10-15% rise", "a ‹g0› rise"),
    ("12\u202f400 calls", "‹n0› calls"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "mask"), MASKS)
def test_mask(words: str, mask: str) -> None:
    assert masked(words).mask == mask


@pytest.mark.parametrize("words", [words for words, _ in MASKS])
def test_positions_lead_back_to_the_words(words: str) -> None:
    made = masked(words)
    for at, token in enumerate(made.tokens):
        mark = f"‹{token.letter}{at}›"
        start = made.mask.index(mark)
        assert made.back(start) == token.start
        assert made.back(start + len(mark), end=True) == token.end
        assert words[token.start : token.end] == token.text


CELLS = (
    ("1,234", 1234.0, "count"),
    ("-25.6%", -25.6, "percent"),
    ("– 6.9%", -6.9, "percent"),
    ("↓6.9%", -6.9, "percent"),
    ("↑50%", 50.0, "percent"),
    ("+ 2.2%", 2.2, "percent"),
    ("£95,000", 95000.0, "money"),
    ("£1.2m", 1200000.0, "money"),
    ("12 345", None, None),
    ("3/15", None, None),
    ("-", None, None),
    ("see note", None, None),
)


@pytest.mark.parametrize(("words", "value", "kind"), CELLS)
def test_cell(words: str, value: float | None, kind: str | None) -> None:
    number = cell_number(words)
    assert (number.value if number else None) == value
    assert (number.kind if number else None) == kind


CHANGES = (
    ("rose from 8 to 15", (8, 15, 1, None)),
    ("an increase of 5% from 200 to 210", (200, 210, 1, 5)),
    ("There were 8,379 calls compared to 9,944 a year ago, down 16%", (9944, 8379, -1, 16)),
    ("down 16% (8,379 compared to 9,944 a year ago)", (9944, 8379, -1, 16)),
    ("1,598 were completed during 2022-23, up from 1,464", (1464, 1598, 1, None)),
    ("217, down 9% from 239", (239, 217, -1, 9)),
    ("32.7% (↓ down from 39% last year)", (39, 32.7, -1, None)),
    ("There were 12 cases in the 12 months to May. In the 12 months prior there were 4. This is "
     "an increase of 200%.", (4, 12, 1, 200)),
)  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CHANGES)
def test_change(words: str, expected: tuple[float, float, int, float | None]) -> None:
    (one,) = changes(masked(words))
    stated = one.stated.value if one.stated else None
    assert (one.before.value, one.after.value, one.direction, stated) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Children aged 10 to 17 came from 3 schools.",
        "The service moved from 2019 to 2021.",
        "It runs from 9am to 5pm in 12 wards.",
        "A target of 10-15% was set.",
    ],
)
def test_no_change(words: str) -> None:
    assert not changes(masked(words))


def test_shares_know_their_parts() -> None:
    (one,) = shares(masked("In Q2, there were 21 referrals of which 71% (n=15) were advised."))
    assert one.whole is not None
    assert (one.part.value, one.whole.value, one.stated.value) == (15, 21, 71)


def test_spans_and_dates() -> None:
    (span,) = spans("in the 4 months of June 2023 to September 2023 (incl.)")
    assert (span.said, span.months, span.strict) == (4, 4, True)
    (turn,) = spans("from November to January 2024")
    assert turn.months == 3
    days = list(dates("Friday 24th November 2023, 30.15.2015 and 8 September 2017"))
    assert [one.day is None for one in days] == [False, False, True]


@pytest.mark.parametrize(
    ("before", "after", "words", "fits"),
    [
        (100, 113.26, "13.3", True),
        (100, 113.26, "13", True),
        (100, 113.26, "13.2", True),
        (100, 113.26, "13.4", False),
        (100, 113.9, "13", True),
        (100, 114.1, "13", False),
        (25, 15, "32", False),
        (25, 15, "40", True),
    ],
)
def test_rounding_as_people_round(before: float, after: float, words: str, fits: bool) -> None:
    stated = number_at(words, 0, len(words), "percent", words)
    one = number_at("x", 0, 1, "count", f"{before}")
    true = 100 * abs(after / one.value - 1)
    assert agrees(true, true, stated) is fits


@given(st.integers(1, 100_000), st.integers(0, 100_000), st.integers(0, 2))
def test_a_rounded_percentage_always_agrees(before: int, after: int, places: int) -> None:
    true = 100 * (after / before - 1)
    words = f"{abs(true):.{places}f}"
    stated = number_at(words, 0, len(words), "percent", words)
    first = number_at("", 0, 0, "count", str(before))
    last = number_at("", 0, 0, "count", str(after))
    spread = change_range(first, last)
    assert spread is not None
    assert agrees(*sizes(*spread), stated)
    assert not cut_off(*sizes(*spread), stated)


@given(st.integers(50, 5_000), st.integers(0, 5_000), st.integers(2, 60))
def test_a_percentage_that_is_two_off_never_agrees(before: int, after: int, off: int) -> None:
    wrong = round(100 * abs(after / before - 1)) + off
    stated = number_at(str(wrong), 0, 1, "percent", str(wrong))
    true = 100 * abs(after / before - 1)
    assert not agrees(true, true, stated)
