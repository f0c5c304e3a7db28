"""What packs tell of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

PACK_OPENED = EventType(
    "packs.pack.opened",
    Kind.COLLECTION,
    "Opened a {kind} pack to {to}, edition {edition}.",
    frozenset({"kind", "to", "edition"}),
)
BUILD_ASKED = EventType(
    "packs.build.asked", Kind.ALTERATION, "Asked for build {number}.", frozenset({"number"})
)
BUILD_FINISHED = EventType(
    "packs.build.finished",
    Kind.ALTERATION,
    "Build {number} was finished: {files} files.",
    frozenset({"number", "files", "facts"}),
)
PACK_CHECKED = EventType(
    "packs.pack.checked", Kind.ALTERATION, "Checked build {number}.", frozenset({"number", "build"})
)
PACK_AGREED = EventType(
    "packs.pack.agreed",
    Kind.ALTERATION,
    "Agreed build {number} for the {side}.",
    frozenset({"number", "build", "side", "agency"}),
)
PACK_SENT_BACK = EventType(
    "packs.pack.sent-back",
    Kind.ALTERATION,
    "Sent the pack back to draft from {before}.",
    frozenset({"before"}),
)
PACK_FROZEN = EventType(
    "packs.pack.frozen",
    Kind.DISCLOSURE,
    "Froze build {number}; it counts as released.",
    frozenset({"number", "build", "facts"}),
)
REMARK_WRITTEN = EventType(
    "packs.remark.written",
    Kind.ALTERATION,
    "Wrote commentary on {measure} for {month}.",
    frozenset({"measure", "month", "version"}),
)
PACKS_LISTED = EventType(
    "packs.packs.listed", Kind.CONSULTATION, "Listed {count} packs.", frozenset({"count"})
)
PACK_READ = EventType(
    "packs.pack.read", Kind.CONSULTATION, "Read a pack: {part}.", frozenset({"part"})
)
PACK_TAKEN = EventType(
    "packs.pack.taken",
    Kind.DISCLOSURE,
    "Took a copy of build {number} as {format}.",
    frozenset({"number", "format", "sha256"}),
)
