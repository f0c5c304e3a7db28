"""What access tells of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

REFUSED = EventType(
    "access.permission.refused",
    Kind.REFUSAL,
    "Was refused: {permission}.",
    frozenset({"permission"}),
)
MATTER_REFUSED = EventType(
    "access.matter.refused",
    Kind.REFUSAL,
    "Asked for a matter that they may not see: {why}.",
    frozenset({"why"}),
)
MATTER_READ = EventType(
    "access.matter.read",
    Kind.CONSULTATION,
    "Read a matter at level {level}: {why}.",
    frozenset({"level", "why"}),
)
MATTERS_LISTED = EventType(
    "access.matters.listed", Kind.CONSULTATION, "Listed {count} matters.", frozenset({"count"})
)
MATTER_OPENED = EventType(
    "access.matter.opened",
    Kind.COLLECTION,
    "Opened a matter ({kind}).",
    frozenset({"kind", "purpose"}),
)
MATTER_RESTRICTED = EventType(
    "access.matter.restricted",
    Kind.ALTERATION,
    "Restriction changed from {before} to {after}.",
    frozenset({"before", "after"}),
)
PARTY_JOINED = EventType(
    "access.party.joined",
    Kind.DISCLOSURE,
    "An agency became party to a matter.",
    frozenset({"agency"}),
)
PERSON_NAMED = EventType(
    "access.person.named",
    Kind.DISCLOSURE,
    "A person was named on a matter at level {level}.",
    frozenset({"person", "level"}),
)
NAMING_ENDED = EventType(
    "access.naming.ended",
    Kind.ALTERATION,
    "A person is no longer named on a matter.",
    frozenset({"person"}),
)
PERSON_EXCLUDED = EventType(
    "access.person.excluded",
    Kind.ALTERATION,
    "A person was excluded from a matter: {reason}.",
    frozenset({"person", "reason"}),
)
EXCLUSION_ENDED = EventType(
    "access.exclusion.ended",
    Kind.ALTERATION,
    "A person is no longer excluded from a matter.",
    frozenset({"person"}),
)
ROLE_GIVEN = EventType(
    "access.role.given",
    Kind.ADMINISTRATION,
    "Was given the role {role}.",
    frozenset({"role", "agency"}),
)
ROLE_ENDED = EventType(
    "access.role.ended",
    Kind.ADMINISTRATION,
    "The role {role} ended.",
    frozenset({"role", "agency"}),
)
AGREEMENT_SIGNED = EventType(
    "access.agreement.signed",
    Kind.ADMINISTRATION,
    "An agency signed an agreement for {purpose}.",
    frozenset({"purpose", "agency"}),
)
AGREEMENT_ENDED = EventType(
    "access.agreement.ended",
    Kind.ADMINISTRATION,
    "An agreement for {purpose} ended.",
    frozenset({"purpose"}),
)
AGREEMENT_LEFT = EventType(
    "access.agreement.left",
    Kind.ADMINISTRATION,
    "An agency is no longer party to an agreement.",
    frozenset({"agency"}),
)
EMERGENCY_USED = EventType(
    "access.emergency.used",
    Kind.DISCLOSURE,
    "Used emergency access: {category}.",
    frozenset({"category", "emergency"}),
)
EMERGENCY_REVIEWED = EventType(
    "access.emergency.reviewed",
    Kind.ADMINISTRATION,
    "Reviewed an emergency access; justified: {justified}.",
    frozenset({"justified", "person"}),
)
EXPLAINED = EventType(
    "access.matter.explained",
    Kind.CONSULTATION,
    "Asked who can see a matter: {count} people.",
    frozenset({"count"}),
)
