"""Seats: an agency's places, and who holds them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import holding, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import record
from saferboard.workspace.members.access import not_there, require_over
from saferboard.workspace.members.events import SEAT_ADDED, SEAT_ENDED, SEAT_HELD, SEAT_LEFT
from saferboard.workspace.partnership.models import Agency, Membership, Seat, SeatHolding

_SEAT = "partnership.seat"
_LONGEST = 200


def add_seat(*, agency: UUID, title: str, by: Actor, now: datetime) -> UUID:
    """Gives an agency a seat from now on and returns its id. Raises Problem for a title that is
    missing, too long, or that a present seat of the agency has."""
    require(by, "agencies.manage", now=now)
    clean = " ".join(title.split())
    if not clean or len(clean) > _LONGEST or "\0" in clean:
        raise Problem(
            "The title is missing or too long.", remedy=f"Write up to {_LONGEST} letters."
        )
    with transaction.atomic():
        held = Agency.objects.select_for_update().filter(holding(now), id=agency).first()
        if held is not None:
            seats = Seat.objects.filter(holding(now), agency=held, title__iexact=clean)
            if seats.exists():
                raise Problem("This agency has that seat already.", remedy="Nothing was changed.")
            seat = Seat.objects.create(agency=held, title=clean, start=now, end=held.end)
            _tell(SEAT_ADDED, seat, None, by, now)
            return seat.id
    raise not_there("partnership.agency", agency, by=by, now=now)


def hold_seat(*, seat: UUID, person: UUID | None, by: Actor, now: datetime) -> None:
    """From now on `person`, who belongs to the seat's agency, holds it, or nobody where None; who
    held it before no longer does. By an administrator or the agency's lead. Raises Problem where
    the person belongs to another agency or holds it already."""
    found = _asked(seat, by, now)
    with transaction.atomic():
        held = Seat.objects.select_for_update().get(id=found.id)
        member = Membership.objects.filter(holding(now), person=person, agency=held.agency_id)
        belongs = member.first() if person is not None else None
        if person is not None and belongs is None:
            raise Problem(
                "This person does not belong to the seat’s agency.",
                remedy="Choose somebody of the agency, or invite them first.",
            )
        before = SeatHolding.objects.filter(holding(now), seat=held).first()
        if before is not None and before.person_id == person:
            raise Problem("This person holds the seat already.", remedy="Nothing was changed.")
        if before is not None:
            before.end = now
            before.save(update_fields=["end"])
            _tell(SEAT_LEFT, held, before.person_id, by, now)
        if belongs is not None:
            SeatHolding.objects.create(
                seat=held, person_id=belongs.person_id, start=now, end=belongs.end
            )
            _tell(SEAT_HELD, held, belongs.person_id, by, now)


def end_seat(*, seat: UUID, by: Actor, now: datetime) -> None:
    """Ends a seat now, and whoever holds it no longer does."""
    require(by, "agencies.manage", now=now)
    found = _asked(seat, by, now)
    with transaction.atomic():
        held = Seat.objects.select_for_update().get(id=found.id)
        held.end = now
        held.save(update_fields=["end"])
        SeatHolding.objects.filter(holding(now), seat=held).update(end=now)
        _tell(SEAT_ENDED, held, None, by, now)


def _asked(seat: UUID, by: Actor, now: datetime) -> Seat:
    found = Seat.objects.filter(holding(now), id=seat).first()
    if found is None:
        raise not_there(_SEAT, seat, by=by, now=now)
    require_over(by, found.agency_id, everywhere="agencies.manage", own="people.confirm", now=now)
    return found


def _tell(event: EventType, seat: Seat, person: UUID | None, by: Actor, now: datetime) -> None:
    record(
        event,
        by=by,
        now=now,
        subject_type=_SEAT,
        subject=seat.id,
        parent=seat.agency_id,
        about=[person] if person else [],
        details={"person": person} if person else {},
    )
