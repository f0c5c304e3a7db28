"""Figures with the words of their clause: what they are of, as far as words can say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from saferboard.papercheck.claims.number import Number, number_at
from saferboard.papercheck.claims.table import sheet
from saferboard.papercheck.paper import Grid, Passage
from saferboard.papercheck.quantities.lexicon import lexicon, root, subject, words
from saferboard.papercheck.quantities.statement import Sentence, marks, when_of
from saferboard.papercheck.quantities.when import When, when
from saferboard.vocabulary.data_file import data_file

Kind = Literal["count", "percent", "change", "money", "rate", "rank"]

_SPLIT = re.compile(
    r"[,;:()]\s?|\s(?:against|compared\s(?:with|to)|while|whereas|but|although)\s|"
    r"\sand\s(?=[^‹,;]{0,40}‹[npmo])|\s(?=of\s(?:which|whom|these|those)\b)",
    re.I,
)
_TOKEN = re.compile(r"‹(?P<letter>\w)(?P<at>\d+)›")
_AGAIN = re.compile(r"\b(?:of|among|from|all)\s(?:the|these|those|them)\s$", re.I)
_LEAD_IN = re.compile(r"(?:for|in|at|during|among|across|within)\s(?:[^‹]|‹[dgx]\d+›)*$", re.I)
_ENDING = re.compile(r"(?<=\w{4})(?:ly|ion|ed|ing)$")
"""What parts two roots of one word: successfully and successful, completion and complete."""

_NAME = re.compile(r"(?<=\s)[A-Z][\w’'-]*")
"""The Violence Reduction Unit is no reduction."""

_POLITE = re.compile(
    r"\b(?:would|should)\s(?:also\s)?(?:like\sto|(?:draw|wish)\b|be\s(?:noted|pleased))", re.I
)
"""What is said with would and is a fact all the same."""

_FROM_TO = re.compile(r"\bfrom\s(?:\w+\s)?(?:‹\w\d+›.*\bto\s)?$", re.I)
"""Before the two ends of a change, which the sentence itself parts in time."""

_TAIL = 40
"""As far back as the forms that end at a figure can reach: “among these ”."""

_WHOLE = re.compile(r"\b(?:of|from|by)\s$", re.I)
_RATE = re.compile(r"^(?:\s[\w’'-]+){0,4}\s‹r")
_BASE = re.compile(r"‹r(\d+)›")
_CHANGE = re.compile(
    r"\b(?:fell|fall|fallen|falling|rose|rise|risen|up|down|increas\w+|decreas\w+|reduc\w+|drop\w*|"
    r"declin\w+|gr[eo]w\w*|higher|lower|above|below|change)\b",
    re.I,
)
_RANK = re.compile(r"^\s(?:lowest|highest|best|worst|safest|largest|most|out\sof|of)\b", re.I)
_RANKED = re.compile(r"\brank(?:s|ed|ing)?(?:\s\w+){0,2}\s$", re.I)
_RATIO = re.compile(r"%|\brates?\b|\brank|average|\bmean\b|median|\bper\b|score", re.I)
_LETTERS: dict[str, Kind] = {"n": "count", "p": "percent", "m": "money"}
MOST_HEAD = 4
MOST_LABEL = 12
LEAST = 4


@dataclass(frozen=True)
class Words:
    """The lists of figures.yaml."""

    not_actual: re.Pattern[str]
    earlier: re.Pattern[str]
    part: re.Pattern[str]
    planned: re.Pattern[str]
    summaries: re.Pattern[str]
    said: re.Pattern[str]
    furniture: frozenset[str]
    filler: frozenset[str]
    irregular: dict[str, str]


@dataclass(frozen=True)
class Figure:
    """`number` is printed for what `roots` say; `head` are those of the noun that it counts, as
    far as that is known, and `names` the capitalised words in the clause. `part` says that it is
    of some of a whole that the sentence names; `cell` that it stands in a table. `per` is the base
    of a rate, `beside` the counts of the same sentence, which say what a percentage is of."""

    kind: Kind
    number: Number
    roots: frozenset[str]
    head: frozenset[str]
    names: frozenset[str]
    marks: frozenset[str]
    when: When
    passage: Passage
    start: int
    end: int
    part: bool = False
    cell: bool = False
    latest: bool = True
    per: str = ""
    beside: frozenset[float] = frozenset()


@cache
def figure_words() -> Words:
    """The lists, read once."""
    body = data_file(__package__ or "", "figures.yaml")

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, body[name]))})\b(?!-)", re.I)

    return Words(
        any_of("not_actual"),
        any_of("earlier"),
        any_of("part"),
        any_of("planned"),
        any_of("summaries"),
        re.compile(rf"^.{{0,80}}\b(?:{'|'.join(body['said'])})\s(?:that|as|they|to\s)\b", re.I),
        frozenset(root(word) for word in body["furniture"]),
        frozenset(_ENDING.sub("", root(word)) for word in body["filler"]),
        {root(str(one)): root(str(other)) for one, other in body["irregular"].items()},
    )


def figures(sentence: Sentence) -> Iterator[Figure]:
    """Every figure of a sentence that is actual and of no earlier time, with its clause."""
    mask, known = sentence.mask, figure_words()
    beside = frozenset(
        each.number.value for each in mask.tokens if each.number and each.number.kind == "count"
    )
    bounds = [0, *(found.end() for found in _SPLIT.finditer(mask.mask)), len(mask.mask)]
    if len(bounds) > 2 and _LEAD_IN.match(mask.mask[: bounds[1]]):
        del bounds[1]
    for first, last in pairwise(bounds):
        clause = mask.mask[first:last]
        plain = _POLITE.sub(" ", _TOKEN.sub(" ", clause))
        if known.not_actual.search(plain) or known.earlier.search(plain):
            continue
        small = _NAME.sub(" ", plain)
        changed, planned = bool(_CHANGE.search(small)), bool(known.planned.search(plain))
        part = bool(known.part.search(small))
        for found in _TOKEN.finditer(clause):
            kind = _kind(found, clause)
            token = mask.tokens[int(found["at"])]
            number = token.number
            if kind == "rank":
                digits = re.sub(r"\D", "", token.text)
                number = number_at(sentence.text, token.start, token.end, "count", digits)
            if kind is None or number is None or (number.value < 2 and kind != "rate"):
                continue
            if _FROM_TO.search(clause[: found.start()]):
                continue
            tail = clause[max(0, found.start() - _TAIL) : found.start()]
            if _AGAIN.search(tail):
                continue
            head = _head(clause[found.end() :]) if kind == "count" else ()
            if kind == "count" and (head is None or (not head and number.value < LEAST)):
                continue
            if ((kind == "count" and not head) or changed) and _WHOLE.search(tail):
                continue
            if kind in ("count", "percent") and planned:
                continue
            said = plain
            if len(set(subject(plain))) < 2 and first:
                said = _TOKEN.sub(" ", mask.mask[:last])
            said = known.said.sub(" ", said)
            about = _roots(said)
            if kind in ("rank", "rate"):
                about -= known.furniture
            own = when(sentence.text[mask.back(first) : mask.back(last, end=True)])
            base = _BASE.search(clause[found.end() :]) if kind == "rate" else None
            yield Figure(
                "change" if kind == "percent" and changed else kind,
                number,
                about,
                frozenset(head or ()),
                _names(said),
                marks(sentence.text[: number.end + 60]),
                own if own.known else when_of(sentence, number),
                sentence.passage,
                sentence.offset + number.start,
                sentence.offset + number.end,
                part=part and kind != "rate",
                per=re.sub(r"\D", "", mask.tokens[int(base[1])].text) if base else "",
                beside=beside,
            )


def cell_figures(grid: Grid) -> Iterator[Figure]:
    """Every count and amount of money of a table whose row and column say what it is."""
    read, known = sheet(grid), figure_words()
    if read is None:
        return
    periods = [when(head) for head in read.heads]
    latest = max((one.last for one in periods if one.last is not None), default=None)
    for line in read.lines:
        if not 0 < len(words(line.label)) <= MOST_LABEL or line.is_total:
            continue
        for column, number in enumerate(line.numbers):
            head = read.heads[column]
            if number is None or number.kind not in ("count", "money") or column == 0:
                continue
            said = f"{line.label} {head}"
            if read.is_change(column) or _RATIO.search(said) or known.not_actual.search(said):
                continue
            cell = grid.rows[line.row][column]
            row = " ".join(
                each.text
                for each, held in zip(grid.rows[line.row], line.numbers, strict=True)
                if held is None and len(words(each.text)) <= MOST_LABEL
            )
            money = number.kind == "money" or "£" in head
            yield Figure(
                "money" if money else "count",
                number,
                _roots(row),
                frozenset(_fold(subject(line.label))),
                _names(row),
                marks(line.label),
                periods[column],
                cell,
                0,
                len(cell.text),
                cell=True,
                latest=periods[column].last == latest,
            )


def _kind(found: re.Match[str], clause: str) -> Kind | None:
    letter, after = found["letter"], clause[found.end() :]
    if letter == "o":
        ranked = _RANK.match(after) or _RANKED.search(clause[: found.start()])
        return "rank" if ranked else None
    if letter == "n" and _RATE.match(after):
        return "rate"
    return _LETTERS.get(letter)


def _head(after: str) -> tuple[str, ...] | None:
    """The roots of the noun after a count; none at the end of a clause; None where the figure
    counts time or is no count."""
    said = words(re.split(r"[‹.;:()]", after)[0])
    if not said or said[0].lower() in lexicon().ends or said[0].lower() == "of":
        return ()
    if said[0].lower() in lexicon().not_counted or root(said[0]) in lexicon().not_counted:
        return None if said[0].lower() != "working" else ()
    end = next((at for at, word in enumerate(said) if word.lower() in lexicon().ends), MOST_HEAD)
    return _fold(subject(" ".join(said[: min(end, MOST_HEAD)])))


def _roots(text: str) -> frozenset[str]:
    return frozenset(_fold(subject(text)))


def _fold(roots: Sequence[str]) -> tuple[str, ...]:
    irregular = figure_words().irregular
    return tuple(irregular.get(one, _ENDING.sub("", one)) for one in roots)


def _names(text: str) -> frozenset[str]:
    return frozenset(_fold(subject(" ".join(w for w in words(text) if w[:1].isupper()))))
