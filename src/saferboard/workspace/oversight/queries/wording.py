"""What a row of the record says, in words. Codes become words, ids become names as far as the one
who asks may know them, and what a matter is about stays with those who see the matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from saferboard.workspace.access.catalogue import permissions, purposes, reasons, roles
from saferboard.workspace.access.levels import Level, Why
from saferboard.workspace.audit.event_types import event_type
from saferboard.workspace.audit.queries import Row
from saferboard.workspace.oversight.queries.naming import Names, short

LEVELS = {
    Level.NOTHING: "nothing",
    Level.PRESENCE: "that it is there",
    Level.SUMMARY: "a summary",
    Level.FULL: "everything",
}
CATEGORIES = {
    "risk-to-life": "A life is at risk",
    "serious-harm": "Serious harm is likely",
    "child-at-risk": "A child is at risk",
    "court-order": "A court has ordered it",
}
_MATTER = "access.matter"
_ABOUT_THE_MATTER = frozenset({"kind"})


def sentence(row: Row, names: Names, *, sees: frozenset[UUID]) -> str:
    """What happened, in a sentence. `sees` are the matters that the one who asks sees."""
    known = event_type(row.event)
    if known is None:
        return f"{row.event} (this version of the program no longer knows it)"
    hidden = row.subject_type == _MATTER and row.subject not in sees
    words: dict[str, object] = {
        name: "not shown" if hidden and name in _ABOUT_THE_MATTER else detail(name, value, names)
        for name, value in row.details.items()
    }
    return known.words(words)


def detail(name: str, value: Any, names: Names) -> str:
    """One detail of a row in words."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    looked_up = _CODES.get(name)
    known = looked_up(value) if looked_up else ""
    if known:
        return known
    try:
        return names.either(UUID(str(value)))
    except ValueError:
        return str(value)


def thing(row: Row, names: Names) -> str:
    """The thing that a row is about, in a few words."""
    if row.subject is None:
        return ""
    if row.subject_type == "person":
        return names.person(row.subject)
    if row.subject_type == "agency":
        return names.agency(row.subject)
    kind = row.subject_type.rpartition(".")[2].replace("-", " ") or "thing"
    return f"{kind.capitalize()} {short(row.subject)}"


def purpose(key: str) -> str:
    """The title of a purpose."""
    known = purposes().get(key)
    return known.title if known else key


def _level(value: Any) -> str:
    known = isinstance(value, int) and value in [*Level]
    return LEVELS[Level(value)] if known else ""


def _why(value: Any) -> str:
    return reasons()[Why(value)].short.lower() if value in [*Why] else ""


def _role(value: Any) -> str:
    known = roles().get(str(value))
    return known.title if known else ""


_CODES: dict[str, Callable[[Any], str]] = {
    "level": _level,
    "why": _why,
    "role": _role,
    "purpose": purpose,
    "permission": lambda value: permissions().get(str(value), "").rstrip("."),
    "category": lambda value: CATEGORIES.get(str(value), ""),
}
