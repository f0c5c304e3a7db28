"""Words about the future for what has passed when the paper is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.period import month_number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.meeting import meeting_of
from saferboard.papercheck.rules.walk import sentence

KEY = "stale-period"
RECENT_MONTHS = 2
_AHEAD = (
    r"(?:will\s(?:be(?:come)?|start|begin|open|launch|take\splace|commence|go\slive|report|"
    r"complete)|(?:is|are)\s(?:scheduled|planned|due|expected|set|to\sbe))"
)
_WHEN = (
    rf"(?:(?P<quarter>Q[1-4])\b(?!\s?(?:of\s)?20\d\d)|(?P<month>{MONTH_NAME})\b(?!\s(?:20\d\d|\d)))"
)
_FORMS = (
    re.compile(rf"\b{_AHEAD}\b(?:(?!\b20\d\d)[^.;]){{0,60}}?\b(?:in|for|by|during)\s{_WHEN}"),
    re.compile(
        rf"\bIn\s{_WHEN}\s(?:there\s(?:are|is)\splans?\b|we\s(?:will|plan\sto)\b|the\s[\w\s]{{3,40}}"
        r"\swill\b)"
    ),
)


def find(pack: Pack) -> Iterator[Finding]:
    """A plan for a quarter or month without a year that had ended just before the meeting."""
    for paper in pack.papers:
        meeting = pack.meeting or meeting_of(paper)
        for passage in paper.passages if meeting else ():
            if passage.kind == "cell" or meeting is None:
                continue
            for form in _FORMS:
                for found in form.finditer(passage.text):
                    if _just_passed(found, meeting):
                        when = found["quarter"] or found["month"]
                        yield Finding(
                            KEY,
                            "warning",
                            f"{when} was over before the meeting of {meeting.day} {meeting:%B %Y}, "
                            "but the words are about the future.",
                            sentence(passage, found.start(), found.end()),
                            passage.place,
                            "what became of it",
                        )


def _just_passed(found: re.Match[str], meeting: date) -> bool:
    if found["quarter"]:
        current = (meeting.month - 4) % 12 // 3 + 1
        return (current - int(found["quarter"][1])) % 4 == 1
    ago = (meeting.month - month_number(found["month"])) % 12
    return 1 <= ago <= RECENT_MONTHS


RULES = (
    Rule(
        KEY,
        "What is written as the future has not passed when the paper is read.",
        "warning",
        4,
        "“The next meeting is scheduled for Q3”, in a paper of March.",
        "Say what became of it, or give the year.",
        find,
    ),
)
