"""Who may do what with whom: some do it everywhere, an agency's lead in their own agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from saferboard.workspace.access.catalogue import Role, roles
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import Refused, holding, may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.members.events import NOT_THERE
from saferboard.workspace.members.models import ReviewItem
from saferboard.workspace.partnership.models import Agency, Membership, Person


def may_over(by: Actor, agency: UUID, *, everywhere: str, own: str, now: datetime) -> bool:
    """Whether the actor may `everywhere`, or may `own` in this agency."""
    return may(by.person, everywhere, now=now) or may(by.person, own, now=now, agency=agency)


def require_over(by: Actor, agency: UUID, *, everywhere: str, own: str, now: datetime) -> None:
    """Returns where `may_over`; otherwise records the refusal and raises Refused."""
    if not may_over(by, agency, everywhere=everywhere, own=own, now=now):
        require(by, own, now=now, agency=agency)


def roles_offered(by: Actor, *, now: datetime) -> list[Role]:
    """The roles that the actor may put into an invitation: every one where they give roles, else
    those that roles.yaml offers."""
    every = may(by.person, "roles.manage", now=now)
    return [role for role in roles().values() if every or role.offered]


def giving(permission: str) -> list[str]:
    """The keys of the roles that give `permission`."""
    return [role.key for role in roles().values() if permission in role.may]


def holders(permission: str, *, at: datetime, agency: UUID | None = None) -> QuerySet[Person]:
    """Whoever may `permission` at `at`: they have a role that gives it in an agency to which they
    belong then; with `agency`, in that one."""
    member = Membership.objects.filter(
        holding(at), person=OuterRef("person"), agency=OuterRef("agency")
    )
    grants = RoleGrant.objects.filter(holding(at), Exists(member), role__in=giving(permission))
    if agency is not None:
        grants = grants.filter(agency=agency)
    return Person.objects.filter(is_active=True, id__in=grants.values("person")).order_by("name")


def agencies_where(permission: str, *, by: Actor, now: datetime) -> frozenset[UUID]:
    """The agencies in which the actor may `permission` by a role that they have there."""
    if by.person is None:
        return frozenset()
    member = Membership.objects.filter(holding(now), person=by.person).values("agency")
    grants = RoleGrant.objects.filter(
        holding(now), person=by.person, agency__in=member, role__in=giving(permission)
    )
    return frozenset(grants.values_list("agency", flat=True))


def people_of(agency: UUID, *, at: datetime) -> QuerySet[Membership]:
    """The memberships of an agency that hold at `at`, by name."""
    rows = Membership.objects.filter(holding(at), agency=agency)
    return rows.select_related("person", "agency").order_by("person__name", "id")


def agencies_at(at: datetime) -> QuerySet[Agency]:
    """The agencies of the partnership at `at`, by name."""
    return Agency.objects.filter(holding(at)).order_by("name")


def not_there(thing: str, key: UUID, *, by: Actor, now: datetime) -> Refused:
    """Records that a thing is not there, or not for the actor, and returns what is to be raised;
    both look the same to whoever asked."""
    record_first(NOT_THERE, by=by, now=now, subject_type=thing, subject=key)
    return Refused(str(key))


@dataclass(frozen=True)
class WaitingItem:
    """Somebody in a review whom nobody answered for yet. `answerers` are asked: the other leads of
    the agency or, where there is none, the administrators; never the person."""

    item: UUID
    person: UUID
    agency: UUID
    answerers: frozenset[UUID]


def waiting_items(review: UUID, *, now: datetime) -> list[WaitingItem]:
    """What waits in a round, of people who still belong. A fixed number of queries."""
    rows = ReviewItem.objects.filter(review_holding(now), round=review, answer="").values_list(
        "id", "membership__person", "membership__agency"
    )
    administrators = set(holders("people.manage", at=now).values_list("id", flat=True))
    leads: dict[UUID, set[UUID]] = {}
    member = Membership.objects.filter(
        holding(now), person=OuterRef("person"), agency=OuterRef("agency")
    )
    grants = RoleGrant.objects.filter(
        holding(now), Exists(member), role__in=giving("people.confirm"), person__is_active=True
    )
    for agency, person in grants.values_list("agency", "person"):
        leads.setdefault(agency, set()).add(person)
    return [
        WaitingItem(
            item,
            person,
            agency,
            frozenset((leads.get(agency, set()) - {person}) or (administrators - {person})),
        )
        for item, person, agency in rows
    ]


def review_holding(at: datetime) -> Q:
    """The condition that the membership of a review's row holds at `at`."""
    end = Q(membership__end__isnull=True) | Q(membership__end__gt=at)
    return Q(membership__start__lte=at) & end
