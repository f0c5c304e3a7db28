"""Agencies: the register, and one agency with its people and seats as far as the asker may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from saferboard.workspace.access.models import AgreementParty
from saferboard.workspace.access.permission import holding, may
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.members.access import (
    holders,
    may_over,
    not_there,
    people_of,
    require_over,
)
from saferboard.workspace.members.events import AGENCIES_EXPORTED, AGENCIES_LISTED, AGENCY_READ
from saferboard.workspace.partnership.models import (
    Agency,
    AgencyKind,
    Membership,
    Seat,
    SeatHolding,
)
from saferboard.workspace.web.listing import Listing

SORTS = ("name", "kind", "people", "chairs", "start")
_AGENCY = "partnership.agency"


@dataclass(frozen=True)
class AgencyRow:
    """A line of the register; `people` and `seats` are counted now."""

    id: UUID
    name: str
    kind: str
    statutory: bool
    people: int
    seats: int
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class AgencyFilter:
    """`words` in the name, `kind` a key; `ended` shows those that are over instead."""

    words: str = ""
    kind: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Register:
    """A page of the register of agencies."""

    rows: tuple[AgencyRow, ...]
    listing: Listing
    asked: AgencyFilter
    kinds: tuple[tuple[str, str], ...]
    may_manage: bool


@dataclass(frozen=True)
class SeatLine:
    """A seat of an agency and who holds it; `holder` None where it is empty."""

    id: UUID
    title: str
    holder: str
    person: UUID | None


@dataclass(frozen=True)
class PersonLine:
    """Somebody of an agency."""

    membership: UUID
    person: UUID
    name: str
    email: str
    job_title: str
    lead: bool
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class AgencyPage:
    """One agency. `people` is None where the asker may not see them."""

    id: UUID
    name: str
    kind: str
    kind_key: str
    statutory: bool
    version: int
    start: datetime
    end: datetime | None
    leads: tuple[str, ...]
    seats: tuple[SeatLine, ...]
    people: tuple[PersonLine, ...] | None
    agreements: tuple[tuple[UUID, str], ...]
    may_manage: bool
    may_invite: bool
    may_seat: bool


def list_agencies(shown: Listing, asked: AgencyFilter, *, by: Actor, now: datetime) -> Register:
    """The agencies of the partnership, for everybody who belongs to it."""
    _require_member(by, now)
    rows = _rows(asked, now)
    listing = shown.of(rows.count())
    order = (listing.order, "name", "id")
    page = [
        _row(one) for one in rows.order_by(*order)[listing.start : listing.start + listing.size]
    ]
    record_first(AGENCIES_LISTED, by=by, now=now, details={"count": len(page)})
    return Register(
        rows=tuple(page),
        listing=listing,
        asked=asked,
        kinds=tuple((kind.value, str(kind.label)) for kind in AgencyKind),
        may_manage=may(by.person, "agencies.manage", now=now),
    )


def export_agencies(asked: AgencyFilter, *, by: Actor, now: datetime) -> list[AgencyRow]:
    """The same, all of it, to be taken away."""
    _require_member(by, now)
    rows = [_row(one) for one in _rows(asked, now).order_by("name", "id")]
    record_first(AGENCIES_EXPORTED, by=by, now=now, details={"count": len(rows)})
    return rows


def fetch_agency(agency: UUID, *, by: Actor, now: datetime) -> AgencyPage:
    """One agency, for everybody who belongs to the partnership; its people for whoever answers for
    them, gives roles or reads who has them. Raises Refused for one that is not there."""
    _require_member(by, now)
    held = Agency.objects.filter(id=agency).first()
    if held is None:
        raise not_there(_AGENCY, agency, by=by, now=now)
    seen = _people(held, now) if _may_see_people(by, agency, now) else None
    manages = may(by.person, "agencies.manage", now=now)
    leads = holders("people.confirm", at=now, agency=agency)
    parties = AgreementParty.objects.filter(holding(now), agency=agency).select_related("agreement")
    record_first(
        AGENCY_READ,
        by=by,
        now=now,
        subject_type=_AGENCY,
        subject=agency,
        about=[one.person for one in seen or ()],
        details={"people": len(seen or ())},
    )
    here = held.end is None or held.end > now
    return AgencyPage(
        id=held.id,
        name=held.name,
        kind=str(AgencyKind(held.kind).label),
        kind_key=held.kind,
        statutory=held.statutory,
        version=held.version,
        start=held.start,
        end=held.end,
        leads=tuple(leads.values_list("name", flat=True)),
        seats=_seats(held, now),
        people=seen,
        agreements=tuple(sorted({(p.agreement_id, p.agreement.title) for p in parties}))
        if may(by.person, "agreements.read", now=now)
        else (),
        may_manage=manages and here,
        may_invite=here
        and may_over(by, agency, everywhere="people.manage", own="people.invite", now=now),
        may_seat=here
        and may_over(by, agency, everywhere="agencies.manage", own="people.confirm", now=now),
    )


@dataclass(frozen=True)
class SeatPlace:
    """A seat, for whoever may say who holds it."""

    agency: UUID
    title: str
    holder: UUID | None


def agency_of_seat(seat: UUID, *, by: Actor, now: datetime) -> SeatPlace:
    """A seat and its agency, for an administrator or the agency's lead. Raises Refused."""
    held = Seat.objects.filter(holding(now), id=seat).first()
    if held is None:
        raise not_there("partnership.seat", seat, by=by, now=now)
    require_over(by, held.agency_id, everywhere="agencies.manage", own="people.confirm", now=now)
    sits = SeatHolding.objects.filter(holding(now), seat=held).first()
    return SeatPlace(held.agency_id, held.title, sits.person_id if sits else None)


def choices_for_seat(agency: UUID, *, at: datetime) -> list[tuple[UUID, str]]:
    """Who could hold a seat of the agency, by name. For a form whose page was fetched."""
    return [(one.person_id, one.person.name) for one in people_of(agency, at=at)]


def _may_see_people(by: Actor, agency: UUID, now: datetime) -> bool:
    return may(by.person, "roles.read", now=now) or may_over(
        by, agency, everywhere="people.manage", own="people.confirm", now=now
    )


def _people(agency: Agency, now: datetime) -> tuple[PersonLine, ...]:
    leads = set(holders("people.confirm", at=now, agency=agency.id).values_list("id", flat=True))
    return tuple(
        PersonLine(
            membership=one.id,
            person=one.person_id,
            name=one.person.name,
            email=one.person.email,
            job_title=one.person.job_title,
            lead=one.person_id in leads,
            start=one.start,
            end=one.end,
        )
        for one in people_of(agency.id, at=now)
    )


def _seats(agency: Agency, now: datetime) -> tuple[SeatLine, ...]:
    seats = Seat.objects.filter(holding(now), agency=agency).order_by("title", "id")
    rows = SeatHolding.objects.filter(holding(now), seat__agency=agency).select_related("person")
    held = {row.seat_id: row.person for row in rows}
    return tuple(
        SeatLine(
            seat.id,
            seat.title,
            held[seat.id].name if seat.id in held else "",
            held[seat.id].id if seat.id in held else None,
        )
        for seat in seats
    )


def _rows(asked: AgencyFilter, now: datetime) -> QuerySet[Agency]:
    rows = (
        Agency.objects.filter(end__lte=now) if asked.ended else Agency.objects.filter(holding(now))
    )
    if asked.words:
        rows = rows.filter(name__icontains=asked.words)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    open_ended = Q(memberships__start__lte=now) & (
        Q(memberships__end__isnull=True) | Q(memberships__end__gt=now)
    )
    open_seats = Q(seats__start__lte=now) & (Q(seats__end__isnull=True) | Q(seats__end__gt=now))
    return rows.annotate(
        people=Count("memberships", filter=open_ended, distinct=True),
        chairs=Count("seats", filter=open_seats, distinct=True),
    )


def _row(agency: Agency) -> AgencyRow:
    return AgencyRow(
        id=agency.id,
        name=agency.name,
        kind=str(AgencyKind(agency.kind).label),
        statutory=agency.statutory,
        people=agency.people,  # type: ignore[attr-defined]  # annotated by the query
        seats=agency.chairs,  # type: ignore[attr-defined]  # annotated by the query
        start=agency.start,
        end=agency.end,
    )


def _require_member(by: Actor, now: datetime) -> None:
    rows = Membership.objects.filter(holding(now), person=by.person)
    if by.person is None or not rows.exists():
        raise not_there(_AGENCY, by.person or UUID(int=0), by=by, now=now)
