"""Ranks against the figures that stand with them, and “the highest are” against a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rank import ranks
from saferboard.papercheck.claims.table import sheet
from saferboard.papercheck.claims.words import stems
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.walk import passages, sentence

KEY, NAMED = "ranking-does-not-follow", "highest-does-not-follow"
DESCENDING = frozenset({"highest", "most", "largest", "greatest", "biggest"})
ASCENDING = frozenset({"lowest", "least", "fewest", "smallest"})
NEAR = 3
TABLE_NEAR = 16
LEAST_ROWS = 4
_NAMED = re.compile(
    r"^(?:[\d.]+\s)?(?P<list>[A-Z][^.;:‹›]{5,160}?\sand\s[^.;:‹›]{3,60}?)\s(?:are|were|remain)\sthe\s"
    r"(?P<side>highest|most\scommon|most\sfrequent|largest|biggest)\b"
)
_BRACKETS = re.compile(r"\s?\([^)]*\)")


@dataclass(frozen=True)
class _Ranked:
    """A passage that gives a place in an order and the percentage that has it."""

    place: int
    side: str
    value: Number
    passage: Passage
    paper: str


def find(pack: Pack) -> Iterator[Finding]:
    for run in _runs(pack):
        wrong: dict[int, _Ranked] = {}
        for one in run:
            for other in run:
                if one.place < other.place and _breaks(one, other):
                    wrong[id(one)] = one
                    wrong[id(other)] = other
        if len(wrong) > len(run) / 2:
            continue
        order = sorted(run, key=lambda one: one.value.value, reverse=run[0].side in DESCENDING)
        places = sorted(one.place for one in run)
        for one in wrong.values():
            right = places[order.index(one)]
            yield Finding(
                KEY,
                "error",
                f"{one.value.text} is called number {one.place}; by the figures of the list it is "
                f"number {right}.",
                sentence(one.passage, 0, one.value.end),
                one.passage.place,
                f"number {right}",
            )


def _breaks(one: _Ranked, other: _Ranked) -> bool:
    gap = one.value.value - other.value.value
    return gap < -1e-9 if one.side in DESCENDING else gap > 1e-9


def _runs(pack: Pack) -> Iterator[list[_Ranked]]:
    """Lists of ranked passages that stand together: a heading, or a place that is taken
    already, begins another list."""
    run: list[_Ranked] = []
    for paper, passage in passages(pack):
        if run and (
            paper.name != run[-1].paper
            or passage.kind == "heading"
            or passage.index - run[-1].passage.index > NEAR
        ):
            yield run
            run = []
        ranked = _ranked(paper, passage)
        if ranked is None:
            continue
        if run and (ranked.side != run[0].side or any(one.place == ranked.place for one in run)):
            yield run
            run = []
        run.append(ranked)
    if run:
        yield run


def _ranked(paper: Paper, passage: Passage) -> _Ranked | None:
    if "%" not in passage.text or "est" not in passage.text:
        return None
    words = masked(passage.text)
    found = [one for one in ranks(words) if one.side in DESCENDING | ASCENDING]
    if len(found) != 1 or found[0].within:
        return None
    number = next(
        (
            token.number
            for token in words.tokens
            if token.letter == "p" and token.number and token.start >= found[0].end_at
        ),
        None,
    )
    if number is None:
        return None
    return _Ranked(found[0].place, found[0].side, number, passage, paper.name)


def find_named(pack: Pack) -> Iterator[Finding]:
    """“A, B and C are the highest” beside a table in which more than two others lie above C."""
    for paper in pack.papers:
        tables = [(grid.place.line or grid.place.page, columns) for grid in paper.grids
                  if (columns := _labelled(grid))]  # fmt: skip
        for passage in paper.passages:
            found = _NAMED.match(passage.text) if " the " in passage.text else None
            if not found or passage.kind == "heading":
                continue
            named = [
                one for one in re.split(r",\s|\sand\s", _BRACKETS.sub("", found["list"])) if one
            ]
            here = passage.place.line or passage.place.page
            close = [columns for at, columns in tables if 0 <= here - at <= TABLE_NEAR * 2]
            for column in close[-1] if close else ():
                yield from _above(passage, named, column, found)


def _above(
    passage: Passage, named: list[str], column: list[tuple[str, Number]], found: re.Match[str]
) -> Iterator[Finding]:
    for item in named:
        own = next((number for label, number in column if stems(label) == stems(item)), None)
        if own is None or not stems(item):
            continue
        above = [(label, number) for label, number in column if number.value > own.value]
        if len(above) >= len(named):
            others = ", ".join(f"{label} ({number.text})" for label, number in above)
            yield Finding(
                NAMED,
                "warning",
                f"“{item}” ({own.text}) is called one of the {len(named)} that are "
                f"{found['side']}; above it in the table stand {others}.",
                sentence(passage, 0, found.end()),
                passage.place,
            )


def _labelled(grid: Grid) -> list[list[tuple[str, Number]]]:
    """Columns of counts with the words to the left of each, without totals."""
    read = sheet(grid)
    if read is None:
        return []
    columns = []
    for at in range(1, read.width):
        held = [
            (grid.rows[line.row][at - 1].text, number)
            for line, number in read.figures(at)
            if number.kind == "count" and not line.is_total and line.numbers[at - 1] is None
        ]
        held = [(label, number) for label, number in held if not label.lower().startswith("total")]
        if len(held) >= LEAST_ROWS:
            columns.append(held)
    return columns


RULES = (
    Rule(
        KEY,
        "A place in an order is the one that the figures of the list give.",
        "error",
        2,
        "… was the seventh highest with 2.4%, and … was the sixth highest with 2%.",
        "Sort the list again and correct the places, or the figure.",
        find,
    ),
    Rule(
        NAMED,
        "What is called the highest is the highest in the table beside it.",
        "warning",
        2,
        "“Assault and robbery are the highest” under a table in which fraud and theft lie above "
        "robbery.",
        "Name the ones that the table has at its top.",
        find_named,
    ),
)
