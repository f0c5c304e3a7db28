"""Agencies: adding one, changing one, ending one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.events import AGREEMENT_LEFT
from saferboard.workspace.access.models import AgreementParty
from saferboard.workspace.access.permission import holding, require
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.members.access import not_there
from saferboard.workspace.members.events import AGENCY_ADDED, AGENCY_CHANGED, AGENCY_ENDED
from saferboard.workspace.members.operations.leaving import (
    Leave,
    end_now,
    gives_roles,
    refuse_without_administrator,
)
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.partnership.models import Agency, AgencyKind, Membership, Seat
from saferboard.workspace.web.editing import Both, Changed

_AGENCY = "partnership.agency"
_LONGEST = 200


def add_agency(*, name: str, kind: str, statutory: bool, by: Actor, now: datetime) -> UUID:
    """Adds an agency from now on and returns its id. Raises Problem for a name that is missing, too
    long or taken, by an ended one too, and for an unknown kind."""
    require(by, "agencies.manage", now=now)
    clean = _checked(name, kind)
    with transaction.atomic():
        agency = Agency(name=clean, kind=kind, statutory=statutory, start=now)
        _save(agency)
        details: dict[str, Detail] = {"kind": kind, "statutory": statutory}
        record(
            AGENCY_ADDED, by=by, now=now, subject_type=_AGENCY, subject=agency.id, details=details
        )
    return agency.id


def change_agency(
    *,
    agency: UUID,
    version: int,
    name: str,
    kind: str,
    statutory: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Changes an agency of which the actor saw `version`. Raises Changed where that is not the
    present one, and Problem as `add_agency` does."""
    require(by, "agencies.manage", now=now)
    clean = _checked(name, kind)
    with transaction.atomic():
        held = Agency.objects.select_for_update().filter(holding(now), id=agency).first()
        if held is not None and held.version == version:
            held.name, held.kind, held.statutory = clean, kind, statutory
            held.version += 1
            _save(held)
            record(
                AGENCY_CHANGED,
                by=by,
                now=now,
                subject_type=_AGENCY,
                subject=agency,
                details={"version": held.version, "kind": kind, "statutory": statutory},
            )
            return
    if held is None:
        raise not_there(_AGENCY, agency, by=by, now=now)
    raise Changed(
        "this agency",
        [
            Both("Name", held.name, clean),
            Both("Kind", AgencyKind(held.kind).label, AgencyKind(kind).label),
            Both("Responsible authority", _yes(held.statutory), _yes(statutory)),
        ],
    )


def end_agency(*, agency: UUID, at: datetime, by: Actor, now: datetime) -> int:
    """Ends an agency at `at`, now or later, with everything that hangs on it: its people's
    memberships and roles, its seats, its part in agreements. Returns how many memberships ended.
    Raises Problem for a moment that is past, and where nobody would be left who gives roles."""
    require(by, "agencies.manage", now=now)
    if at < now:
        raise Problem("This day is past.", remedy="Choose today or a later day.")
    with transaction.atomic():
        held = Agency.objects.select_for_update().filter(holding(now), id=agency).first()
        if held is not None:
            rows = Membership.objects.select_for_update().filter(agency=agency)
            ending = [one for one in rows.order_by("id") if one.end is None or one.end > at]
            gave = gives_roles(ending, at)
            for one in ending:
                end_now(one, Leave(at, "agency-ended"), by=by, now=now)
            refuse_without_administrator(at, gave)
            held.end = at
            held.version += 1
            held.save(update_fields=["end", "version"])
            Seat.objects.filter(holding(at), agency=agency).update(end=at)
            for party in AgreementParty.objects.filter(holding(at), agency=agency):
                party.end = max(at, party.start)
                party.save(update_fields=["end"])
                record(
                    AGREEMENT_LEFT,
                    by=by,
                    now=now,
                    subject_type="access.agreement",
                    subject=party.agreement_id,
                    details={"agency": agency},
                )
            record(
                AGENCY_ENDED,
                by=by,
                now=now,
                subject_type=_AGENCY,
                subject=agency,
                details={"people": len(ending), "on": day_of(at).isoformat()},
            )
            refresh_people([one.person_id for one in ending])
            return len(ending)
    raise not_there(_AGENCY, agency, by=by, now=now)


def _checked(name: str, kind: str) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > _LONGEST or "\0" in clean:
        raise Problem("The name is missing or too long.", remedy=f"Write up to {_LONGEST} letters.")
    if kind not in AgencyKind.values:
        raise Problem("This kind of agency is not known.", remedy="Choose one of the list.")
    return clean


def _save(agency: Agency) -> None:
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as error:
        raise Problem(
            "There is, or was, an agency of this name.", remedy="Give it a name of its own."
        ) from error


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
