"""Percentages of a handful."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.share import shares
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.around import listed, near
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "percentage-of-small-base"
SMALL = 20
_SAID = re.compile(
    r"small (?:numbers?|base|sample)|low (?:numbers?|base)|too (?:few|small|low)|caution", re.I
)


def find(pack: Pack) -> Iterator[Finding]:
    found: dict[str, list[tuple[Passage, str, int, int]]] = {}
    for paper, passage, words in prose(pack):
        for told, start, end in _small(words):
            if not near(paper, passage, _SAID):
                found.setdefault(paper.name, []).append((passage, told, start, end))
    for held in found.values():
        passage, _, start, end = held[0]
        many = f"{len(held)} percentages are" if len(held) > 1 else "A percentage is"
        yield Finding(
            KEY,
            "advice",
            f"{many} of fewer than {SMALL}, where one more or less moves it by "
            f"{100 // SMALL} points or more: {listed([told for _, told, _, _ in held])}.",
            sentence(passage, start, end),
            passage.place,
            against=tuple(dict.fromkeys(one.place for one, _, _, _ in held[1:])),
        )


def _small(words: Masked) -> Iterator[tuple[str, int, int]]:
    for share in shares(words):
        whole = share.whole
        if whole is not None and whole.kind == "count" and 0 < whole.value < SMALL:
            yield f"{share.stated.text} of {whole.text}", share.start, share.end
    for change in changes(words):
        before, stated = change.before, change.stated
        percent = stated is not None and stated.kind == "percent"
        if percent and stated and before.kind == "count" and 0 < before.value < SMALL:
            yield (
                f"{stated.text} from {before.text} to {change.after.text}",
                change.start,
                change.end,
            )


RULE = Rule(
    KEY,
    "A percentage is of twenty or more.",
    "advice",
    8,
    "“There were 12 cases. In the 12 months prior there were 4. This is an increase of 200%.”",
    "Print the numbers alone: from 4 to 12.",
    find,
)
