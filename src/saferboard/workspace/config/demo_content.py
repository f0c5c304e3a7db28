"""What the people of the demonstration have before them: an agreement, matters of every
restriction, returns that are owed, packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from saferboard.vocabulary.period import Month
from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.access.operations import name_person, open_matter, restrict_matter
from saferboard.workspace.agreements.operations.agreements import enter_agreement, sign_agreement
from saferboard.workspace.agreements.operations.terms import Terms
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.evidence.packs.operations import open_pack
from saferboard.workspace.evidence.place import described
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.returns.defining import LineAsked, define_return
from saferboard.workspace.returns.periods import Cycle

_OWED_FOR = timedelta(days=100)


@dataclass(frozen=True)
class Cast:
    """The people by the first word of their name; agencies and their leads by the agency's key."""

    people: Mapping[str, Actor]
    agencies: Mapping[str, UUID]
    leads: Mapping[str, Actor]


def fill_content(held: Mapping[str, Any], cast: Cast, *, to: Month | None, now: datetime) -> int:
    """Fills in what `held` (demo.yaml) describes; packs to the month `to`, none without it. Returns
    how many jobs wait."""
    _agreement(held["agreement"], cast, now)
    for matter in held["matters"]:
        _matter(matter, cast, now)
    areas = described().areas
    if not areas:
        return 0
    analyst = cast.people[held["packs"]["by"]]
    for one in held["returns"]:
        define_return(
            title=one["title"],
            about="",
            agency=cast.agencies[one["agency"]],
            area=areas[0].code,
            cycle=Cycle(one["cycle"]),
            first=_since(now),
            due_days=20,
            lines=[LineAsked(measure) for measure in one["measures"]],
            fillers=[person for who in one["fillers"] if (person := cast.people[who].person)],
            by=analyst,
            now=now,
        )
    kinds = held["packs"]["kinds"] if to else []
    for kind in kinds:
        assert to is not None
        open_pack(kind=kind, area=areas[0].code, to=to, options={}, by=analyst, now=now)
    return len(kinds)


def _agreement(held: Mapping[str, Any], cast: Cast, now: datetime) -> None:
    """Entered by the governance officer, signed by each party's lead, soon to be looked at."""
    days = {"first_day": -100, "last_day": 600, "review": 40}
    words: dict[str, Any] = {k: value for k, value in held.items() if k not in ("by", "parties")}
    words |= {key: day_of(now + timedelta(days=number)) for key, number in days.items()}
    made = enter_agreement(
        terms=Terms(**words),
        parties=[cast.agencies[key] for key in held["parties"]],
        by=cast.people[held["by"]],
        now=now,
    )
    for key in held["parties"]:
        sign_agreement(agreement=made, agency=cast.agencies[key], by=cast.leads[key], now=now)


def _matter(held: Mapping[str, Any], cast: Cast, now: datetime) -> None:
    by = cast.people[held["by"]]
    made = open_matter(
        kind=held["kind"],
        purpose=held["purpose"],
        parties=[cast.agencies[key] for key in held["parties"]],
        by=by,
        now=now,
    )
    for one in held["named"]:
        if person := cast.people[one["who"]].person:
            level = Level[one["level"].upper()]
            name_person(matter=made, person=person, level=level, by=by, now=now)
    restriction = Restriction(held["restriction"])
    if restriction is not Restriction.OPEN:
        restrict_matter(
            matter=made, restriction=restriction, why="Part of the demonstration.", by=by, now=now
        )


def _since(now: datetime) -> date:
    return (now - _OWED_FOR).date().replace(day=1)
