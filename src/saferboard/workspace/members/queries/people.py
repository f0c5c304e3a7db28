"""People: the register for those who keep it, and one person as far as the asker may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import holding, may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.members.access import agencies_where, not_there, require_over
from saferboard.workspace.members.events import PEOPLE_LISTED, PERSON_READ
from saferboard.workspace.members.models import Answer, ReviewItem
from saferboard.workspace.partnership.models import Agency, Membership, Person, SeatHolding
from saferboard.workspace.web.listing import Listing

SORTS = ("name", "email", "job_title")
_PERSON = "person"


@dataclass(frozen=True)
class PeopleFilter:
    """`words` in name or address; `agency` an id; `role` a key; `left` shows those who left."""

    words: str = ""
    agency: UUID | None = None
    role: str = ""
    left: bool = False


@dataclass(frozen=True)
class Somebody:
    """A line of the register: agencies and roles that hold now."""

    id: UUID
    name: str
    email: str
    job_title: str
    agencies: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """A page of the register of people."""

    rows: tuple[Somebody, ...]
    listing: Listing
    asked: PeopleFilter
    agencies: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Belonging:
    """A membership; `now` whether it holds, `may_end` whether the asker may end it."""

    id: UUID
    agency: UUID
    agency_name: str
    start: datetime
    end: datetime | None
    now: bool
    may_end: bool


@dataclass(frozen=True)
class Grant:
    """A role in an agency; `now` whether it holds."""

    id: UUID
    role: str
    agency: str
    start: datetime
    end: datetime | None
    now: bool


@dataclass(frozen=True)
class Reviewed:
    """What a review said of the person."""

    agency: str
    deadline: date
    answer: str
    by: str


@dataclass(frozen=True)
class PersonPage:
    """One person. Whoever answers for an agency sees what concerns that agency."""

    id: UUID
    name: str
    email: str
    job_title: str
    memberships: tuple[Belonging, ...]
    grants: tuple[Grant, ...]
    seats: tuple[tuple[str, str], ...]
    reviews: tuple[Reviewed, ...]
    may_give: bool
    roles: tuple[tuple[str, str], ...]


def list_people(shown: Listing, asked: PeopleFilter, *, by: Actor, now: datetime) -> People:
    """Everybody, for whoever manages people or reads who has which role."""
    if not may(by.person, "people.manage", now=now):
        require(by, "roles.read", now=now)
    rows = _rows(asked, now)
    listing = shown.of(rows.count())
    page = list(rows.order_by(listing.order, "id")[listing.start : listing.start + listing.size])
    agencies: dict[UUID, list[str]] = defaultdict(list)
    held: dict[UUID, list[str]] = defaultdict(list)
    for member in Membership.objects.filter(holding(now), person__in=page).select_related("agency"):
        agencies[member.person_id].append(member.agency.name)
    for grant in RoleGrant.objects.filter(holding(now), person__in=page):
        held[grant.person_id].append(_title(grant.role))
    found = tuple(
        Somebody(
            one.id,
            one.name,
            one.email,
            one.job_title,
            tuple(sorted(agencies[one.id])),
            tuple(sorted(set(held[one.id]))),
        )
        for one in page
    )
    record_first(
        PEOPLE_LISTED,
        by=by,
        now=now,
        about=[one.id for one in page],
        details={"count": len(found)},
    )
    every = Agency.objects.filter(holding(now)).order_by("name").values_list("id", "name")
    return People(
        rows=found,
        listing=listing,
        asked=asked,
        agencies=tuple((str(key), name) for key, name in every),
        roles=tuple((role.key, role.title) for role in roles().values()),
    )


def fetch_person(person: UUID, *, by: Actor, now: datetime) -> PersonPage:
    """One person: all of them for whoever manages people or reads roles, and for themselves; for an
    agency's lead what concerns their agency, while the person belongs to it. Raises Refused."""
    held = Person.objects.filter(id=person).first()
    own = agencies_where("people.confirm", by=by, now=now)
    everywhere = person == by.person or any(
        may(by.person, key, now=now) for key in ("people.manage", "roles.read", "roles.manage")
    )
    rows = Membership.objects.filter(person=person).select_related("agency").order_by("-start")
    if not everywhere:
        rows = rows.filter(agency__in=own)
    memberships = list(rows)
    if held is None or not (everywhere or any(_holds(one, now) for one in memberships)):
        raise not_there(_PERSON, person, by=by, now=now)
    agencies = [one.agency_id for one in memberships]
    record_first(PERSON_READ, by=by, now=now, subject_type=_PERSON, subject=person, about=[person])
    manages = may(by.person, "people.manage", now=now)
    grants = RoleGrant.objects.filter(person=person).select_related("agency").order_by("-start")
    seats = SeatHolding.objects.filter(holding(now), person=person).select_related("seat__agency")
    reviews = ReviewItem.objects.filter(membership__person=person).exclude(answer="")
    if not everywhere:
        grants = grants.filter(agency__in=agencies)
        seats = seats.filter(seat__agency__in=agencies)
        reviews = reviews.filter(membership__agency__in=agencies)
    return PersonPage(
        id=held.id,
        name=held.name,
        email=held.email,
        job_title=held.job_title,
        memberships=tuple(
            Belonging(
                one.id,
                one.agency_id,
                one.agency.name,
                one.start,
                one.end,
                _holds(one, now),
                _holds(one, now) and person != by.person and (manages or one.agency_id in own),
            )
            for one in memberships
        ),
        grants=tuple(
            Grant(one.id, _title(one.role), one.agency.name, one.start, one.end, _holds(one, now))
            for one in grants
        ),
        seats=tuple((one.seat.title, one.seat.agency.name) for one in seats),
        reviews=tuple(
            Reviewed(
                one.membership.agency.name,
                one.round.deadline,
                Answer(one.answer).label,
                one.answered_by.name if one.answered_by else "",
            )
            for one in reviews.select_related(
                "membership__agency", "round", "answered_by"
            ).order_by("-round__opened")
        ),
        may_give=may(by.person, "roles.manage", now=now) and person != by.person,
        roles=tuple((role.key, role.title) for role in roles().values()),
    )


@dataclass(frozen=True)
class Member:
    """Whose membership it is, for whoever may end it."""

    person: UUID
    name: str
    agency: UUID
    agency_name: str


def person_of_membership(membership: UUID, *, by: Actor, now: datetime) -> Member:
    """Whose membership it is, for an administrator or the agency's lead. Raises Refused."""
    rows = Membership.objects.filter(holding(now), id=membership)
    held = rows.select_related("person", "agency").first()
    if held is None or held.person_id == by.person:
        raise not_there("partnership.membership", membership, by=by, now=now)
    require_over(by, held.agency_id, everywhere="people.manage", own="people.confirm", now=now)
    return Member(held.person_id, held.person.name, held.agency_id, held.agency.name)


@dataclass(frozen=True)
class GivenRole:
    """Who has a role, where."""

    person: UUID
    name: str
    role: str
    agency: str


def person_of_grant(grant: UUID, *, by: Actor, now: datetime) -> GivenRole:
    """Whose role it is. Raises Refused without `roles.manage`, and where it is not there."""
    require(by, "roles.manage", now=now)
    rows = RoleGrant.objects.filter(holding(now), id=grant)
    held = rows.select_related("person", "agency").first()
    if held is None:
        raise not_there("access.role-grant", grant, by=by, now=now)
    return GivenRole(held.person_id, held.person.name, _title(held.role), held.agency.name)


def _rows(asked: PeopleFilter, now: datetime) -> QuerySet[Person]:
    member = Membership.objects.filter(holding(now), person=OuterRef("id"))
    if asked.agency and not asked.left:
        member = member.filter(agency=asked.agency)
    rows = Person.objects.filter(~Exists(member) if asked.left else Exists(member))
    if asked.left and asked.agency:
        rows = rows.filter(memberships__agency=asked.agency).distinct()
    if asked.role:
        grants = RoleGrant.objects.filter(holding(now), person=OuterRef("id"), role=asked.role)
        rows = rows.filter(Exists(grants))
    if asked.words:
        rows = rows.filter(Q(name__icontains=asked.words) | Q(email__icontains=asked.words))
    return rows


def _title(role: str) -> str:
    known = roles().get(role)
    return known.title if known else role


def _holds(row: Membership | RoleGrant, now: datetime) -> bool:
    return row.start <= now and (row.end is None or row.end > now)
