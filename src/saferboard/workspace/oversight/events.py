"""What reading the record tells the record."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

FILTERS = ("actor", "agency", "kind", "event", "purpose", "request", "since", "until")
_SOUGHT = frozenset({"count", *FILTERS})

RECORD_READ = EventType(
    "oversight.record.read", Kind.CONSULTATION, "Read the record: {count} rows.", _SOUGHT
)
RECORD_EXPORTED = EventType(
    "oversight.record.exported", Kind.DISCLOSURE, "Exported the record: {count} rows.", _SOUGHT
)
ROW_READ = EventType(
    "oversight.row.read", Kind.CONSULTATION, "Read row {row} of the record.", frozenset({"row"})
)
WORDS_READ = EventType(
    "oversight.words.read",
    Kind.DISCLOSURE,
    "Read the words of row {row} of the record.",
    frozenset({"row"}),
)
REPORT_READ = EventType(
    "oversight.report.read",
    Kind.CONSULTATION,
    "Read who saw a person: {count} rows.",
    frozenset({"count", "since", "until"}),
)
REPORT_EXPORTED = EventType(
    "oversight.report.exported",
    Kind.DISCLOSURE,
    "Exported who saw a person: {count} rows.",
    frozenset({"count", "since", "until"}),
)
PEOPLE_FOUND = EventType(
    "oversight.people.found",
    Kind.CONSULTATION,
    "Looked for people: {count} were shown.",
    frozenset({"count"}),
)
PERSON_EXPLAINED = EventType(
    "oversight.person.explained",
    Kind.CONSULTATION,
    "Asked what a person would see: {count} matters were shown.",
    frozenset({"count"}),
)
MATTERS_EXPORTED = EventType(
    "oversight.matters.exported",
    Kind.DISCLOSURE,
    "Exported the list of {count} matters.",
    frozenset({"count"}),
)
EMERGENCIES_LISTED = EventType(
    "oversight.emergencies.listed",
    Kind.CONSULTATION,
    "Listed {count} uses of emergency access.",
    frozenset({"count"}),
)
EMERGENCY_READ = EventType(
    "oversight.emergency.read",
    Kind.CONSULTATION,
    "Read an emergency access and why it was used.",
    frozenset({"emergency"}),
)
