"""Fields for a person in which a draft left the question who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Passage
from saferboard.papercheck.rules.walk import grids, passages, sentence

KEY, LEFT_OUT = "name-left-open", "name-left-out"
LEAST_NAMES = 3
MOSTLY_WRITTEN = 0.6
_FIELD = r"(?:owner|author|contact|lead|officer|report\sof|responsible|sponsor|chair)"
_LEAD_HEAD = re.compile(rf"\b{_FIELD}\b|\bowners\b|\bleads\b", re.I)
_NAME = r"[A-Z][A-Z'’-]{2,}"
_TOLD = re.compile(
    rf"\b{_NAME}(?:\s{_NAME})?\sTO\s(?:CONFIRM|CHECK|ADD|UPDATE|PROVIDE|ADVISE|SUPPLY|COMPLETE|"
    r"AMEND|REVIEW|SEND)\b(?!\s[A-Z]{2})!*"
)
_ASKED = re.compile(
    rf"^{_NAME}(?:\s{_NAME})?\s?\?+(?=$|,)|(?<=:\s){_NAME}(?:\s{_NAME})?\s?\?+"
    rf"|(?<=contact\s){_NAME}(?:\s{_NAME})?\s?\?+"
)
_CAPITALS = re.compile(rf"^{_NAME}(?:\s{_NAME}){{1,2}}$")
_WRITTEN = re.compile(r"^[A-Z][a-z]")
_GONE = re.compile(
    r"^\s?,\s(?=[A-Z])|\b(?:(?:Owner|Author|Contact|Lead|Officer):\s?|[;,]\s[Cc]ontact\s)(?=[,.](?:\s|$))"
)


def find(pack: Pack) -> Iterator[Finding]:
    """`JAN?`, `JAN TO CONFIRM!`, and a name in capitals under a head for people whose other names
    are not."""
    for _, passage in passages(pack):
        for found in (_TOLD.search(passage.text), _ASKED.search(passage.text)):
            if found:
                yield _left(found[0], passage, sentence(passage, found.start(), found.end()))
    for _, grid in grids(pack):
        for cell in _shouted(grid):
            yield _left(cell.text, cell, cell.text)


def _left(words: str, passage: Passage, quote: str) -> Finding:
    return Finding(
        KEY,
        "warning",
        f"“{words}” stands where a name should be.",
        quote,
        passage.place,
        "the name",
    )


def _shouted(grid: Grid) -> Iterator[Passage]:
    for column, head in enumerate(grid.rows[0]):
        if not _LEAD_HEAD.search(head.text):
            continue
        cells = [row[column] for row in grid.rows[1:] if row[column].text]
        written = sum(1 for cell in cells if _WRITTEN.match(cell.text))
        if len(cells) < LEAST_NAMES or written < MOSTLY_WRITTEN * len(cells):
            continue
        for cell in cells:
            if _CAPITALS.match(cell.text.split(",")[0]):
                yield cell


def find_gone(pack: Pack) -> Iterator[Finding]:
    """`, the Council` in a cell and `Contact: , Analyst`: the name before the comma is gone."""
    for _, passage in passages(pack):
        found = _GONE.search(passage.text)
        if found and (passage.kind == "cell" or found.start() > 0 or found[0].strip() != ","):
            yield Finding(
                LEFT_OUT,
                "warning",
                "The name before the comma or the full stop is missing.",
                sentence(passage, found.start(), found.end() + 1) or passage.text,
                passage.place,
                "the name",
            )


RULES = (
    Rule(
        KEY,
        "A field for a person holds a name, and no question who it is.",
        "warning",
        5,
        "Report of: “JO TO CONFIRM!”",
        "Write the name.",
        find,
    ),
    Rule(
        LEFT_OUT,
        "An organisation or a role that follows a comma has a name before it.",
        "warning",
        5,
        "Owner: , the Council",
        "Write the name, or take the comma away.",
        find_gone,
    ),
)
