"""Periods that are compared: of one length, named alike, quarters of three months."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.timespan import Timespan, timespans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import cut, passages, sentence

UNEQUAL, EARLIER, QUARTER = "unequal-periods", "earlier-period-differs", "quarter-against-months"
NEAR = 6
MOST_BEFORE = 200
ENOUGH = 3
LAST = "last year"
_CHANGE = re.compile(
    r"\b(?:rise|rose|increas\w+|decreas\w+|reduc\w+|fell|fall|drop\w*|compared|up|down)\b", re.I
)
_LINK = re.compile(
    r"^[\s,)]*(?:(?:is\s|was\s|when\s)?compared\s(?:to|with)|versus|vs\.?|against|to)[\s,(]*"
    r"(?:the\s)?(?:same\s(?:period|months)\s)?(?:in\s|from\s|of\s)?(?:the\s)?$",
    re.I,
)
_FROM = re.compile(r"\bfrom\s(?:the\s)?(?:\w+\s){0,2}$", re.I)
_RATE = re.compile(r"\b(?:average|per\smonth|annualised|pro\srata)\b", re.I)
_AGAINST = re.compile(
    r"\b(?:compared\sto|compared\swith|(?:up|down)\sfrom|(?:increase|decrease)\sfrom)\s‹[np]\d+›\s"
    r"(?:in\s)?(?P<period>‹d(?P<index>\d+)›|last\syear)",
    re.I,
)
_QUARTERLY = re.compile(r"\bquarterly\s(?:performance|figures|update)", re.I)
_MONTHS = re.compile(rf"{MONTH_NAME}.*{MONTH_NAME}", re.I)
LONGEST_HEADING = 60
_QUARTER = re.compile(
    rf"\b(?:quarter(?:ly)?|latest\squarter|Q[1-4])\b[^.]{{0,40}}?\b(?P<first>{MONTH_NAME})\s"
    rf"(?:to|until|-|–)\s(?P<last>{MONTH_NAME})\b",
    re.I,
)


def find_unequal(pack: Pack) -> Iterator[Finding]:
    """Two spans on either side of “compared to” (or “from … to …” of a change) of which one has
    more months than the other."""
    for _, passage in passages(pack):
        text = passage.text
        if "20" not in text or not _CHANGE.search(text) or _RATE.search(text):
            continue
        spans = timespans(text)
        for one, other in itertools.pairwise(spans):
            if not _linked(text, one, other) or one.relation or other.relation:
                continue
            lengths = sorted((_months(one), _months(other)))
            if lengths[0] != lengths[1] and lengths[1] > 1 and lengths[0] > 1:
                yield Finding(
                    UNEQUAL,
                    "warning",
                    f"{_words(one)} has {_months(one)} months, {_words(other)} has "
                    f"{_months(other)}: the change says nothing.",
                    sentence(passage, one.start, other.end),
                    passage.place,
                    "periods of one length",
                )


def _linked(text: str, one: Timespan, other: Timespan) -> bool:
    between = text[one.end : other.start]
    if not _LINK.match(between):
        return False
    if re.fullmatch(r"[\s,)]*to[\s,(]*(?:the\s)?", between, re.I):
        lead = text[max(0, one.start - MOST_BEFORE) : one.start]
        return bool(_FROM.search(lead)) and one.months > 1
    return True


def _months(span: Timespan) -> int:
    return span.months if span.period.is_whole_months else round(span.period.days / 30.44)


def _words(span: Timespan) -> str:
    return f"“{span.text}”"


def find_earlier(pack: Pack) -> Iterator[Finding]:
    """One change in a paragraph or list that is against another earlier year than the rest:
    “57% compared to 46% in 2021-22 … 26% compared to 36% in 2020-21”."""
    run: list[tuple[Passage, str, int]] = []
    for _, passage in passages(pack):
        if run and (
            passage.place.file != run[-1][0].place.file
            or passage.kind != run[-1][0].kind
            or passage.index - run[-1][0].index > NEAR
        ):
            yield from _odd(run)
            run = []
        if "%" in passage.text and ("20" in passage.text or "last year" in passage.text):
            run += [(passage, words, at) for words, at in _compared(passage)]
    yield from _odd(run)


def _compared(passage: Passage) -> Iterator[tuple[str, int]]:
    mask = masked(passage.text)
    for found in _AGAINST.finditer(mask.mask):
        words = mask.tokens[int(found["index"])].text if found["index"] else LAST
        if found["index"] and not re.fullmatch(r"20\d\d\s?[-–/]\s?\d\d(?:\d\d)?", words):
            continue
        if words != LAST:
            words = re.sub(r"\s", "", words).replace("–", "-").replace("/", "-")
        yield words, mask.back(found.start())


def _odd(run: list[tuple[Passage, str, int]]) -> Iterator[Finding]:
    """The one change against an earlier year, where another of its passage or three of the list
    name a later one, or all of them say “last year”."""
    named = Counter(words for _, words, _ in run if words != LAST)
    for passage, words, at in run:
        later = {
            other for other in named
            if other > words and (
                named[other] >= ENOUGH
                or any(one is passage and said == other for one, said, _ in run)
            )
        }  # fmt: skip
        alone = len(named) == 1 and len(run) > ENOUGH + 1
        if words == LAST or named[words] != 1 or not (later or alone):
            continue
        right = max(later) if later else LAST
        yield Finding(
            EARLIER,
            "warning",
            f"This change is against {words}, the others beside it against {right}.",
            sentence(passage, at, at + 10),
            passage.place,
            right,
        )


def find_quarters(pack: Pack) -> Iterator[Finding]:
    """“Quarterly … June to September”, in one sentence or as a heading and the words under it."""
    yield from _under_heading(pack)
    for _, passage in passages(pack):
        if "uarter" not in passage.text and "Q" not in passage.text:
            continue
        for found in _QUARTER.finditer(passage.text):
            first, last = _number(found["first"]), _number(found["last"])
            length = (last - first) % 12 + 1
            if length != 3:
                yield Finding(
                    QUARTER,
                    "warning",
                    f"A quarter has three months; {found['first']} to {found['last']} is {length}.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    "three months",
                )


def _under_heading(pack: Pack) -> Iterator[Finding]:
    heading: Passage | None = None
    for _, passage in passages(pack):
        if _QUARTERLY.search(passage.text) and len(passage.text) <= LONGEST_HEADING:
            heading = passage
            continue
        if heading is None or passage.index - heading.index > 2:
            heading = None
            continue
        for span in timespans(passage.text):
            if (
                span.months not in (1, 3, 12)
                and span.period.is_whole_months
                and _MONTHS.search(span.text)
            ):
                yield Finding(
                    QUARTER,
                    "warning",
                    f"“{cut(heading.text, 60)}” is about a quarter; {span.period.label()} is "
                    f"{span.months} months.",
                    sentence(passage, span.start, span.end),
                    passage.place,
                    "three months",
                )
                heading = None
                break


def _number(name: str) -> int:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return names.index(name.lower()[:3])


RULES = (
    Rule(
        UNEQUAL,
        "Periods that are compared are of one length.",
        "warning",
        4,
        "a 9% rise from the preceding 12 months (ending June 2022) to January through June 2023",
        "Compare the same months of both years.",
        find_unequal,
    ),
    Rule(
        EARLIER,
        "The changes of one paragraph or list are against one earlier period.",
        "warning",
        4,
        "“57% this year compared to 46% in 2021-22. Homes had 26% compared to 36% in 2020-21.”",
        "See whether a year was left from the report before.",
        find_earlier,
    ),
    Rule(
        QUARTER,
        "A quarter is three months.",
        "warning",
        4,
        "Quarterly performance, June to September 2023",
        "Name the months of the quarter, or call it what it is.",
        find_quarters,
    ),
)
