"""Acronyms: each is spelled out where a paper first uses it, except the everyday ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

import yaml

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage

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


def find(pack: Pack) -> Iterator[Finding]:
    """One finding for each acronym of a paper that is used before it is explained."""
    for paper in pack.papers:
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
                if where is not None and where.index <= passage.index:
                    continue
                yield _finding(letters, passage, found, where)


def _finding(
    letters: str, passage: Passage, found: re.Match[str], where: Passage | None
) -> Finding:
    later = f" before it is explained ({where.place.words()})" if where is not None else ""
    return Finding(
        KEY,
        "advice",
        f"{letters} is used{later}." if later else f"{letters} is nowhere spelled out.",
        _around(passage.text, found.start(), found.end()),
        passage.place,
        f"the words, then ({letters})",
        (where.place,) if where is not None else (),
    )


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
    text = resources.files(__package__).joinpath("acronyms.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
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
