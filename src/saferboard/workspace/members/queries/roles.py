"""Roles as a governance officer reads them: what each may do, in words, and who has it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from saferboard.workspace.access.catalogue import Role, permissions, purposes, roles
from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import holding, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.members.events import ROLES_EXPORTED, ROLES_READ
from saferboard.workspace.partnership.models import Membership

_SEES = {
    Level.PRESENCE: "learns that there is something, and no more",
    Level.SUMMARY: "sees a summary",
    Level.FULL: "sees everything",
}


@dataclass(frozen=True)
class Holder:
    """Somebody who has a role, in an agency; `counts` is False where they no longer belong to it,
    so that the role gives nothing."""

    grant: UUID
    person: UUID
    name: str
    agency: str
    start: datetime
    end: datetime | None
    counts: bool


@dataclass(frozen=True)
class RoleWords:
    """A role. `may` are sentences; `sees` says what it shows of its agency's matters unnamed."""

    key: str
    title: str
    about: str
    may: tuple[str, ...]
    sees: tuple[str, ...]
    offered: bool
    holders: tuple[Holder, ...]


def read_roles(*, by: Actor, now: datetime) -> tuple[RoleWords, ...]:
    """Every role with its holders. Raises Refused without `roles.read`. Grants of a role that the
    program no longer has give nothing and stand at the end."""
    require(by, "roles.read", now=now)
    found = _read(now)
    count = sum(len(one.holders) for one in found)
    record_first(ROLES_READ, by=by, now=now, details={"count": count})
    return found


def export_roles(*, by: Actor, now: datetime) -> tuple[RoleWords, ...]:
    """The same, to be taken away."""
    require(by, "roles.read", now=now)
    found = _read(now)
    count = sum(len(one.holders) for one in found)
    record_first(ROLES_EXPORTED, by=by, now=now, details={"count": count})
    return found


def role_in_words(role: Role, held: tuple[Holder, ...] = ()) -> RoleWords:
    """A role of roles.yaml, in words."""
    return RoleWords(
        key=role.key,
        title=role.title,
        about=role.about,
        may=tuple(permissions()[key] for key in permissions() if key in role.may),
        sees=tuple(
            f"{purposes()[purpose].title}: {_SEES[level]} of what its agency is party to."
            for purpose, level in role.level.items()
            if level in _SEES
        ),
        offered=role.offered,
        holders=held,
    )


def _read(now: datetime) -> tuple[RoleWords, ...]:
    held: dict[str, list[Holder]] = defaultdict(list)
    for grant in _grants(now):
        held[grant.role].append(
            Holder(
                grant=grant.id,
                person=grant.person_id,
                name=grant.person.name,
                agency=grant.agency.name,
                start=grant.start,
                end=grant.end,
                counts=grant.counts and grant.person.is_active,  # type: ignore[attr-defined]  # annotated by the query
            )
        )
    known = [role_in_words(role, tuple(held.pop(role.key, ()))) for role in roles().values()]
    gone = [
        RoleWords(key, key, "This role is no longer known and gives nothing.", (), (), False, rows)
        for key, rows in ((key, tuple(rows)) for key, rows in sorted(held.items()))
    ]
    return (*known, *gone)


def _grants(now: datetime) -> QuerySet[RoleGrant]:
    member = Membership.objects.filter(
        holding(now), person=OuterRef("person"), agency=OuterRef("agency")
    )
    rows = RoleGrant.objects.filter(holding(now)).select_related("person", "agency")
    return rows.annotate(counts=Exists(member)).order_by("agency__name", "person__name", "id")
