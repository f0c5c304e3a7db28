"""What is wrong with a return (an error: it cannot be sent) and what needs a reason (a query)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from saferboard.analytics.facts.format import written
from saferboard.analytics.sources.local_return import row
from saferboard.vocabulary.period import Period
from saferboard.workspace.returns.entries import REASONS, Asked, Entry, Past, Written
from saferboard.workspace.returns.jumps import (
    count_jumped,
    index_jumped,
    percentage_jumped,
    unrest,
)

Key = tuple[str, str, str]
_NEAR = 3  # days: quarters are of 90 to 92


@dataclass(frozen=True)
class Finding:
    """Something that a check found. `line` is None for the return as a whole; `field` names the
    box; `answered` says that a query has its explanation."""

    line: UUID | None
    severity: Literal["error", "query"]
    code: str
    words: str
    field: str = "value"
    answered: bool = False

    @property
    def open(self) -> bool:
        """Whether it stands in the way."""
        return self.severity == "error" or not self.answered


def check(
    asked: Sequence[Asked],
    said: Written,
    period: Period,
    history: Mapping[Key, Sequence[Past]],
) -> tuple[Finding, ...]:
    """Everything that is to be said about a return, in the order of its lines. `history` is what
    was reported before, oldest first."""
    found: list[Finding] = []
    values: dict[Key, float] = {}
    for one in asked:
        entry = said.entry(one)
        mine, value = _one(one, entry, said.nil)
        if value is not None:
            values[one.key] = value
            if not mine:
                mine += _jump(one, entry, value, period, history.get(one.key, ()))
        found += [_answered(finding, entry) for finding in mine]
        found += _answer(one, entry)
    found += [_answered(f, said.entry(one)) for f, one in _parts(asked, values)]
    return tuple(found)


def blocking(findings: Sequence[Finding]) -> list[Finding]:
    """What stands in the way of sending a return."""
    return [one for one in findings if one.open]


def number(text: str) -> float | None:
    """The number in a box, None for an empty one. ValueError for what is none."""
    return row.value(text or None)[0]


def last_time(period: Period, history: Sequence[Past]) -> Past | None:
    """The newest earlier figure of a period as long as this one."""
    same = [
        one
        for one in history
        if one.period.end < period.start
        and abs(one.period.days - period.days) <= _NEAR
        and one.value is not None
    ]
    return max(same, key=lambda one: one.period.end, default=None)


def _one(asked: Asked, entry: Entry, nil: bool) -> tuple[list[Finding], float | None]:
    """The faults of one entry by itself, and its value where it has one."""
    found: list[Finding] = []

    def wrong(code: str, words: str, field: str = "value") -> None:
        found.append(Finding(asked.line, "error", code, words, field))

    value = base = None
    try:
        value = number(entry.value)
    except ValueError as error:
        wrong("not-a-number", str(error))
    try:
        base = row.denominator(entry.denominator or None)
    except ValueError as error:
        wrong("not-a-base", str(error), "denominator")
    if found:
        return found, None
    if value is None:
        if not nil:
            words = "There is no figure. Nought is written as 0; a figure that is not known needs a"
            found.append(Finding(asked.line, "query", "missing", f"{words} reason."))
        return found, None
    if asked.counts and entry.value.endswith("%"):
        wrong("percentage", "This is a count, not a percentage.")
    elif asked.counts and not value.is_integer():
        wrong("fraction", f"A count is a whole number, not {entry.value}.")
    if asked.percentage and value > 100:
        wrong("over-100", "A percentage is not more than 100.")
    if asked.lowest is not None and value < asked.lowest:
        wrong("too-low", f"It cannot be under {_shown(asked.lowest)}.")
    if asked.highest is not None and value > asked.highest:
        wrong("too-high", f"It cannot be over {_shown(asked.highest)}.")
    if asked.denominator_required and base is None and not nil:
        words = "Say what it is out of: without it no change can be judged."
        wrong("no-base", words, "denominator")
    return found, value if not found else None


def _jump(
    asked: Asked, entry: Entry, value: float, period: Period, history: Sequence[Past]
) -> list[Finding]:
    before = last_time(period, history)
    if before is None or before.value is None:
        return []
    if asked.counts:
        series = _since_break(history, period)
        phi = unrest(series)
        jumped = count_jumped(value, before.value, period.days, before.period.days, phi, asked.rare)
    elif asked.percentage:
        base = number(entry.denominator)
        jumped = percentage_jumped(value, base, before.value, before.denominator, asked.rare)
    else:
        jumped = index_jumped(value, before.value)
    if not jumped:
        return []
    words = (
        f"Last time ({before.period.label()}) it was {_shown(before.value)}, now it is "
        f"{_shown(value)}: more than is usual. Say why."
    )
    return [Finding(asked.line, "query", "jump", words)]


def _since_break(history: Sequence[Past], period: Period) -> list[float]:
    """Values of earlier periods of this length, from the newest change of recording on that
    forbids comparison."""
    values: list[float] = []
    for one in history:
        if one.period.end >= period.start or abs(one.period.days - period.days) > _NEAR:
            continue
        if not one.comparable:
            values = []
        if one.value is not None:
            values.append(one.value)
    return values


def _answer(asked: Asked, entry: Entry) -> list[Finding]:
    """The faults of an explanation."""
    if not entry.reason:
        return []
    if entry.reason not in dict(REASONS):
        words = "Choose one of the reasons."
        return [Finding(asked.line, "error", "reason", words, "reason")]
    if entry.reason == "recording" and entry.comparable not in ("yes", "no"):
        words = "The recording changed: say whether the period may still be compared."
        return [Finding(asked.line, "error", "comparable", words, "comparable")]
    return []


def _parts(asked: Sequence[Asked], values: Mapping[Key, float]) -> list[tuple[Finding, Asked]]:
    """Parts of a count that are more than its whole."""
    found = []
    for whole in asked:
        if whole.breakdown or not whole.counts or whole.key not in values:
            continue
        sums: dict[str, float] = {}
        for part in asked:
            same = (part.measure, part.area) == (whole.measure, whole.area)
            if same and part.breakdown and ";" not in part.breakdown and part.key in values:
                name = part.breakdown.partition("=")[0]
                sums[name] = sums.get(name, 0.0) + values[part.key]
        for name, total in sums.items():
            if total > values[whole.key]:
                words = (
                    f"The parts by {name} add up to {_shown(total)}, more than the whole "
                    f"({_shown(values[whole.key])}). Say why, or correct one of them."
                )
                found.append((Finding(whole.line, "query", "parts", words), whole))
    return found


def _answered(finding: Finding, entry: Entry) -> Finding:
    done = finding.severity == "query" and bool(entry.reason and entry.answer)
    if not done:
        return finding
    return Finding(
        finding.line, finding.severity, finding.code, finding.words, finding.field, answered=True
    )


def _shown(value: float) -> str:
    return written(value, 0 if float(value).is_integer() else 1)
