"""Joining by invitation: a link that works once, for one address, for fourteen days.

Whoever holds the link and nothing else can join. The link goes to the invited address and is kept
nowhere; the database has a keyed hash of it. An account that is there already is joined by its own
person, signed in; one that belongs nowhere any more sets a new password, as after forgetting it.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import roles as known_roles
from saferboard.workspace.access.events import ROLE_GIVEN
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import holding
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record, record_first
from saferboard.workspace.members.access import (
    may_over,
    not_there,
    require_over,
    roles_offered,
)
from saferboard.workspace.members.events import (
    INVITATION_REFUSED,
    INVITATION_REVOKED,
    INVITATION_USED,
    INVITED,
)
from saferboard.workspace.members.models import Invitation
from saferboard.workspace.partnership.models import Agency, Membership, Person
from saferboard.workspace.sign_in.operations import set_up_account

LASTS = timedelta(days=14)
_INVITATION = "members.invitation"
_LONGEST = 200


@dataclass(frozen=True)
class Made:
    """An invitation just made: `token` is known here and nowhere else."""

    id: UUID
    token: str
    expires: datetime


@dataclass(frozen=True)
class Joining:
    """What whoever holds the link is shown. `account`: whether there is an account of this address
    that belongs to the partnership now, whose person has to be signed in."""

    email: str
    agency: str
    roles: tuple[str, ...]
    expires: datetime
    account: bool


class CannotJoin(Problem):
    """The one answer for a link that was used, revoked, has expired or never was."""

    def __init__(self) -> None:
        super().__init__(
            "This invitation cannot be used.",
            remedy="It may have run out, have been used or taken back. Ask for a new one.",
        )


def invite(*, email: str, agency: UUID, roles: Collection[str], by: Actor, now: datetime) -> Made:
    """Invites an address to an agency with `roles`, for fourteen days. An open invitation of the
    same address to the same agency is revoked. By an administrator, or by the agency's lead with
    roles that are offered. Raises Refused; and Problem for an address that is none or one's own,
    for somebody who belongs there already, and for a role that the actor may not give."""
    if not Agency.objects.filter(holding(now), id=agency).exists():
        raise not_there("partnership.agency", agency, by=by, now=now)
    require_over(by, agency, everywhere="people.manage", own="people.invite", now=now)
    address = _address(email)
    offered = {role.key for role in roles_offered(by, now=now)}
    if wrong := sorted(set(roles) - offered):
        raise Problem(
            f"You cannot give the role “{wrong[0]}”.",
            remedy="An administrator can give it once they have joined.",
        )
    person = Person.objects.filter(email=address).first()
    if person is not None:
        _refuse_member(person, agency, by, now)
    assert by.person is not None  # nobody else may
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Agency.objects.select_for_update().get(id=agency)
        earlier = Invitation.objects.select_for_update().filter(
            email=address, agency=agency, used=None, revoked=None
        )
        for one in earlier:
            _revoke(one, by, now, replaced=True)
        made = Invitation.objects.create(
            email=address,
            agency_id=agency,
            roles=sorted(set(roles)),
            token_mac=_mac(token),
            made=now,
            made_by_id=by.person,
            expires=now + LASTS,
        )
        record(
            INVITED,
            by=by,
            now=now,
            subject_type=_INVITATION,
            subject=made.id,
            parent=agency,
            details={"agency": agency, "roles": len(made.roles)},
            text=address,
        )
    return Made(made.id, token, made.expires)


def revoke_invitation(*, invitation: UUID, by: Actor, now: datetime) -> None:
    """Takes back an open invitation. Raises Problem where it was used or revoked already."""
    found = Invitation.objects.filter(id=invitation).first()
    if found is None:
        raise not_there(_INVITATION, invitation, by=by, now=now)
    require_over(by, found.agency_id, everywhere="people.manage", own="people.invite", now=now)
    with transaction.atomic():
        held = Invitation.objects.select_for_update().get(id=invitation)
        if held.used or held.revoked:
            raise Problem(
                "This invitation is no longer open.",
                remedy="If somebody joined by it, end their membership.",
            )
        _revoke(held, by, now, replaced=False)


def look_at_invitation(*, token: str, by: Actor, now: datetime) -> Joining:
    """What an open invitation offers, for whoever holds its token; changes nothing. Raises
    CannotJoin, recorded with the true reason."""
    held = Invitation.objects.select_related("agency").filter(token_mac=_mac(token)).first()
    if why := _why_not(held, now):
        raise _refused(held, why, by, now)
    assert held is not None  # or there would be a reason
    person = Person.objects.filter(email=held.email).first()
    titles = (known_roles()[key].title for key in held.roles if key in known_roles())
    return Joining(
        email=held.email,
        agency=held.agency.name,
        roles=tuple(titles),
        expires=held.expires,
        account=person is not None and _belongs(person, now),
    )


def accept_invitation(
    *, token: str, name: str, job_title: str, password: str, by: Actor, now: datetime
) -> UUID:
    """Joins: account, membership, roles and the use of the invitation, all or nothing; returns the
    person. `by` is whoever is signed in: nobody, or the person who has an account already, whose
    name and password then stay. Of two who use one link at once the second is refused. Raises
    CannotJoin, recorded; and Problem for a missing name, or where somebody else is signed in."""
    with transaction.atomic():
        held = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("agency")
            .filter(token_mac=_mac(token))
            .first()
        )
        why = _why_not(held, now)
        if held is not None and not why:
            person = _person(held, name, job_title, password, by, now)
            _join(held, person, by, now)
            return person.id
    raise _refused(held, why, by, now)


def _person(
    held: Invitation, name: str, job_title: str, password: str, by: Actor, now: datetime
) -> Person:
    person = Person.objects.select_for_update().filter(email=held.email).first()
    if by.person is not None and (person is None or person.id != by.person):
        raise Problem(
            "You are signed in as somebody else.", remedy="Sign out, then open the link again."
        )
    if person is not None and _belongs(person, now):
        if by.person is None:
            raise Problem(
                "There is an account of this address.",
                remedy="Sign in, then open the link again.",
            )
        return person
    clean, job = " ".join(name.split()), " ".join(job_title.split())
    if not clean or not password or max(len(clean), len(job)) > _LONGEST or "\0" in clean + job:
        raise Problem(
            "Name and password are needed.",
            remedy=f"Name and job title have up to {_LONGEST} letters.",
        )
    person = person or Person(email=held.email)
    person.name, person.job_title = clean, job
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise Problem("Somebody just joined with this address.", remedy="Try again.") from error
    joining = Actor(person.id, held.agency_id, by.request)
    set_up_account(person=person, password=password, by=joining, now=now)
    return person


def _join(held: Invitation, person: Person, by: Actor, now: datetime) -> None:
    joined = Actor(person.id, held.agency_id, by.request)
    if not Membership.objects.filter(holding(now), person=person, agency=held.agency_id).exists():
        Membership.objects.create(
            person=person, agency_id=held.agency_id, start=now, end=held.agency.end
        )
    held.used, held.used_by = now, person
    held.save(update_fields=["used", "used_by"])
    record(
        INVITATION_USED,
        by=joined,
        now=now,
        subject_type=_INVITATION,
        subject=held.id,
        parent=held.agency_id,
        about=[person.id],
        details={"agency": held.agency_id, "person": person.id},
    )
    have = set(
        RoleGrant.objects.filter(holding(now), person=person, agency=held.agency_id).values_list(
            "role", flat=True
        )
    )
    for role in held.roles:
        if role not in known_roles() or role in have:
            continue
        RoleGrant.objects.create(
            person=person,
            agency_id=held.agency_id,
            role=role,
            start=now,
            end=held.agency.end,
        )
        record(
            ROLE_GIVEN,
            by=joined,
            now=now,
            subject_type="person",
            subject=person.id,
            about=[person.id],
            details={"role": role, "agency": held.agency_id},
        )
    refresh_people([person.id])


def _why_not(held: Invitation | None, now: datetime) -> str:
    """Why it cannot be used, as a code; nothing where it can. Whoever made it must still be one
    who may: what a leaver has sent out ends with them."""
    if held is None:
        return "forged"
    if held.used:
        return "used"
    if held.revoked:
        return "revoked"
    if held.expires <= now:
        return "expired"
    if held.agency.end is not None and held.agency.end <= now:
        return "agency-ended"
    if not may_over(
        Actor(held.made_by_id),
        held.agency_id,
        everywhere="people.manage",
        own="people.invite",
        now=now,
    ):
        return "inviter"
    person = Person.objects.filter(email=held.email, is_active=False)
    return "switched-off" if person.exists() else ""


def _refused(held: Invitation | None, why: str, by: Actor, now: datetime) -> CannotJoin:
    record_first(
        INVITATION_REFUSED,
        by=by,
        now=now,
        subject_type=_INVITATION,
        subject=held.id if held else None,
        details={"why": why},
    )
    return CannotJoin()


def _refuse_member(person: Person, agency: UUID, by: Actor, now: datetime) -> None:
    if person.id == by.person:
        raise Problem("This is your own address.", remedy="Nobody invites themselves.")
    rows = Membership.objects.filter(holding(now), person=person, agency=agency, end=None)
    if rows.exists():
        raise Problem(
            "Somebody with this address belongs to the agency already.",
            remedy="Give them a role on their page.",
        )


def _revoke(held: Invitation, by: Actor, now: datetime, *, replaced: bool) -> None:
    held.revoked, held.revoked_by_id = now, by.person
    held.save(update_fields=["revoked", "revoked_by"])
    record(
        INVITATION_REVOKED,
        by=by,
        now=now,
        subject_type=_INVITATION,
        subject=held.id,
        parent=held.agency_id,
        details={"agency": held.agency_id, "replaced": replaced},
    )


def _belongs(person: Person, now: datetime) -> bool:
    return Membership.objects.filter(holding(now), person=person).exists()


def _address(email: str) -> str:
    clean = email.strip().lower()
    try:
        validate_email(clean)
    except ValidationError as error:
        raise Problem(
            "This is not an e-mail address.", remedy="Write it like name@agency.example."
        ) from error
    if len(clean) > Person._meta.get_field("email").max_length:  # type: ignore[operator]  # it has one
        raise Problem("This address is too long.", remedy="Check it.")
    return clean


def _mac(token: str) -> bytes:
    key = settings.ENVIRONMENT.key("invitations")
    return hmac.new(key, token.encode("utf-8", "replace"), sha256).digest()
