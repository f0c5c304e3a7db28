"""What the data app tells of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

DATA_SENT = EventType(
    "data.files.sent",
    Kind.COLLECTION,
    "Sent {files} data files to be added.",
    frozenset({"files"}),
)
DATA_ADDED = EventType(
    "data.files.added",
    Kind.COMBINATION,
    "Data files were read: {loads} loads came in, {refused} files were refused.",
    frozenset({"loads", "refused"}),
)
LOADS_LISTED = EventType(
    "data.loads.listed", Kind.CONSULTATION, "Listed {count} loads of data.", frozenset({"count"})
)
LOAD_READ = EventType(
    "data.load.read", Kind.CONSULTATION, "Looked at a load of data: {load}.", frozenset({"load"})
)
