"""The areas that are known: from look-ups, from the data itself, from area sets and from the
partnership's file. A name is turned into an area here, or refused with the choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from saferboard.analytics.measures.area_sets import NamedSet
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.area import Area, AreaKind, AreaSet, is_gss, kind_of_gss
from saferboard.vocabulary.force import forces
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.problem import Problem, did_you_mean

# Where one name means areas of several kinds, the one that has a partnership is meant.
_FIRST: tuple[AreaKind, ...] = ("authority", "csp", "force", "region", "country", "ward", "other")
_KIND_WORDS: Mapping[str, str] = {
    "authority": "local authority",
    "csp": "Community Safety Partnership",
    "force": "police force",
    "other": "area of another kind",
}
_REMARK = re.compile(r"\s*\([^()]*\)$")
_SMALL = ("lsoa11", "lsoa21")
_DESCRIBE = (
    "say what it is with “saferboard init --area-code CODE --area-name NAME” and ask without --area"
)


class Atlas:
    """Every area with a code and a name, and which areas are one and the same."""

    def __init__(self, areas: Iterable[Area], links: Iterable[tuple[str, str]] = ()) -> None:
        self._areas: dict[str, Area] = {}
        for area in areas:
            held = self._areas.get(area.code)
            if held is None or (area.edition or "") > (held.edition or ""):
                self._areas[area.code] = area
        self._same: dict[str, tuple[str, ...]] = {}
        self._up: dict[str, set[str]] = {}
        self._down: dict[str, set[str]] = {}
        for small, large in links:
            self._up.setdefault(small, set()).add(large)
            self._down.setdefault(large, set()).add(small)

    @classmethod
    def of(
        cls,
        lake: Lake,
        sets: Iterable[NamedSet] = (),
        partnership: Partnership | None = None,
        extra: Iterable[Area] = (),
    ) -> Atlas:
        """The areas that a lake, area sets and a partnership's file name. Small areas (LSOAs)
        are left out: nobody asks for one by name."""
        areas: list[Area] = list(extra)
        for one in sets:
            areas += [Area(code, name, kind_of_gss(code)) for code, name in one.names.items()]
        if partnership:
            for part in (partnership.area, *partnership.areas):
                kind = part.kind if part.kind in _FIRST else kind_of_gss(part.code)
                areas.append(Area(part.code, part.name, kind))
        areas += _from_data(lake)
        areas += _from_lookups(lake)
        return cls(areas, _links(lake))

    def __contains__(self, code: object) -> bool:
        return code in self._areas

    def __getitem__(self, code: str) -> Area:
        return self._areas[code]

    def name(self, code: str) -> str:
        """The name of an area, or its code where nobody named it."""
        area = self._areas.get(code)
        return area.name if area else code.removeprefix("name:")

    def find(self, code: str) -> Area:
        """The area with this code, named by its code where nothing else is known."""
        return self._areas.get(code) or Area(code, self.name(code), kind_of_gss(code))

    def of_kind(self, kind: AreaKind) -> list[Area]:
        """Every area of a kind, by name."""
        return sorted(
            (one for one in self._areas.values() if one.kind == kind), key=lambda one: one.name
        )

    def same(self, code: str) -> tuple[str, ...]:
        """The codes under which the same ground is known: an authority and its Community
        Safety Partnership, where each has only the other. The code itself comes first."""
        if code not in self._same:
            self._same[code] = self._find_same(code)
        return self._same[code]

    def _find_same(self, code: str) -> tuple[str, ...]:
        area = self.find(code)
        if area.kind == "authority":
            others = [up for up in self._up.get(code, ()) if self.find(up).kind == "csp"]
            if len(others) == 1 and self.parts(others[0]) == (code,):
                return (code, others[0])
        if area.kind == "csp" and len(self.parts(code)) == 1:
            (part,) = self.parts(code)
            if sum(self.find(up).kind == "csp" for up in self._up.get(part, ())) == 1:
                return (code, part)
        return (code,)

    def parts(self, code: str) -> tuple[str, ...]:
        """The authorities that make up a partnership or a force, each once, or none."""
        inside = self._down.get(code, ())
        return tuple(sorted(one for one in inside if self.find(one).kind == "authority"))

    def whole_parts(self, code: str) -> tuple[str, ...]:
        """`parts` where none of them also lies in another area of the same kind: only then may
        their counts and populations be added up (quirk 28)."""
        kind = self.find(code).kind
        parts = self.parts(code)
        alone = all(
            sum(self.find(up).kind == kind for up in self._up.get(part, ())) == 1 for part in parts
        )
        return parts if alone else ()

    def force_of(self, code: str) -> Area | None:
        """The police force whose area this area lies in, where the look-ups say so."""
        for one in self.same(code):
            for up in sorted(self._up.get(one, ())):
                if self.find(up).kind == "force":
                    return self.find(up)
        return None

    def force_sets(self, code: str) -> list[NamedSet]:
        """The sets made from look-ups: every authority and every Community Safety Partnership
        of the force that the area lies in."""
        force = self.force_of(code)
        if force is None:
            return []
        made = []
        for key, kind, words in (
            ("force-authorities", "authority", "Local authorities of"),
            ("force-csps", "csp", "Community Safety Partnerships of"),
        ):
            members = sorted(
                one for one in self._down.get(force.code, ()) if self.find(one).kind == kind
            )
            if len(members) > 1:
                made.append(
                    NamedSet(
                        AreaSet(key, f"{words} {force.name}", tuple(members), "ONS look-ups"),
                        {one: self.name(one) for one in members},
                    )
                )
        return made

    def resolve(self, text: str) -> Area:
        """The area that a user means by a name or a GSS code (`Barnet`, `E09000003`,
        `Edgware, Harrow`). Raises Problem: with the choices and their codes where the name has
        several meanings, with the nearest names where nobody knows it."""
        asked = text.strip()
        if asked.upper() in self._areas:
            return self._areas[asked.upper()]
        if asked in self._areas:
            return self._areas[asked]
        if is_gss(asked.upper()):
            raise Problem(
                f"Nothing that is loaded names an area with the code {asked}.",
                remedy=f"Load a look-up that holds it, or {_DESCRIBE}.",
            )
        found = self._named.get(asked.casefold(), [])
        if not found and ", " in asked:
            name, _, within = asked.rpartition(", ")
            found = [
                one
                for one in self._named.get(name.casefold(), [])
                if one.within and self.name(one.within).casefold() == within.casefold()
            ]
        if not found:
            raise self._unknown(asked)
        best = min(_FIRST.index(_shown(one.kind)) for one in found)
        chosen = _newest_editions([one for one in found if _FIRST.index(_shown(one.kind)) == best])
        if len(chosen) > 1:
            choices = "; ".join(self.describe(one) for one in chosen)
            raise Problem(
                f"“{asked}” has {len(chosen)} meanings: {choices}.",
                remedy="Ask with the code instead.",
            )
        return chosen[0]

    def describe(self, area: Area) -> str:
        """`Edgware, ward in Harrow (E05013545)`."""
        kind = _KIND_WORDS.get(area.kind, area.kind)
        place = f" in {self.name(area.within)}" if area.within else ""
        return f"{area.name}, {kind}{place} ({area.code})"

    @cached_property
    def _named(self) -> dict[str, list[Area]]:
        named: dict[str, list[Area]] = {}
        for area in self._areas.values():
            named.setdefault(area.name.casefold(), []).append(area)
            # A register tells namesakes apart with a remark, “Edgware (SX)”; a reader does not.
            if (bare := _REMARK.sub("", area.name)) != area.name:
                named.setdefault(bare.casefold(), []).append(area)
        return named

    def _unknown(self, asked: str) -> Problem:
        names = {one.name.casefold(): one.name for one in self._areas.values()}
        near = get_close_matches(asked.casefold(), names, n=3, cutoff=0.6)
        if near:
            hint = did_you_mean([names[one] for one in near])
        elif names:
            hint = f"Load a look-up that holds it (“saferboard data fetch”), or {_DESCRIBE}."
        else:
            hint = "The data store holds no areas yet: add files with “saferboard data add”."
        return Problem(f"There is no area called “{asked}” in what is loaded.", remedy=hint)


def _shown(kind: AreaKind) -> AreaKind:
    return kind if kind in _FIRST else "other"


def _newest_editions(areas: Sequence[Area]) -> list[Area]:
    """One area per authority: a ward that was drawn anew keeps its name and changes its code."""
    newest: dict[tuple[str | None, str], Area] = {}
    for area in areas:
        key = (area.within, area.name) if area.within else (None, area.code)
        held = newest.get(key)
        if held is None or (area.edition or "", area.code) > (held.edition or "", held.code):
            newest[key] = area
    return sorted(newest.values(), key=lambda one: one.code)


def _from_lookups(lake: Lake) -> list[Area]:
    table = lake.table("areas")
    rows = lake.run(table.filter(table.kind.notin(_SMALL)).drop("vintage").distinct()).to_pylist()
    return [
        Area(row["code"], row["name"], row["kind"], row["edition"], row["within"]) for row in rows
    ]


def _from_data(lake: Lake) -> list[Area]:
    areas: list[Area] = []
    table = lake.table("recorded_offences")
    recorded = (
        table.filter(table.area_kind.isin(["authority", "ward", "csp", "force"]))
        .filter(table.area_code.notnull())
        .group_by("area_code", "area_kind")
        .agg(area_name=table.area_name.max(), within=table.within.max())
    )
    for row in lake.run(recorded).to_pylist():
        areas.append(
            Area(
                row["area_code"],
                row["area_name"] or row["area_code"],
                row["area_kind"],
                None,
                row["within"],
            )
        )
    for name in ("published_counts", "denominators", "local_returns"):
        held = lake.table(name)
        named = (
            held.filter(held.area_kind.notin(_SMALL), held.area_code.notnull())
            .group_by("area_code", "area_kind")
            .agg(area_name=held.area_name.max())
        )
        for row in lake.run(named).to_pylist():
            if row["area_name"]:
                areas.append(Area(row["area_code"], row["area_name"].strip(), row["area_kind"]))
    # A force whose records are loaded is an area of its own, by the code of its ground.
    units = {unit for vintage in lake.vintages for unit in vintage.coverage}
    areas += [
        Area(force.area, force.name, "force")
        for force in forces().values()
        if force.area and force.slug in units
    ]
    # The data speak only where no look-up does: they carry no edition.
    return areas


def _links(lake: Lake) -> list[tuple[str, str]]:
    table = lake.table("area_links")
    wanted = table.filter(
        table.from_kind.isin(["authority", "csp"]), table.to_kind.isin(["csp", "force"])
    )
    newest = wanted.group_by("from_kind", "to_kind").agg(edition=wanted.edition.max())
    rows = lake.run(
        wanted.semi_join(newest, ["from_kind", "to_kind", "edition"])
        .select("from_code", "to_code")
        .distinct()
    ).to_pylist()
    return [(row["from_code"], row["to_code"]) for row in rows]
