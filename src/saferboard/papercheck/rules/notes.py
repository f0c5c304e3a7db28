"""Notes between writers that were left in: a sentence or a bracket that tells somebody to do
something with the text, doubts it, or asks about it. The words are in `notes.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages
from saferboard.vocabulary.data_file import data_file

KEY = "note-to-self"
MOST_WORDS = 16
FEW_WORDS = 8
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_UNIT = re.compile(
    r"[(\[](?P<bracket>[^()\[\]]{3,120})[)\]]|(?P<sentence>[^.!?()\[\]]{3,200}[.!?]*)"
)
_QUOTES = re.compile(r"[“”\"‘]")


@dataclass(frozen=True)
class _Unit:
    """A sentence or the words of a bracket: `first` where the passage begins with it."""

    words: str
    start: int
    end: int
    bracket: bool
    first: bool

    @property
    def plain(self) -> str:
        """In small letters, without the marks around it."""
        return " ".join(self.words.strip(" *_.!-–•:,;").casefold().replace(APOSTROPHE, "'").split())


def notes(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Every note in a passage: its words and where they begin and end. A cell and a quotation
    hold none: a table of actions tells people what to do."""
    if passage.kind in ("cell", "heading", "caption") or _QUOTES.search(passage.text):
        return
    for unit in _units(passage.text):
        if len(unit.words.split()) <= MOST_WORDS and _is_note(unit):
            yield unit.words.strip(), unit.start, unit.end


def _units(text: str) -> Iterator[_Unit]:
    for found in _UNIT.finditer(text):
        bracket = found["bracket"] is not None
        words = found["bracket"] if bracket else found["sentence"]
        yield _Unit(words, found.start(), found.end(), bracket, not text[: found.start()].strip())


def _is_note(unit: _Unit) -> bool:
    forms = _forms()
    plain = unit.plain
    asks = unit.words.rstrip().endswith("?")
    if forms.innocent.search(plain):
        return False
    if (
        forms.opening.match(plain)
        and not (plain.startswith("need") and asks)
        and not (unit.first and len(plain.split()) > FEW_WORDS)
    ):
        return True
    about = not asks and bool(forms.about.search(plain))
    points = bool(forms.pointer.search(plain) or forms.until.search(plain))
    if forms.order.match(plain):
        return points or (about and (not unit.first or bool(forms.marked.match(plain))))
    if forms.named.match(unit.words.strip()):
        return points or (not unit.first and len(plain.split()) <= 3)
    if forms.doubt.match(plain):
        return points or (about and not unit.first)
    if unit.bracket and forms.bracketed.match(plain):
        return True
    if forms.worn.search(plain):
        return True
    return asks and bool(
        forms.question.match(plain) and forms.asked.search(plain)
    ) and not unit.first  # fmt: skip


@dataclass(frozen=True)
class _Forms:
    """What a note looks like, made from the words of `notes.yaml`."""

    opening: re.Pattern[str]
    order: re.Pattern[str]
    marked: re.Pattern[str]
    named: re.Pattern[str]
    doubt: re.Pattern[str]
    bracketed: re.Pattern[str]
    worn: re.Pattern[str]
    question: re.Pattern[str]
    asked: re.Pattern[str]
    about: re.Pattern[str]
    pointer: re.Pattern[str]
    until: re.Pattern[str]
    innocent: re.Pattern[str]


@cache
def _forms() -> _Forms:
    said = {key: _any(words) for key, words in data_file(__package__ or "", "notes.yaml").items()}
    marks, needs, verbs = said["marks"], said["needs"], said["verbs"]
    things, participles, gerunds = said["things"], said["participles"], said["gerunds"]
    todo = rf"(?:to\sbe\s{participles}|needed|missing|to\s(?:follow|come|go)(?:\shere)?|tbc)"
    return _Forms(
        opening=re.compile(rf"(?:{marks}:?\s)?{said['openings']}\b"),
        order=re.compile(
            rf"(?:{marks}:?\s)?(?:(?:please\s)?{needs}\s)?{verbs}\b(?!\sand\s{verbs})"
        ),
        marked=re.compile(rf"{marks}\b"),
        named=re.compile(
            rf"(?:[A-Z]{{1,3}}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?:to|please|can\syou)\s{verbs}\b"
        ),
        doubt=re.compile(rf"{said['doubts']}\b"),
        bracketed=re.compile(
            rf"to\sbe\s{participles}\b(?!\s(?:by|in|at|with|through|via)\b)|(?:\w+\s){{0,2}}{things}(?:\s\w+){{0,3}}\s{todo}"
            r"|ref(?:erence)?\?|source\?|which\s\w+\?"
        ),
        worn=re.compile(
            rf"\b{things}(?:\s\w+)?\s(?:needs?|wants?)\s(?:{gerunds}|to\sbe\s{participles})\b"
        ),
        question=re.compile(rf"{said['questions']}\b"),
        asked=re.compile(
            rf"\b(?:{said['asked']}|(?:right|this|that|these)\s{said['own_things']}|this\snumber)\b"
        ),
        about=re.compile(rf"\b{said['own_things']}\b"),
        pointer=re.compile(
            rf"\b{said['pointers']}(?=$|[,.]|\s(?:{said['own_things']}|please|before|against|with)\b)"
        ),
        until=re.compile(rf"\b{said['until']}\b"),
        innocent=re.compile(rf"\b(?:{said['habits']}|{said['readers']})\b"),
    )


def _any(words: list[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    each = sorted({str(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in each) + ")"


def find(pack: Pack) -> Iterator[Finding]:
    """A finding for each note of each passage."""
    for _, passage in passages(pack):
        for words, _, _ in notes(passage):
            yield Finding(
                KEY,
                "warning",
                f"“{words}” reads like a note to self.",
                words,
                passage.place,
            )
