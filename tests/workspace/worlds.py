"""Small random worlds of agencies, people and matters, written into the database and told to a
naive second resolver."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.access.models import (
    Agreement,
    AgreementParty,
    Circle,
    CircleMember,
    Emergency,
    Exclusion,
    Matter,
    MatterCircle,
    MatterParty,
    Named,
    RoleGrant,
)
from saferboard.workspace.partnership.models import Agency, Membership, Person

ROLES = ("coordinator", "practitioner", "analyst", "administrator")
PURPOSES = ("casework", "governance")


@dataclass
class World:
    """What was written, as plain rows: the oracle reads these and never the database."""

    people: list[UUID] = field(default_factory=list)
    matters: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    facts: list[tuple[str, datetime, datetime | None, dict[str, object]]] = field(
        default_factory=list
    )


def make_world(seed: int, now: datetime) -> World:
    """A world around `now`, the same for the same seed. Call it as the system."""
    dice = random.Random(seed)
    world = World()
    agencies = [
        Agency.objects.create(name=f"Agency {n}", kind="other", start=now - timedelta(days=900))
        for n in range(3)
    ]
    people = [
        Person.objects.create(name=f"Person {n}", email=f"p{n}@example.org") for n in range(5)
    ]
    circles = [Circle.objects.create(name=f"Circle {n}") for n in range(2)]
    matters = [
        Matter.objects.create(
            kind="case",
            purpose=dice.choice(PURPOSES),
            restriction=dice.choice([*Restriction]).value,
            opened=now,
        )
        for _ in range(4)
    ]
    agreements = [
        Agreement.objects.create(
            title="Agreement",
            purpose=dice.choice(PURPOSES),
            gateway="s.115",
            basis="6(1)(e)",
            review=now.date(),
            **_dates(dice, now),
        )
        for _ in range(2)
    ]
    world.people = [one.id for one in people]
    world.matters = {one.id: (one.purpose, one.restriction) for one in matters}

    def add(kind: str, model: type, **what: object) -> None:
        dates = _dates(dice, now)
        model.objects.create(**what, **dates)  # type: ignore[attr-defined]  # any model
        ids = {name: getattr(value, "id", value) for name, value in what.items()}
        world.facts.append((kind, dates["start"], dates["end"], ids))

    for agreement in agreements:
        for agency in agencies:
            if dice.random() < 0.7:
                add("signed", AgreementParty, agreement=agreement, agency=agency)
                last = world.facts.pop()
                span = {"from": agreement.start, "until": agreement.end}
                ids = {"agency": agency.id, "purpose": agreement.purpose, **span}
                world.facts.append((*last[:3], ids))
    for person in people:
        for agency in dice.sample(agencies, dice.choice([1, 1, 2])):
            add("member", Membership, person=person, agency=agency)
            add("role", RoleGrant, person=person, agency=agency, role=dice.choice(ROLES))
        if dice.random() < 0.6:
            add("sits", CircleMember, circle=dice.choice(circles), person=person)
    for matter in matters:
        for agency in dice.sample(agencies, 2):
            add("party", MatterParty, matter=matter, agency=agency)
        if dice.random() < 0.6:
            level = dice.choice([1, 2, 3])
            add("before", MatterCircle, matter=matter, circle=dice.choice(circles), level=level)
        for person in dice.sample(people, 2):
            add("named", Named, matter=matter, person=person, level=dice.choice([1, 2, 3]))
        if dice.random() < 0.5:
            person = dice.choice(people)
            add("excluded", Exclusion, matter=matter, person=person, reason="conflict")
    for person in people:
        if dice.random() < 0.4:
            matter = dice.choice(matters)
            start = now - timedelta(hours=dice.uniform(0, 8))
            end = start + timedelta(hours=4)
            Emergency.objects.create(
                matter=matter, person=person, category="risk-to-life", start=start, end=end
            )
            ids = {"matter": matter.id, "person": person.id}
            world.facts.append(("emergency", start, end, ids))
    return world


def _dates(dice: random.Random, now: datetime) -> dict[str, datetime | None]:
    """Mostly in force now; sometimes over, sometimes to come."""
    start = now - timedelta(hours=dice.choice([-30, 10, 100, 100, 400]))
    ends = [None, None, None, start + timedelta(hours=5), now + timedelta(hours=50)]
    end = dice.choice(ends)
    return {"start": start, "end": end if end is None or end > start else None}


def plainly(world: World, person: UUID, matter: UUID, at: datetime) -> Level:
    """The rules once more, as naively as they can be told: the oracle."""
    purpose, restriction = world.matters[matter]

    def hold(kind: str, **wanted: object) -> list[dict[str, object]]:
        return [
            ids
            for one, start, end, ids in world.facts
            if one == kind
            and start <= at
            and (end is None or at < end)
            and all(ids[name] == value for name, value in wanted.items())
        ]

    if hold("excluded", person=person, matter=matter):
        return Level.NOTHING
    agencies = [ids["agency"] for ids in hold("member", person=person)]
    if not agencies:
        return Level.NOTHING
    if restriction != "sealed" and hold("emergency", person=person, matter=matter):
        return Level.FULL
    if purpose == "casework":
        agencies = [
            agency
            for agency in agencies
            if any(
                ids["from"] <= at and (ids["until"] is None or at < ids["until"])  # type: ignore[operator]  # dates
                for ids in hold("signed", agency=agency, purpose=purpose)
            )
        ]
        if not agencies:
            return Level.NOTHING
    named = [int(str(ids["level"])) for ids in hold("named", person=person, matter=matter)]
    others = [
        int(str(ids["level"]))
        for ids in hold("before", matter=matter)
        if hold("sits", person=person, circle=ids["circle"])
    ]
    for agency in agencies:
        if hold("party", matter=matter, agency=agency) and purpose == "casework":
            for ids in hold("role", person=person, agency=agency):
                others.append({"coordinator": 3, "practitioner": 1}.get(str(ids["role"]), 0))
    if restriction == "sealed":
        others = []
    if restriction == "protected":
        others = [min(1, level) for level in others]
    return Level(max([0, *named, *others]))
