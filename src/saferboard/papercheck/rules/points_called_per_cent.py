"""A difference of two percentages that is called per cent: it is percentage points."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.rounding import agrees, change_range, sizes
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.points import called_per_cent
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "points-called-per-cent"


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        known: set[int] = set()
        for change in changes(masked):
            stated = change.stated
            if stated is None or stated.kind != "percent" or change.before.kind != "percent":
                continue
            gap = abs(change.after.value - change.before.value)
            relative = change_range(change.before, change.after)
            if not agrees(gap, gap, stated) or (relative and agrees(*sizes(*relative), stated)):
                continue
            known.add(stated.start)
            yield Finding(
                KEY,
                "warning",
                f"From {change.before.text} to {change.after.text} is {gap:.10g} percentage "
                f"points; “{stated.text}” says something else.",
                sentence(passage, change.start, change.end),
                passage.place,
                f"{gap:.10g} percentage points",
            )
        yield from (
            finding for start, finding in called_per_cent(passage, masked) if start not in known
        )


RULE = Rule(
    KEY,
    "The difference of two percentages is called percentage points.",
    "warning",
    1,
    "There has been a 7% increase, rising from 8% to 15%.",
    "Write “percentage points”.",
    find,
)
