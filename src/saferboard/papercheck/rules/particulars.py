"""Particulars that a pack gives twice: addresses, contacts, years of a strategy, meeting days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from saferboard.papercheck.claims.period import dates
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.names.capitals import plain, stem
from saferboard.papercheck.names.variants import Forms, Sighting, Variant, told
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages, sentence

CONTACT, SPAN, MEETING = "contact-two-ways", "strategy-two-spans", "meeting-two-days"

_POSTCODE = re.compile(r"\b(?P<code>[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?![a-z\d])")
_LABEL = re.compile(r"^(?P<label>[A-Z][A-Za-z ]{2,40}(?:contact|enquiries|officer))\s?:", re.I)
_PHONE = re.compile(r"(?<!\d)0\d(?:[\d ]{7,11})\d(?!\d)")
_WEB = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?(?P<name>[a-z\d-]+(?:\.[a-z\d-]+)*?)"
    r"(?P<suffix>(?:\.(?:org|co|gov|ac|nhs))?\.(?:uk|com|org|net|info))(?P<path>/[\w/-]*)?(?![\w@])",
    re.I,
)
_TITLED = re.compile(
    r"(?P<before>[A-Z][\w&’']+)\s(?P<kind>Strategy|Strategic\s[Pp]lan|Plan|Framework|Programme|"
    r"Charter|Agreement)(?:(?:\sfor)?[\s(,]{1,2}|\s(?:runs|covers|is|lasts|applies)\s(?:the\syears\s|from\s|for\s)?)"
    r"(?P<first>20\d\d)\s?(?:[-–]|to|until|and)\s?(?P<last>20\d\d|\d\d)(?!\d)"
)
_HELD = re.compile(r"\bmeeting\s(?:was\s)?(?:held|of)\s(?:on\s)?[^.]{0,20}$", re.I)
VENUE_WORDS = 4


def find_contacts(pack: Pack) -> Iterator[Finding]:
    codes, phones, hosts = Forms(), Forms(), Forms()
    for _, passage in passages(pack):
        text = passage.text
        for found in _POSTCODE.finditer(text):
            before = [plain(word) for word in re.findall(r"[A-Za-z’']+", text[: found.start()])]
            if len(before) >= VENUE_WORDS:
                form = found["code"].replace(" ", "")
                codes.add(tuple(before[-VENUE_WORDS:]), form, _at(passage, found))
        if label := _LABEL.match(text):
            for found in _PHONE.finditer(text):
                number = re.sub(r"\D", "", found[0])
                phones.add(label["label"].casefold(), number, _at(passage, found))
        if "." in text:
            for found in _WEB.finditer(text):
                key = (found["name"].casefold(), (found["path"] or "").rstrip("/").casefold())
                hosts.add(key, found["suffix"].casefold(), _at(passage, found))
    for forms, what in ((codes, "postcode"), (phones, "telephone number"), (hosts, "address")):
        for variant in _told(forms):
            yield _finding(
                CONTACT,
                f"The {what} “{variant.seen.text}” is “{variant.other.text}” elsewhere.",
                variant,
            )


def find_spans(pack: Pack) -> Iterator[Finding]:
    """Strategies and plans of one name that begin in one year and end in two."""
    forms = Forms()
    for _, passage in passages(pack):
        for found in _TITLED.finditer(passage.text):
            kind = re.sub(r"strategic\splan", "strategy", found["kind"].casefold())
            first, last = int(found["first"]), int(found["last"])
            last = last if last > 1000 else first - first % 100 + last
            if last > first:
                key = (stem(plain(found["before"])), kind, first)
                forms.add(key, last, _at(passage, found))
    for variant in _told(forms):
        yield _finding(
            SPAN,
            f"“{variant.seen.text}” is “{variant.other.text}” elsewhere in the pack.",
            variant,
        )


def find_meetings(pack: Pack) -> Iterator[Finding]:
    """Days of meetings in the minutes against those of a forward plan, where a date stands
    alone over the items of its meeting: one board seldom meets twice in a month."""
    held: dict[tuple[int, int], dict[int, list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    planned: dict[tuple[int, int], dict[int, list[Sighting]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for _, passage in passages(pack):
        for dated in dates(passage.text):
            if dated.day is None:
                continue
            month, seen = (
                (dated.day.year, dated.day.month),
                Sighting(passage, dated.start, dated.end),
            )
            rest = passage.text[: dated.start] + passage.text[dated.end :]
            if _HELD.search(passage.text[: dated.start]):
                held[month][dated.day.day].append(seen)
            elif passage.kind == "cell" and passage.place.column == 1 and not rest.strip(" .:–-"):
                planned[month][dated.day.day].append(seen)
    for month, days in planned.items():
        for day, places in days.items():
            others = [seen for other, seen in held.get(month, {}).items() if other != day]
            if others and day not in held[month]:
                for seen in places:
                    yield _finding(
                        MEETING,
                        f"The meeting of {seen.text} was held on {others[0][0].text} according to "
                        "its minutes.",
                        Variant(seen, others[0][0], (1, 1)),
                        others[0][0].text,
                    )


def _at(passage: Passage, found: re.Match[str]) -> Sighting:
    return Sighting(passage, found.start(), found.end())


def _told(forms: Forms) -> Iterator[Variant]:
    for _, held in forms.groups():
        for one, other in combinations(held.values(), 2):
            yield from _distinct(told(one, other))


def _distinct(variants: Iterator[Variant]) -> Iterator[Variant]:
    seen: set[tuple[int, int]] = set()
    for variant in variants:
        key = (id(variant.seen.passage), variant.seen.start)
        if key not in seen:
            seen.add(key)
            yield variant


def _finding(rule: str, message: str, variant: Variant, expected: str = "") -> Finding:
    seen = variant.seen
    return Finding(
        rule,
        "warning",
        message,
        sentence(seen.passage, seen.start, seen.end),
        seen.passage.place,
        expected or (variant.other.text if variant.sure else ""),
        (variant.other.passage.place,),
    )


RULES: Sequence[Rule] = (
    Rule(
        CONTACT,
        "A venue has one postcode in a pack, a contact one telephone number, a site one address.",
        "warning",
        3,
        "Town Hall, High Street, Anytown AN4 4BQ on page 1 and AN4 4AX on page 5.",
        "Ring the number, open the page; correct the other one.",
        find_contacts,
    ),
    Rule(
        SPAN,
        "A strategy or plan that a pack names runs over the same years wherever it is named.",
        "warning",
        3,
        "Reading Strategy 2021-2024 in the text, Reading Strategy 2021-2025 in the list.",
        "Look at the cover of the document.",
        find_spans,
    ),
    Rule(
        MEETING,
        "A meeting has one day in the minutes and in the forward plan.",
        "warning",
        3,
        "Minutes of the meeting held on 19 July 2023, and 21 July 2023 over the items of the plan.",
        "Look into the minute book.",
        find_meetings,
    ),
)
