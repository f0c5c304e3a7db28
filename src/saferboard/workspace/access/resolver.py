"""The resolver: what may this person do with this matter, at what level, and why. Pure: it looks
at the facts about one person and one matter, and at a clock.

In this order: exclusion or conflict of interest (always wins); membership of an agency;
restriction; emergency access; an agreement in force; being named, the circles that the matter
is before, the roles of the agencies that are party to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from saferboard.workspace.access.levels import Level, Restriction, Why
from saferboard.workspace.access.spans import Span, any_holds, edges


@dataclass(frozen=True)
class Leveled:
    """A level for a span: being named on a matter, or being in a circle that it is before (two
    spans, both have to hold)."""

    level: Level
    spans: tuple[Span, ...]

    def holds(self, at: datetime) -> bool:
        return all(span.holds(at) for span in self.spans)


@dataclass(frozen=True)
class AgencyFacts:
    """One agency, as it concerns person and matter: when the person was a member, when it was
    party to the matter, when an agreement for the matter's purpose was in force for it, and
    what the person's roles in it give for that purpose."""

    member: tuple[Span, ...]
    party: tuple[Span, ...] = ()
    agreement: tuple[Span, ...] = ()
    roles: tuple[Leveled, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that there is to know about one person and one matter."""

    restriction: Restriction
    needs_agreement: bool
    agencies: tuple[AgencyFacts, ...] = ()
    excluded: tuple[Span, ...] = ()
    emergency: tuple[Span, ...] = ()
    named: tuple[Leveled, ...] = ()
    circles: tuple[Leveled, ...] = ()

    def spans(self) -> Iterator[Span]:
        """Every span in it."""
        yield from (*self.excluded, *self.emergency)
        for leveled in (*self.named, *self.circles):
            yield from leveled.spans
        for agency in self.agencies:
            yield from (*agency.member, *agency.party, *agency.agreement)
            for role in agency.roles:
                yield from role.spans


@dataclass(frozen=True)
class Decision:
    """The level, the reason that decided it, and every other one that was looked at."""

    level: Level
    why: Why
    also: tuple[Why, ...] = field(default=())


@dataclass(frozen=True)
class Stretch:
    """A decision and the span for which it stays the same."""

    span: Span
    decision: Decision


def decide(facts: Facts, at: datetime) -> Decision:
    """What the person may see of the matter at `at`."""
    if any_holds(facts.excluded, at):
        return Decision(Level.NOTHING, Why.EXCLUDED)
    current = [agency for agency in facts.agencies if any_holds(agency.member, at)]
    if not current:
        return Decision(Level.NOTHING, Why.NO_MEMBERSHIP)
    sealed = facts.restriction is Restriction.SEALED
    if any_holds(facts.emergency, at) and not sealed:
        return Decision(Level.FULL, Why.EMERGENCY)
    if facts.needs_agreement:
        current = [agency for agency in current if any_holds(agency.agreement, at)]
        if not current:
            return Decision(Level.NOTHING, Why.NO_AGREEMENT)
    named = _highest(facts.named, at)
    if sealed:
        return Decision(named, Why.NAMED if named else Why.SEALED)
    offers = [(named, Why.NAMED), *_unnamed(facts, current, at)]
    level, why = max(offers, key=lambda offer: offer[0])
    if level is Level.NOTHING:
        return Decision(level, _why_nothing(current, at))
    also = tuple(reason for offer, reason in offers if offer and reason is not why)
    return Decision(level, why, also)


def stretches(facts: Facts) -> list[Stretch]:
    """The decision over all time, as spans in order; neighbours that say the same are one, and
    what gives nothing is left out."""
    moments = edges(facts.spans())
    found: list[Stretch] = []
    for at, until in zip(moments, [*moments[1:], None], strict=True):
        decision = decide(facts, at)
        last = found[-1] if found else None
        if last and last.decision == decision and last.span.end == at:
            found[-1] = Stretch(Span(last.span.start, until), decision)
        else:
            found.append(Stretch(Span(at, until), decision))
    return [one for one in found if one.decision.level]


def _highest(offers: tuple[Leveled, ...], at: datetime) -> Level:
    return max((offer.level for offer in offers if offer.holds(at)), default=Level.NOTHING)


def _unnamed(facts: Facts, current: list[AgencyFacts], at: datetime) -> Iterator[tuple[Level, Why]]:
    """What circles and roles offer: of a protected matter no more than that it is there."""
    protected = facts.restriction is Restriction.PROTECTED
    most = Level.PRESENCE if protected else Level.FULL
    circle = min(_highest(facts.circles, at), most)
    yield circle, Why.PROTECTED if protected else Why.CIRCLE
    for agency in current:
        if any_holds(agency.party, at):
            role = min(_highest(agency.roles, at), most)
            yield role, Why.PROTECTED if protected else Why.AGENCY_ROLE


def _why_nothing(current: list[AgencyFacts], at: datetime) -> Why:
    party = any(any_holds(agency.party, at) for agency in current)
    return Why.NO_ROLE if party else Why.NO_PARTY
