"""Figures of a sentence against the table of the same paper that they were taken from.

A label alone proves nothing: the table must agree with something else in the sentence first, so
that it is known to be about the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.move import Move, moves
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.portion import Portion, portions
from saferboard.papercheck.claims.rounding import agrees, cut_off, share_range, shown, sizes
from saferboard.papercheck.claims.tabled import Entry, Worded, entries, worded
from saferboard.papercheck.claims.words import stems
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.walk import SHORT_CELL, prose, sentence

DIFFERENCE, SHARE = "difference-against-table", "share-against-table"
LEAST_WHOLE = 100
_NOUN = re.compile(
    r"^\s?(?:fewer|more|less|additional)\s(?P<noun>[^(),.;]{3,60}?)\s*(?:\(|per\b|,|$)"
)
_OFFENCES = re.compile(r"\b(?:offences?|incidents?|crimes?|cases|reports?)\b", re.I)
_OF_TOTAL = re.compile(r"^\s?of\s(?:the\s|our\s|all\s)?(?P<whole>(?:total\s|whole\s|overall\s)?"
                       r"(?:population|residents|people))\b", re.I)  # fmt: skip
_NOT = re.compile(
    r"‹p(?P<share>\d+)›\sof\s(?:the\s|our\s)?(?P<whole>[\w\s]{3,30}?)\s(?:is|are|was|were)\snot\s"
    r"(?P<label>[A-Za-z]+)\b",
    re.I,
)
_OF_WHICH = re.compile(
    r"(?:from\s‹n\d+›\sto\s)?‹n(?P<whole>\d+)›[^‹›.;]{0,60}?,?\s(?:of\swhich|of\swhom|of\sthese)\s"
    r"(?P<rest>[^.;]{5,300})",
    re.I,
)
_SHARE_OF = re.compile(
    r"‹p(?P<share>\d+)›\s(?:(?:were|are|was|is|have|had|has|of\sthem)\s)*(?P<label>[^‹›.;]{3,120})"
)


def find_differences(pack: Pack) -> Iterator[Finding]:
    """“Over 150 fewer thefts (15% reduction)”: a row of a table with that label and two figures
    whose change is those 15 per cent, but whose difference is another."""
    for paper, passage, masked in prose(pack):
        if not re.search(r"\b(?:fewer|more|less)\s", passage.text):
            continue
        for move in moves(masked):
            if move.difference is None or move.size is None or move.size.kind != "percent":
                continue
            noun = _NOUN.match(masked.text[move.difference.end :])
            if not noun:
                continue
            wanted = stems(_OFFENCES.sub(" ", noun["noun"]))
            for entry in entries(paper):
                if wanted and stems(_OFFENCES.sub(" ", entry.label)) == wanted:
                    yield from _difference(passage, move, entry)


def _difference(passage: Passage, move: Move, entry: Entry) -> Iterator[Finding]:
    said, size = move.difference, move.size
    if said is None or size is None:
        return
    held = [number for number in entry.numbers if number.kind == "count" and number.whole]
    pairs = [
        (before, after)
        for at, before in enumerate(held)
        for after in held[at + 1 :]
        if before.value > 0
        and _is_change(before, after, size)
        and (after.value - before.value) * move.direction > 0
    ]
    if not pairs or any(_near(abs(b.value - a.value), said) for a, b in pairs):
        return
    before, after = pairs[0]
    true = abs(after.value - before.value)
    yield Finding(
        DIFFERENCE,
        "error" if true < said.value and said.approx == "over" else "warning",
        f"{entry.label} in the table goes from {before.text.strip()} to {after.text.strip()}, "
        f"{true:,.10g}; the words say {said.approx} {said.text}.".replace("  ", " "),
        sentence(passage, move.start, move.end),
        passage.place,
        f"{true:,.10g}",
        (entry.cell.place,),
    )


def _is_change(before: Number, after: Number, size: Number) -> bool:
    true = abs(100 * (after.value / before.value - 1))
    return agrees(true, true, size)


def _near(true: float, said: Number) -> bool:
    if not said.approx:
        return abs(true - said.value) <= 0.5
    return agrees(true, true, said)


def find_shares(pack: Pack) -> Iterator[Finding]:
    by_paper = {paper.name: _Tables(paper) for paper in pack.papers}
    for paper, passage, masked in prose(pack):
        if "%" not in passage.text or (passage.kind == "cell" and len(passage.text) < SHORT_CELL):
            continue
        tables = by_paper[paper.name]
        yield from _of_population(passage, masked, tables)
        yield from _complement(passage, masked, tables)
        yield from _of_which(passage, masked, tables)


class _Tables:
    """The rows and worded cells of a paper, read once."""

    def __init__(self, paper: Paper) -> None:
        self.rows = list(entries(paper))
        self.worded = [(grid, held) for grid in paper.grids if (held := list(worded(grid)))]
        self.paper = paper


def _of_population(passage: Passage, masked: Masked, tables: _Tables) -> Iterator[Finding]:
    """“122,680 are under 25, 31% of the total population”, with that population in a table."""
    for portion in portions(masked):
        part, stated = portion.part, portion.stated
        if part is None or stated is None or portion.whole is not None:
            continue
        named = _OF_TOTAL.match(masked.text[stated.end :])
        if not named or part.value < LEAST_WHOLE or part.approx:
            continue
        totals = [
            number
            for row in tables.rows
            if row.label.lower().startswith("total") and stems(named["whole"]) & row.stems
            for number in row.numbers
            if number.kind == "count" and number.value > part.value
        ]
        spreads = [spread for total in totals if (spread := share_range(part, total))]
        good = [spread for spread in spreads if agrees(*sizes(*spread), stated)]
        if not spreads or any(not cut_off(*sizes(*spread), stated) for spread in good):
            continue
        low, high = (good or spreads)[-1]
        true = shown((low + high) / 2, stated)
        yield _share(passage, portion, f"{part.text} of the total in the table is "
                     f"{(low + high) / 2:.1f}%, which rounds to {true}%, not {stated.text}.",
                     f"{true}%")  # fmt: skip


def _complement(passage: Passage, masked: Masked, tables: _Tables) -> Iterator[Finding]:
    """“43% are not White” where the table's last share of White is 57.7%."""
    for found in _NOT.finditer(masked.mask):
        stated = masked.number(found["share"])
        rows = [row for row in tables.rows if row.label.lower() == found["label"].lower()]
        shares = [share for row in rows for share in row.shares[-1:] if share]
        if len(shares) != 1 or stated.approx:
            continue
        rest = 100 - shares[0].value
        slack = stated.step / 2 + shares[0].half
        if abs(rest - stated.value) > slack + 1e-9:
            yield Finding(
                SHARE,
                "warning",
                f"{shares[0].text} are {found['label']} in the table, so {shown(rest, stated)}% "
                f"are not, rather than {stated.text}.",
                sentence(passage, masked.back(found.start()), stated.end),
                passage.place,
                f"{shown(rest, stated)}%",
            )


@dataclass(frozen=True)
class _Judged:
    stated: Number
    worded: Worded
    right: bool
    true: float


def _of_which(passage: Passage, masked: Masked, tables: _Tables) -> Iterator[Finding]:
    """“65, of which 69% were male and 12% had special needs”, with a table that counts both: the
    column that agrees with one share is the one that the others are of."""
    for found in _OF_WHICH.finditer(masked.mask):
        whole = masked.number(found["whole"])
        shares = [
            (masked.number(one["share"]), stems(one["label"]))
            for one in _SHARE_OF.finditer(found["rest"])
        ]
        if len(shares) < 2 or whole.approx:
            continue
        for grid, held in tables.worded:
            for column in range(len(grid.rows[0])):
                judged = [
                    _judge(stated, one, whole)
                    for stated, label in shares
                    for one in _matching(held, column, label)
                ]
                if not any(one.right for one in judged):
                    continue
                for one in judged:
                    if not one.right and not _other(judged, one):
                        yield _of_column(passage, whole, one, grid)


def _matching(held: list[Worded], column: int, label: frozenset[str]) -> list[Worded]:
    """The cells of a column whose words are the label's, or most of them."""
    return [
        one
        for one in held
        if one.column == column and label and one.stems
        and len(one.stems & label) >= min(2, len(label), len(one.stems))
        and len(one.stems & label) >= len(one.stems) / 2
    ]  # fmt: skip


def _judge(stated: Number, one: Worded, whole: Number) -> _Judged:
    true = 100 * one.count.value / whole.value if whole.value else 0.0
    return _Judged(stated, one, agrees(true, true, stated), true)


def _other(judged: list[_Judged], wrong: _Judged) -> bool:
    """Whether another cell gives the share after all."""
    return any(one.right and one.stated == wrong.stated for one in judged)


def _of_column(passage: Passage, whole: Number, one: _Judged, grid: Grid) -> Finding:
    return Finding(
        SHARE,
        "warning",
        f"The table has {one.worded.count.text} of {whole.text}, {shown(one.true, one.stated)}%, "
        f"not {one.stated.text}.",
        sentence(passage, whole.start, one.stated.end),
        passage.place,
        f"{shown(one.true, one.stated)}%",
        (one.worded.cell.place,),
    )


def _share(passage: Passage, portion: Portion, message: str, expected: str) -> Finding:
    return Finding(
        SHARE, "warning", message, sentence(passage, portion.start, portion.end), passage.place,
        expected,
    )  # fmt: skip


RULES = (
    Rule(
        DIFFERENCE,
        "A difference in a sentence is the one of the table row whose percentage it gives.",
        "error",
        1,
        "“Over 150 fewer thefts (15% reduction)” where the table says 956 and 809.",
        "Subtract the figures of the table again.",
        find_differences,
    ),
    Rule(
        SHARE,
        "A share in a sentence follows from the counts in the paper's own table.",
        "warning",
        1,
        "“65, of which 69% were male and 12% had special needs” where the table counts 45 and 7.",
        "Divide the counts of the table again.",
        find_shares,
    ),
)
