"""What somebody was told: their own only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from saferboard.workspace.access.session import acting
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.messages.events import LISTED
from saferboard.workspace.messages.kinds import message_kinds
from saferboard.workspace.messages.models import Choice, Mailbox, Notification, Preference
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.listing import Listing


@dataclass(frozen=True)
class Told:
    """One notification, as a list shows it."""

    id: UUID
    title: str
    line: str
    words: str
    created: datetime
    unread: bool


@dataclass(frozen=True)
class Inbox:
    """A page of somebody's own notifications, the newest first, and how many are unread."""

    listing: Listing
    rows: tuple[Told, ...]
    unread: int


@dataclass(frozen=True)
class KindChosen:
    """A kind of message and how its letters come; `always`: that cannot be changed."""

    key: str
    title: str
    choice: str
    always: bool


@dataclass(frozen=True)
class Letters:
    """How somebody's letters come; `stopped` since when none is sent, because they came back."""

    kinds: tuple[KindChosen, ...]
    choices: tuple[tuple[str, str], ...]
    stopped: datetime | None


def inbox(listing: Listing, *, by: Actor, now: datetime) -> Inbox:
    """The actor's own notifications. Recorded before the answer."""
    with acting(by):
        own = Notification.objects.filter(person=by.person)
        shown = listing.of(own.count())
        rows = list(own.order_by("-created", "id")[shown.start : shown.start + shown.size])
        unread = own.filter(read=None).count()
    record_first(
        LISTED, by=by, now=now, subject_type="person", subject=by.person,
        details={"count": len(rows)},
    )  # fmt: skip
    return Inbox(shown, tuple(_told(one) for one in rows), unread)


def letters_of(by: Actor) -> Letters:
    """How the actor's letters come."""
    with acting(by):
        chosen = dict(Preference.objects.filter(person=by.person).values_list("kind", "choice"))
        mailbox = Mailbox.objects.filter(person=by.person).first()
    kinds = tuple(
        KindChosen(
            key, kind.title, "at-once" if kind.always else chosen.get(key, "at-once"), kind.always
        )
        for key, kind in message_kinds().items()
    )
    return Letters(kinds, tuple(Choice.choices), mailbox.stopped if mailbox else None)


def unread_count(who: Asking) -> int:
    """How many of the person's notifications are unread: the number in the frame."""
    with acting(who.by):
        return Notification.objects.filter(person=who.by.person, read=None).count()


def _told(one: Notification) -> Told:
    kind = message_kinds().get(one.kind)
    title, words = (kind.title, kind.words) if kind else (one.kind, "")
    return Told(one.id, title, one.line, words, one.created, one.read is None)
