"""Who may fill in, sign off and see a return, and who is told of it."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from saferboard.vocabulary.period import Period
from saferboard.workspace.access.permission import Refused, holders_of, holding, may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.returns.events import DUE_REFUSED
from saferboard.workspace.returns.models import Due, Filing, ReturnDefinition

FILL, SIGN, MANAGE = "returns.fill", "returns.sign-off", "returns.manage"
DUE = "returns.due"


def fillers(definition: ReturnDefinition, *, now: datetime) -> frozenset[UUID]:
    """Who may fill in a return: those who are named, else everybody of the agency whose role says
    so. Somebody who is named and has no such role any more may not."""
    able = holders_of(FILL, now=now, agency=definition.agency_id)
    named = frozenset(definition.fillers.filter(holding(now)).values_list("person", flat=True))
    return able & named if named else able


def may_fill(definition: ReturnDefinition, by: Actor, *, now: datetime) -> bool:
    """Whether the actor may fill it in."""
    return by.person is not None and by.person in fillers(definition, now=now)


def may_sign(definition: ReturnDefinition, by: Actor, *, now: datetime) -> bool:
    """Whether the actor may sign it off or send it back, whoever filled it in."""
    return may(by.person, SIGN, now=now, agency=definition.agency_id)


def may_see(definition: ReturnDefinition, by: Actor, *, now: datetime) -> bool:
    """Figures of a return, small ones too, are shown to those of the agency that owes it who fill
    in or sign off, and to analysts. Everybody else reads them in packs, after disclosure
    control."""
    agency = definition.agency_id
    return (
        may(by.person, MANAGE, now=now)
        or may(by.person, FILL, now=now, agency=agency)
        or may(by.person, SIGN, now=now, agency=agency)
    )


def second_person(filing: Filing, definition: ReturnDefinition, *, now: datetime) -> bool:
    """Whether somebody who did not write in it could sign it off. Where nobody could, the one who
    wrote it may: an agency of one must be able to report. It is then marked."""
    able = holders_of(SIGN, now=now, agency=definition.agency_id)
    return bool(able - set(filing.hands))


def line_of(due: Due) -> str:
    """Which return it is, for those who are told of it."""
    period = Period(due.period_start, due.period_end)
    return f"{due.definition.title}, {period.label()}"


def due_for(due: UUID, *, by: Actor, now: datetime) -> Due:
    """The period of a return, for somebody who may see it. Otherwise the refusal is recorded and
    Refused raised: it looks like one that is not there."""
    found = Due.objects.select_related("definition__agency").filter(id=due).first()
    if found is None or not may_see(found.definition, by, now=now):
        refuse(due, by, now)
    return found


def refuse(due: UUID, by: Actor, now: datetime) -> NoReturn:
    """Records the refusal, by itself and at once, and raises Refused."""
    record_first(DUE_REFUSED, by=by, now=now, subject_type=DUE, subject=due)
    raise Refused(str(due))


def require_fill(due: Due, by: Actor, now: datetime) -> None:
    """Raises Refused where the actor may not fill it in: the page says which role is missing."""
    require(by, FILL, now=now, agency=due.definition.agency_id)
    if not may_fill(due.definition, by, now=now):
        refuse(due.id, by, now)


def require_sign(due: Due, by: Actor, now: datetime) -> None:
    """Raises Refused where the actor may not sign it off."""
    require(by, SIGN, now=now, agency=due.definition.agency_id)
