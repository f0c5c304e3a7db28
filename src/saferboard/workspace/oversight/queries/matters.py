"""Matters as their pages show them, in words: until casework comes, all that there is to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from saferboard.workspace.access.catalogue import purposes, reasons
from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.access.queries import (
    SeenMatter,
    concerned_by,
    fetch_matter,
    list_matters,
    who_can_see,
)
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.oversight.events import MATTERS_EXPORTED
from saferboard.workspace.oversight.queries.naming import short
from saferboard.workspace.oversight.queries.wording import LEVELS
from saferboard.workspace.web.asking import Asking

SORTS = ("kind", "level", "restriction", "why")
RESTRICTIONS = {
    Restriction.OPEN: "Open",
    Restriction.PROTECTED: "Protected",
    Restriction.SEALED: "Sealed",
}
EXCLUDED = {"conflict": "Conflict of interest", "excluded": "Excluded"}


@dataclass(frozen=True)
class MatterLine:
    """A matter in a list; what stands at presence level is its kind and no more."""

    id: UUID
    reference: str
    kind: str
    level: str
    why: str
    purpose: str
    restriction: str


@dataclass(frozen=True)
class Somebody:
    """A person, agency or circle on a matter's page. `level` is what they see, `words` why or for
    which reason, `until` when it ends."""

    id: UUID
    name: str
    since: datetime | None = None
    level: str = ""
    words: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class MatterPage:
    """One matter. Who is on it is shown to those who see it in full; `may` are the things that the
    asker may do here."""

    line: MatterLine
    why: str
    full: bool
    restriction: Restriction | None
    named: tuple[Somebody, ...]
    parties: tuple[Somebody, ...]
    circles: tuple[Somebody, ...]
    excluded: tuple[Somebody, ...]
    may: frozenset[str]


@dataclass(frozen=True)
class Viewers:
    """Who can see a matter, and why."""

    line: MatterLine
    people: tuple[Somebody, ...]


def matters_seen(*, who: Asking, kind: str = "", restriction: str = "") -> list[MatterLine]:
    """Every matter that the asker may see, newest first; the list is recorded before it is given.
    `kind` and `restriction` narrow it by what the asker sees of each."""
    found = [line_of(one) for one in list_matters(by=who.by, now=who.now)]
    return [
        one
        for one in found
        if kind in ("", one.kind) and (not restriction or one.restriction == restriction)
    ]


def matters_exported(lines: Iterable[MatterLine], *, who: Asking) -> list[MatterLine]:
    """The same lines for a file, recorded as given away."""
    held = list(lines)
    record_first(MATTERS_EXPORTED, by=who.by, now=who.now, details={"count": len(held)})
    return held


def matter_page(matter: UUID, *, who: Asking) -> MatterPage | None:
    """The matter as the asker may see it, or None. Either is recorded first."""
    seen = fetch_matter(matter, by=who.by, now=who.now)
    if seen is None:
        return None
    concerned = concerned_by(seen, by=who.by, now=who.now)
    return MatterPage(
        line=line_of(seen),
        why=reasons()[seen.why].words,
        full=seen.level is Level.FULL,
        restriction=seen.restriction,
        named=tuple(
            Somebody(one.id, one.name, one.since, LEVELS[one.level or Level.NOTHING])
            for one in (concerned.named if concerned else ())
        ),
        parties=tuple(
            Somebody(one.id, one.name, one.since)
            for one in (concerned.parties if concerned else ())
        ),
        circles=tuple(
            Somebody(one.id, one.name, one.since, LEVELS[one.level or Level.NOTHING])
            for one in (concerned.circles if concerned else ())
        ),
        excluded=tuple(
            Somebody(one.id, one.name, one.since, words=EXCLUDED.get(one.reason, one.reason))
            for one in (concerned.excluded if concerned else ())
        ),
        may=_may(seen, who),
    )


def viewers_of(matter: UUID, *, who: Asking) -> Viewers | None:
    """Who can see it now, why and until when: for whoever sees it in full. Raises Refused without
    `access.explain`."""
    found = who_can_see(matter, by=who.by, now=who.now)
    seen = fetch_matter(matter, by=who.by, now=who.now) if found is not None else None
    if found is None or seen is None:
        return None
    people = (
        Somebody(
            one.person,
            one.name,
            level=LEVELS[one.level],
            words=reasons()[one.why].words,
            until=one.until,
        )
        for one in found
    )
    return Viewers(line_of(seen), tuple(people))


def line_of(seen: SeenMatter) -> MatterLine:
    """A matter in words."""
    return MatterLine(
        id=seen.id,
        reference=short(seen.id),
        kind=seen.kind,
        level=LEVELS[seen.level],
        why=reasons()[seen.why].short,
        purpose=purposes()[seen.purpose].title if seen.purpose in purposes() else "",
        restriction=RESTRICTIONS[seen.restriction] if seen.restriction else "",
    )


def _may(seen: SeenMatter, who: Asking) -> frozenset[str]:
    full = seen.level is Level.FULL
    found = {"conflict"}
    if full:
        found |= {"restrict", "name", "exclude"}
    if full and "access.explain" in who.may:
        found.add("explain")
    if not full and "emergency.break" in who.may:
        found.add("emergency")
    return frozenset(found)
