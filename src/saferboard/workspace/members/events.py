"""What the members app tells of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

AGENCY_ADDED = EventType(
    "members.agency.added",
    Kind.ADMINISTRATION,
    "An agency was added ({kind}).",
    frozenset({"kind", "statutory"}),
)
AGENCY_CHANGED = EventType(
    "members.agency.changed",
    Kind.ADMINISTRATION,
    "An agency was changed; it is now version {version}.",
    frozenset({"version", "kind", "statutory"}),
)
AGENCY_ENDED = EventType(
    "members.agency.ended",
    Kind.ADMINISTRATION,
    "An agency ended with {people} people.",
    frozenset({"people", "on"}),
)
AGENCIES_LISTED = EventType(
    "members.agencies.listed", Kind.CONSULTATION, "Listed {count} agencies.", frozenset({"count"})
)
AGENCIES_EXPORTED = EventType(
    "members.agencies.exported",
    Kind.DISCLOSURE,
    "Exported {count} agencies.",
    frozenset({"count"}),
)
AGENCY_READ = EventType(
    "members.agency.read",
    Kind.CONSULTATION,
    "Read an agency’s page, with {people} people.",
    frozenset({"people"}),
)
SEAT_ADDED = EventType("members.seat.added", Kind.ADMINISTRATION, "A seat was added.")
SEAT_HELD = EventType(
    "members.seat.held", Kind.ADMINISTRATION, "A seat has a new holder.", frozenset({"person"})
)
SEAT_LEFT = EventType(
    "members.seat.left", Kind.ADMINISTRATION, "A seat lost its holder.", frozenset({"person"})
)
SEAT_ENDED = EventType("members.seat.ended", Kind.ADMINISTRATION, "A seat ended.")
AREAS_KEPT = EventType(
    "members.areas.kept",
    Kind.ADMINISTRATION,
    "{count} areas were taken over, {new} of them new.",
    frozenset({"count", "new"}),
)
INVITED = EventType(
    "members.invitation.made",
    Kind.ADMINISTRATION,
    "Invited somebody to an agency with {roles} roles.",
    frozenset({"roles", "agency"}),
)
INVITATION_REVOKED = EventType(
    "members.invitation.revoked",
    Kind.ADMINISTRATION,
    "An invitation was revoked.",
    frozenset({"agency", "replaced"}),
)
INVITATION_REFUSED = EventType(
    "members.invitation.refused",
    Kind.REFUSAL,
    "An invitation could not be used: {why}.",
    frozenset({"why"}),
)
INVITATION_USED = EventType(
    "members.invitation.used",
    Kind.COLLECTION,
    "Joined by invitation.",
    frozenset({"agency", "person"}),
)
INVITATIONS_LISTED = EventType(
    "members.invitations.listed",
    Kind.CONSULTATION,
    "Listed {count} invitations.",
    frozenset({"count"}),
)
MEMBERSHIP_ENDS = EventType(
    "members.membership.ends",
    Kind.ADMINISTRATION,
    "A person’s membership ends on {on}: {why}.",
    frozenset({"agency", "on", "why"}),
)
MEMBERSHIP_STAYS = EventType(
    "members.membership.stays",
    Kind.ADMINISTRATION,
    "A person’s membership does not end after all.",
    frozenset({"agency"}),
)
PEOPLE_LISTED = EventType(
    "members.people.listed", Kind.CONSULTATION, "Listed {count} people.", frozenset({"count"})
)
PERSON_READ = EventType("members.person.read", Kind.CONSULTATION, "Read a person’s page.")
ROLES_READ = EventType(
    "members.roles.read",
    Kind.CONSULTATION,
    "Read who has which role: {count} grants.",
    frozenset({"count"}),
)
ROLES_EXPORTED = EventType(
    "members.roles.exported",
    Kind.DISCLOSURE,
    "Exported who has which role: {count} grants.",
    frozenset({"count"}),
)
REVIEW_OPENED = EventType(
    "members.review.opened",
    Kind.ADMINISTRATION,
    "An access review of {count} people opened, until {deadline}.",
    frozenset({"count", "deadline"}),
)
REVIEW_ANSWERED = EventType(
    "members.review.answered",
    Kind.ADMINISTRATION,
    "A person was reviewed: {answer}.",
    frozenset({"answer", "agency", "round"}),
)
REVIEW_WARNED = EventType(
    "members.review.warned",
    Kind.ADMINISTRATION,
    "{count} people were warned, {days} days before a review’s deadline.",
    frozenset({"count", "days"}),
)
REVIEW_CLOSED = EventType(
    "members.review.closed",
    Kind.ADMINISTRATION,
    "An access review closed: {confirmed} confirmed, {closed} closed, {kept} kept.",
    frozenset({"confirmed", "closed", "kept"}),
)
REVIEWS_READ = EventType(
    "members.reviews.read",
    Kind.CONSULTATION,
    "Read an access review: {count} people.",
    frozenset({"count"}),
)
NOT_THERE = EventType(
    "members.thing.refused", Kind.REFUSAL, "Asked for something that is not there or not for them."
)
