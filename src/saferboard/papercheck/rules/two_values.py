"""The same quantity given two values in one pack, or in two papers of one meeting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.place import Place
from saferboard.papercheck.quantities.changes import stated_changes
from saferboard.papercheck.quantities.compare import Conflict, conflicts
from saferboard.papercheck.quantities.comparisons import Against, PerBase, against, bases
from saferboard.papercheck.quantities.counts import counts, counts_after
from saferboard.papercheck.quantities.gaps import contradicted, gaps, pairs
from saferboard.papercheck.quantities.repeats import repeats, shares_of_two_wholes
from saferboard.papercheck.quantities.shares import stated_shares
from saferboard.papercheck.quantities.statement import Sentence, Statement, sentences
from saferboard.papercheck.quantities.tables import table_counts
from saferboard.papercheck.quantities.when import apart
from saferboard.papercheck.rules.walk import SHORT_CELL, grids, passages, sentence

VALUE, REPEAT, WHOLE = "quantity-two-values", "sentence-two-values", "share-of-two-wholes"
MOST_TOLD = 3
_FORECAST = re.compile(r"\b(?:(?:is|are)\s)(?:forecast|projected|predicted|expected)\b", re.I)
GAP, AREA, BASE = "difference-against-figures", "comparison-two-values", "rate-two-bases"


def find_values(pack: Pack) -> Iterator[Finding]:
    """One finding for each statement that others contradict."""
    yield from pack.once("two values", lambda: tuple(_values(pack)))


def _values(pack: Pack) -> Iterator[Finding]:
    statements = [
        one
        for held in _sentences(pack)
        for one in chain(
            counts(held), counts_after(held), stated_changes(held), stated_shares(held)
        )
        if not _FORECAST.search(held.text)
    ]
    statements += _cells(pack)
    against: dict[tuple[int, int], list[Conflict]] = defaultdict(list)
    for conflict in conflicts(statements):
        against[(id(conflict.seen.sentence.passage), conflict.seen.start)].append(conflict)
    for held in against.values():
        yield _value(sorted(held, key=lambda conflict: not conflict.sure))


def _value(held: Sequence[Conflict]) -> Finding:
    """`held`: the conflicts of one statement, surest first; the message names every value."""
    seen = held[0].seen
    others: dict[str, Place] = {}
    for conflict in held:
        others.setdefault(conflict.other.number.text, conflict.other.sentence.passage.place)
    what = f" for {seen.measure}" if seen.measure else ""
    period = "" if held[0].sure else ", if all mean one period"
    told = ", ".join(
        f"{text} ({place.words() or place.file})"
        for text, place in list(others.items())[:MOST_TOLD]
    )
    return Finding(
        VALUE,
        "warning",
        f"{seen.number.text} here, and elsewhere {told}{what}: one quantity, two values{period}.",
        sentence(seen.sentence.passage, seen.start, seen.end),
        seen.sentence.passage.place,
        "",
        tuple(conflict.other.sentence.passage.place for conflict in held),
    )


def find_repeats(pack: Pack) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for one in repeats(_sentences(pack)):
        start = one.sentence.offset + one.seen.start
        key = (id(one.sentence.passage), start)
        if key in told:
            continue
        told.add(key)
        yield _finding(
            REPEAT,
            "warning",
            f"The sentence stands twice in the pack, with {one.seen.text} here and "
            f"{one.other.text} there.",
            one.sentence.passage,
            start,
            one.against.passage,
        )


def find_wholes(pack: Pack) -> Iterator[Finding]:
    shares = (one for held in _sentences(pack) for one in stated_shares(held))
    for seen, other in shares_of_two_wholes(shares):
        group, others = (", ".join(sorted(one.marks)) or "everybody" for one in (seen, other))
        yield _finding(
            WHOLE,
            "warning",
            f"{seen.number.text} is said of two groups: of {group} here, of {others} there.",
            seen.sentence.passage,
            seen.start,
            other.sentence.passage,
        )


def find_gaps(pack: Pack) -> Iterator[Finding]:
    said = [gap for held in _sentences(pack) for gap in gaps(held)]
    if not said:
        return
    figures = (one for held in _sentences(pack) for one in pairs(held))
    for gap, known in contradicted(said, figures, _cells(pack)):
        difference = abs(known.after.value - known.before.value)
        yield _finding(
            GAP,
            "warning",
            f"{known.before.text} and {known.after.text} are {difference:,.10g} apart, "
            f"not {gap.number.text}.",
            gap.sentence.passage,
            gap.sentence.offset + gap.number.start,
            known.sentence.passage,
            f"{difference:,.10g}",
        )


def find_comparisons(pack: Pack) -> Iterator[Finding]:
    """In one passage only: elsewhere the two may be of other years."""
    held: dict[tuple[int, str, str], list[Against]] = defaultdict(list)
    for one in (each for text in _sentences(pack) for each in against(text)):
        held[(id(one.sentence.passage), one.measure, one.area)].append(one)
    for group in held.values():
        first = group[0]
        for one in group[1:]:
            differ = first.sign * first.number.value != one.sign * one.number.value
            if differ and not apart(first.when, one.when):
                yield _finding(
                    AREA,
                    "warning",
                    f"{one.measure.capitalize()} is {first.number.text} and {one.number.text} from "
                    "the same area in one paragraph.",
                    one.sentence.passage,
                    one.sentence.offset + one.number.start,
                    first.sentence.passage,
                )


def find_bases(pack: Pack) -> Iterator[Finding]:
    held: dict[tuple[str, bool], dict[int, list[PerBase]]] = defaultdict(lambda: defaultdict(list))
    for _, passage in passages(pack):
        for one in bases(passage):
            held[(one.measure, one.households)][one.base].append(one)
    for (measure, _), forms in held.items():
        for few, many in combinations(sorted(forms.values(), key=len), 2):
            for one in few:
                yield _finding(
                    BASE,
                    "warning",
                    f"The rate of {measure} is per {one.base:,} here and per {many[0].base:,} "
                    "elsewhere in the pack.",
                    one.passage,
                    one.start,
                    many[0].passage,
                )


def _sentences(pack: Pack) -> tuple[Sentence, ...]:
    return pack.once(
        "sentences",
        lambda: tuple(
            held
            for _, passage in passages(pack)
            if passage.kind != "cell" or len(passage.text) >= SHORT_CELL
            for held in sentences(passage)
        ),
    )


def _cells(pack: Pack) -> Iterator[Statement]:
    for _, grid in grids(pack):
        yield from table_counts(grid)


def _finding(
    rule: str,
    severity: Severity,
    message: str,
    passage: Passage,
    start: int,
    other: Passage,
    expected: str = "",
) -> Finding:
    quote = sentence(passage, start, start + 1)
    return Finding(rule, severity, message, quote, passage.place, expected, (other.place,))


RULES = (
    Rule(
        VALUE,
        "A quantity has one value in a pack for one period.",
        "warning",
        3,
        "753 sexual offences in the 12 months to October 2023 on page 3, and 752 on page 9.",
        "Look at the source; correct one, or say what parts the two.",
        find_values,
    ),
    Rule(
        REPEAT,
        "A sentence that stands twice in a pack has the same figures in both places.",
        "warning",
        3,
        "873 children were searched, 28.5% for weapons; on page 9, 875 of them, 28.5% for weapons.",
        "Look at the source and correct the other place.",
        find_repeats,
    ),
    Rule(
        WHOLE,
        "A share is a share of one group.",
        "warning",
        3,
        "67.2% of all searches were for drugs; among searches of people aged 18-25, 67.2% were.",
        "See which group the share was worked out for.",
        find_wholes,
    ),
    Rule(
        GAP,
        "A difference is that of the figures that the pack gives elsewhere.",
        "warning",
        3,
        "590 fewer burglaries (a reduction of 15%), and a table with 3,878 and 3,297.",
        "Subtract again.",
        find_gaps,
    ),
    Rule(
        AREA,
        "A paragraph gives one distance from another area.",
        "warning",
        3,
        "The burglary rate is 22% higher than the county's … a rate 8% higher than the county's.",
        "Divide the two rates again.",
        find_comparisons,
    ),
    Rule(
        BASE,
        "The rate of a measure is per the same number of people throughout a pack.",
        "warning",
        3,
        "FTE rate per 100,000 in the dashboard, and per 1,000 in its glossary.",
        "Use the base of the publisher, and say it.",
        find_bases,
    ),
)
