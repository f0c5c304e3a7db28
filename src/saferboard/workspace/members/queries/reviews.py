"""Access reviews: the rounds, and one round as far as the asker answers for it or may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import holding, may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.members.access import (
    agencies_where,
    holders,
    not_there,
    require_over,
    waiting_items,
)
from saferboard.workspace.members.events import REVIEWS_READ
from saferboard.workspace.members.models import Answer, ReviewItem, ReviewRound
from saferboard.workspace.partnership.days import after

_ROUND = "members.review"


@dataclass(frozen=True)
class RoundRow:
    """A round and how far it is."""

    id: UUID
    opened: datetime
    opened_by: str
    deadline: date
    closed: datetime | None
    people: int
    waiting: int


@dataclass(frozen=True)
class Rounds:
    """All rounds, newest first."""

    rows: tuple[RoundRow, ...]
    may_open: bool


@dataclass(frozen=True)
class Item:
    """A person in a round. `may_answer` whether the asker may; `own` whether it is themselves."""

    id: UUID
    person: UUID
    name: str
    job_title: str
    roles: tuple[str, ...]
    since: datetime
    answer: str
    answered_by: str
    answered: datetime | None
    may_answer: bool
    own: bool


@dataclass(frozen=True)
class AgencyItems:
    """The people of one agency in a round; `leads` who was asked first."""

    id: UUID
    name: str
    leads: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def waiting(self) -> int:
        """How many nobody answered for."""
        return sum(not one.answered for one in self.items)


@dataclass(frozen=True)
class RoundPage:
    """A round with the agencies that the asker answers for or may read."""

    id: UUID
    opened: datetime
    deadline: date
    closed: datetime | None
    over: bool
    agencies: tuple[AgencyItems, ...]

    @property
    def waiting(self) -> int:
        """How many of those shown nobody answered for."""
        return sum(one.waiting for one in self.agencies)


@dataclass(frozen=True)
class Waiting:
    """What waits for one person in the open round: `people` that they are asked about."""

    review: UUID
    people: int
    deadline: date


def list_reviews(*, by: Actor, now: datetime) -> Rounds:
    """Every round, for whoever manages people, reads roles or answers for an agency."""
    manages = may(by.person, "people.manage", now=now)
    if not manages and not may(by.person, "roles.read", now=now):
        require(by, "people.confirm", now=now)
    rows = ReviewRound.objects.select_related("opened_by").order_by("-opened")
    rows = rows.annotate(
        people=Count("items"), waiting=Count("items", filter=Q(items__answer=Answer.WAITING))
    )
    found = tuple(
        RoundRow(
            one.id,
            one.opened,
            one.opened_by.name if one.opened_by else "",
            one.deadline,
            one.closed,
            one.people,
            one.waiting,
        )
        for one in rows
    )
    return Rounds(found, may_open=manages and all(one.closed for one in found))


def fetch_review(review: UUID, *, by: Actor, now: datetime) -> RoundPage:
    """One round: every agency for whoever manages people or reads roles, for a lead their own.
    Raises Refused."""
    manages = may(by.person, "people.manage", now=now)
    every = manages or may(by.person, "roles.read", now=now)
    own = agencies_where("people.confirm", by=by, now=now)
    held = ReviewRound.objects.filter(id=review).first()
    if held is None or not (every or own):
        raise not_there(_ROUND, review, by=by, now=now)
    rows = ReviewItem.objects.filter(round=review).select_related(
        "membership__person", "membership__agency", "answered_by"
    )
    if not every:
        rows = rows.filter(membership__agency__in=own)
    items = list(rows.order_by("membership__agency__name", "membership__person__name", "id"))
    over = held.closed is not None or now >= after(held.deadline)
    given = _roles({one.membership.person_id for one in items}, now)
    found: dict[UUID, list[ReviewItem]] = {}
    for one in items:
        found.setdefault(one.membership.agency_id, []).append(one)
    record_first(
        REVIEWS_READ,
        by=by,
        now=now,
        subject_type=_ROUND,
        subject=review,
        about=[one.membership.person_id for one in items],
        details={"count": len(items)},
    )
    return RoundPage(
        id=held.id,
        opened=held.opened,
        deadline=held.deadline,
        closed=held.closed,
        over=over,
        agencies=tuple(
            AgencyItems(
                agency,
                group[0].membership.agency.name,
                tuple(
                    holders("people.confirm", at=now, agency=agency).values_list("name", flat=True)
                ),
                tuple(
                    _item(
                        one,
                        by,
                        given,
                        open_to=not over and (manages or agency in own),
                    )
                    for one in group
                ),
            )
            for agency, group in found.items()
        ),
    )


def waiting_for(*, by: Actor, now: datetime) -> Waiting | None:
    """How many people of the open round the actor is asked about; None where nothing waits."""
    held = ReviewRound.objects.filter(closed=None).first()
    if held is None or by.person is None or now >= after(held.deadline):
        return None
    mine = [one for one in waiting_items(held.id, now=now) if by.person in one.answerers]
    return Waiting(held.id, len(mine), held.deadline) if mine else None


@dataclass(frozen=True)
class Asked:
    """Whom a row of a review is about."""

    review: UUID
    name: str
    agency: str


def review_of_item(item: UUID, *, by: Actor, now: datetime) -> Asked:
    """Whom a row is about, for whoever may answer it. Raises Refused."""
    held = (
        ReviewItem.objects.select_related("membership__person", "membership__agency")
        .filter(id=item)
        .first()
    )
    if held is None or held.membership.person_id == by.person:
        raise not_there("members.review-item", item, by=by, now=now)
    agency = held.membership.agency_id
    require_over(by, agency, everywhere="people.manage", own="people.confirm", now=now)
    member = held.membership
    return Asked(held.round_id, member.person.name, member.agency.name)


def _item(
    one: ReviewItem,
    by: Actor,
    given: dict[tuple[UUID, UUID], list[str]],
    *,
    open_to: bool,
) -> Item:
    member = one.membership
    return Item(
        id=one.id,
        person=member.person_id,
        name=member.person.name,
        job_title=member.person.job_title,
        roles=tuple(given.get((member.person_id, member.agency_id), ())),
        since=member.start,
        answer=str(Answer(one.answer).label),
        answered_by=one.answered_by.name if one.answered_by else "",
        answered=one.answered,
        may_answer=open_to and not one.answer and member.person_id != by.person,
        own=member.person_id == by.person,
    )


def _roles(people: set[UUID], now: datetime) -> dict[tuple[UUID, UUID], list[str]]:
    found: dict[tuple[UUID, UUID], list[str]] = {}
    grants = RoleGrant.objects.filter(holding(now), person__in=people).order_by("role")
    for grant in grants:
        title = roles()[grant.role].title if grant.role in roles() else grant.role
        found.setdefault((grant.person_id, grant.agency_id), []).append(title)
    return found
