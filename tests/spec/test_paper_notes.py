"""Notes between writers and sentences that look like one: 40 notes, of which none was found when
they were written, and 30 innocent sentences. Each stands at the end of a paragraph."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.reading.text import read_text

ROWS = list(csv.DictReader((Path(__file__).parent / "papers" / "notes.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", ROWS, ids=[row["words"] for row in ROWS])
def test_a_note_is_found_and_its_look_alike_is_not(row: dict[str, str]) -> None:
    paper = read_text("paper.txt", f"Report\n\nThe partnership met four times. {row['words']}\n")
    found = [one for one in check(Pack((paper,))) if one.severity != "advice"]
    assert bool(found) == (row["kind"] == "note"), [one.message for one in found]


def test_there_are_as_many_as_the_measure_is_quoted_for() -> None:
    kinds = [row["kind"] for row in ROWS]
    assert (kinds.count("note"), kinds.count("innocent")) == (40, 30)
