"""Who may do what with the register."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import Refused, holding, may, require
from saferboard.workspace.agreements.events import NOT_THERE
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.partnership.models import Membership

AGREEMENT, ASSESSMENT = "access.agreement", "agreements.assessment"


def may_sign(by: Actor, agency: UUID, *, now: datetime) -> bool:
    """Whether the actor signs for this agency: its lead, or whoever keeps the register and has the
    signed paper before them."""
    return may(by.person, "agreements.sign", now=now, agency=agency) or may(
        by.person, "agreements.manage", now=now
    )


def require_sign(by: Actor, agency: UUID, *, now: datetime) -> None:
    """Returns where `may_sign`; otherwise records the refusal and raises Refused."""
    if not may_sign(by, agency, now=now):
        require(by, "agreements.sign", now=now, agency=agency)


def holders_by_agency(permission: str, *, at: datetime) -> dict[UUID, set[UUID]]:
    """Whoever may `permission` at `at`, by the agency in which they may."""
    giving = [role.key for role in roles().values() if permission in role.may]
    member = Membership.objects.filter(
        holding(at), person=OuterRef("person"), agency=OuterRef("agency")
    )
    grants = RoleGrant.objects.filter(
        holding(at), Exists(member), role__in=giving, person__is_active=True
    )
    found: dict[UUID, set[UUID]] = {}
    for agency, person in grants.values_list("agency", "person"):
        found.setdefault(agency, set()).add(person)
    return found


def not_there(thing: str, key: UUID, *, by: Actor, now: datetime) -> Refused:
    """Records that a thing is not there, or not for the actor, and returns what is to be raised;
    both look the same to whoever asked."""
    record_first(NOT_THERE, by=by, now=now, subject_type=thing, subject=key)
    return Refused(str(key))
