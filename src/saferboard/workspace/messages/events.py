"""What messages tell of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

TOLD = EventType(
    "messages.person.told", Kind.ADMINISTRATION, "Was told: {kind}.", frozenset({"kind", "about"})
)
READ = EventType(
    "messages.notification.read", Kind.ADMINISTRATION, "Marked {count} notifications as read.",
    frozenset({"count"}),
)  # fmt: skip
LISTED = EventType(
    "messages.notifications.listed",
    Kind.CONSULTATION,
    "Listed their own notifications: {count}.",
    frozenset({"count"}),
)
LETTER_SENT = EventType(
    "messages.letter.sent",
    Kind.ADMINISTRATION,
    "A letter was sent about {count} notifications.",
    frozenset({"count"}),
)
LETTER_REFUSED = EventType(
    "messages.letter.refused",
    Kind.ADMINISTRATION,
    "The mail server refused a letter for good; {refused} in a row.",
    frozenset({"refused"}),
)
LETTERS_CHOSEN = EventType(
    "messages.letters.chosen",
    Kind.ADMINISTRATION,
    "Chose letters of the kind {kind}: {choice}.",
    frozenset({"kind", "choice"}),
)
LETTERS_RESUMED = EventType(
    "messages.letters.resumed", Kind.ADMINISTRATION, "Asked for letters again."
)
