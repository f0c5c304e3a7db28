"""What the text says of a figure or table against what the figure or table is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.words import stems
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.numbering import Caption, captions
from saferboard.papercheck.rules.walk import cut, sentence

NUMBER, CONTENT = "figure-number", "table-without-what-is-said"
ROOT = 5
"""Letters of a stem that are compared: offence and offender are about one thing."""

ALIKE = 2
GENERAL = frozenset({"offen", "crime", "incid", "viole", "case", "young", "peopl"})
"""Roots that nearly everything in such papers has: they tell no figure from another."""

COMMON = 0.4
TABLE_NEAR = 40
_MENTION = re.compile(
    r"\b(?:(?P<kind>Table|Figure|Chart|Graph|Map)s?\s|Fig\.?\s?)(?P<number>\d{1,3})\b", re.I
)
_MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_CLAUSE = re.compile(r"[.;:]\s|,\s(?:although|however|while|whereas|but)\b|\)\s", re.I)
_BY = re.compile(
    r"^\s(?:below\s)?(?:shows?|sets?\sout|gives?|presents?|displays?|summarises?|breaks?\sdown)\b"
    r"(?P<what>[^.]{3,140}?)\bby\s(?P<by>quarter|month|ward|gender|sex|ethnicity|age(?:\sgroup)?)\b",
    re.I,
)
_HOLDS = {
    "quarter": r"\bq(?:tr)?\.?\s?[1-4]\b|quarter",
    "month": r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|month",
    "ward": r"\bwards?\b",
    "gender": r"\b(?:fe)?males?\b|\bmen\b|\bwomen\b|gender|boys|girls",
    "sex": r"\b(?:fe)?males?\b|\bmen\b|\bwomen\b|gender|boys|girls|\bsex\b",
    "ethnicity": r"ethnic|\bwhite\b|\bblack\b|\basian\b",
    "age": r"\bage|\d\d?\s?[-–]\s?\d\d|\d\d\+|under|over",
}


@dataclass(frozen=True)
class _Held:
    """A caption with the roots of its words and of the row labels of its table."""

    caption: Caption
    roots: frozenset[str]
    grid: Grid | None


def find_numbers(pack: Pack) -> Iterator[Finding]:
    """A mention whose words share nothing with the caption of that number and two things or
    more with another; of several that fit as well the nearest is named."""
    for paper in pack.papers:
        held = list(_with_tables(paper))
        if len(held) < 2:
            continue
        common = _common(held)
        own = {one.caption.passage.index for one in held}
        for passage in paper.passages:
            if passage.index in own or passage.kind == "cell":
                continue
            for found in _MENTION.finditer(passage.text):
                yield from _judged(passage, found, held, common)


def _judged(
    passage: Passage, found: re.Match[str], held: list[_Held], common: dict[str, frozenset[str]]
) -> Iterator[Finding]:
    kind = (found["kind"] or "Figure").title()
    run = _run_at(held, passage)
    series = [one for one in held if (one.caption.kind, one.caption.run) == (kind, run)]
    said = [one for one in series if one.caption.number == int(found["number"])]
    if len(said) != 1 or len(series) < 2:
        return
    words = _roots(_around(passage.text, found)) - common[kind]
    if (words & said[0].roots) - GENERAL:
        return
    best = max(
        (one for one in series if one is not said[0]),
        key=lambda one: (
            len(words & one.roots),
            -abs(one.caption.passage.index - passage.index),
        ),
    )
    if len(words & best.roots) < ALIKE or not (words & best.roots) - GENERAL:
        return
    right = best.caption
    yield Finding(
        NUMBER,
        "warning",
        f"{kind} {found['number']} is “{cut(said[0].caption.passage.text, 80)}”; the words are "
        f"about {kind} {right.number}.",
        sentence(passage, found.start(), found.end()),
        passage.place,
        f"{kind} {right.number}",
        (said[0].caption.passage.place,),
    )


def _run_at(held: list[_Held], passage: Passage) -> int:
    """The run of captions that a passage belongs to: of the nearest caption."""
    nearest = min(held, key=lambda one: abs(one.caption.passage.index - passage.index))
    return nearest.caption.run


def _around(text: str, found: re.Match[str]) -> str:
    """The clause that speaks of the figure: what follows where the mention begins a sentence,
    what stands before it elsewhere."""
    before = _CLAUSE.split(text[: found.start()])[-1]
    if before.strip(" (").lower() in ("", "the", "data in", "as", "see"):
        return _CLAUSE.split(text[found.end() :])[0]
    return before


def _roots(text: str) -> frozenset[str]:
    return frozenset(one[:ROOT] for one in stems(_MONTHS.sub(" ", text)))


def _with_tables(paper: Paper) -> Iterator[_Held]:
    tables = sorted(paper.grids, key=lambda grid: grid.rows[0][0].index)
    for caption in captions(paper):
        grid = _table_of(caption, tables) if caption.kind == "Table" else None
        labels = " ".join(row[0].text for row in grid.rows) if grid else ""
        yield _Held(caption, _roots(f"{_said(caption)} {labels}"), grid)


def _said(caption: Caption) -> str:
    return re.sub(r"^.*?(?:Table|Figure|Chart|Graph|Map)\s\d+", "", caption.passage.text)


def _table_of(caption: Caption, tables: list[Grid]) -> Grid | None:
    """The table nearest to its caption, before it or after."""
    at = caption.passage.index
    best: tuple[int, Grid] | None = None
    for grid in tables:
        first, last = grid.rows[0][0].index, grid.rows[-1][-1].index
        away = first - at if first > at else at - last
        if 0 <= away <= TABLE_NEAR and (best is None or away < best[0]):
            best = (away, grid)
    return best[1] if best else None


def _common(held: list[_Held]) -> dict[str, frozenset[str]]:
    """For each kind the roots that too many of its captions share to tell one from another."""
    common: dict[str, frozenset[str]] = {}
    for kind in ("Table", "Figure", "Chart", "Graph", "Map"):
        own = [one.roots for one in held if one.caption.kind == kind]
        counts = Counter(root for roots in own for root in roots)
        common[kind] = frozenset(
            root for root, count in counts.items() if count >= 3 and count >= COMMON * len(own)
        )
    return common


def find_contents(pack: Pack) -> Iterator[Finding]:
    """“Table 2 shows the figures by quarter” where no cell of Table 2 speaks of a quarter."""
    for paper in pack.papers:
        held = list(_with_tables(paper))
        for passage in paper.passages:
            for found in _MENTION.finditer(passage.text):
                by = _BY.match(passage.text[found.end() :])
                if not by or (found["kind"] or "").title() != "Table":
                    continue
                run = _run_at(held, passage) if held else 0
                for one in held:
                    caption = one.caption
                    if (caption.kind, caption.number, caption.run) != (
                        "Table", int(found["number"]), run,
                    ) or one.grid is None:  # fmt: skip
                        continue
                    cells = " ".join(cell.text for row in one.grid.rows for cell in row)
                    what = by["by"].lower().split()[0]
                    if not re.search(_HOLDS[what], f"{caption.passage.text} {cells}", re.I):
                        yield Finding(
                            CONTENT,
                            "warning",
                            f"Table {caption.number} has nothing by {what}.",
                            sentence(passage, found.start(), found.end() + by.end()),
                            passage.place,
                            f"a table by {what}, or other words",
                            (caption.passage.place,),
                        )


RULES = (
    Rule(
        NUMBER,
        "The figure or table that a sentence points at is about what the sentence says.",
        "warning",
        5,
        "“Knife and weapon offences, as Chart 5 shows”, where Chart 5 is about homicides and Chart "
        "7 about knives.",
        "Correct the number.",
        find_numbers,
    ),
    Rule(
        CONTENT,
        "A table has what the text says it shows.",
        "warning",
        5,
        "“Table 2 shows the crimes by quarter” over a table of two years.",
        "Change the sentence, or put the right table in.",
        find_contents,
    ),
)
