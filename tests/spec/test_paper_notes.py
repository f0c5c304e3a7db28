"""Notes between writers and sentences that look like one. Each stands at the end of a paragraph.

The first 40 notes and 30 innocent sentences were written before the rule was changed: it found none
of either. 25 more innocent ones were written afterwards; the rule of that hour called 15 of them
notes, and was made narrower, at the price of four notes.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.reading.text import read_text

ROWS = list(csv.DictReader((Path(__file__).parent / "papers" / "notes.csv").open(encoding="utf-8")))
NOTES = [row["words"] for row in ROWS if row["kind"] == "note"]
INNOCENT = [row["words"] for row in ROWS if row["kind"] == "innocent"]
LEAST_FOUND = 36
"""Of 40; it may rise, never fall."""


def found(words: str) -> list[Finding]:
    paper = read_text("paper.txt", f"Report\n\nThe partnership met four times. {words}\n")
    return [one for one in check(Pack((paper,))) if one.severity != "advice"]


@pytest.mark.parametrize("words", INNOCENT)
def test_a_sentence_of_the_paper_is_no_note(words: str) -> None:
    assert found(words) == []


def test_most_notes_are_found() -> None:
    assert (len(NOTES), len(INNOCENT)) == (40, 55)
    missed = [words for words in NOTES if not found(words)]
    assert len(NOTES) - len(missed) >= LEAST_FOUND, missed
