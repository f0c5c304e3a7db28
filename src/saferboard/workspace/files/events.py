"""What files tell of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

FILE_KEPT = EventType(
    "files.file.kept",
    Kind.COLLECTION,
    "Added a file ({kind}, {size} bytes).",
    frozenset({"kind", "size", "sha256", "version"}),
)
FILE_GIVEN = EventType(
    "files.file.given",
    Kind.DISCLOSURE,
    "Took a copy of a file ({kind}).",
    frozenset({"kind", "sha256"}),
)
FILE_REFUSED = EventType(
    "files.file.refused", Kind.REFUSAL, "Asked for a file that they may not have."
)
FILES_LISTED = EventType(
    "files.files.listed", Kind.CONSULTATION, "Listed {count} files.", frozenset({"count"})
)
FILE_REMOVED = EventType(
    "files.file.removed", Kind.ERASURE, "Removed a file.", frozenset({"sha256"})
)
