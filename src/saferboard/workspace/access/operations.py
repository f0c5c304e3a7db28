"""Changes of who may see what. Each checks, changes and records in one transaction, and writes
the access rows of what it touched."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import purposes, roles
from saferboard.workspace.access.events import (
    EMERGENCY_REVIEWED,
    EMERGENCY_USED,
    EXCLUSION_ENDED,
    MATTER_OPENED,
    MATTER_REFUSED,
    MATTER_RESTRICTED,
    NAMING_ENDED,
    PARTY_JOINED,
    PERSON_EXCLUDED,
    PERSON_NAMED,
    ROLE_ENDED,
    ROLE_GIVEN,
)
from saferboard.workspace.access.levels import Level, Restriction, Why
from saferboard.workspace.access.models import (
    Emergency,
    Exclusion,
    Matter,
    MatterParty,
    Named,
    RoleGrant,
)
from saferboard.workspace.access.permission import Refused, holding, may, record_refused, require
from saferboard.workspace.access.queries import decision_about, glass_before
from saferboard.workspace.access.rows import refresh_matters, refresh_people
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record, record_first
from saferboard.workspace.partnership.models import Membership

EMERGENCY_LASTS = timedelta(hours=4)
EMERGENCY_CATEGORIES = ("risk-to-life", "serious-harm", "child-at-risk", "court-order")
_MATTER = "access.matter"


@dataclass(frozen=True)
class UsedEmergency:
    """What the people who review it are told at once."""

    id: UUID
    matter: UUID
    person: UUID
    category: str
    until: datetime


def open_matter(
    *, kind: str, purpose: str, parties: Collection[UUID], by: Actor, now: datetime
) -> UUID:
    """Opens a matter with its opener named on it in full and `parties` (agencies) party to it, and
    returns its id. Whether `by` may open one of this kind is its app's question. Raises KeyError
    for an unknown purpose and Refused without an actor."""
    if purpose not in purposes():
        raise KeyError(purpose)
    if by.person is None:
        raise Refused(kind)
    matter = uuid.uuid4()
    with transaction.atomic(), as_system():
        Matter.objects.create(id=matter, kind=kind, purpose=purpose, opened=now)
        Named.objects.create(
            matter_id=matter, person_id=by.person, level=Level.FULL.value, start=now
        )
        for agency in sorted(set(parties)):
            MatterParty.objects.create(matter_id=matter, agency_id=agency, start=now)
        _tell(MATTER_OPENED, matter, by, now, {"kind": kind, "purpose": purpose})
        for agency in sorted(set(parties)):
            _tell(PARTY_JOINED, matter, by, now, {"agency": agency})
        refresh_matters([matter])
    return matter


def name_person(*, matter: UUID, person: UUID, level: Level, by: Actor, now: datetime) -> None:
    """Names a person on a matter from now on, ending what named them before. By somebody who sees
    it in full, and at no higher level than their own."""
    _in_full(matter, by, now)
    with transaction.atomic(), as_system():
        _end_naming(matter, person, now)
        Named.objects.create(matter_id=matter, person_id=person, level=level.value, start=now)
        details: dict[str, Detail] = {"person": person, "level": level.value}
        _tell(PERSON_NAMED, matter, by, now, details, about=[person])
        refresh_matters([matter])


def end_naming(*, matter: UUID, person: UUID, by: Actor, now: datetime) -> None:
    """The person is no longer named. Raises Problem where they are not, and where nobody who sees
    the matter in full would be left: a matter is never lost from everybody's sight."""
    _in_full(matter, by, now)
    with transaction.atomic(), as_system():
        if not _end_naming(matter, person, now):
            raise Problem("This person is not named.", remedy="Nothing was changed.")
        if not Named.objects.filter(holding(now), matter=matter, level=Level.FULL.value).exists():
            raise Problem(
                "Nobody would be left who is named in full.", remedy="Name somebody else first."
            )
        _tell(NAMING_ENDED, matter, by, now, {"person": person}, about=[person])
        refresh_matters([matter])


def exclude_person(*, matter: UUID, person: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Excludes a person, for a `conflict` of interest or as `excluded`; at once and above all
    else. Anybody may exclude themselves from what they can see; others need to see it in full."""
    if reason not in ("conflict", "excluded"):
        raise KeyError(reason)
    least = Level.PRESENCE if person == by.person else Level.FULL
    _at_least(matter, least, by, now)
    with transaction.atomic(), as_system():
        Exclusion.objects.create(matter_id=matter, person_id=person, reason=reason, start=now)
        details: dict[str, Detail] = {"person": person, "reason": reason}
        _tell(PERSON_EXCLUDED, matter, by, now, details, about=[person])
        refresh_matters([matter])


def end_exclusion(*, matter: UUID, person: UUID, by: Actor, now: datetime) -> None:
    """The person is no longer excluded. By somebody who sees the matter in full, which they do not.
    Raises Problem where they are not excluded."""
    _in_full(matter, by, now)
    with transaction.atomic(), as_system():
        found = Exclusion.objects.filter(holding(now), matter=matter, person=person)
        if not found.update(end=now):
            raise Problem("This person is not excluded.", remedy="Nothing was changed.")
        _tell(EXCLUSION_ENDED, matter, by, now, {"person": person}, about=[person])
        refresh_matters([matter])


def restrict_matter(
    *,
    matter: UUID,
    restriction: Restriction,
    why: str,
    by: Actor,
    now: datetime,
    seen: Restriction | None = None,
) -> None:
    """Opens, protects or seals a matter, with words that are kept apart and encrypted. Sealing ends
    emergency access to it. `seen` is the restriction that the actor saw before them: raises Problem
    where somebody has changed it since, and without a reason."""
    _in_full(matter, by, now)
    if not why.strip():
        raise Problem("A reason is missing.", remedy="Say why the restriction changes.")
    with transaction.atomic(), as_system():
        held = Matter.objects.select_for_update().get(id=matter)
        if seen is not None and held.restriction != seen:
            raise Problem(
                f"Somebody made it “{held.restriction}” in the meantime.",
                remedy="Look at it again and decide anew.",
            )
        details: dict[str, Detail] = {"before": held.restriction, "after": restriction.value}
        held.restriction = restriction.value
        held.save(update_fields=["restriction"])
        _tell(MATTER_RESTRICTED, matter, by, now, details, text=why)
        refresh_matters([matter])


def use_emergency_access(
    *,
    matter: UUID,
    category: str,
    why: str,
    by: Actor,
    now: datetime,
    tell: Callable[[UsedEmergency], None] | None = None,
) -> datetime:
    """Breaks the glass: full sight for four hours, and returns when it ends. `tell` is called in
    the transaction, so that there is no emergency access of which nobody was told. Raises Refused
    where there is no glass (`queries.glass_before`), and Problem for an unknown category or missing
    words."""
    require(by, "emergency.break", now=now)
    if category not in EMERGENCY_CATEGORIES:
        raise Problem("This category is not known.", remedy=", ".join(EMERGENCY_CATEGORIES))
    if not why.strip():
        raise Problem("A reason is missing.", remedy="Say what the danger is.")
    if by.person is None or not glass_before(matter, by=by, now=now):
        _refuse(matter, decision_about(matter, by.person, now=now).why, by, now)
    until = now + EMERGENCY_LASTS
    with transaction.atomic(), as_system():
        used = Emergency.objects.create(
            matter_id=matter, person_id=by.person, category=category, start=now, end=until
        )
        details: dict[str, Detail] = {"category": category, "emergency": used.id}
        _tell(EMERGENCY_USED, matter, by, now, details, text=why, reason=category)
        refresh_matters([matter])
        if tell is not None:
            tell(UsedEmergency(used.id, matter, by.person, category, until))
    return until


def review_emergency(
    *, emergency: UUID, justified: bool, words: str, by: Actor, now: datetime
) -> None:
    """Says whether an emergency access was justified. Never by the one who used it, and once."""
    require(by, "emergency.review", now=now)
    with transaction.atomic(), as_system():
        found = Emergency.objects.filter(id=emergency).first()
    if found is None or found.person_id == by.person:
        _refuse(emergency if found is None else found.matter_id, Why.NO_ROLE, by, now)
    with transaction.atomic(), as_system():
        used = Emergency.objects.select_for_update().get(id=emergency)
        if used.reviewed_at is not None:
            raise Problem("This was reviewed already.", remedy="Nothing was changed.")
        used.reviewed_at, used.reviewed_by_id, used.justified = now, by.person, justified
        used.save(update_fields=["reviewed_at", "reviewed_by", "justified"])
        details: dict[str, Detail] = {"justified": justified, "person": used.person_id}
        _tell(EMERGENCY_REVIEWED, used.matter_id, by, now, details, text=words)


def give_role(*, person: UUID, agency: UUID, role: str, by: Actor, now: datetime) -> UUID:
    """Gives a person a role in an agency from now on and returns the grant's id. Nobody gives
    themselves one. Raises Problem for an unknown role, one that they hold already, and somebody
    who does not belong to the agency."""
    require(by, "roles.manage", now=now)
    if person == by.person:
        record_first(
            MATTER_REFUSED, by=by, now=now, subject=person, details={"why": Why.EXCLUDED.value}
        )
        raise Refused("roles.manage")
    if role not in roles():
        raise Problem(f"There is no role “{role}”.", remedy=f"The roles are: {', '.join(roles())}.")
    with transaction.atomic():
        member = Membership.objects.select_for_update().filter(
            holding(now), person=person, agency=agency
        )
        if not member.exists():
            raise Problem(
                "This person does not belong to that agency.", remedy="Invite them to it first."
            )
        same = RoleGrant.objects.filter(holding(now), person=person, agency=agency, role=role)
        if same.exists():
            raise Problem("This person has that role already.", remedy="Nothing was changed.")
        grant = RoleGrant.objects.create(person_id=person, agency_id=agency, role=role, start=now)
        details: dict[str, Detail] = {"role": role, "agency": agency}
        record(
            ROLE_GIVEN,
            by=by,
            now=now,
            subject_type="person",
            subject=person,
            about=[person],
            details=details,
        )
        refresh_people([person])
    return grant.id


def end_role(*, grant: UUID, by: Actor, now: datetime) -> None:
    """Ends a role now. Raises Problem where it has ended, or for the last administrator's."""
    require(by, "roles.manage", now=now)
    with transaction.atomic():
        held = RoleGrant.objects.select_for_update().filter(holding(now), id=grant).first()
        if held is None:
            raise Problem("This role has ended already.", remedy="Nothing was changed.")
        held.end = now
        held.save(update_fields=["end"])
        others = RoleGrant.objects.filter(holding(now), role=held.role).values_list("person")
        if held.role == "administrator" and not any(
            may(person, "roles.manage", now=now) for (person,) in others
        ):
            raise Problem(
                "No administrator would be left.", remedy="Give the role to somebody else first."
            )
        record(
            ROLE_ENDED,
            by=by,
            now=now,
            subject_type="person",
            subject=held.person_id,
            about=[held.person_id],
            details={"role": held.role, "agency": held.agency_id},
        )
        refresh_people([held.person_id])


def _end_naming(matter: UUID, person: UUID, now: datetime) -> int:
    return Named.objects.filter(holding(now), matter=matter, person=person).update(end=now)


def _in_full(matter: UUID, by: Actor, now: datetime) -> None:
    _at_least(matter, Level.FULL, by, now)


def _at_least(matter: UUID, least: Level, by: Actor, now: datetime) -> None:
    decision = decision_about(matter, by.person, now=now)
    if decision.level < least:
        _refuse(matter, decision.why, by, now)


def _refuse(matter: UUID, why: Why, by: Actor, now: datetime) -> NoReturn:
    record_refused(matter, why, by=by, now=now)
    raise Refused(str(matter))


def _tell(
    event: EventType,
    matter: UUID,
    by: Actor,
    now: datetime,
    details: Mapping[str, Detail],
    *,
    about: Collection[UUID] = (),
    text: str = "",
    reason: str = "",
) -> None:
    record(
        event,
        by=by,
        now=now,
        subject_type=_MATTER,
        subject=matter,
        about=about,
        reason=reason,
        details=details,
        text=text,
    )
