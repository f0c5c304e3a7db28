"""Telling people, and what they do with what they were told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused, holding
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.jobs.operations import start_job
from saferboard.workspace.messages.events import LETTERS_CHOSEN, LETTERS_RESUMED, READ, TOLD
from saferboard.workspace.messages.kinds import message_kinds
from saferboard.workspace.messages.models import Choice, Letter, Mailbox, Notification, Preference
from saferboard.workspace.messages.tasks import LETTER
from saferboard.workspace.partnership.models import Membership

_NOTICE = "messages.notification"


def notify(
    *,
    people: Collection[UUID],
    kind: str,
    subject: UUID | None = None,
    line: str = "",
    by: Actor,
    now: datetime,
) -> tuple[UUID, ...]:
    """Tells each of `people` who belongs to the partnership now, in the transaction of the change
    that it tells of, and returns the ids of what they were told. The letters are sent by jobs
    when that transaction has come to its end, as each of them chose. Whether they may know of
    `subject` is the caller's question; a letter says only that something waits. `line` is shown
    in the app, where it tells one from another: never of a person or a case. Raises KeyError
    for an unknown kind and TransactionManagementError outside a transaction."""
    what = message_kinds()[kind]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("tell people in the transaction of the change")
    with transaction.atomic(), as_system():
        here = Membership.objects.filter(
            holding(now), person__in=set(people), person__is_active=True
        )
        told = sorted(set(here.values_list("person", flat=True)))
        chosen = dict(
            Preference.objects.filter(person__in=told, kind=kind).values_list("person", "choice")
        )
        stopped = set(
            Mailbox.objects.filter(person__in=told, stopped__isnull=False).values_list(
                "person", flat=True
            )
        )
        made = []
        for person in told:
            letter = _letter("at-once" if what.always else chosen.get(person, "at-once"))
            one = Notification.objects.create(
                person_id=person,
                kind=kind,
                subject=subject,
                line=line[:200],
                created=now,
                letter=Letter.NONE if person in stopped else letter,
            )
            details: dict[str, Detail] = {"kind": kind, "about": subject}
            record(
                TOLD,
                by=by,
                now=now,
                subject_type=_NOTICE,
                subject=one.id,
                about=[person],
                details=details,
            )
            if one.letter == Letter.WAITING:
                start_job(LETTER, subject=one.id, by=by, now=now)
            made.append(one.id)
    return tuple(made)


def mark_read(*, notification: UUID, by: Actor, now: datetime) -> tuple[str, UUID | None]:
    """Marks one of the actor's own as read and returns its kind and subject. Raises Refused for
    somebody else's, which looks like one that is not there."""
    with transaction.atomic(), as_system():
        rows = Notification.objects.select_for_update().filter(id=notification, person=by.person)
        held = rows.first() if by.person else None
        if held is None:
            raise Refused(str(notification))
        if held.read is None:
            held.read = now
            held.save(update_fields=["read"])
            _record_read(1, by, now)
        return held.kind, held.subject


def mark_all_read(*, by: Actor, now: datetime) -> int:
    """Marks all of the actor's own as read and returns how many were not."""
    with transaction.atomic(), as_system():
        count = Notification.objects.filter(person=by.person, read=None).update(read=now)
        if count:
            _record_read(count, by, now)
    return count


def choose_letters(*, kind: str, choice: str, by: Actor, now: datetime) -> None:
    """How the actor wants the letters of a kind from now on. Raises Problem for a kind or choice
    that is not there, and for one whose letters cannot be turned off."""
    what = message_kinds().get(kind)
    if what is None or choice not in Choice.values or by.person is None:
        raise Problem("There is no such choice.", remedy="Choose one of those on the page.")
    if what.always and choice != Choice.AT_ONCE:
        raise Problem(
            f"Letters of the kind “{what.title}” always come, and at once.",
            remedy="Somebody may be in danger, or somebody’s trust.",
        )
    with transaction.atomic(), as_system():
        held = Preference.objects.filter(person=by.person, kind=kind).first()
        if (held.choice if held else Choice.AT_ONCE) == choice:
            return
        Preference.objects.update_or_create(
            person_id=by.person, kind=kind, defaults={"choice": choice}
        )
        record(
            LETTERS_CHOSEN,
            by=by,
            now=now,
            subject_type="person",
            subject=by.person,
            details={"kind": kind, "choice": choice},
        )


def resume_letters(*, by: Actor, now: datetime) -> None:
    """Sends letters to the actor again, after their mailbox refused several. Nothing happens where
    letters were never stopped."""
    with transaction.atomic(), as_system():
        stopped = Mailbox.objects.filter(person=by.person, stopped__isnull=False)
        if stopped.update(refused=0, stopped=None):
            record(LETTERS_RESUMED, by=by, now=now, subject_type="person", subject=by.person)


def _letter(choice: str) -> Letter:
    by_choice = {Choice.AT_ONCE.value: Letter.WAITING, Choice.DAILY.value: Letter.DAILY}
    return by_choice.get(choice, Letter.NONE)


def _record_read(count: int, by: Actor, now: datetime) -> None:
    record(READ, by=by, now=now, subject_type="person", subject=by.person, details={"count": count})
