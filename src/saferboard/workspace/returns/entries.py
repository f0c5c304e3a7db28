"""What a return asks for and what somebody entered, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from uuid import UUID

from saferboard.vocabulary.period import Period

Kind = Literal["return-count", "return-percentage", "return-rate", "return-index"]
REASONS = (
    ("real", "It is right: things changed"),
    ("recording", "It is right: the recording changed"),
    ("last-time", "It is right: last time’s figure was wrong"),
    ("not-known", "The figure is not known"),
)
NIL_NOTE = "Nil return"
LONGEST = {
    "value": 30, "denominator": 30, "note": 300, "reason": 20, "answer": 300, "comparable": 3
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One figure that is asked for. `title` is the measure's, `whole` and `part` the area and the
    breakdown (empty for all of it). `rare` is how seldom a change by chance may be."""

    line: UUID
    measure: str
    title: str
    kind: Kind
    area: str
    breakdown: str = ""
    lowest: float | None = None
    highest: float | None = None
    denominator_required: bool = False
    rare: float = 0.003

    @property
    def counts(self) -> bool:
        """Whether it is a number of things, of which none is 0."""
        return self.kind in ("return-count", "return-rate")

    @property
    def percentage(self) -> bool:
        """Whether it is a percentage of a base."""
        return self.kind == "return-percentage"

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whatever the return."""
        return self.measure, self.area, self.breakdown


@dataclass(frozen=True)
class Entry:
    """What was typed for one figure. `reason` and `answer` explain what a check asks about;
    `comparable` is yes or no, where the recording changed."""

    value: str = ""
    denominator: str = ""
    note: str = ""
    reason: str = ""
    answer: str = ""
    comparable: str = ""

    @classmethod
    def of(cls, held: Mapping[str, Any]) -> Entry:
        """From what somebody sent: known names only, spaces made one, no longer than it may be."""
        words = {name: " ".join(str(held.get(name, "") or "").split()) for name in LONGEST}
        return cls(**{name: text[: LONGEST[name]].strip() for name, text in words.items()})

    def stored(self) -> dict[str, str]:
        """As it is kept; nothing for what is empty."""
        return {name: text for name, text in asdict(self).items() if text}


@dataclass(frozen=True)
class Past:
    """What was reported for an earlier period."""

    period: Period
    value: float | None
    denominator: float | None
    comparable: bool
    recording_change: str
    reported_by: str
    load: str


@dataclass(frozen=True)
class Written:
    """A whole return as it was entered: `entries` by line, `nil` says that there was nothing to
    report, `recording_change` what changed for all of it, and whether it may still be compared."""

    entries: Mapping[UUID, Entry]
    nil: bool = False
    recording_change: str = ""
    comparable: bool = True

    def entry(self, asked: Asked) -> Entry:
        """What counts for one figure: in a nil return there was none of what is counted."""
        held = self.entries.get(asked.line, Entry())
        if not self.nil:
            return held
        value = "0" if asked.counts else ""
        return replace(held, value=value, denominator="", note=held.note or NIL_NOTE)


def from_stored(stored: Mapping[str, Any]) -> dict[UUID, Entry]:
    """Entries by line, from what is kept."""
    return {UUID(line): Entry.of(held) for line, held in stored.items()}
