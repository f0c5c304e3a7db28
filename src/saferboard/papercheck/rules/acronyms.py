"""Acronyms: each is spelled out where a paper first uses it, except the everyday ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.vocabulary.data_file import data_file

KEY = "undefined-acronym"
MOSTLY_CAPITALS = 0.5
MOST_LETTERS = 7
CONTEXT = 60
_ACRONYM = re.compile(r"(?<![\w/.@&#£+-])([A-Z]{3,7})(s?)(?![\w@/&+]|[-.:]\w|\.[A-Z]\b)")
_WORD = re.compile(r"\b[a-z]{3,}\b")
_ROMAN = re.compile(r"^[IVXLC]+$")
_EXPLAINS = re.compile(
    r"^[^\n]{0,3}?(?:\(|–|—|:|\bstands\sfor\b|\bmeans\b|=|-\s)"
    r"\s*(?P<words>[^)\n]{4,120})"
)


@dataclass(frozen=True)
class _Use:
    """An acronym where a paper first uses it, and where it is explained later, if anywhere."""

    letters: str
    passage: Passage
    start: int
    end: int
    later: Passage | None

    def words(self) -> str:
        """`VAWG (line 12)`, `IOM (line 3, explained at line 40)`."""
        later = f", explained at {self.later.place.words()}" if self.later else ""
        return f"{self.letters} ({self.passage.place.words()}{later})"


def find(pack: Pack) -> Iterator[Finding]:
    """One finding for each paper that uses acronyms before it explains them: a long paper has
    dozens, and one list is read where dozens of findings are not."""
    for paper in pack.papers:
        uses = list(_uses(paper))
        if uses:
            yield _finding(uses)


def _uses(paper: Paper) -> Iterator[_Use]:
    ordinary = _ordinary(paper)
    explained = _explained(paper)
    told: set[str] = set()
    for passage in paper.passages:
        if passage.place.part or _in_capitals(passage.text):
            continue
        for found in _ACRONYM.finditer(passage.text):
            letters = found[1]
            if letters in told or _known(letters, ordinary):
                continue
            told.add(letters)
            where = explained.get(letters)
            if where is None or where.index > passage.index:
                yield _Use(letters, passage, found.start(), found.end(), where)


def _finding(uses: list[_Use]) -> Finding:
    never = [one for one in uses if one.later is None]
    early = [one for one in uses if one.later is not None]
    said = [
        _said(never, "is nowhere spelled out", "acronyms are nowhere spelled out"),
        _said(early, "is used before it is explained", "are used before they are explained"),
    ]
    first = uses[0]
    others = [one.passage.place for one in uses[1:]]
    others += [one.later.place for one in early if one.later]
    return Finding(
        KEY,
        "advice",
        " ".join(sentence for sentence in said if sentence),
        _around(first.passage.text, first.start, first.end),
        first.passage.place,
        f"the words, then ({first.letters})",
        tuple(place for place in dict.fromkeys(others) if place != first.passage.place),
    )


def _said(uses: list[_Use], one: str, several: str) -> str:
    """`VAWG (line 3) is …`, `5 acronyms are …: VAWG (line 3), …`, or nothing."""
    if len(uses) < 2:
        return "".join(f"{use.words()} {one}." for use in uses)
    return f"{len(uses)} {several}: {', '.join(use.words() for use in uses)}."


def _around(text: str, start: int, end: int) -> str:
    """The words around an acronym, whole words only: a sentence of a list can be very long."""
    first = max(0, start - CONTEXT)
    last = min(len(text), end + CONTEXT)
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return text[first:last].strip()


@cache
def everyday() -> frozenset[str]:
    """The acronyms that need no explanation."""
    held = data_file(__package__ or "", "acronyms.yaml")
    return frozenset(word for words in held.values() for word in words)


def _known(letters: str, ordinary: frozenset[str]) -> bool:
    return letters in everyday() or bool(_ROMAN.match(letters)) or letters.casefold() in ordinary


def _ordinary(paper: Paper) -> frozenset[str]:
    """The words that the paper also writes in small letters: TOTAL beside total is no acronym."""
    return frozenset(word for one in paper.passages for word in _WORD.findall(one.text))


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(1 for letter in letters if letter.isupper())
    return len(letters) > MOST_LETTERS and capitals > MOSTLY_CAPITALS * len(letters)


def _explained(paper: Paper) -> dict[str, Passage]:
    """Where each acronym is first explained: words before it in brackets, or after it."""
    found: dict[str, Passage] = {}
    for passage in paper.passages:
        for one in _ACRONYM.finditer(passage.text):
            letters = one[1]
            if letters in found:
                continue
            before = passage.text[max(0, one.start() - 160) : one.start()]
            after = _EXPLAINS.match(passage.text[one.end() : one.end() + 160])
            in_brackets = before.rstrip().endswith(("(", "(the", "[", "“", "‘", "'", '"'))
            if (in_brackets and spells(letters, before)) or (
                after is not None and spells(letters, after["words"], start=True)
            ):
                found[letters] = passage
    for grid in paper.grids:
        _by_glossary(grid, found)
    return found


def _by_glossary(grid: Grid, found: dict[str, Passage]) -> None:
    """A row with an acronym alone in one cell and its words in the next."""
    for row in grid.rows:
        for cell, beside in pairwise(row):
            for short, words in ((cell, beside), (beside, cell)):
                alone = _ACRONYM.fullmatch(short.text)
                if alone and alone[1] not in found and spells(alone[1], words.text):
                    found[alone[1]] = short


def spells(letters: str, words: str, *, start: bool = False) -> bool:
    """Whether the initials of `words` give the letters in their order, small words left out or
    in. Reads backwards from the end, as before a bracket, or from the start."""
    initials = [word[0].upper() for word in re.findall(r"[A-Za-z][\w’']*", words)]
    wanted = list(letters if start else reversed(letters))
    given = initials if start else list(reversed(initials))
    at = missed = 0
    for letter in given[: 2 * len(letters) + 3]:
        if at < len(wanted) and letter == wanted[at]:
            at += 1
        elif at:
            missed += 1
    # a word may stand for two letters (neighbourhood watch: NHW), or for none
    return at >= max(2, len(wanted) - 1 if len(wanted) > 3 else len(wanted)) and missed <= 4


RULE = Rule(
    KEY,
    "An acronym is spelled out where a paper first uses it.",
    "advice",
    11,
    "VAWG is a priority, in a paper that nowhere says violence against women and girls.",
    "Write the words, then the letters in brackets; from then on the letters will do.",
    find,
)
