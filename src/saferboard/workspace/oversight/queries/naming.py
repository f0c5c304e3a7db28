"""Ids as names, as far as the one who asks may know them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from saferboard.workspace.access.permission import holding
from saferboard.workspace.partnership.models import Agency, Membership, Person
from saferboard.workspace.web.asking import Asking

NOBODY = "The system, or somebody not signed in"


@dataclass(frozen=True)
class Names:
    """Names of the people and agencies that a page speaks of."""

    people: dict[UUID, str]
    agencies: dict[UUID, str]

    def person(self, one: UUID | None) -> str:
        """A person's name, or what stands for it."""
        return NOBODY if one is None else self.people.get(one, f"Person {short(one)}")

    def agency(self, one: UUID | None) -> str:
        """An agency's name; nothing where there is none."""
        return "" if one is None else self.agencies.get(one, f"Agency {short(one)}")

    def either(self, one: UUID) -> str:
        """The name of a person or an agency; the short id of anything else."""
        return self.people.get(one) or self.agencies.get(one) or short(one)


def short(one: UUID) -> str:
    """The first eight letters of an id: enough to tell two apart on a page."""
    return str(one)[:8]


def names_of(ids: Iterable[UUID | None], *, who: Asking) -> Names:
    """The names behind `ids`, which may be of anything. Agencies are known to everybody; of people
    whoever may see who has which role knows all, and everybody else those who share an agency with
    them now. Of the others they learn the agency."""
    wanted = {one for one in ids if one is not None}
    people = dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))
    agencies = dict(Agency.objects.filter(id__in=wanted).values_list("id", "name"))
    if "roles.read" in who.may:
        return Names(people, agencies)
    of: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    rows = Membership.objects.filter(holding(who.now), person__in=people)
    for person, agency, name in rows.values_list("person_id", "agency_id", "agency__name"):
        of[person][agency] = name
    mine = {one.id for one in who.agencies}

    def shown(person: UUID, name: str) -> str:
        if person == who.by.person or mine & set(of[person]):
            return name
        places = " and ".join(sorted(of[person].values()))
        return f"Somebody of {places}" if places else "Somebody who has left"

    return Names({one: shown(one, name) for one, name in people.items()}, agencies)


def knows(person: UUID, *, who: Asking) -> Person | None:
    """The person, where the one who asks may know them by name; None where not or nowhere."""
    found = Person.objects.filter(id=person).first()
    if found is None or names_of([person], who=who).person(person) != found.name:
        return None
    return found
