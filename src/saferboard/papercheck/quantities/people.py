"""Counts of people so small that somebody may be known by them.

Counts of offences as the police publish them are left alone: anybody can look them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.number import Number, cell_number
from saferboard.papercheck.claims.register import HEADS
from saferboard.papercheck.claims.table import Sheet
from saferboard.papercheck.names.capitals import plain, stem
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.quantities.lexicon import lexicon, measure_in, words
from saferboard.papercheck.quantities.statement import Sentence
from saferboard.vocabulary.data_file import data_file

_COUNT = re.compile(r"‹n(?P<n>\d+)›\s(?P<phrase>[^‹›.,;:()]{3,60})")
_RATIO = re.compile(
    r"(?:\bin|\bof|\bper|each|every|least|most|than|up\sto|under|over|or|between|›\sto|top|aged?|"
    r"first|last|next|part|phase|level|tier|step|one\sto|figure|table|chart|page|paragraph|band|"
    r"priority|quarter|appendix|item|group|key\sstage|grade|stage)\s*$",
    re.I,
)
_BASE = re.compile(
    r"(?P<whole>‹n(?P<n>\d+)›)(?P<between>[^‹›.;]{0,70}?(?:\.\s)?(?:of\s(?:which|whom|these|those)|"
    r"among\s(?:these|them))[^‹›.;]{0,40}?)‹p(?P<p>\d+)›(?P<rest>[^‹›]{0,60})|"
    r"‹p(?P<p2>\d+)›\sof\s(?:the\s|these\s|all\s)?‹n(?P<n2>\d+)›(?P<rest2>[^‹›]{0,60})",
    re.I,
)
_GIVEN = re.compile(r"^[^‹›]{0,3}\(?(?:n\s?=\s?)?$", re.I)
_PART = re.compile(
    r"(?:^|[.,;]\s|\sand\s|\s(?=‹n\d+›\swere))(?:only\s|just\s)?‹n(?P<n>\d+)›\s"
    r"(?:were|was|had|have|has|came|needed|refused|declined|died|of\s(?:them|these|whom)|"
    r"of\sthe\s(?:injured|referred|dead|excluded))\b",
    re.I,
)
MOST_PHRASE = 4
MOST_BASE = 400
MOST_ROW_BASE = 100
LEAST_SHARES = 3


@dataclass(frozen=True)
class People:
    """The words of `people.yaml`, as sets of stems."""

    sensitive: frozenset[str]
    anybody: frozenset[str]
    contexts: frozenset[str]
    breakdowns: frozenset[str]
    never: frozenset[str]
    suppressed: frozenset[str]


@dataclass(frozen=True)
class Small:
    """A count under the threshold at a place of a sentence; `fine` where the group is parted
    by age, sex, ethnic group or place; `worked_out` how it follows, where it is not printed."""

    value: int
    number: Number
    fine: bool
    worked_out: str = ""


@cache
def people() -> People:
    """The words, read once."""
    held = data_file(__package__ or "", "people.yaml")
    return People(**{key: frozenset(map(str, words)) for key, words in held.items()})


def small_counts(sentence: Sentence, threshold: int) -> Iterator[Small]:
    """Printed counts of people from 1 to under the threshold."""
    mask = sentence.mask
    for found in _COUNT.finditer(mask.mask):
        number = mask.number(found["n"])
        lead = mask.mask[: found.start()]
        if not (number.whole and 1 <= number.value < threshold) or _RATIO.search(lead[-16:]):
            continue
        if number.approx or (not lead.strip() and found["phrase"][:1].isupper()):
            continue
        if _about_people(found["phrase"], sentence.text):
            yield Small(int(number.value), number, _fine(sentence.text))


def parts_of_people(sentence: Sentence, threshold: int) -> Iterator[Small]:
    """`Of the 22 young people, 3 were referred …`: a small count without a word for whom, after
    a larger one of people in the same sentence or the one before."""
    mask = sentence.mask
    for found in _PART.finditer(mask.mask):
        number = mask.number(found["n"])
        if not (number.whole and 1 <= number.value < threshold) or number.approx:
            continue
        lead = f"{masked(sentence.before).mask} {mask.mask[: found.start()]}"
        groups = [
            one
            for one in _COUNT.finditer(lead.replace(" of these", ""))
            if _about_people(one["phrase"], sentence.text)
        ]
        if groups and not _RATIO.search(lead[-16:]):
            yield Small(int(number.value), number, _fine(sentence.text))


def implied_counts(sentence: Sentence, threshold: int) -> Iterator[Small]:
    """Percentages of a printed number of people that can only be a small count."""
    mask = sentence.mask
    for found in _BASE.finditer(mask.mask):
        base = mask.number(found["n"] or found["n2"])
        share = mask.number(found["p"] or found["p2"])
        phrase = found["between"] or found["rest2"] or ""
        if not base.whole or not 1 <= base.value <= MOST_BASE or share.value <= 0:
            continue
        count = round(base.value * share.value / 100)
        fits = abs(100 * count / base.value - share.value) <= share.step
        rest = found["rest"] or found["rest2"] or ""
        after = mask.mask[found.end() : found.end() + 4]
        printed = _GIVEN.match(rest) and after.startswith("‹n")
        if fits and 1 <= count < threshold and not printed and _about_people(phrase, sentence.text):
            yield Small(
                count,
                share,
                _fine(sentence.text),
                f"{share.text} of {base.text} is {count}",
            )


def _about_people(phrase: str, context: str) -> bool:
    """Whether the words after a figure count people of whom little should be known: the first
    word of the lists decides, and things or people at work before it end the search."""
    known = people()
    said = words(phrase)[: MOST_PHRASE + 1]
    stems = [stem(plain(word)) for word in said]
    if measure_in(" ".join(said)) is not None:
        return False
    for at, (word, short) in enumerate(zip(said[:MOST_PHRASE], stems, strict=False)):
        pair = " ".join(stems[at : at + 2])
        if word.lower() in lexicon().ends:
            return False
        possessive = word.endswith(("'s", "’s")) or (
            at + 1 < len(said) and _noun_follows(stems, at)
        )
        if short in known.never or possessive:
            return False
        if short in known.sensitive or pair in known.sensitive:
            return True
        if short in known.anybody:
            return bool(_stems(context) & known.contexts)
    return False


def _noun_follows(stems: Sequence[str], at: int) -> bool:
    """`child protection plans`, `victim support officers`: the word only says of what kind."""
    return any(one in people().never for one in stems[at + 1 : at + 3])


def _stems(text: str) -> set[str]:
    return {stem(plain(word)) for word in words(text)}


def _fine(text: str) -> bool:
    return bool(_stems(text) & people().breakdowns)


def small_cells(read: Sheet, threshold: int, around: str) -> list[tuple[int, int, Number]]:
    """Row, column and number of the cells of a table that hold a small count of people, in a
    table that parts them by age, sex, ethnic group or place. `around` is its caption and the
    words before it."""
    known = people()
    labels = " ".join(line.label for line in read.lines)
    heads = _stems(" ".join(read.heads))
    if heads & known.never or sum(1 for head in read.heads if HEADS.match(head)) >= 2:
        return []
    said = _stems(f"{around} {' '.join(read.heads)}")
    whose = said & (known.sensitive | known.anybody)
    if not whose or not (said & known.contexts) or said & {"offence", "crime"}:
        return []
    if not (said | _stems(labels)) & known.breakdowns:
        return []
    return [
        (line.row, column, number)
        for line in read.lines
        for column, number in enumerate(line.numbers)
        if column
        and number is not None
        and number.kind == "count"
        and number.whole
        and 1 <= number.value < threshold
        and read.summed(column)
        and not re.search(r"\b(?:rank|rate|score|no|priority|ref)\b", read.heads[column], re.I)
    ]


def revealing_shares(grid: Grid, threshold: int, around: str) -> Iterator[tuple[int, int, Small]]:
    """Row, column and count of percentages that stand in a row behind the number of people that
    they are of (`16 | 25% | 6%`: 6% of 16 is one), one for each row: the smallest."""
    known = people()
    said = _stems(around)
    if not (said & known.sensitive or (said & known.anybody and said & known.contexts)):
        return
    for row, cells in enumerate(grid.rows):
        numbers = [cell_number(cell.text) for cell in cells]
        base = next((number for number in numbers if number is not None), None)
        if base is None or base.kind != "count" or not base.whole:
            continue
        if not threshold <= base.value <= MOST_ROW_BASE:
            continue
        held: list[tuple[int, int]] = []
        for column, number in enumerate(numbers):
            if number is not None and number.kind == "percent":
                count = round(base.value * number.value / 100)
                if abs(100 * count / base.value - number.value) <= number.step:
                    held.append((count, column))
        small = [pair for pair in held if 1 <= pair[0] < threshold]
        if len(held) >= LEAST_SHARES and small:
            count, column = min(small)
            share = numbers[column] or base
            said_so = f"{share.text} of {base.text} is {count}"
            yield row, column, Small(count, share, True, said_so)


def lone_gaps(read: Sheet) -> Iterator[tuple[int, int, float]]:
    """Row, column and value of the only suppressed cell of a column whose total is shown."""
    grid = read.grid
    totals = [line for line in read.lines if line.is_total]
    if len(totals) != 1:
        return
    for column in range(1, read.width):
        total = totals[0].numbers[column]
        if total is None or total.kind != "count" or not read.summed(column):
            continue
        rest = [line for line in read.lines if not line.is_total]
        hidden = [
            line
            for line in rest
            if grid.rows[line.row][column].text.strip().lower() in people().suppressed
        ]
        shown = [line.numbers[column] for line in rest if line not in hidden]
        if len(hidden) != 1 or len(shown) < 2 or any(number is None for number in shown):
            continue
        left = total.value - sum(number.value for number in shown if number is not None)
        if left >= 0:
            yield hidden[0].row, column, left
