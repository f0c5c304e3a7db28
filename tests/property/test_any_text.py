"""Whatever a paper holds, checking it ends, in time that grows with its length, without a crash."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.reading.builder import LONGEST_PASSAGE
from saferboard.papercheck.reading.read import read_bytes
from saferboard.vocabulary.problem import Problem

PIECES = (
    "from", "to", "1,234", "12.5%", "up", "down", "an increase of", "compared to", "£1.2m", "(n=",
    ")", "12/18", "Q1", "2023/24", "January", "31 June", "in the 12 months to", "3rd of 32",
    "total", "per 1,000", "TBC", "Table 3:", "|", "\t", "\n", "\n\n", "# ", "- ", "nearly",
    "twenty-three",
    "%", "–", "VAWG", "Mr A Smith", ".", ",", "  ", "quarter", "of whom", "percentage points", "¹",
    "\u202f", "❑",
)  # fmt: skip
REPEATED = (
    "1,", "1 ", "(", "A ", "AB ", "from 1 to ", "5% ", "£1", "£1.2m and ", "- ", "2023/", "1 to ",
    "12 of ", "a", "a ", "\t", "1\t", "|", "| 1 ", "(n=", "up ", "twenty-", "?", ", ", "1\u202f",
    "%", "[", "Mr A. Smith ", "1st of ", "of the ", "0", "0.", "rose from 10 to 20, ", "=SUM(", "*",
    "<p>", "January ",
)  # fmt: skip
MOST_SECONDS = 12.0
"""Of the processor for a passage of the longest length: far more than it takes, far less than a
pattern that looks at every pair of letters twice would take."""


def checked(text: str) -> None:
    try:
        paper = read_bytes("a.txt", text.encode("utf-8", errors="replace"))
    except Problem:
        return
    check(Pack((paper,)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))
def test_pieces_of_sentences_in_any_order(text: str) -> None:
    checked(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    checked(text)


@pytest.mark.parametrize("piece", REPEATED)
def test_one_thing_over_and_over_again(piece: str) -> None:
    text = (piece * LONGEST_PASSAGE)[:LONGEST_PASSAGE]
    started = time.process_time()
    checked(text + "!x")
    assert time.process_time() - started < MOST_SECONDS


def test_a_passage_longer_than_any_is_divided_and_nothing_is_lost() -> None:
    words = "It rose from 100 to 150 offences, up 50%. " * 600
    paper = read_bytes("a.txt", words.encode())
    assert len(paper.passages) > 2
    assert " ".join(one.text for one in paper.passages) == words.strip()
    assert {one.place.line for one in paper.passages} == {1}
