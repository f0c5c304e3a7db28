"""Reading the audit: filtered, in the order of time, a page at a time. PostgreSQL shows rows to
whoever has the duty (`session.acting`); whether one may, and that one did, is the caller's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from saferboard.workspace.audit.words import decrypted

_COLUMNS = (
    "e.id, e.at, e.event, e.kind, e.actor, e.agency, e.subject_type, e.subject, e.parent, "
    "e.about, e.purpose, e.reason, e.request, e.details, e.text"
)
_GREATEST = 2**63 - 1
_PLAIN = ("actor", "agency", "kind", "event", "purpose", "request")


@dataclass(frozen=True)
class Sought:
    """What is looked for; empty asks for everything. `subject` finds what was done to a thing and
    to what belongs to it; `concerning` finds what was done to a person's data and to the person;
    `since` is included and `until` is not; `newest` is the last id that counts. Rows about the
    things in `hidden` are left out."""

    actor: UUID | None = None
    agency: UUID | None = None
    kind: str = ""
    event: str = ""
    subject: UUID | None = None
    concerning: UUID | None = None
    purpose: str = ""
    request: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest: int | None = None
    hidden: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Row:
    """One row of the audit as it stands there; `text` is the id of its encrypted words."""

    id: int
    at: datetime
    event: str
    kind: str
    actor: UUID | None
    agency: UUID | None
    subject_type: str
    subject: UUID | None
    parent: UUID | None
    about: tuple[UUID, ...]
    purpose: str
    reason: str
    request: UUID | None
    details: dict[str, Any]
    text: UUID | None

    @property
    def things(self) -> frozenset[UUID]:
        """The thing, and what it belongs to."""
        return frozenset(one for one in (self.subject, self.parent) if one is not None)


@dataclass(frozen=True)
class Page:
    """Rows in their order, and whether there are more on either side of them."""

    rows: tuple[Row, ...]
    before: bool
    after: bool


def rows_of(
    sought: Sought,
    *,
    size: int,
    oldest_first: bool = False,
    after: int | None = None,
    before: int | None = None,
) -> Page:
    """`size` rows, newest first unless told: the first ones, or those that come after (or just
    before) the row with that id in this order. An id that the asker may not see, or that is
    nowhere, gives the first page. Never counts what is there: costs the same on ten million
    rows as on ten."""
    ends = after if after is not None else before
    place = _place(ends) if ends is not None else None
    back = place is not None and after is None
    found = _selected(sought, place, rising=oldest_first != back, limit=size + 1)
    more, shown = len(found) > size, found[:size]
    if back:
        return Page(tuple(reversed(shown)), before=more, after=True)
    return Page(tuple(shown), before=place is not None, after=more)


def count_up_to(sought: Sought, most: int) -> int:
    """How many rows there are; `most` + 1 where there are more than `most`."""
    statement, values = _union(sought, None, rising=False, limit=most + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({statement}) counted", values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def newest_id() -> int:
    """The id of the newest row that the asker may see, 0 for none."""
    with connection.cursor() as cursor:
        cursor.execute("select id from audit_event order by id desc limit 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def row_of(event: int) -> Row | None:
    """One row, or None where it is not there or not for the asker."""
    if not 0 < event <= _GREATEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"select {_COLUMNS} from audit_event e where e.id = %s", [event])
        found = cursor.fetchone()
    return _row(found) if found else None


def words_of(text: UUID) -> str | None:
    """The words of a row in plain letters; None where they were shredded or are not for the
    asker. Raises Problem where they were stored with another key."""
    with connection.cursor() as cursor:
        cursor.execute("select cipher from audit_text where id = %s", [text])
        found = cursor.fetchone()
    return decrypted(found[0]) if found else None


def _place(event: int) -> tuple[datetime, int] | None:
    found = row_of(event)
    return (found.at, found.id) if found else None


def _selected(
    sought: Sought, place: tuple[datetime, int] | None, *, rising: bool, limit: int
) -> list[Row]:
    statement, values = _union(sought, place, rising=rising, limit=limit)
    order = "asc" if rising else "desc"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_COLUMNS} from audit_event e where e.id in ({statement}) "
            f"order by e.at {order}, e.id {order} limit {int(limit)}",
            values,
        )
        return [_row(row) for row in cursor.fetchall()]


def _union(
    sought: Sought, place: tuple[datetime, int] | None, *, rising: bool, limit: int
) -> tuple[str, list[Any]]:
    """Ids of the first rows, as a statement and its values. What can be so in several ways is a
    union of one ordered search for each: an “or” would make PostgreSQL sort all of them."""
    ways: list[tuple[str, list[Any]]] = [("true", [])]
    if sought.subject is not None:
        ways = [("e.subject = %s", [sought.subject]), ("e.parent = %s", [sought.subject])]
    if sought.concerning is not None:
        seen = [sought.concerning, sought.since, sought.until]
        ways = [
            (f"{words} and {other}", [*values, *more])
            for words, values in ways
            for other, more in (
                ("e.subject = %s", seen[:1]),
                ("e.id in (select audit_about(%s, %s, %s))", seen),
            )
        ]
    shared, held = _conditions(sought)
    order, sign = ("asc", ">") if rising else ("desc", "<")
    if place is not None:
        shared += f" and (e.at, e.id) {sign} (%s, %s)"
        held = [*held, *place]
    parts = [
        f"(select e.id from audit_event e where {words}{shared} "
        f"order by e.at {order}, e.id {order} limit {int(limit)})"
        for words, _ in ways
    ]
    return " union ".join(parts), [one for _, values in ways for one in (*values, *held)]


def _conditions(sought: Sought) -> tuple[str, list[Any]]:
    words, values = "", list[Any]()
    for name in _PLAIN:
        value = getattr(sought, name)
        if value:
            words += f" and e.{name} = %s"
            values.append(value)
    if sought.purpose:
        words += " and e.purpose > ''"
    for name, sign in (("since", ">="), ("until", "<")):
        value = getattr(sought, name)
        if value is not None:
            words += f" and e.at {sign} %s"
            values.append(value)
    if sought.newest is not None:
        words += " and e.id <= %s"
        values.append(sought.newest)
    if sought.hidden:
        for name in ("subject", "parent"):
            words += f" and (e.{name} is null or e.{name} <> all(%s))"
            values.append(sorted(sought.hidden))
    return words, values


def _row(found: tuple[Any, ...]) -> Row:
    row = Row(*found)
    return replace(row, about=tuple(row.about), details=_details(row.details))


def _details(held: Any) -> dict[str, Any]:
    """Django's connection gives JSON as text."""
    return dict(json.loads(held)) if isinstance(held, str) else dict(held)
