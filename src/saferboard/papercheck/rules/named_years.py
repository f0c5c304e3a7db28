"""The years in the name of a strategy or plan, against how the paper names it elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages, sentence

KEY = "years-of-a-plan"
LEAST = 3
_YEARS = r"(?P<first>20\d\d)\s?[-–]\s?(?P<last>20\d\d)"
_KIND = r"(?:Strategy|Plan|Programme|Framework)"
_FORMS = (
    re.compile(rf"\b{_YEARS}\s(?P<name>(?:[A-Z][\w’']+\s){{1,4}}{_KIND})\b"),
    re.compile(rf"\b(?P<name>(?:[A-Z][\w’']+\s){{1,4}}{_KIND})\s\(?{_YEARS}\b"),
)


def find(pack: Pack) -> Iterator[Finding]:
    """A plan that is named with one pair of years three times or more, and once with a pair
    that shares its first or its last year."""
    held: dict[tuple[str, str], dict[tuple[int, int], list[tuple[Passage, int, int]]]]
    held = defaultdict(lambda: defaultdict(list))
    for paper, passage in passages(pack):
        if "20" not in passage.text:
            continue
        for form in _FORMS:
            for found in form.finditer(passage.text):
                name = " ".join(found["name"].split()[-3:]).casefold()
                years = (int(found["first"]), int(found["last"]))
                held[paper.name, name][years].append((passage, found.start(), found.end()))
    for by_years in held.values():
        usual = max(by_years, key=lambda years: len(by_years[years]))
        for years, where in by_years.items():
            shares = (years[0] == usual[0]) != (years[1] == usual[1])
            if not shares or len(where) > 1 or len(by_years[usual]) < LEAST:
                continue
            passage, start, end = where[0]
            yield Finding(
                KEY,
                "warning",
                f"The plan is named {usual[0]}-{usual[1]} {len(by_years[usual])} times in this "
                f"paper and {years[0]}-{years[1]} here.",
                sentence(passage, start, end),
                passage.place,
                f"{usual[0]}-{usual[1]}",
                tuple(one[0].place for one in by_years[usual][:1]),
            )


RULES = (
    Rule(
        KEY,
        "A strategy or plan has the same years in its name throughout.",
        "warning",
        4,
        "“2012-2020 Community Safety Strategy” in a paper that says 2015-2020 everywhere else.",
        "Correct the years.",
        find,
    ),
)
