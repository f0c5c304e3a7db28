"""The record of what was done, as a governance officer reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Restriction
from saferboard.workspace.access.models import Matter
from saferboard.workspace.access.permission import require
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record_first
from saferboard.workspace.audit.queries import (
    Row,
    Sought,
    count_up_to,
    newest_id,
    row_of,
    rows_of,
    words_of,
)
from saferboard.workspace.oversight.events import (
    FILTERS,
    RECORD_EXPORTED,
    RECORD_READ,
    ROW_READ,
    WORDS_READ,
)
from saferboard.workspace.oversight.queries.naming import Names, names_of
from saferboard.workspace.oversight.queries.wording import purpose, sentence, thing
from saferboard.workspace.web.asking import Asking

PAGE = 50
MOST_EXPORTED = 100_000
_BATCH = 2_000
_MATTER = "access.matter"


@dataclass(frozen=True)
class Line:
    """One row of the record as it is shown. `about` are the people whose data it was."""

    id: int
    at: datetime
    kind: str
    event: str
    sentence: str
    actor: UUID | None
    actor_name: str
    agency_name: str
    subject: UUID | None
    subject_type: str
    thing: str
    parent: UUID | None
    about: tuple[str, ...]
    purpose: str
    reason: str
    request: UUID | None
    words: bool


@dataclass(frozen=True)
class RecordPage:
    """A page of the record; `newer` and `older` say whether there is more on that side."""

    lines: tuple[Line, ...]
    before: bool
    after: bool


@dataclass(frozen=True)
class OneRow:
    """A row, and what else the same request did."""

    line: Line
    beside: tuple[Line, ...]


def record_page(
    sought: Sought,
    *,
    who: Asking,
    oldest_first: bool = False,
    after: int | None = None,
    before: int | None = None,
) -> RecordPage:
    """A page of what is sought. That it was read is recorded before it is given. Raises Refused
    without `audit.read`."""
    require(who.by, "audit.read", now=who.now)
    narrowed = replace(sought, hidden=_hidden(who, sought.subject))
    with acting(who.by):
        page = rows_of(narrowed, size=PAGE, oldest_first=oldest_first, after=after, before=before)
    lines = lines_of(page.rows, who=who)
    tell(RECORD_READ, len(lines), sought, who)
    return RecordPage(lines, page.before, page.after)


def counted(sought: Sought, *, who: Asking, most: int) -> tuple[Sought, int]:
    """What is sought up to the row that is newest now, and how many rows those are. Raises Problem
    where they are more than `most`."""
    narrowed = replace(sought, hidden=_hidden(who, sought.subject))
    with acting(who.by):
        narrowed = replace(narrowed, newest=newest_id())
        count = count_up_to(narrowed, most)
    if count > most:
        raise Problem(
            f"These are more than {most} rows.", remedy="Narrow the dates or add a filter."
        )
    return narrowed, count


def exported(sought: Sought, *, who: Asking) -> Iterator[Line]:
    """Every row of what is sought, oldest first, up to the one that is newest now. Recorded before
    the first is given. Raises Refused without `audit.read`, and Problem for too many."""
    require(who.by, "audit.read", now=who.now)
    narrowed, count = counted(sought, who=who, most=MOST_EXPORTED)
    tell(RECORD_EXPORTED, count, sought, who)
    return every_line(narrowed, who=who)


def every_line(sought: Sought, *, who: Asking) -> Iterator[Line]:
    """Line by line, each batch in a transaction of its own, so that a long download holds none."""
    after: int | None = None
    while True:
        with acting(who.by):
            page = rows_of(sought, size=_BATCH, oldest_first=True, after=after)
        yield from lines_of(page.rows, who=who)
        if not page.after:
            return
        after = page.rows[-1].id


def one_row(event: int, *, who: Asking) -> OneRow | None:
    """One row and what its request did besides; None where there is none or it is about a sealed
    matter. Recorded first. Raises Refused without `audit.read`."""
    require(who.by, "audit.read", now=who.now)
    row = _shown(event, who)
    if row is None:
        return None
    beside: tuple[Row, ...] = ()
    if row.request is not None:
        with acting(who.by):
            asked = Sought(request=row.request, hidden=_hidden(who, row.subject))
            beside = rows_of(asked, size=PAGE, oldest_first=True).rows
    record_first(ROW_READ, by=who.by, now=who.now, subject=row.subject, details={"row": row.id})
    line, *others = lines_of([row, *(one for one in beside if one.id != row.id)], who=who)
    return OneRow(line, tuple(others))


def words_of_row(event: int, *, reason: str, why: str, who: Asking) -> str | None:
    """What a person typed, for a reason that is recorded first; None where there are no words, or
    they were shredded. Raises Refused without `audit.words`."""
    require(who.by, "audit.words", now=who.now)
    row = _shown(event, who)
    if row is None or row.text is None:
        return None
    with acting(who.by):
        words = words_of(row.text)
    record_first(
        WORDS_READ,
        by=who.by,
        now=who.now,
        subject_type="audit.text",
        subject=row.text,
        parent=row.subject if row.subject_type == _MATTER else row.parent,
        about=row.about,
        reason=reason,
        details={"row": row.id},
        text=why,
    )
    return words


def lines_of(rows: Iterable[Row], *, who: Asking) -> tuple[Line, ...]:
    """Rows in words."""
    held = list(rows)
    names = names_of((one for row in held for one in _ids(row)), who=who)
    matters = {row.subject for row in held if row.subject_type == _MATTER and row.subject}
    with acting(who.by):
        sees = frozenset(Matter.objects.filter(id__in=matters).values_list("id", flat=True))
    return tuple(_line(row, names, sees) for row in held)


def tell(event: EventType, count: int, sought: Sought, who: Asking) -> None:
    """Records that the record was read, and by which filters."""
    details: dict[str, Detail] = {"count": count}
    for name in FILTERS:
        value = getattr(sought, name)
        if value and name in event.details:
            details[name] = value.isoformat() if isinstance(value, datetime) else value
    record_first(
        event,
        by=who.by,
        now=who.now,
        subject=sought.subject,
        about=[sought.concerning] if sought.concerning else [],
        details=details,
    )


def _shown(event: int, who: Asking) -> Row | None:
    with acting(who.by):
        row = row_of(event)
    return None if row is None or row.things & _hidden(who, None) else row


def _hidden(who: Asking, named: UUID | None) -> frozenset[UUID]:
    """Sealed matters that the asker does not see, but for the one whose id they named."""
    with transaction.atomic(), as_system():
        sealed = Matter.objects.filter(restriction=Restriction.SEALED.value)
        found = set(sealed.values_list("id", flat=True))
    with acting(who.by):
        seen = set(Matter.objects.filter(id__in=found).values_list("id", flat=True))
    return frozenset(found - seen - {named})


def _ids(row: Row) -> Iterator[UUID | None]:
    yield from (row.actor, row.agency, row.subject, *row.about)
    for value in row.details.values():
        try:
            yield UUID(str(value))
        except ValueError:
            continue


def _line(row: Row, names: Names, sees: frozenset[UUID]) -> Line:
    return Line(
        id=row.id,
        at=row.at,
        kind=row.kind,
        event=row.event,
        sentence=sentence(row, names, sees=sees),
        actor=row.actor,
        actor_name=names.person(row.actor),
        agency_name=names.agency(row.agency),
        subject=row.subject,
        subject_type=row.subject_type,
        thing=thing(row, names),
        parent=row.parent,
        about=tuple(names.person(one) for one in row.about),
        purpose=purpose(row.purpose) if row.purpose else "",
        reason=row.reason,
        request=row.request,
        words=row.text is not None,
    )
