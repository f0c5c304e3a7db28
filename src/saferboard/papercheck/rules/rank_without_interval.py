"""Ranks of rates without the range of places that cannot be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.rank import ranks
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.around import listed, near
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "rank-without-interval"
FEWEST = 5
_SIDES = ("lowest", "highest", "best", "worst", "safest", "")
_SAID = re.compile(
    r"\blikely\b|\brange\b|interval|cannot be told apart|similar to (?:its|the) neighbours|"
    r"between \d+(?:st|nd|rd|th) and",
    re.I,
)
# “1/32 is the best”: how ranks are to be read, and no rank.
_KEY_TO_RANKS = re.compile(r"\bis (?:the )?(?:best|worst|lowest|highest)\b", re.I)
_BEHIND = 60


def find(pack: Pack) -> Iterator[Finding]:
    found: dict[str, list[tuple[Passage, str, int, int]]] = {}
    for paper, passage, words in prose(pack):
        if _KEY_TO_RANKS.search(passage.text):
            continue
        for rank in ranks(words):
            if rank.of is None or rank.of < FEWEST or rank.within or rank.side not in _SIDES:
                continue
            if near(paper, passage, _SAID, reach=1):
                continue
            told = f"{words.text[rank.start : rank.end_at].strip()} of {rank.of}"
            end = min(len(words.text), rank.end_at + _BEHIND)
            found.setdefault(paper.name, []).append((passage, told, rank.start, end))
    for held in found.values():
        passage, _, start, end = held[0]
        many = f"{len(held)} ranks stand" if len(held) > 1 else "A rank stands"
        yield Finding(
            KEY,
            "advice",
            f"{many} without a likely range ({listed([told for _, told, _, _ in held])}): areas "
            "with nearly equal rates change places by chance.",
            sentence(passage, start, end),
            passage.place,
            against=tuple(dict.fromkeys(one.place for one, _, _, _ in held[1:])),
        )


RULE = Rule(
    KEY,
    "A rank among five areas or more stands with its likely range.",
    "advice",
    8,
    "“It had the 8th lowest rate of total crime out of all 32 boroughs.”",
    "Give the range of places that cannot be told apart, or the rate beside the average.",
    find,
)
