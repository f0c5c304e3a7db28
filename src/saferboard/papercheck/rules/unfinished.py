"""Sentences that break off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import passages, sentence

KEY = "unfinished-sentence"
_INSIDE = re.compile(
    r"\b(?:by|of|with|for|from|and|or|to|in|at|between|including)\s(?:the\s|a\s|an\s|our\s)"
    r"(?P<start>There\s(?:are|is|were|was)|This\s(?:is|was|has|report|will)|These\s(?:are|were)|"
    r"It\s(?:is|was|has)|We\s(?:are|have|will))\b"
)
_STARTS = re.compile(r"(?<=[a-z]{3}\.\s)(?:through|by|of|from|with)\sthe\s\(")
_UP_FROM_TO = re.compile(r"\b(?:up|down)\sfrom\sto\b", re.I)
_FORMS = (
    (_INSIDE, "The sentence breaks off before “{}”."),
    (_STARTS, "The sentence begins in the middle, at “{}”."),
    (_UP_FROM_TO, "“{}” lacks a figure or a word."),
)


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage in passages(pack):
        for form, message in _FORMS:
            for found in form.finditer(passage.text):
                words = found.groupdict().get("start") or found[0]
                yield Finding(
                    KEY,
                    "warning",
                    message.format(words),
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    "the rest of the sentence",
                )


RULES = (
    Rule(
        KEY,
        "A sentence is finished before the next begins.",
        "warning",
        5,
        "Services are monitored and evaluated by the There are more than 200 groups.",
        "Finish the sentence.",
        find,
    ),
)
