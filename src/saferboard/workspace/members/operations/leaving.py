"""Leaving: a membership ends by date, and with it the roles and seats that hung on it.

Nothing has to be closed on the day itself. Permissions, access rows and the door of every page ask
the clock; whoever belongs nowhere any more is signed out at their next request.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import holding
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.members.access import giving, holders, not_there, require_over
from saferboard.workspace.members.events import MEMBERSHIP_ENDS, MEMBERSHIP_STAYS
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.partnership.models import Membership, SeatHolding

_MEMBERSHIP = "partnership.membership"


@dataclass(frozen=True)
class Leave:
    """When a membership ends, and why as a code: `left`, `agency-ended`, `review`,
    `not-confirmed`."""

    at: datetime
    why: str = "left"


def end_membership(*, membership: UUID, at: datetime, by: Actor, now: datetime) -> None:
    """Ends a membership at `at`, now or later, by an administrator or the agency's lead; never
    one's own. A date given before is replaced, and what ended with it moves along. Raises Problem
    for a moment that is past and where nobody would be left who gives roles."""
    found = _asked(membership, by, now)
    if at < now:
        raise Problem("This day is past.", remedy="Choose today or a later day.")
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(id=found.id)
        gave = gives_roles([held], at)
        end_now(held, Leave(at), by=by, now=now)
        refuse_without_administrator(at, gave)
        refresh_people([held.person_id])


def keep_membership(*, membership: UUID, by: Actor, now: datetime) -> None:
    """Takes back an end that has not come yet; roles and seats that would have ended with it stay
    too. Raises Problem where no end was given."""
    found = _asked(membership, by, now)
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(id=found.id)
        if held.end is None or held.agency.end is not None:
            raise Problem(
                "No day of leaving was given, or the agency itself ends.",
                remedy="Nothing was changed.",
            )
        grants = RoleGrant.objects.filter(person=held.person_id, agency=held.agency_id)
        grants.filter(end=held.end).update(end=None)
        _holdings(held).filter(end=held.end, seat__end=None).update(end=None)
        held.end = None
        held.save(update_fields=["end"])
        record(
            MEMBERSHIP_STAYS,
            by=by,
            now=now,
            subject_type=_MEMBERSHIP,
            subject=held.id,
            parent=held.person_id,
            about=[held.person_id],
            details={"agency": held.agency_id},
        )
        refresh_people([held.person_id])


def end_now(held: Membership, leave: Leave, *, by: Actor, now: datetime) -> None:
    """Ends a locked membership with its roles and seats and records it; permission, the access rows
    and the last administrator are the caller's, in the same transaction."""
    at = max(leave.at, held.start)
    moved = Q(end__isnull=True) | Q(end__gt=at)
    if held.end is not None:
        moved |= Q(end=held.end)
    grants = RoleGrant.objects.filter(moved, person=held.person_id, agency=held.agency_id)
    for rows in (grants, _holdings(held).filter(moved)):
        for row in rows.select_for_update(of=("self",)):
            row.end = max(at, row.start)
            row.save(update_fields=["end"])
    held.end = at
    held.save(update_fields=["end"])
    record(
        MEMBERSHIP_ENDS,
        by=by,
        now=now,
        subject_type=_MEMBERSHIP,
        subject=held.id,
        parent=held.person_id,
        about=[held.person_id],
        details={"agency": held.agency_id, "on": day_of(at).isoformat(), "why": leave.why},
    )


def gives_roles(ending: Collection[Membership], at: datetime) -> bool:
    """Whether somebody among these would give roles at `at`, if their memberships did not end."""
    people = {one.person_id for one in ending}
    return holders("roles.manage", at=at).filter(id__in=people).exists()


def refuse_without_administrator(at: datetime, gave: bool) -> None:
    """Raises Problem where nobody is left at `at` who may give roles and one of those who end
    (`gave`) did. Inside a transaction; two that end each other's wait for each other here."""
    if gave and not administrators_left(at):
        raise Problem(
            "Nobody would be left who can give roles.",
            remedy="Give somebody else the role of administrator first.",
        )


def administrators_left(at: datetime) -> bool:
    """Whether somebody may give roles at `at`; the grants stay locked until the transaction
    ends."""
    grants = RoleGrant.objects.filter(role__in=giving("roles.manage"))
    list(grants.select_for_update().order_by("id"))
    return holders("roles.manage", at=at).exists()


def _asked(membership: UUID, by: Actor, now: datetime) -> Membership:
    found = Membership.objects.filter(holding(now), id=membership).first()
    if found is None or found.person_id == by.person:
        raise not_there(_MEMBERSHIP, membership, by=by, now=now)
    require_over(by, found.agency_id, everywhere="people.manage", own="people.confirm", now=now)
    return found


def _holdings(held: Membership) -> QuerySet[SeatHolding]:
    return SeatHolding.objects.filter(person=held.person_id, seat__agency=held.agency_id)
