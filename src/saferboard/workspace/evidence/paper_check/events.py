"""What the paper check tells of: never what a paper says."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

CHECK_ASKED = EventType(
    "papers.check.asked",
    Kind.COLLECTION,
    "Asked for {papers} papers to be checked.",
    frozenset({"papers"}),
)
CHECK_DONE = EventType(
    "papers.check.done",
    Kind.COMBINATION,
    "Papers were checked: {errors} errors, {warnings} warnings, {advice} advice.",
    frozenset({"errors", "warnings", "advice"}),
)
CHECK_READ = EventType("papers.check.read", Kind.CONSULTATION, "Read what a check found.")
CHECKS_LISTED = EventType(
    "papers.checks.listed", Kind.CONSULTATION, "Listed {count} checks.", frozenset({"count"})
)
CHECK_REFUSED = EventType(
    "papers.check.refused", Kind.REFUSAL, "Asked for a check that is not there for them."
)
CHECK_DELETED = EventType(
    "papers.check.deleted",
    Kind.ERASURE,
    "The papers of a check and its answers were deleted: {why}.",
    frozenset({"why"}),
)
