"""The facts about people and matters, from the tables, for many pairs at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from saferboard.workspace.access.catalogue import purposes, roles
from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.access.models import (
    AgreementParty,
    CircleMember,
    Emergency,
    Exclusion,
    Matter,
    MatterCircle,
    MatterParty,
    Named,
    RoleGrant,
)
from saferboard.workspace.access.resolver import AgencyFacts, Facts, Leveled
from saferboard.workspace.access.spans import Span
from saferboard.workspace.partnership.models import Membership

Pair = tuple[UUID, UUID]
"""A person and a matter, by their ids."""


def gather(matters: Collection[UUID], people: Collection[UUID] | None = None) -> dict[Pair, Facts]:
    """The facts of every pair that could see something, among these matters and these people
    (None: everybody). A pair that is not in the answer sees nothing. Runs a fixed number of
    queries. Has to see the matters: call it as the system."""
    found = {one.id: one for one in Matter.objects.filter(id__in=matters)}
    named = _by(_of(Named, found, people), "person_id", "matter_id")
    emergency = _by(_of(Emergency, found, people), "person_id", "matter_id")
    excluded = _by(_of(Exclusion, found, people), "person_id", "matter_id")
    parties = _by(MatterParty.objects.filter(matter__in=found), "matter_id", "agency_id")
    grants = _grants({agency for _, agency in parties}, people)
    circles = _circles(found, people)
    pairs: set[Pair] = {*named, *emergency, *circles}
    for matter, agency in parties:
        purpose = found[matter].purpose
        pairs |= {
            (person, matter)
            for (person, at), held in grants.items()
            if at == agency and any(_level(grant, purpose) for grant in held)
        }
    members = _by(
        Membership.objects.filter(person__in={person for person, _ in pairs}),
        "person_id",
        "agency_id",
    )
    agreements = _agreements({agency for _, agency in members})
    agencies: dict[UUID, list[UUID]] = defaultdict(list)
    for person, agency in members:
        agencies[person].append(agency)

    def facts(person: UUID, matter: UUID) -> Facts:
        purpose = found[matter].purpose
        return Facts(
            restriction=Restriction(found[matter].restriction),
            needs_agreement=purposes()[purpose].agreement,
            excluded=_spans(excluded[person, matter]),
            emergency=_spans(emergency[person, matter]),
            named=tuple(Leveled(Level(one.level), (_span(one),)) for one in named[person, matter]),
            circles=tuple(circles[person, matter]),
            agencies=tuple(
                AgencyFacts(
                    member=_spans(members[person, agency]),
                    party=_spans(parties[matter, agency]),
                    agreement=tuple(agreements[agency, purpose]),
                    roles=tuple(
                        Leveled(_level(one, purpose), (_span(one),))
                        for one in grants[person, agency]
                    ),
                )
                for agency in agencies[person]
            ),
        )

    return {pair: facts(*pair) for pair in pairs}


def matters_of(people: Collection[UUID]) -> set[UUID]:
    """Every matter of which one of these people could see something: named, in a circle, by
    emergency, or a member of an agency that is party to it."""
    agencies = Membership.objects.filter(person__in=people).values("agency")
    held = CircleMember.objects.filter(person__in=people).values("circle")
    return {
        *Named.objects.filter(person__in=people).values_list("matter_id", flat=True),
        *Emergency.objects.filter(person__in=people).values_list("matter_id", flat=True),
        *MatterCircle.objects.filter(circle__in=held).values_list("matter_id", flat=True),
        *MatterParty.objects.filter(agency__in=agencies).values_list("matter_id", flat=True),
    }


def _of(model: Any, matters: Iterable[UUID], people: Collection[UUID] | None) -> QuerySet[Any]:
    wanted = Q(matter__in=list(matters))
    return model.objects.filter(wanted if people is None else wanted & Q(person__in=people))  # type: ignore[no-any-return]  # the model is any of several


def _by(rows: Iterable[Any], *names: str) -> defaultdict[tuple[UUID, UUID], list[Any]]:
    """Rows by a pair of their ids."""
    found: defaultdict[tuple[UUID, UUID], list[Any]] = defaultdict(list)
    first, second = names
    for row in rows:
        found[getattr(row, first), getattr(row, second)].append(row)
    return found


def _grants(
    agencies: Collection[UUID], people: Collection[UUID] | None
) -> defaultdict[tuple[UUID, UUID], list[RoleGrant]]:
    rows = RoleGrant.objects.filter(agency__in=agencies)
    return _by(rows if people is None else rows.filter(person__in=people), "person_id", "agency_id")


def _circles(
    matters: Iterable[UUID], people: Collection[UUID] | None
) -> defaultdict[Pair, list[Leveled]]:
    before = list(MatterCircle.objects.filter(matter__in=list(matters)))
    rows = CircleMember.objects.filter(circle__in={one.circle_id for one in before})
    members: defaultdict[UUID, list[CircleMember]] = defaultdict(list)
    for member in rows if people is None else rows.filter(person__in=people):
        members[member.circle_id].append(member)
    found: defaultdict[Pair, list[Leveled]] = defaultdict(list)
    for one in before:
        for member in members[one.circle_id]:
            found[member.person_id, one.matter_id].append(
                Leveled(Level(one.level), (_span(one), _span(member)))
            )
    return found


def _agreements(agencies: Collection[UUID]) -> defaultdict[tuple[UUID, str], list[Span]]:
    """By agency and purpose: when an agreement was in force and the agency was party to it."""
    found: defaultdict[tuple[UUID, str], list[Span]] = defaultdict(list)
    rows = AgreementParty.objects.filter(agency__in=agencies).select_related("agreement")
    for row in rows:
        both = _both(_span(row.agreement), _span(row))
        if both is not None:
            found[row.agency_id, row.agreement.purpose].append(both)
    return found


def _both(one: Span, other: Span) -> Span | None:
    """The span in which both hold, or None."""
    start = max(one.start, other.start)
    ends = [span.end for span in (one, other) if span.end is not None]
    end = min(ends) if ends else None
    return Span(start, end) if end is None or start < end else None


def _level(grant: RoleGrant, purpose: str) -> Level:
    """What a role gives; a role that the program no longer has gives nothing."""
    role = roles().get(grant.role)
    return role.level_for(purpose) if role else Level.NOTHING


def _span(row: Any) -> Span:
    return Span(row.start, row.end)


def _spans(rows: Iterable[Any]) -> tuple[Span, ...]:
    return tuple(_span(row) for row in rows)
