"""The first administrator: the one person whom nobody inside can invite."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.events import ROLE_GIVEN
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import holding
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.config.events import FIRST_ADMINISTRATOR
from saferboard.workspace.partnership.models import Agency, AgencyKind, Membership, Person
from saferboard.workspace.sign_in.operations import address_is_theirs

ROLE = "administrator"
_LOCK = 0x5AFE_0002


def create_first_administrator(
    *, name: str, email: str, password: str, agency: str, kind: str, now: datetime
) -> UUID:
    """Makes a person with the role of administrator in `agency`, which is made too where there is
    none of that name, and returns the person's id. Raises Problem where there is an administrator
    already, and for a name, address or password that will not do."""
    address = email.strip().lower()
    person = Person(name=name.strip(), email=address)
    _check(person, agency, kind, password)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        if RoleGrant.objects.filter(holding(now), role=ROLE).exists():
            raise Problem(
                "There is an administrator already.",
                remedy="Ask them to invite you: this command is for an empty workspace.",
            )
        if Person.objects.filter(email=address).exists():
            raise Problem(
                "Somebody has this address of e-mail already.", remedy="Use another address."
            )
        place = Agency.objects.filter(name__iexact=agency.strip()).first()
        place = place or Agency.objects.create(name=agency.strip(), kind=kind, start=now)
        person.set_password(password)
        person.save()
        address_is_theirs(person)
        Membership.objects.create(person=person, agency=place, start=now)
        RoleGrant.objects.create(person=person, agency=place, role=ROLE, start=now)
        told: dict[str, Detail] = {"agency": place.id}
        for event, details in (
            (FIRST_ADMINISTRATOR, told),
            (ROLE_GIVEN, {**told, "role": ROLE}),
        ):
            record(
                event,
                by=SYSTEM,
                now=now,
                subject_type="person",
                subject=person.id,
                about=[person.id],
                details=details,
            )
        refresh_people([person.id])
    return person.id


def _check(person: Person, agency: str, kind: str, password: str) -> None:
    if not person.name or len(person.name) > 200:
        raise Problem("A name is missing or too long.", remedy="Give --name, at most 200 letters.")
    if not agency.strip() or len(agency) > 200:
        raise Problem("An agency is missing.", remedy="Give --agency, at most 200 letters.")
    if kind not in AgencyKind.values:
        raise Problem(
            f"“{kind}” is no kind of agency.", remedy=f"The kinds are: {', '.join(AgencyKind)}."
        )
    try:
        validate_email(person.email)
    except ValidationError as error:
        raise Problem("This is no address of e-mail.", remedy="Give --email.") from error
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Problem(" ".join(error.messages), remedy="Choose another password.") from error
