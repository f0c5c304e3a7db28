"""“Up from” where the figures go down, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import passages, prose, sentence

KEY = "direction-against-sign"


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        for change in changes(masked):
            gap = change.after.value - change.before.value
            if not change.direction or gap * change.direction > 0:
                continue
            said = "an increase" if change.direction > 0 else "a decrease"
            true = "an increase" if gap > 0 else "a decrease" if gap < 0 else "no change"
            rounded = gap == 0 and (change.before.half or change.after.half)
            hedged = change.before.approx or change.after.approx
            yield Finding(
                KEY,
                "warning" if rounded or hedged else "error",
                f"The words say {said}, but from {change.before.text} to {change.after.text} "
                f"is {true}.",
                sentence(passage, change.start, change.end),
                passage.place,
                true,
            )


MOST_AWAY = 120
_POINTED = {"↑": 1, "▲": 1, "↓": -1, "▼": -1}
_ARROW = re.compile(r"^[-*•\s]*(?P<arrow>[↑↓→▲▼])")


_HEAD_AND_BRACKET = re.compile(
    r"^[-*•\s]*[↑↓→▲▼]\s?‹p(?P<after>\d+)›[^%]*\((?:up|down|same)\s(?:from|as)\s‹p(?P<before>\d+)›"
    r"[^‹›()]{0,30}\)\.?$",
    re.I,
)


_SAID = re.compile(
    r"(?P<arrow>[↑↓→▲▼])\s?(?:(?P<up>up|rise|rose|increased?|higher)|"
    r"(?P<down>down|fall|fell|decreased?|reduced|reduction|lower)|"
    r"(?P<level>same|unchanged|no\schange|stable))\b",
    re.I,
)


def find_arrows(pack: Pack) -> Iterator[Finding]:
    """Arrows at the head of a line against its figures, and elsewhere against the next word."""
    yield from _arrows_at_head(pack)
    for _, passage in passages(pack):
        for found in _SAID.finditer(passage.text):
            said = (found["up"] is not None) - (found["down"] is not None)
            if said != _POINTED.get(found["arrow"], 0):
                yield Finding(
                    "arrow-against-figures",
                    "warning",
                    f"The arrow {found['arrow']} stands before “{found[0][1:].strip()}”.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    "↑" if said > 0 else "↓" if said < 0 else "→",
                )


def _arrows_at_head(pack: Pack) -> Iterator[Finding]:
    """An arrow at the head of a line about one percentage that moved: it may be a picture that
    was read wrongly, so this is never an error."""
    for _, passage, masked in prose(pack):
        arrow = _ARROW.match(passage.text)
        if not arrow:
            continue
        pairs = [(one.before, one.after, one.end) for one in changes(masked) if one.direction]
        if not pairs and (found := _HEAD_AND_BRACKET.match(masked.mask)):
            before, after = masked.number(found["before"]), masked.number(found["after"])
            pairs = [(before, after, before.end)]
        if len(pairs) != 1:
            continue
        before, after, end = pairs[0]
        gap = after.value - before.value
        pointed = _POINTED.get(arrow["arrow"], 0)
        if pointed * gap < 0 or pointed == 0 != gap:
            yield Finding(
                "arrow-against-figures",
                "warning",
                f"The arrow {arrow['arrow']} stands before {before.text} to {after.text}.",
                sentence(passage, 0, end),
                passage.place,
                "↑" if gap > 0 else "↓",
            )


_STABLE = re.compile(
    r"\b(?:(?:remain(?:ed|s)?|was|were|stayed|is|are|broadly|relatively)\s(?:broadly\s|largely\s)?"
    r"(?:stable|unchanged|static|flat|the\ssame|steady)|no\s(?:real\s|significant\s)?change)\b",
    re.I,
)
STABLE = 10.0
"""More than so many per cent is a change, unless the figures are small."""

LEAST_STABLE = 20


def find_stable(pack: Pack) -> Iterator[Finding]:
    """“Remained stable at 2,145, compared to 2,890”."""
    for _, passage, masked in prose(pack):
        for found in _STABLE.finditer(masked.mask):
            at = masked.back(found.start())
            for change in changes(masked):
                near = (
                    abs(change.start - at) <= MOST_AWAY
                    and "." not in passage.text[min(at, change.start) : max(at, change.start)]
                )
                if not near or change.before.kind != "count" or change.direction:
                    continue
                if min(change.before.value, change.after.value) < LEAST_STABLE:
                    continue
                size = 100 * abs(change.after.value / change.before.value - 1)
                if size > STABLE:
                    yield Finding(
                        "stable-but-changed",
                        "warning",
                        f"From {change.before.text} to {change.after.text} is a change of "
                        f"{size:.0f}%.",
                        sentence(passage, min(at, change.start), change.end),
                        passage.place,
                        "an increase" if change.after.value > change.before.value else "a decrease",
                    )


RULE = Rule(
    KEY,
    "The words for more and less go the way that the figures go.",
    "error",
    1,
    "720 plans are open, up from 871 in June.",
    "See which of the two is wrong: the word, or the order of the figures.",
    find,
)
ARROW_RULE = Rule(
    "arrow-against-figures",
    "An arrow points the way that the figures beside it go.",
    "warning",
    1,
    "↓ In the community (6.3%, up from 4.1%)",
    "Turn the arrow round.",
    find_arrows,
)
STABLE_RULE = Rule(
    "stable-but-changed",
    "What is called stable has not changed by more than a tenth.",
    "warning",
    1,
    "Reports remained stable at 2,145, compared to 2,890 last year.",
    "Say how much it changed, or that the change is within what chance gives.",
    find_stable,
)
