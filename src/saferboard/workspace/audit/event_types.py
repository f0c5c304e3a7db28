"""Types of events: each app declares its own in its `events` module, and each knows its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import Formatter

from saferboard.workspace.audit.kinds import Kind

_KEY = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){1,3}")
_TYPES: dict[str, EventType] = {}


@dataclass(frozen=True)
class EventType:
    """`key` is `app.thing.verb` and never changes; `sentence` is what a governance officer reads,
    with the names of details in braces; `details` are the names that a row of this type may
    hold. Declaring one twice, or a sentence with an unknown name, raises ValueError."""

    key: str
    kind: Kind
    sentence: str
    details: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"{self.key}: a key is app.thing.verb, in small letters")
        used = {name for _, name, _, _ in Formatter().parse(self.sentence) if name}
        if unknown := used - self.details:
            raise ValueError(f"{self.key}: the sentence names {sorted(unknown)}")
        if self.key in _TYPES:
            raise ValueError(f"{self.key} is declared twice")
        _TYPES[self.key] = self

    def words(self, details: dict[str, object]) -> str:
        """The sentence about one event; what its row does not hold is called “unknown”."""
        return self.sentence.format(**{name: details.get(name, "unknown") for name in self.details})


def event_type(key: str) -> EventType | None:
    """The type with this key, or None where the program no longer has it: old rows stay
    readable by their key."""
    return _TYPES.get(key)


def event_types() -> tuple[EventType, ...]:
    """All that are declared, by key."""
    return tuple(_TYPES[key] for key in sorted(_TYPES))
