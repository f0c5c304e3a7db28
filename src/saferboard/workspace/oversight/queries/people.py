"""People as oversight looks at them: who saw them, and what they would see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import permissions, purposes, reasons, roles
from saferboard.workspace.access.levels import Why
from saferboard.workspace.access.models import AgreementParty, RoleGrant
from saferboard.workspace.access.permission import holding, record_refused, require
from saferboard.workspace.access.queries import what_they_see
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.audit.queries import Sought
from saferboard.workspace.oversight.events import (
    PEOPLE_FOUND,
    PERSON_EXPLAINED,
    REPORT_EXPORTED,
    REPORT_READ,
)
from saferboard.workspace.oversight.queries.naming import knows, names_of
from saferboard.workspace.oversight.queries.records import (
    MOST_EXPORTED,
    Line,
    counted,
    every_line,
    tell,
)
from saferboard.workspace.oversight.queries.wording import LEVELS
from saferboard.workspace.partnership.models import Membership, Person
from saferboard.workspace.web.asking import Asking

MOST_SHOWN = 2_000
MOST_FOUND = 50
LONGEST = 100


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who was looked for."""

    id: UUID
    name: str
    agencies: str


@dataclass(frozen=True)
class Watcher:
    """One person, acting for one agency, and how often they saw or changed somebody's data."""

    name: str
    agency: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Report:
    """Who saw a person. Rows are oldest first."""

    person: UUID
    name: str
    since: datetime | None
    until: datetime | None
    watchers: tuple[Watcher, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody has, and what it gives."""

    title: str
    agency: str
    until: datetime | None
    may: tuple[str, ...]
    sees: tuple[str, ...]


@dataclass(frozen=True)
class Belongs:
    """An agency to which somebody belongs; `shares` says for each purpose whether an agreement is
    in force for it, and until when."""

    name: str
    since: datetime
    until: datetime | None
    shares: tuple[tuple[str, bool, datetime | None], ...]


@dataclass(frozen=True)
class SeenThere:
    """A matter that somebody would see, in words."""

    id: UUID
    kind: str
    level: str
    why: str
    until: datetime | None


@dataclass(frozen=True)
class WhatTheySee:
    """What somebody would see and do."""

    person: UUID
    name: str
    agencies: tuple[Belongs, ...]
    roles: tuple[HeldRole, ...]
    matters: tuple[SeenThere, ...]


def find_people(words: str, *, who: Asking) -> list[FoundPerson]:
    """People with all of `words` in name or address, as far as the asker may know them by name.
    Recorded first, the words kept apart. Raises Refused without `audit.read` or `access.explain`,
    and Problem for words that are too short or too long."""
    if not {"audit.read", "access.explain"} & who.may:
        require(who.by, "audit.read", now=who.now)
    asked = words.split()
    if not 2 <= len(words.strip()) <= LONGEST or "\0" in words:
        raise Problem(f"Write 2 to {LONGEST} letters.", remedy="A part of a name or an address.")
    found = Person.objects.all()
    for word in asked:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    people = list(found.order_by("name", "id")[:MOST_FOUND])
    names = names_of([one.id for one in people], who=who)
    known = [one for one in people if names.person(one.id) == one.name]
    of: dict[UUID, list[str]] = {one.id: [] for one in known}
    rows = Membership.objects.filter(holding(who.now), person__in=of).select_related("agency")
    for row in rows:
        of[row.person_id].append(row.agency.name)
    record_first(
        PEOPLE_FOUND, by=who.by, now=who.now, details={"count": len(known)}, text=" ".join(asked)
    )
    return [FoundPerson(one.id, one.name, ", ".join(sorted(of[one.id]))) for one in known]


def who_saw(person: UUID, *, since: datetime | None, until: datetime | None, who: Asking) -> Report:
    """Every row about a person, or whose subject they are, but for those about sealed matters.
    Recorded first. Raises Refused without `audit.read`, Problem for more rows than a page holds."""
    require(who.by, "audit.read", now=who.now)
    sought = Sought(concerning=person, since=since, until=until)
    narrowed, count = counted(sought, who=who, most=MOST_SHOWN)
    lines = tuple(every_line(narrowed, who=who))
    tell(REPORT_READ, count, sought, who)
    name = names_of([person], who=who).person(person)
    return Report(person, name, since, until, tuple(_watchers(lines)), lines)


def who_saw_exported(
    person: UUID, *, since: datetime | None, until: datetime | None, who: Asking
) -> Iterator[Line]:
    """The same rows, one after another, for a file."""
    require(who.by, "audit.read", now=who.now)
    sought = Sought(concerning=person, since=since, until=until)
    narrowed, count = counted(sought, who=who, most=MOST_EXPORTED)
    tell(REPORT_EXPORTED, count, sought, who)
    return every_line(narrowed, who=who)


def what_would_they_see(person: UUID, *, who: Asking) -> WhatTheySee | None:
    """What somebody belongs to, may do and would see, as far as the asker may know; None for
    somebody whom they may not know, as for nobody. Recorded first. Raises Refused without
    `access.explain`."""
    require(who.by, "access.explain", now=who.now)
    found = knows(person, who=who)
    if found is None:
        record_refused(person, Why.NO_ROLE, by=who.by, now=who.now)
        return None
    matters = tuple(
        SeenThere(
            one.matter.id,
            one.matter.kind,
            LEVELS[one.matter.level],
            reasons()[one.matter.why].words,
            one.until,
        )
        for one in what_they_see(found, by=who.by, now=who.now)
    )
    record_first(
        PERSON_EXPLAINED,
        by=who.by,
        now=who.now,
        subject_type="person",
        subject=person,
        about=[person],
        details={"count": len(matters)},
    )
    return WhatTheySee(person, found.name, _belongs(person, who), _roles(person, who), matters)


def _watchers(lines: tuple[Line, ...]) -> list[Watcher]:
    """By person and agency, most often first."""
    held: dict[tuple[UUID | None, str], list[Line]] = {}
    for line in lines:
        held.setdefault((line.actor, line.agency_name), []).append(line)
    found = [
        Watcher(rows[0].actor_name, agency, len(rows), rows[0].at, rows[-1].at)
        for (_, agency), rows in held.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.name, one.agency))


def _belongs(person: UUID, who: Asking) -> tuple[Belongs, ...]:
    rows = Membership.objects.filter(holding(who.now), person=person).select_related("agency")
    held = list(rows.order_by("start"))
    ends: dict[tuple[UUID, str], list[datetime | None]] = {}
    parties = AgreementParty.objects.filter(
        holding(who.now), agency__in=[row.agency_id for row in held]
    ).select_related("agreement")
    for party in parties:
        signed = party.agreement
        if signed.start <= who.now and (signed.end is None or signed.end > who.now):
            dates = [end for end in (party.end, signed.end) if end is not None]
            ends.setdefault((party.agency_id, signed.purpose), []).append(min(dates, default=None))

    def share(agency: UUID, key: str) -> tuple[str, bool, datetime | None]:
        found = ends.get((agency, key), [])
        last = None if None in found else max((one for one in found if one), default=None)
        return (purposes()[key].title, bool(found), last)

    needed = [key for key, one in purposes().items() if one.agreement]
    return tuple(
        Belongs(
            row.agency.name, row.start, row.end, tuple(share(row.agency_id, key) for key in needed)
        )
        for row in held
    )


def _roles(person: UUID, who: Asking) -> tuple[HeldRole, ...]:
    member = Membership.objects.filter(holding(who.now), person=person).values("agency")
    rows = RoleGrant.objects.filter(holding(who.now), person=person, agency__in=member)
    known = [row for row in rows.select_related("agency").order_by("start") if row.role in roles()]
    return tuple(
        HeldRole(
            roles()[row.role].title,
            row.agency.name,
            row.end,
            tuple(permissions()[key].rstrip(".") for key in sorted(roles()[row.role].may)),
            tuple(
                f"{purposes()[key].title}: {LEVELS[level]}"
                for key, level in sorted(roles()[row.role].level.items())
            ),
        )
        for row in known
    )
