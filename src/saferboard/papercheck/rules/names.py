"""Names that a pack spells two ways, and members who are listed two ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.names.abbreviations import mistyped, resolved_two_ways
from saferboard.papercheck.names.bodies import a_word_differs, bodies_differ, members_bodies_differ
from saferboard.papercheck.names.capitals import Run, ordinary_words, runs, stem
from saferboard.papercheck.names.credits import two_organisations
from saferboard.papercheck.names.members import Member, lists
from saferboard.papercheck.names.variants import (
    Variant,
    capitals_differ,
    hyphens_differ,
    misspelled,
    near_a_frequent_one,
    stops_inside,
)
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages, sentence

NAME, BODY, LETTERS = "name-spelled-two-ways", "body-named-two-ways", "abbreviation-two-ways"
TWICE, CREDIT = "member-listed-twice", "member-of-two-organisations"


def find_names(pack: Pack) -> Iterator[Finding]:
    held, ordinary = _runs(pack), _ordinary(pack)
    variants = chain(
        misspelled(held, ordinary),
        capitals_differ(held, ordinary),
        stops_inside(held),
        near_a_frequent_one(held, ordinary),
    )
    yield from _findings(NAME, "warning", variants)
    yield from _findings(NAME, "advice", hyphens_differ(held, ordinary))


def find_bodies(pack: Pack) -> Iterator[Finding]:
    held = _runs(pack)
    listed = runs(
        replace(member.seen.passage, text=member.body)
        for members in _lists(pack)
        for member in members
    )
    variants = chain(
        bodies_differ(held),
        a_word_differs(held, _ordinary(pack)),
        members_bodies_differ(held, listed),
    )
    yield from _findings(BODY, "warning", variants)


def find_letters(pack: Pack) -> Iterator[Finding]:
    told: set[str] = set()
    for letters, variant in resolved_two_ways(_runs(pack)):
        akin = _stems(variant.seen.text) & _stems(variant.other.text)
        if not akin and letters in told:
            continue
        told.add(letters)
        severity: Severity = "warning" if akin else "advice"
        yield _finding(
            LETTERS,
            severity,
            f"{letters} stands for “{variant.seen.text}” here and for “{variant.other.text}” "
            "elsewhere in the pack.",
            variant,
        )
    yield from _findings(LETTERS, "warning", mistyped(_passages(pack)))


def find_twice(pack: Pack) -> Iterator[Finding]:
    for members in _lists(pack):
        first: dict[str, Member] = {}
        for member in members:
            earlier = first.setdefault(member.key, member)
            if earlier is not member:
                yield Finding(
                    TWICE,
                    "error",
                    f"{member.name} stands twice in one list of members.",
                    member.seen.text,
                    member.seen.passage.place,
                    "",
                    (earlier.seen.passage.place,),
                )


def find_credits(pack: Pack) -> Iterator[Finding]:
    for credit, usual in two_organisations(pack.papers):
        seen, where = credit.seen, "the list of members" if usual.listed else "another place"
        yield Finding(
            CREDIT,
            "warning",
            f"{credit.person} is credited to {credit.body} here, and to {usual.body} in {where}.",
            sentence(seen.passage, seen.start, seen.end),
            seen.passage.place,
            usual.body,
            (usual.seen.passage.place,),
        )


def _passages(pack: Pack) -> Iterator[Passage]:
    return (passage for _, passage in passages(pack))


def _runs(pack: Pack) -> tuple[Run, ...]:
    return pack.once("runs of names", lambda: tuple(runs(_passages(pack))))


def _ordinary(pack: Pack) -> Counter[str]:
    return pack.once("ordinary words", lambda: ordinary_words(_passages(pack)))


def _lists(pack: Pack) -> Iterator[list[Member]]:
    for paper in pack.papers:
        yield from lists(paper)


def _stems(text: str) -> set[str]:
    return {stem(word.casefold()) for word in text.split()}


def _findings(rule: str, severity: Severity, variants: Iterable[Variant]) -> Iterator[Finding]:
    """One finding for each place, the first that was told."""
    told: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for variant in variants:
        seen = variant.seen
        spans = told[id(seen.passage)]
        if any(start < seen.end and seen.start < end for start, end in spans):
            continue
        spans.append((seen.start, seen.end))
        times = variant.times
        if variant.sure:
            message = f"“{seen.text}” is “{variant.other.text}” elsewhere in the pack."
        else:
            message = (
                f"“{seen.text}” ({times[0]} in the pack) is also spelled “{variant.other.text}” "
                f"({times[1]})."
            )
        yield _finding(rule, severity, message, variant)


def _finding(rule: str, severity: Severity, message: str, variant: Variant) -> Finding:
    seen = variant.seen
    return Finding(
        rule,
        severity,
        message,
        sentence(seen.passage, seen.start, seen.end),
        seen.passage.place,
        variant.other.text if variant.sure else "",
        (variant.other.passage.place,),
    )


RULES = (
    Rule(
        NAME,
        "A person or a place is spelled one way in a pack.",
        "warning",
        10,
        "Claire Exampel in the minutes, where the list of members has Claire Example.",
        "Ask the person, and correct the other places.",
        find_names,
    ),
    Rule(
        BODY,
        "A board, service, office or fund has one name in a pack.",
        "warning",
        10,
        "Safer Town Partnership Board, where every other page has Safer Towns Partnership Board.",
        "Use the name that the body gives itself.",
        find_bodies,
    ),
    Rule(
        LETTERS,
        "An abbreviation stands for one thing in a pack, and its letters are in order.",
        "warning",
        10,
        "Serious Incident Reporting Meeting (SIRM), which page 3 calls Response Meeting (SIRM).",
        "Use one name, or write the rarer one out.",
        find_letters,
    ),
    Rule(
        TWICE,
        "Nobody stands twice in one list of members.",
        "error",
        10,
        "Ann Example, Fire Brigade … Ann Example, Fire Brigade",
        "Strike one, or put in the member who was left out.",
        find_twice,
    ),
    Rule(
        CREDIT,
        "A member is credited to one organisation in a pack.",
        "warning",
        10,
        "Ann Example, Fire Brigade in the list, and Ann Example, Probation Service among those "
        "present.",
        "Ask the member, and correct the other list.",
        find_credits,
    ),
)
