"""What the home page tells the audit."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

SEARCHED = EventType(
    "home.search.made",
    Kind.CONSULTATION,
    "Searched; {count} results were shown.",
    frozenset({"count"}),
)
