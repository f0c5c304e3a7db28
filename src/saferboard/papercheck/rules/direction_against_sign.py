"""“Up from” where the figures go down, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

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


RULE = Rule(
    KEY,
    "The words for more and less go the way that the figures go.",
    "error",
    1,
    "720 plans are open, up from 871 in June.",
    "See which of the two is wrong: the word, or the order of the figures.",
    find,
)
