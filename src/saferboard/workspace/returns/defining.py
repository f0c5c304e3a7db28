"""Which agency owes which return, what it asks for, and periods that are not owed any more."""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from saferboard.analytics.sources.local_return import row
from saferboard.vocabulary.area import is_gss
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused, holding, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.partnership.models import Agency, Person
from saferboard.workspace.returns.asking_for import measures
from saferboard.workspace.returns.events import (
    PERIOD_WITHDRAWN,
    RETURN_CHANGED,
    RETURN_DEFINED,
    RETURN_ENDED,
)
from saferboard.workspace.returns.models import Due, Filing, Filler, Line, ReturnDefinition, State
from saferboard.workspace.returns.people import DUE, MANAGE
from saferboard.workspace.returns.periods import Cycle
from saferboard.workspace.returns.scheduling import add_periods
from saferboard.workspace.web.editing import Both, Changed

RETURN = "returns.return"


@dataclass(frozen=True)
class LineAsked:
    """One figure as somebody wants it asked for; an empty `area` is the return's own."""

    measure: str
    breakdown: str = ""
    area: str = ""
    lowest: float | None = None
    highest: float | None = None
    denominator_required: bool = False
    rare: float = 0.003


def define_return(
    *,
    title: str,
    about: str,
    agency: UUID,
    area: str,
    cycle: Cycle,
    first: date,
    due_days: int,
    lines: Sequence[LineAsked],
    fillers: Collection[UUID] = (),
    by: Actor,
    now: datetime,
) -> UUID:
    """Says that an agency owes a return and puts its periods on the list; returns its id. Raises
    Problem for what cannot be asked: no line, an unknown measure, an area that is none."""
    require(by, MANAGE, now=now)
    checked = _checked(lines, area)
    if not title.strip():
        raise Problem("The return has no title.", remedy="Give it one.")
    if not 1 <= due_days <= 365:
        raise Problem("A return is due 1 to 365 days after its period.", remedy="Change the days.")
    if not Agency.objects.filter(holding(now), id=agency).exists():
        raise Problem("There is no such agency.", remedy="Choose one of the list.")
    with transaction.atomic():
        made = ReturnDefinition.objects.create(
            id=uuid.uuid4(),
            title=title.strip(),
            about=about.strip(),
            agency_id=agency,
            area=area,
            cycle=cycle.value,
            first=first.replace(day=1),
            due_days=due_days,
            start=now,
        )
        _write_lines(made, checked, now)
        _write_fillers(made, fillers, now)
        record(
            RETURN_DEFINED,
            by=by,
            now=now,
            subject_type=RETURN,
            subject=made.id,
            details={"cycle": cycle.value, "agency": agency, "lines": len(checked)},
        )
        add_periods(made, by=by, now=now)
    return made.id


def change_return(
    *,
    definition: UUID,
    title: str,
    about: str,
    due_days: int,
    lines: Sequence[LineAsked],
    version: int,
    by: Actor,
    now: datetime,
) -> None:
    """Changes what a return asks for from now on. A line that stays keeps its id and with it what
    was typed in drafts; one that goes is ended and not deleted. Days change for periods that are
    put on the list later. Raises Changed where somebody was quicker."""
    require(by, MANAGE, now=now)
    with transaction.atomic():
        held = _held(definition)
        if held.version != version:
            raise Changed(
                "the return",
                [
                    Both("Title", held.title, title),
                    Both("What it is about", held.about, about),
                    Both("Days after the period", str(held.due_days), str(due_days)),
                ],
            )
        checked = _checked(lines, held.area)
        held.title, held.about, held.due_days = title.strip(), about.strip(), due_days
        held.version += 1
        held.save()
        _write_lines(held, checked, now)
        record(
            RETURN_CHANGED,
            by=by,
            now=now,
            subject_type=RETURN,
            subject=held.id,
            details={"version": held.version, "lines": len(checked)},
        )


def end_return(*, definition: UUID, by: Actor, now: datetime) -> None:
    """The return is owed no more: no further period is put on the list, and those that have not
    begun go. Periods that have begun are still owed, until they are withdrawn."""
    require(by, MANAGE, now=now)
    with transaction.atomic():
        held = _held(definition)
        if held.end is not None:
            raise Problem("This return has ended already.", remedy="Nothing was changed.")
        held.end = now
        held.version += 1
        held.save()
        ahead = Due.objects.filter(definition=held, period_start__gt=now.date(), filings=None)
        ahead.filter(reminders=None).delete()
        record(RETURN_ENDED, by=by, now=now, subject_type=RETURN, subject=held.id)


def withdraw_period(*, due: UUID, why: str, by: Actor, now: datetime) -> None:
    """A period is not owed any more: nobody is reminded and it is not late. For one that is filed
    there is the correction. Raises Problem without a reason and where something was signed."""
    require(by, MANAGE, now=now)
    words = " ".join(why.split())
    if not words or len(words) > 500:
        raise Problem("Say in a sentence why it is not owed.", remedy="At most 500 letters.")
    with transaction.atomic():
        held = Due.objects.select_for_update().filter(id=due).first()
        if held is None:
            raise Refused(str(due))
        if held.withdrawn is not None:
            raise Problem("This period was withdrawn already.", remedy="Nothing was changed.")
        if Filing.objects.filter(due=held, state__in=[State.SIGNED, State.LOADED]).exists():
            raise Problem(
                "Figures of this period were signed off.",
                remedy="If they are wrong, ask the agency for a correction; a figure that is not "
                "known is left empty in it.",
            )
        held.withdrawn, held.withdrawn_by_id, held.withdrawn_why = now, by.person, words
        held.save()
        record(
            PERIOD_WITHDRAWN, by=by, now=now, subject_type=DUE, subject=held.id,
            parent=held.definition_id, text=words,
        )  # fmt: skip


def _held(definition: UUID) -> ReturnDefinition:
    held = ReturnDefinition.objects.select_for_update().filter(id=definition).first()
    if held is None:
        raise Refused(str(definition))
    return held


def _checked(lines: Sequence[LineAsked], area: str) -> list[LineAsked]:
    """The lines with their areas and with breakdowns as the reader writes them."""
    if not is_gss(area):
        raise Problem(f"“{area}” is not the code of an area.", remedy="A letter and eight digits.")
    if not lines:
        raise Problem("The return asks for nothing.", remedy="Choose at least one measure.")
    known = measures()
    checked: list[LineAsked] = []
    for one in lines:
        if one.measure not in known:
            raise Problem(
                f"“{one.measure}” is not a measure that partners report.",
                remedy="Choose one of the list.",
            )
        try:
            breakdown = row.breakdown(one.breakdown.strip() or None) or ""
        except ValueError as error:
            raise Problem(str(error), remedy="Write it as sex=Female.") from error
        where = one.area or area
        if not is_gss(where):
            raise Problem(f"“{where}” is not the code of an area.", remedy="Correct it.")
        for limit in (one.lowest, one.highest):
            if limit is not None and not math.isfinite(limit):
                raise Problem("A limit is a number.", remedy="Correct it.")
        if one.lowest is not None and one.highest is not None and one.lowest > one.highest:
            raise Problem("The lowest is over the highest.", remedy="Change one of them.")
        checked.append(
            LineAsked(
                one.measure, breakdown, where, one.lowest, one.highest,
                one.denominator_required, one.rare,
            )
        )  # fmt: skip
    keys = [(one.measure, one.area, one.breakdown) for one in checked]
    if len(set(keys)) < len(keys):
        raise Problem("A figure is asked for twice.", remedy="Take one of the two lines out.")
    return checked


def _write_lines(definition: ReturnDefinition, lines: Sequence[LineAsked], now: datetime) -> None:
    held = {
        (one.measure, one.area, one.breakdown): one
        for one in Line.objects.select_for_update().filter(definition=definition, end=None)
    }
    wanted = {(one.measure, one.area, one.breakdown) for one in lines}
    gone = [one.id for key, one in held.items() if key not in wanted]
    Line.objects.filter(id__in=gone).update(end=now)
    for position, one in enumerate(lines):
        line = held.get((one.measure, one.area, one.breakdown))
        line = line or Line(
            definition=definition, measure=one.measure, area=one.area, breakdown=one.breakdown,
            start=now,
        )  # fmt: skip
        line.position, line.lowest, line.highest = position, one.lowest, one.highest
        line.denominator_required, line.rare = one.denominator_required, one.rare
        line.save()


def _write_fillers(definition: ReturnDefinition, people: Collection[UUID], now: datetime) -> None:
    for person in sorted(set(people)):
        if not Person.objects.filter(id=person).exists():
            raise Problem("There is no such person.", remedy="Choose one of the list.")
        Filler.objects.create(definition=definition, person_id=person, start=now)
