"""Before and after without anything to compare with: what was chosen because it was high falls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.around import near
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "before-after-without-comparison"
_CHOSEN = (
    r"(?:cohort|hot\s?spots?|programme|scheme|intervention|operation|project|offenders|"
    r"perpetrators|clients|participants|repeat\s(?:victims|callers|locations)|estate|IOM|"
    r"clear,?\shold,?\sbuild|PSPO|patrols)"
)
_FELL = (
    r"(?:reduc\w+|fell|fall(?:en|s)?|decreas\w+|drop\w*|declin\w+|down\sby|lower|fewer|"
    r"in\scontrast\sto|improve\w*)"
)
_BEFORE = (
    r"(?:before\s(?:they\s)?(?:join\w*|start\w*|enter\w*|the\s\w+|being|their)|"
    r"(?:prior\sto|previous\sto)\s(?:join\w*|start\w*|enter\w*|the\s\w+|their|engag\w+)|"
    r"(?:since|after|following)\s(?:join\w*|start\w*|enter\w*|the\s(?:introduction|launch|start|"
    r"intervention|operation|project|programme|scheme)|engag\w+|referral|work\w*\swith|complet\w+))"
)
_CLAIM = re.compile(rf"(?=[^.]*\b{_CHOSEN}\b)(?=[^.]*\b{_FELL}\b)(?=[^.]*\b{_BEFORE})[^.]*", re.I)
_SENTENCE = re.compile(r"(?:[^.]|\.(?=\d))+")
_FIGURE = re.compile(
    r"(?<!\d)\d+(?:\.\d+)?\s?%|\bfrom\s\d|(?<!\d)\d+(?:\.\d+)?\s\w+\sper\b|\bby\s(?:a\s)?(?:half|third)"
)
_COMPARED = re.compile(
    r"control (?:group|area)|comparison (?:group|area)|matched|than (?:in |the )?(?:rest|elsewhere|"
    r"other areas|similar|those who)|rest of the|"
    r"compared (?:to|with) (?:similar|other|the rest|those who)|"
    r"regression to the mean|while (?:the )?(?:borough|city|county|rest)|trial|evaluat",
    re.I,
)


def find(pack: Pack) -> Iterator[Finding]:
    found: dict[str, list[tuple[Passage, int, int]]] = {}
    for paper, passage, words in prose(pack):
        for one in _SENTENCE.finditer(words.text):
            claim = one[0].replace(".", ",") if _FIGURE.search(one[0]) else ""
            if claim and _CLAIM.match(claim) and not near(paper, passage, _COMPARED, reach=1):
                found.setdefault(paper.name, []).append((passage, one.start(), one.end()))
    for held in found.values():
        passage, start, end = held[0]
        many = f"{len(held)} statements compare" if len(held) > 1 else "This compares"
        yield Finding(
            KEY,
            "advice",
            f"{many} people or places before and after, with nothing beside them. Whoever was "
            "chosen at a high point falls from it without help.",
            sentence(passage, start, end),
            passage.place,
            against=tuple(dict.fromkeys(one.place for one, _, _ in held[1:])),
        )


RULE = Rule(
    KEY,
    "A comparison of before and after stands beside similar people or places.",
    "advice",
    8,
    "“The average is 1.7 offences a year, in contrast to 2.9 for the same offenders before they "
    "joined the programme.”",
    "Show a similar group or the rest of the area over the same months, or say that there is none.",
    find,
)
