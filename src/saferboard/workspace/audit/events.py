"""What the audit itself tells of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

TEXT_SHREDDED = EventType("audit.text.shredded", Kind.ERASURE, "Words of an event were shredded.")
CHAIN_CHECKED = EventType(
    "audit.chain.checked",
    Kind.ADMINISTRATION,
    "The chain was checked: {sealed} rows sealed, {waiting} waiting, {faults} faults.",
    frozenset({"sealed", "waiting", "faults"}),
)
HOLD_PLACED = EventType(
    "audit.hold.placed",
    Kind.ADMINISTRATION,
    "A legal hold was placed: words about this are kept.",
    frozenset({"hold"}),
)
HOLD_LIFTED = EventType(
    "audit.hold.lifted", Kind.ADMINISTRATION, "A legal hold was lifted.", frozenset({"hold"})
)
