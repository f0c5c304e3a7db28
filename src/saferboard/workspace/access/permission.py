"""What a person may do that is no single matter: by the roles that they hold now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from saferboard.workspace.access.catalogue import permissions, roles
from saferboard.workspace.access.events import MATTER_REFUSED, REFUSED
from saferboard.workspace.access.levels import Why
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.partnership.models import Membership


class Refused(Exception):
    """The actor may not do this. It has been recorded; what is answered is that the thing does
    not exist, or the page that says what the actor may do."""


def holding(at: datetime) -> Q:
    """The condition that a dated row holds at `at`."""
    return Q(start__lte=at) & (Q(end__isnull=True) | Q(end__gt=at))


def may(person: UUID | None, permission: str, *, now: datetime, agency: UUID | None = None) -> bool:
    """Whether a role that the person holds now, in an agency to which they belong now, gives
    `permission`; with `agency`, in that one. Raises KeyError for a permission that is not in
    permissions.yaml: a slip of the programmer's, not a refusal."""
    if permission not in permissions():
        raise KeyError(permission)
    return permission in permissions_of(person, now=now, agency=agency)


def permissions_of(
    person: UUID | None, *, now: datetime, agency: UUID | None = None
) -> frozenset[str]:
    """Every permission that the person's roles give now, in agencies to which they belong now;
    with `agency`, in that one. None for nobody."""
    if person is None:
        return frozenset()
    member = Membership.objects.filter(holding(now), person=person).values("agency")
    held = RoleGrant.objects.filter(holding(now), person=person, agency__in=member)
    if agency is not None:
        held = held.filter(agency=agency)
    known = roles()
    named = (known[key] for key in held.values_list("role", flat=True) if key in known)
    return frozenset(permission for role in named for permission in role.may)


def holders_of(permission: str, *, now: datetime, agency: UUID | None = None) -> frozenset[UUID]:
    """Everybody who may do it now: people, by their ids; with `agency`, in that one."""
    keys = [key for key, role in roles().items() if permission in role.may]
    found = RoleGrant.objects.filter(
        holding(now),
        Q(person__memberships__end__isnull=True) | Q(person__memberships__end__gt=now),
        person__memberships__start__lte=now,
        person__memberships__agency=F("agency"),
        person__is_active=True,
        role__in=keys,
    )
    if agency is not None:
        found = found.filter(agency=agency)
    return frozenset(found.values_list("person", flat=True))


def require(by: Actor, permission: str, *, now: datetime, agency: UUID | None = None) -> None:
    """Returns where `by` may. Otherwise records the refusal, by itself and at once, and raises
    Refused. Call it before the transaction of the change begins."""
    if not may(by.person, permission, now=now, agency=agency):
        record_first(REFUSED, by=by, now=now, details={"permission": permission})
        raise Refused(permission)


def record_refused(matter: UUID, why: Why, *, by: Actor, now: datetime) -> None:
    """Records, by itself and at once, that a matter was refused, with the true reason; whoever is
    refused learns none."""
    record_first(
        MATTER_REFUSED,
        by=by,
        now=now,
        subject_type="access.matter",
        subject=matter,
        details={"why": why.value},
    )
