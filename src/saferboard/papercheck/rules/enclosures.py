"""Enclosures and appendices: announced and there, there and announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import sentence

NONE, MISSING = "enclosures-none", "appendix-missing"
_FIELD = re.compile(r"^(?:enclosures?|appendices|attachments?)\s?:?$", re.I)
_NOTHING = re.compile(r"^(?:none|n/?a|nil)\.?$", re.I)
_SEE = re.compile(
    r"\b(?:(?:see|found\sin|attached\s(?:as|at|in)|set\sout\s(?:in|at)|shown\s(?:in|at)|included\s"
    r"(?:in|as|at)|provided\s(?:in|as|at)|listed\s(?:in|at)|contained\sin)\s(?:the\s)?)"
    r"(?P<name>(?:Appendix|Annexe?)\s(?:\d{1,2}|[A-Z]))\b",
)
_TITLE = re.compile(
    r"^[#*\s\[]*(?P<name>(?:Appendix|Annexe?)\s(?:\d{1,2}|[A-Z]))\b(?:\s?[-–:.(]|\s[A-Z]|\s*$)"
)
_REPORT = re.compile(r"^(?:report\s(?:name|title)|title)\s?:?$", re.I)
_ELSEWHERE = re.compile(r"\b(?:separate|published|online|website|link)\b|https?:", re.I)
MOST = 300


def find_none(pack: Pack) -> Iterator[Finding]:
    """“Enclosures: None” at the head of a report whose text points at an appendix."""
    for paper in pack.papers:
        held = paper.passages
        for at, passage in enumerate(held[:-1]):
            if not _FIELD.match(passage.text) or not _NOTHING.match(held[at + 1].text):
                continue
            named = _appendix_in(held[at + 2 : at + MOST])
            if named:
                yield Finding(
                    NONE,
                    "warning",
                    f"No enclosures are given, but the report points at {named[0]}.",
                    f"{passage.text} {held[at + 1].text}",
                    passage.place,
                    named[0],
                    (named[1].place,),
                )


def _appendix_in(after: Sequence[Passage]) -> tuple[str, Passage] | None:
    for passage in after:
        if _REPORT.match(passage.text):
            return None
        if found := _SEE.search(passage.text):
            return found["name"], passage
    return None


def find_missing(pack: Pack) -> Iterator[Finding]:
    """“… can be found in Appendix 1” where no heading, caption or list names that appendix."""
    there = {
        found["name"].casefold()
        for paper in pack.papers
        for passage in paper.passages
        if (found := _TITLE.match(passage.text))
    }
    for paper in pack.papers:
        for passage in paper.passages:
            for found in _SEE.finditer(passage.text):
                if found["name"].casefold() in there or _ELSEWHERE.search(passage.text):
                    continue
                yield Finding(
                    MISSING,
                    "warning",
                    f"{found['name']} is not in the papers.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    found["name"],
                )


RULES = (
    Rule(
        NONE,
        "A report that points at an appendix names it under its enclosures.",
        "warning",
        5,
        "“Enclosures: None”, and “please see Appendix 1”.",
        "Name the appendix.",
        find_none,
    ),
    Rule(
        MISSING,
        "An appendix that the text points at is in the papers.",
        "warning",
        5,
        "“The directory can be found in Appendix 1”, in a pack without it.",
        "Attach it, or say where it is.",
        find_missing,
    ),
)
