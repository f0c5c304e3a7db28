"""What the explorer tells of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

EXPLORED = EventType(
    "explorer.measure.read",
    Kind.CONSULTATION,
    "Looked at {measure} to {to}.",
    frozenset({"measure", "to"}),
)
TAKEN = EventType(
    "explorer.measure.taken",
    Kind.DISCLOSURE,
    "Took {measure} to {to} away as {format}.",
    frozenset({"measure", "to", "format"}),
)
