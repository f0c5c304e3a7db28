"""Factors that were meant as percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "factor-or-percentage"
LEAST_TIMES = 100
_FACTOR = re.compile(r"\bby\sa\sfactor\sof\s‹p(?P<size>\d+)›", re.I)
_TIMES = re.compile(
    r"‹n(?P<size>\d+)›\stimes\s(?:higher|more|greater|as\s(?:many|high|much)|lower|fewer)\b", re.I
)


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if "factor" not in passage.text and " times " not in passage.text:
            continue
        for form in (_FACTOR, _TIMES):
            for found in form.finditer(masked.mask):
                size = masked.number(found["size"])
                if form is _TIMES and size.value < LEAST_TIMES:
                    continue
                start = masked.back(found.start())
                end = masked.back(found.end(), end=True)
                digits = size.text.replace("%", "").strip()
                yield Finding(
                    KEY,
                    "warning",
                    f"“{masked.text[start:end]}” reads like a percentage: {digits}% is a change by "
                    f"{size.value / 100:.10g} of the earlier figure.",
                    sentence(passage, start, end),
                    passage.place,
                    f"by {digits}%",
                )


RULES = (
    Rule(
        KEY,
        "A factor is a number of times, a percentage is not.",
        "warning",
        1,
        "“Incidents were 600 times higher than last year”, or “reduced by a factor of 80%”.",
        "Write “by 80%”, or the number of times.",
        find,
    ),
)
