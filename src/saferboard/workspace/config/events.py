"""What operators' commands tell of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

BACKUP_BEGUN = EventType(
    "config.backup.begun",
    Kind.DISCLOSURE,
    "A backup of everything was begun; keys along with it: {keys}.",
    frozenset({"keys"}),
)
RESTORED = EventType(
    "config.backup.restored",
    Kind.ADMINISTRATION,
    "Everything was restored from a backup: {tables} tables, {files} files.",
    frozenset({"tables", "files"}),
)
FIRST_ADMINISTRATOR = EventType(
    "config.administrator.created",
    Kind.ADMINISTRATION,
    "The first administrator was created on the server.",
    frozenset({"agency"}),
)
RETENTION_RUN = EventType(
    "config.retention.run",
    Kind.ERASURE,
    "What had been kept long enough was erased: {count} of {rule}.",
    frozenset({"count", "rule"}),
)
DEMO_MARKED = EventType(
    "config.demo.marked",
    Kind.ADMINISTRATION,
    "The database was marked as one of a demonstration.",
)
