"""“Equivalent to 134 more” where the two figures differ by another number."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.apart import apart
from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "difference-does-not-follow"


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        for change in changes(masked):
            if change.difference is None or change.before.kind == "percent":
                continue
            true = abs(change.after.value - change.before.value)
            slack = change.before.half + change.after.half + change.difference.half
            if abs(true - change.difference.value) <= slack + 1e-9:
                continue
            hedged = change.before.approx or change.after.approx or change.difference.approx
            yield Finding(
                KEY,
                "warning" if hedged else "error",
                f"{change.before.text} and {change.after.text} differ by {true:,.10g}, "
                f"not by {change.difference.text}.",
                sentence(passage, change.start, change.end),
                passage.place,
                f"{true:,.10g}",
            )
        for one in apart(masked):
            true = abs(one.first.value - one.second.value)
            unit = " percentage points" if one.stated.kind == "points" else ""
            yield Finding(
                KEY,
                "warning",
                f"{one.first.text} and {one.second.text} differ by {true:,.10g}{unit}, "
                f"not by {one.stated.text}.",
                sentence(passage, one.first.start, one.stated.end),
                passage.place,
                f"{true:,.10g}{unit}",
            )


RULE = Rule(
    KEY,
    "A difference that is printed beside two figures is their difference.",
    "error",
    1,
    "1,598 were completed, up from 1,464 (9% increase equivalent to 143 more).",
    "Subtract the earlier figure from the later one again.",
    find,
)
