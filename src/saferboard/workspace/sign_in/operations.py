"""Changes of how people sign in. Each checks, changes and records in one transaction.

The seam with invitations: `members` checks an invitation and calls `set_up_account`, then
`entrance.welcome`, which signs the person in; a second factor is asked for before anything else.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in.events import FACTORS_RESET, PASSWORD_SET, SESSION_ENDED
from saferboard.workspace.sign_in.queries import device_of

_PERSON = "person"


def set_up_account(*, person: Person, password: str, by: Actor, now: datetime) -> None:
    """Gives somebody who came by the link in a letter their password. Whoever calls it has checked
    the invitation, and that it is no way round a forgotten password. Raises Problem where the
    password is refused."""
    with transaction.atomic():
        _check(password, person)
        address_is_theirs(person)
        set_password(person=person, password=password, why="invitation", by=by, now=now)


def set_password(*, person: Person, password: str, why: str, by: Actor, now: datetime) -> None:
    """Sets a password that was checked. `why` is invitation, changed, reset or first. Sessions that
    began with the old one end by it."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        record(
            PASSWORD_SET,
            by=by,
            now=now,
            subject_type=_PERSON,
            subject=person.id,
            about=[person.id],
            details={"why": why},
        )


def address_is_theirs(person: Person) -> None:
    """Notes that the person's address of e-mail was shown to be theirs: they came by a letter."""
    EmailAddress.objects.exclude(email=person.email).filter(user_id=person.id).delete()
    EmailAddress.objects.update_or_create(
        user_id=person.id, email=person.email, defaults={"verified": True, "primary": True}
    )


def end_device(*, device: str, by: Actor, now: datetime) -> None:
    """Signs the actor out on another of their devices. Raises Problem where it is signed out
    already, or was never theirs."""
    with transaction.atomic():
        row = device_of(by.person, device) if by.person else None
        if row is None:
            raise Problem("That device is signed out already.", remedy="Nothing was changed.")
        row.end()
        _ended("signed-out-elsewhere", by.person, by, now)


def end_other_devices(*, here: str, by: Actor, now: datetime) -> int:
    """Signs the actor out everywhere but in the session with the key `here`; returns how many
    ended."""
    with transaction.atomic():
        rows = UserSession.objects.filter(user_id=by.person).exclude(session_key=here)
        return _end(list(rows), "signed-out-elsewhere", by, now)


def end_sessions(*, person: UUID, why: str, by: Actor, now: datetime) -> int:
    """Ends every session of a person: they left, or something is wrong. `why` is a code. Whoever
    calls it has checked that `by` may. Returns how many ended."""
    with transaction.atomic():
        return _end(list(UserSession.objects.filter(user_id=person)), why, by, now)


def reset_second_factors(*, person: UUID, by: Actor, now: datetime) -> None:
    """Takes away all second factors of somebody who lost them, and ends their sessions; at the next
    sign-in a new one is asked for. The actor has made sure, by other means, who asks. Never one's
    own. Raises Refused and, where there is none, Problem."""
    require(by, "people.manage", now=now)
    if person == by.person:
        raise Refused("people.manage")
    with transaction.atomic():
        rows = Authenticator.objects.filter(user_id=person)
        count = rows.exclude(type="recovery_codes").count()
        if not count:
            raise Problem(
                "This person has no second factor.",
                remedy="They are asked for one when they sign in.",
            )
        rows.delete()
        _end(list(UserSession.objects.filter(user_id=person)), "second-factor-reset", by, now)
        record(
            FACTORS_RESET,
            by=by,
            now=now,
            subject_type=_PERSON,
            subject=person,
            about=[person],
            details={"count": count},
        )


def _check(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Problem(
            " ".join(error.messages), remedy="Choose a longer or less common one."
        ) from error


def _end(rows: list[UserSession], why: str, by: Actor, now: datetime) -> int:
    for row in rows:
        row.end()
        _ended(why, row.user_id, by, now)
    return len(rows)


def _ended(why: str, person: UUID | None, by: Actor, now: datetime) -> None:
    record(
        SESSION_ENDED,
        by=by,
        now=now,
        subject_type=_PERSON,
        subject=person,
        about=[person] if person else [],
        details={"why": why},
    )
