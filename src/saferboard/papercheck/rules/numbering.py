"""Figure and table numbers: each once, none left out, each that is spoken of is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Paper, Passage
from saferboard.papercheck.rules.walk import cut, sentence

_CAPTION = re.compile(
    r"^(?:\d+(?:\.\d+)+\.?\s)?(?P<kind>Table|Figure|Chart|Graph|Map)\s(?P<number>\d{1,3})"
    r"(?P<after>[.:]|\s[-–]|,?\s(?=[A-Z]))(?!\d)"
)
MENTION = re.compile(r"\b(?P<kind>Table|Figure|Chart|Graph|Map)s?\s(?P<number>\d{1,3})\b(?![.,]\d)")
_SPEAKS = re.compile(
    r"^(?:shows?|indicates?|illustrates?|presents?|displays?|highlights?|sets?|below|above|gives?|"
    r"outlines?|provides?|demonstrates?|is|are|and|reveals?|summarises?|depicts?)\b",
    re.I,
)


_ELSEWHERE = re.compile(r"^\s(?:of|in)\s(?:the|that|their)\s(?!paper|report)", re.I)
"""A figure of another document."""

LONG_CAPTION = 30
NEAR_CAPTIONS = 6
ALIKE = 0.85


@dataclass(frozen=True)
class Caption:
    """A caption as printed; `run` counts afresh where the numbers begin again at 1, as they do
    where several papers were bound into one."""

    kind: str
    number: int
    run: int
    passage: Passage


def captions(paper: Paper) -> list[Caption]:
    """Every caption in order. A passage that says what a table shows is no caption."""
    found: list[Caption] = []
    run = 0
    last: dict[str, int] = {}
    for passage in paper.passages:
        match = _CAPTION.match(passage.text)
        if not match or _SPEAKS.match(passage.text[match.end() :].strip(" .:-–")):
            continue
        kind, number = match["kind"], int(match["number"])
        if number == 1 and kind in last:
            run += 1
            last = {}
        last[kind] = number
        found.append(Caption(kind, number, run, passage))
    return found


def find_duplicates(pack: Pack) -> Iterator[Finding]:
    for paper in pack.papers:
        first: dict[tuple[str, int, int], Caption] = {}
        for caption in captions(paper):
            key = (caption.kind, caption.number, caption.run)
            earlier = first.setdefault(key, caption)
            if earlier is not caption and earlier.passage.text != caption.passage.text:
                yield Finding(
                    "numbered-twice",
                    "error",
                    f"{caption.kind} {caption.number} is the number of two captions.",
                    cut(caption.passage.text, 200),
                    caption.passage.place,
                    "",
                    (earlier.passage.place,),
                )


def find_same_words(pack: Pack) -> Iterator[Finding]:
    """Two figures of different numbers whose captions are one: one of them was copied."""
    for paper in pack.papers:
        held = [one for one in captions(paper) if len(words_of(one)) >= LONG_CAPTION]
        for at, later in enumerate(held):
            for earlier in held[max(0, at - NEAR_CAPTIONS) : at]:
                series = (earlier.kind, earlier.run) == (later.kind, later.run)
                if series and earlier.number != later.number and _same_words(earlier, later):
                    yield Finding(
                        "caption-twice",
                        "warning",
                        f"{later.kind} {later.number} has the caption of {earlier.kind} "
                        f"{earlier.number}.",
                        cut(later.passage.text, 200),
                        later.passage.place,
                        "",
                        (earlier.passage.place,),
                    )


def _same_words(one: Caption, other: Caption) -> bool:
    """Word for word, a slip of the pen in a word forgiven."""
    first, second = words_of(one).casefold().split(), words_of(other).casefold().split()
    return len(first) == len(second) and all(
        a == b or SequenceMatcher(None, a, b).ratio() > ALIKE
        for a, b in zip(first, second, strict=True)
    )


def words_of(caption: Caption) -> str:
    """The words of a caption after its number."""
    found = _CAPTION.match(caption.passage.text)
    return caption.passage.text[found.end() :].strip() if found else ""


def find_missing(pack: Pack) -> Iterator[Finding]:
    for paper in pack.papers:
        held = captions(paper)
        for kind, run in sorted({(caption.kind, caption.run) for caption in held}):
            own = [one for one in held if (one.kind, one.run) == (kind, run)]
            numbers = {one.number for one in own}
            for number in range(min(numbers) + 1, max(numbers)):
                if number not in numbers:
                    after = next(one for one in own if one.number > number)
                    yield Finding(
                        "number-missing",
                        "warning",
                        f"There is a {kind} {after.number} but no {kind} {number}.",
                        cut(after.passage.text, 200),
                        after.passage.place,
                        f"{kind} {number}",
                    )


def find_unheld(pack: Pack) -> Iterator[Finding]:
    """Mentions of a number that no caption of the whole paper has, where the paper numbers its
    figures or tables of that kind at all."""
    for paper in pack.papers:
        held = {(one.kind, one.number) for one in captions(paper)}
        kinds = {kind for kind, _ in held}
        said: set[tuple[str, int]] = set()
        for passage in paper.passages:
            if passage.kind == "cell" or _CAPTION.match(passage.text):
                continue
            for match in MENTION.finditer(passage.text):
                key = (match["kind"], int(match["number"]))
                other = next((one for one in kinds if (one, key[1]) in held), "")
                if key in held or key in said or _ELSEWHERE.match(passage.text[match.end() :]):
                    continue
                if key[0] not in kinds and other and "Table" in (key[0], other):
                    said.add(key)
                    yield Finding(
                        "mentioned-but-missing",
                        "warning",
                        f"The text speaks of {key[0]} {key[1]}; the paper has a {other} {key[1]}.",
                        sentence(passage, match.start(), match.end()),
                        passage.place,
                        f"{other} {key[1]}",
                    )
                elif key[0] in kinds:
                    said.add(key)
                    yield Finding(
                        "mentioned-but-missing",
                        "warning",
                        f"The text speaks of {key[0]} {key[1]}, which the paper does not have.",
                        sentence(passage, match.start(), match.end()),
                        passage.place,
                    )


RULES = (
    Rule(
        "numbered-twice",
        "No two figures or tables of a paper have one number.",
        "error",
        5,
        "Figure 4. Risk factors … and later Figure 4. Protective factors …",
        "Number them afresh, and correct the text that speaks of them.",
        find_duplicates,
    ),
    Rule(
        "caption-twice",
        "No two figures or tables have the same caption.",
        "warning",
        5,
        "Figure 6. Volume of burglary … and Figure 7. Volume of burglary …, which shows robbery.",
        "Write what the second one shows.",
        find_same_words,
    ),
    Rule(
        "number-missing",
        "The numbers of figures and tables leave none out.",
        "warning",
        5,
        "Figure 10, then Figure 12.",
        "See whether a figure was dropped, or number afresh.",
        find_missing,
    ),
    Rule(
        "mentioned-but-missing",
        "A figure or table that the text speaks of is in the paper.",
        "warning",
        5,
        "As Table 9 shows, in a paper whose last table is Table 8.",
        "Correct the number, or put the table in.",
        find_unheld,
    ),
)
