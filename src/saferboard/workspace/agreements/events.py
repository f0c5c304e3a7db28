"""What the agreements app tells of. Signing, leaving and ending are told by `access`."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

AGREEMENT_ENTERED = EventType(
    "agreements.agreement.entered",
    Kind.ADMINISTRATION,
    "An agreement for {purpose} was entered, for {parties} agencies to sign.",
    frozenset({"purpose", "parties", "follows"}),
)
AGREEMENT_CHANGED = EventType(
    "agreements.agreement.changed",
    Kind.ADMINISTRATION,
    "An agreement was changed; it is now version {version}.",
    frozenset({"version", "fields"}),
)
AGREEMENT_RENEWED = EventType(
    "agreements.agreement.renewed",
    Kind.ADMINISTRATION,
    "An agreement was renewed until {until}.",
    frozenset({"until"}),
)
AGREEMENT_WARNED = EventType(
    "agreements.agreement.warned",
    Kind.ADMINISTRATION,
    "{count} people were told that an agreement ends in {days} days.",
    frozenset({"count", "days"}),
)
AGREEMENT_READ = EventType(
    "agreements.agreement.read", Kind.CONSULTATION, "Read an agreement’s page."
)
AGREEMENTS_LISTED = EventType(
    "agreements.agreements.listed",
    Kind.CONSULTATION,
    "Listed {count} agreements.",
    frozenset({"count"}),
)
AGREEMENTS_EXPORTED = EventType(
    "agreements.agreements.exported",
    Kind.DISCLOSURE,
    "Exported {count} agreements.",
    frozenset({"count"}),
)
ASSESSMENT_ENTERED = EventType(
    "agreements.assessment.entered",
    Kind.ADMINISTRATION,
    "An impact assessment was entered, about {agreements} agreements.",
    frozenset({"agreements", "outcome"}),
)
ASSESSMENT_CHANGED = EventType(
    "agreements.assessment.changed",
    Kind.ADMINISTRATION,
    "An impact assessment was changed; it is now version {version}.",
    frozenset({"version", "fields", "outcome"}),
)
ASSESSMENT_READ = EventType(
    "agreements.assessment.read", Kind.CONSULTATION, "Read an impact assessment."
)
ASSESSMENTS_LISTED = EventType(
    "agreements.assessments.listed",
    Kind.CONSULTATION,
    "Listed {count} impact assessments.",
    frozenset({"count"}),
)
ASSESSMENTS_EXPORTED = EventType(
    "agreements.assessments.exported",
    Kind.DISCLOSURE,
    "Exported {count} impact assessments.",
    frozenset({"count"}),
)
NOT_THERE = EventType(
    "agreements.thing.refused",
    Kind.REFUSAL,
    "Asked for an agreement or assessment that is not there or not for them.",
)
