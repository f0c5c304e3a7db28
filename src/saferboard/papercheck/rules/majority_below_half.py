"""A majority that is less than half."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "majority-below-half"
_MAJORITY = re.compile(
    r"\b(?:the\s)?(?:vast\s|great\s)?majority\b[^‹›.;]{0,60},?\s?"
    r"(?:\(|amounting\sto\s|at\s|accounting\sfor\s|with\s|being\s|that\sis,?\s)‹p(?P<share>\d+)›",
    re.I,
)


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if "ajority" not in passage.text:
            continue
        for found in _MAJORITY.finditer(masked.mask):
            share = masked.number(found["share"])
            if share.value + share.step / 2 < 50:
                yield Finding(
                    KEY,
                    "error",
                    f"{share.text} is no majority: it is less than half.",
                    sentence(passage, masked.back(found.start()), share.end),
                    passage.place,
                    "the largest group",
                )


RULE = Rule(
    KEY,
    "What is called a majority is more than half.",
    "error",
    1,
    "The majority of stops, amounting to 31.9%, were of adults aged 18 to 25.",
    "Write “the largest group”.",
    find,
)
