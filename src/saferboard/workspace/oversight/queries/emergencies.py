"""Emergency access: who may use it, and its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saferboard.workspace.access.levels import Restriction, Why
from saferboard.workspace.access.models import Emergency
from saferboard.workspace.access.permission import record_refused, require
from saferboard.workspace.access.queries import glass_before
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.audit.queries import Sought, rows_of, words_of
from saferboard.workspace.oversight.events import EMERGENCIES_LISTED, EMERGENCY_READ
from saferboard.workspace.oversight.queries.naming import names_of, short
from saferboard.workspace.oversight.queries.records import Line, lines_of
from saferboard.workspace.oversight.queries.wording import CATEGORIES
from saferboard.workspace.web.asking import Asking

REVIEW_WITHIN_DAYS = 3
_MOST_ROWS = 200


@dataclass(frozen=True)
class Used:
    """One use of emergency access. `matter` is None for one that has been sealed since. `own` says
    that the asker used it and so does not review it."""

    id: UUID
    matter: UUID | None
    reference: str
    person: str
    category: str
    start: datetime
    end: datetime
    due: date
    late: bool
    own: bool
    reviewed: datetime | None
    reviewer: str
    justified: bool | None


@dataclass(frozen=True)
class UsedInFull:
    """One use with what it takes to review it: the words, and what was done meanwhile."""

    used: Used
    words: str | None
    lines: tuple[Line, ...]


def may_use_emergency(matter: UUID, *, who: Asking) -> bool:
    """Whether there is a glass to break for the asker; where not, that is recorded. Raises Refused
    without `emergency.break`."""
    require(who.by, "emergency.break", now=who.now)
    if glass_before(matter, by=who.by, now=who.now):
        return True
    record_refused(matter, Why.NO_PARTY, by=who.by, now=who.now)
    return False


def emergencies(*, who: Asking) -> list[Used]:
    """Every use of emergency access: what waits for review first, the oldest at the top; then what
    was reviewed, the newest at the top. Recorded first. Raises Refused without
    `emergency.review`."""
    require(who.by, "emergency.review", now=who.now)
    found = _used(_rows(), who)
    record_first(EMERGENCIES_LISTED, by=who.by, now=who.now, details={"count": len(found)})
    waiting = [one for one in found if one.reviewed is None]
    done = [one for one in found if one.reviewed is not None]
    return sorted(waiting, key=lambda one: one.start) + sorted(
        done, key=lambda one: one.start, reverse=True
    )


def emergency(which: UUID, *, who: Asking) -> UsedInFull | None:
    """One use, the words that were written and what the person did with the matter meanwhile; None
    for none, and for one's own, which is refused. Recorded first. Raises Refused without
    `emergency.review`."""
    require(who.by, "emergency.review", now=who.now)
    found = _used(_rows(id=which), who)
    if not found or found[0].own:
        record_refused(which, Why.NO_ROLE, by=who.by, now=who.now)
        return None
    with transaction.atomic(), as_system():
        held = Emergency.objects.get(id=which)
        spoken = Sought(subject=held.matter_id, event="access.emergency.used")
        rows = rows_of(spoken, size=_MOST_ROWS).rows
        said = next((row for row in rows if row.details.get("emergency") == str(which)), None)
        words = words_of(said.text) if said and said.text else None
        done = Sought(
            subject=held.matter_id, actor=held.person_id, since=held.start, until=held.end
        )
        meanwhile = rows_of(done, size=_MOST_ROWS, oldest_first=True).rows
    record_first(
        EMERGENCY_READ,
        by=who.by,
        now=who.now,
        subject_type="access.matter",
        subject=held.matter_id,
        details={"emergency": which},
    )
    used = found[0]
    lines = lines_of(meanwhile, who=who) if used.matter else ()
    return UsedInFull(used, words if used.matter else None, lines)


def waiting(*, who: Asking) -> list[Used]:
    """What the asker has to review; nothing without `emergency.review`. Records nothing: it says
    that something waits and no more."""
    if "emergency.review" not in who.may:
        return []
    return [one for one in _used(_rows(reviewed_at__isnull=True), who) if not one.own]


def _rows(**wanted: Any) -> list[Emergency]:
    with transaction.atomic(), as_system():
        found = Emergency.objects.filter(**wanted).select_related("matter")
        return list(found.order_by("-start", "id"))


def _used(rows: list[Emergency], who: Asking) -> list[Used]:
    people = [one for row in rows for one in (row.person_id, row.reviewed_by_id)]
    names = names_of(people, who=who)
    today = timezone.localdate(who.now)

    def used(row: Emergency) -> Used:
        sealed = row.matter.restriction == Restriction.SEALED
        due = timezone.localdate(row.start) + timedelta(days=REVIEW_WITHIN_DAYS)
        return Used(
            id=row.id,
            matter=None if sealed else row.matter_id,
            reference="sealed since" if sealed else short(row.matter_id),
            person=names.person(row.person_id),
            category=CATEGORIES.get(row.category, row.category),
            start=row.start,
            end=row.end,
            due=due,
            late=row.reviewed_at is None and due < today,
            own=row.person_id == who.by.person,
            reviewed=row.reviewed_at,
            reviewer=names.person(row.reviewed_by_id) if row.reviewed_by_id else "",
            justified=row.justified,
        )

    return [used(row) for row in rows]
