"""A percentage in a sentence that does not follow from the two figures beside it."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.change import Change, changes
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import agrees, change_range, shown, sizes
from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "percentage-does-not-follow"

_FACTOR_SLACK = {"": (0.85, 1.35), "about": (0.75, 1.35), "over": (1.0, 1.5), "under": (0.8, 1.0)}
"""How far from 2 the true factor of “doubled” may lie; “more than doubled” is 2 or more."""


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        for change in changes(masked):
            judged = _judge(change)
            if judged:
                message, expected = judged
                yield Finding(
                    KEY,
                    _severity(change),
                    message,
                    sentence(passage, change.start, change.end),
                    passage.place,
                    expected,
                )


def _severity(change: Change) -> Severity:
    hedged = any(number.approx for number in (change.before, change.after, change.stated) if number)
    loose = hedged or change.bare or bool(change.factor is not None and change.factor_approx)
    return "warning" if loose else "error"


def _judge(change: Change) -> tuple[str, str] | None:
    """What is wrong with the percentage of `change` and what it should be, or None."""
    if change.factor is not None and change.before.value > 0:
        true = change.after.value / change.before.value
        low, high = _FACTOR_SLACK[change.factor_approx]
        if change.factor < 1:
            low, high = 1 / high, 1 / low
        if not low <= true / change.factor <= high:
            return (
                f"{change.before.text} to {change.after.text} is {true:.1f} times, "
                "which is not what the word says.",
                f"{true:.1f} times",
            )
    stated = change.stated
    if stated is None:
        return None
    if stated.kind == "points" or change.before.kind == "percent":
        return _points(change, stated)
    true_range = change_range(change.before, change.after)
    if true_range is None:
        if change.before.value == 0 and change.after.value > 0:
            return ("A change from zero has no percentage.", "no percentage")
        return None
    low, high = sizes(*true_range)
    if agrees(low, high, stated):
        return None
    true = 100 * abs(change.after.value / change.before.value - 1)
    base = ""
    if change.after.value > 0:
        other = 100 * abs(1 - change.before.value / change.after.value)
        if agrees(other, other, stated):
            base = f" {stated.text} is the change as a share of the later figure."
    return (
        f"From {change.before.text} to {change.after.text} is {_word(change)} of "
        f"{shown(true, stated)}%, not {stated.text}.{base}",
        f"{shown(true, stated)}%",
    )


def _points(change: Change, stated: Number) -> tuple[str, str] | None:
    """Percentages compared: the difference is in points; a relative change is accepted too."""
    if change.before.kind != "percent":
        return None
    slack = change.before.half + change.after.half
    gap = change.after.value - change.before.value
    if agrees(*sizes(gap - slack, gap + slack), stated):
        return None
    if stated.kind == "percent":
        true_range = change_range(change.before, change.after)
        if true_range is None or agrees(*sizes(*true_range), stated):
            return None
    return (
        f"From {change.before.text} to {change.after.text} is {shown(abs(gap), stated)} "
        f"percentage points, not {stated.text}.",
        f"{shown(abs(gap), stated)} percentage points",
    )


def _word(change: Change) -> str:
    if change.after.value > change.before.value:
        return "an increase"
    return "a decrease" if change.after.value < change.before.value else "a change"


RULE = Rule(
    KEY,
    "A percentage in a sentence follows from the two figures that stand with it.",
    "error",
    1,
    "There were 15 referrals in the quarter. In the same quarter in the previous year, there were "
    "25. This is a decrease of 32%.",
    "Compute (later − earlier) ÷ earlier again and print it with the same rounding.",
    find,
)
