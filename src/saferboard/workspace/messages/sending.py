"""Letters: that something waits, and where. Sent by jobs, after the change that they tell of.

A letter is sent while its rows are locked, and marked as sent in the same transaction: a worker
that is killed in between sends it once more, never not at all. The Message-ID is made of the
notification, so that most mail programs show it once.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from saferboard.workspace.access.permission import holding
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import record
from saferboard.workspace.messages.events import LETTER_REFUSED, LETTER_SENT
from saferboard.workspace.messages.kinds import message_kinds
from saferboard.workspace.messages.models import Letter, Mailbox, Notification
from saferboard.workspace.partnership.models import Membership, Person
from saferboard.workspace.web.brand import partnership_look

ENOUGH_REFUSALS = 3
"""After so many letters in a row that were refused for good no more are sent."""
LEFT_BEHIND = timedelta(hours=1)
"""A letter that waits for longer than this goes with the letter of the day."""
GIVEN_UP = timedelta(days=7)
_PERMANENT = range(500, 600)


def send_letter(notification: UUID, *, now: datetime) -> None:
    """Sends one notification's letter; nothing where it was sent, or is not to be sent any more.
    What may pass (a server that is away) is raised, for the queue to try again."""
    _send(Q(id=notification, letter=Letter.WAITING), now)


def send_digest(person: UUID, *, now: datetime) -> None:
    """One letter about everything that waits for this person's letter of the day."""
    _send(_for_today(now) & Q(person=person), now)


def people_with_letters(now: datetime) -> list[UUID]:
    """Whose letter of the day has something in it."""
    with transaction.atomic(), as_system():
        late = Notification.objects.filter(
            letter__in=[Letter.WAITING, Letter.DAILY], created__lt=now - GIVEN_UP
        )
        late.update(letter=Letter.FAILED)
        waiting = Notification.objects.filter(_for_today(now))
        return list(waiting.values_list("person", flat=True).distinct().order_by("person"))


def _for_today(now: datetime) -> Q:
    left = Q(letter=Letter.WAITING, created__lt=now - LEFT_BEHIND)
    return Q(letter=Letter.DAILY) | left


def _send(which: Q, now: datetime) -> None:
    with transaction.atomic(), as_system():
        rows = Notification.objects.select_for_update().filter(which).order_by("created", "id")
        held = list(rows)
        if not held:
            return
        ids = [one.id for one in held]
        person = Person.objects.get(id=held[0].person_id)
        mailbox, _ = Mailbox.objects.get_or_create(person=person)
        if mailbox.stopped is not None or not _works_here(person, now):
            Notification.objects.filter(id__in=ids).update(letter=Letter.NONE)
            return
        try:
            _letter(person, held).send()
        except smtplib.SMTPRecipientsRefused as error:
            if not all(code in _PERMANENT for code, _ in error.recipients.values()):
                raise
            _refused(mailbox, ids, now)
            return
        Notification.objects.filter(id__in=ids).update(letter=Letter.SENT, mailed=now)
        Mailbox.objects.filter(id=mailbox.id).update(refused=0)
        record(
            LETTER_SENT,
            by=SYSTEM,
            now=now,
            subject_type="person",
            subject=person.id,
            details={"count": len(ids)},
        )


def _refused(mailbox: Mailbox, ids: Sequence[UUID], now: datetime) -> None:
    Notification.objects.filter(id__in=ids).update(letter=Letter.FAILED)
    mailbox.refused += 1
    if mailbox.refused >= ENOUGH_REFUSALS:
        mailbox.stopped = now
    mailbox.save()
    record(
        LETTER_REFUSED,
        by=SYSTEM,
        now=now,
        subject_type="person",
        subject=mailbox.person_id,
        details={"refused": mailbox.refused},
    )


def _works_here(person: Person, now: datetime) -> bool:
    return person.is_active and Membership.objects.filter(holding(now), person=person).exists()


def _letter(person: Person, about: Sequence[Notification]) -> EmailMessage:
    place = partnership_look().name
    if len(about) == 1:
        kind = message_kinds().get(about[0].kind)
        title = kind.title if kind else "Something waits for you"
        link = reverse("messages:open", args=[about[0].id])
        lines = [f"{title}.", "", f"Open it: {_whole(link)}"]
    else:
        title = f"{len(about)} things wait for you"
        lines = [f"{title}.", "", f"See them: {_whole(reverse('messages:list'))}"]
    lines += [
        "",
        "You will be asked to sign in. This letter says no more, so that nothing is given away",
        "if somebody else reads it.",
        "",
        f"Choose which letters you get: {_whole(reverse('messages:letters'))}",
        "",
    ]
    return EmailMessage(
        subject=f"{title} – {place}",
        body="\n".join(lines),
        to=[person.email],
        headers={
            "Message-ID": f"<{about[0].id}@saferboard>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _whole(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
