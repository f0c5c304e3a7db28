"""Reading matters: fetching and permission are one call, and each is recorded before the answer.
What an actor may not see does not exist: absent and forbidden look alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from saferboard.workspace.access.events import (
    EXPLAINED,
    MATTER_READ,
    MATTERS_LISTED,
)
from saferboard.workspace.access.gathering import gather
from saferboard.workspace.access.levels import Level, Restriction, Why
from saferboard.workspace.access.models import (
    AccessRow,
    Exclusion,
    Matter,
    MatterCircle,
    MatterParty,
    Named,
)
from saferboard.workspace.access.permission import holding, record_refused, require
from saferboard.workspace.access.resolver import Decision, decide, stretches
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.partnership.models import Person

_NOT_THERE = Decision(Level.NOTHING, Why.NO_PARTY)


@dataclass(frozen=True)
class SeenMatter:
    """A matter as the actor may see it: at presence level `kind` is all that there is."""

    id: UUID
    kind: str
    level: Level
    why: Why
    purpose: str
    restriction: Restriction | None


@dataclass(frozen=True)
class WouldSee:
    """A matter as somebody else would see it, and until when that stays so."""

    matter: SeenMatter
    until: datetime | None


@dataclass(frozen=True)
class Viewer:
    """Somebody who can see a matter, and why."""

    person: UUID
    name: str
    level: Level
    why: Why
    until: datetime | None


@dataclass(frozen=True)
class OnMatter:
    """Somebody or an agency as a matter's own rows have them, since a moment: `level` where they
    are named or the matter is before their circle, `reason` where they are excluded."""

    id: UUID
    name: str
    since: datetime
    level: Level | None = None
    reason: str = ""


@dataclass(frozen=True)
class Concerned:
    """Whom a matter's own rows tell of now."""

    named: tuple[OnMatter, ...]
    parties: tuple[OnMatter, ...]
    circles: tuple[OnMatter, ...]
    excluded: tuple[OnMatter, ...]


def decision_about(matter: UUID, person: UUID | None, *, now: datetime) -> Decision:
    """What the resolver says of this pair now, from the facts and not from the rows. For a
    matter that is not there: the same as for one that has nothing to do with the person."""
    if person is None:
        return _NOT_THERE
    with transaction.atomic(), as_system():
        facts = gather([matter], [person]).get((person, matter))
    return decide(facts, now) if facts else _NOT_THERE


def fetch_matter(
    matter: UUID, *, by: Actor, now: datetime, least: Level = Level.PRESENCE
) -> SeenMatter | None:
    """The matter, where `by` may see it at `least` or more; None where not, or where there is
    none. Resolver and row-level security both have to agree. Either answer is recorded first."""
    decision = decision_about(matter, by.person, now=now)
    found = None
    if decision.level >= least:
        with acting(by):
            found = Matter.objects.filter(id=matter).first()
    if found is None:
        record_refused(matter, decision.why, by=by, now=now)
        return None
    record_first(
        MATTER_READ,
        by=by,
        now=now,
        subject_type="access.matter",
        subject=matter,
        purpose=found.purpose,
        details={"level": decision.level.value, "why": decision.why.value},
    )
    return _seen(found, decision)


def list_matters(*, by: Actor, now: datetime, kinds: Collection[str] = ()) -> list[SeenMatter]:
    """Every matter that `by` may see, newest first: the same, one by one, as `fetch_matter`
    gives. `kinds` narrows. The list is recorded before it is given."""
    with acting(by):
        rows = Matter.objects.order_by("-opened", "id")
        matters = list(rows.filter(kind__in=kinds) if kinds else rows)
        with as_system():
            facts = gather([one.id for one in matters], [by.person] if by.person else [])
    seen = []
    for matter in matters:
        known = facts.get((by.person, matter.id)) if by.person else None
        decision = decide(known, now) if known else _NOT_THERE
        if decision.level:
            seen.append(_seen(matter, decision))
    record_first(MATTERS_LISTED, by=by, now=now, details={"count": len(seen)})
    return seen


def concerned_by(seen: SeenMatter, *, by: Actor, now: datetime) -> Concerned | None:
    """Who is named on a matter that `fetch_matter` gave, which agencies and circles it concerns and
    who is excluded; None below full sight. Row-level security decides once more."""
    if seen.level < Level.FULL:
        return None

    def rows(model: type[Model], of: str) -> list[Any]:
        found = model._default_manager.filter(holding(now), matter=seen.id)
        return list(found.select_related(of).order_by("start", "id"))

    with acting(by):
        return Concerned(
            named=tuple(
                OnMatter(row.person_id, row.person.name, row.start, Level(row.level))
                for row in rows(Named, "person")
            ),
            parties=tuple(
                OnMatter(row.agency_id, row.agency.name, row.start)
                for row in rows(MatterParty, "agency")
            ),
            circles=tuple(
                OnMatter(row.circle_id, row.circle.name, row.start, Level(row.level))
                for row in rows(MatterCircle, "circle")
            ),
            excluded=tuple(
                OnMatter(row.person_id, row.person.name, row.start, reason=row.reason)
                for row in rows(Exclusion, "person")
            ),
        )


def glass_before(matter: UUID, *, by: Actor, now: datetime) -> bool:
    """Whether `by` may use emergency access to it: to a matter of which they know that it is there,
    or knew until an agreement lapsed; never to a sealed one, nor where they are excluded, which
    look like a matter that does not exist. Records nothing: whoever answers does."""
    decision = decision_about(matter, by.person, now=now)
    with transaction.atomic(), as_system():
        held = Matter.objects.filter(id=matter).first()
    if held is None or held.restriction == Restriction.SEALED:
        return False
    return bool(decision.level) or decision.why is Why.NO_AGREEMENT


def who_can_see(matter: UUID, *, by: Actor, now: datetime) -> list[Viewer] | None:
    """Who can see the matter now, and why, highest level first. Asked by somebody who may see
    it in full and by nobody else: None where not. Raises Refused without `access.explain`."""
    require(by, "access.explain", now=now)
    if decision_about(matter, by.person, now=now).level < Level.FULL:
        record_refused(matter, Why.NO_PARTY, by=by, now=now)
        return None
    with transaction.atomic(), as_system():
        rows = list(AccessRow.objects.filter(holding(now), matter=matter).select_related("person"))
    viewers = [
        Viewer(row.person_id, row.person.name, Level(row.level), Why(row.why), row.end)
        for row in rows
    ]
    record_first(
        EXPLAINED,
        by=by,
        now=now,
        subject_type="access.matter",
        subject=matter,
        details={"count": len(viewers)},
    )
    return sorted(viewers, key=lambda one: (-one.level, one.name))


def what_they_see(person: Person, *, by: Actor, now: datetime) -> list[WouldSee]:
    """What `person` would see, as far as `by` may see it too: never more, and each at the lower
    of the two levels. Raises Refused without `access.explain`."""
    require(by, "access.explain", now=now)
    mine = {one.id: one for one in list_matters(by=by, now=now)}
    with transaction.atomic(), as_system():
        facts = gather(list(mine), [person.id])
    seen = []
    for (_, matter), known in facts.items():
        decision = decide(known, now)
        level = min(decision.level, mine[matter].level)
        if level:
            shown = SeenMatter(matter, mine[matter].kind, level, decision.why, "", None)
            ends = (one.span.end for one in stretches(known) if one.span.holds(now))
            seen.append(WouldSee(shown, next(ends, None)))
    return sorted(seen, key=lambda one: (-one.matter.level, str(one.matter.id)))


def _seen(matter: Matter, decision: Decision) -> SeenMatter:
    more = decision.level > Level.PRESENCE
    return SeenMatter(
        id=matter.id,
        kind=matter.kind,
        level=decision.level,
        why=decision.why,
        purpose=matter.purpose if more else "",
        restriction=Restriction(matter.restriction) if more else None,
    )
