"""Names of areas turned into codes: from a list of names as data, and from the look-ups that
the lake holds, so that an area of any force is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.intake.source import Desk
from saferboard.vocabulary.area import AreaKind, is_gss, kind_of_gss
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.force import forces

# The ONS gave the LSOAs that it drew for the census of 2021 codes from here on; a file that
# holds one of them is of 2021, and no file of 2011 reaches it (ONS code history database).
_FIRST_LSOA_OF_2021 = "E01033769"


@dataclass(frozen=True)
class Place:
    """An area as the lake wants it. `known` is false for a name that nobody could place."""

    kind: AreaKind
    code: str | None
    name: str
    known: bool = True
    edition: str | None = None
    within: str | None = None


@dataclass(frozen=True)
class Gazetteer:
    """The names and codes that are known while a file is read."""

    force: Place
    authorities: Mapping[str, str]
    elsewhere: frozenset[str]
    wards_by_name: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    register: Mapping[str, str] = field(default_factory=dict)

    def authority(self, printed: str | None) -> Place:
        """The authority that a name or GSS code means. A row for airports or for what is not
        known is an area of kind `other`; so is a name that nobody knows, marked not known."""
        name = (printed or "").strip()
        if is_gss(name) and kind_of_gss(name) == "authority":
            return Place("authority", name, self.register.get(name, name))
        if code := self.authorities.get(plain(name)):
            return Place("authority", code, name)
        return Place("other", None, name or "Unknown", not name or plain(name) in self.elsewhere)

    def ward(self, code: str | None, name: str | None, authority: Place) -> Place:
        """A ward as its publisher prints it: its code, its name, its authority. A look-up has no
        say here: the edition of its boundaries, and the code of one that comes by name, are
        found when figures are made, in the look-ups that are then loaded."""
        printed = (name or "").strip()
        trimmed = (code or "").strip()
        if is_gss(trimmed) and kind_of_gss(trimmed) == "ward":
            return Place("ward", trimmed, printed or trimmed, within=authority.code)
        if authority.code and printed and plain(printed) not in self.elsewhere:
            return Place("ward", None, printed, within=authority.code)
        return Place(
            "other", None, printed or trimmed or authority.name or "Unknown", within=authority.code
        )


def gazetteer(desk: Desk, unit: str | None = None) -> Gazetteer:
    """The names of a force's areas from the data file (of every force there without `unit`),
    with every authority and ward that the lake's look-ups hold. The data file wins where both
    know a name."""
    own = _own_names(unit)
    names: dict[str, str] = {}
    ward_names: dict[tuple[str, str], tuple[str, ...]] = {}
    register: dict[str, str] = {}
    for row in _registered(desk):  # oldest edition first: the newest has the last word
        code, kind = row["code"], row["kind"]
        register[code] = row["name"]
        if kind == "authority":
            names[plain(row["name"])] = code
            continue
        if row["within"]:
            key = (row["within"], plain(row["name"]))
            ward_names[key] = tuple(sorted({*ward_names.get(key, ()), code}))
    for code, name in own.get("authorities", {}).items():
        names[plain(name)] = code
        register.setdefault(code, name)
    names.update({plain(name): code for name, code in own.get("also", {}).items()})
    force = forces().get(unit or "")
    return Gazetteer(
        force=Place("force", force.area if force else None, force.name if force else unit or ""),
        authorities=names,
        elsewhere=frozenset(plain(name) for name in own.get("elsewhere", ())),
        wards_by_name=ward_names,
        register=register,
    )


def lsoa_kind(codes: Iterable[str]) -> AreaKind:
    """Whether the codes of a file are LSOAs of 2011 or of 2021. Most codes are in both
    editions, so the file as a whole is asked."""
    english = [code for code in codes if code.startswith("E01")]
    return "lsoa21" if english and max(english) >= _FIRST_LSOA_OF_2021 else "lsoa11"


def _registered(desk: Desk) -> list[dict[str, Any]]:
    areas = desk.lake("areas")
    if areas is None:
        return []
    wanted = areas.filter(areas.kind.isin(["authority", "ward"]))
    wanted = wanted.select("code", "name", "kind", "edition", "within").distinct()
    rows: list[dict[str, Any]] = desk.run(wanted).to_pylist()
    return sorted(rows, key=lambda row: (row["edition"] or "", row["code"]))


@cache
def _own_names(unit: str | None) -> dict[str, Any]:
    names: dict[str, Any] = data_file("saferboard.analytics.intake", "area_names.yaml")
    if unit is not None:
        return dict(names.get(unit, {}))
    return {
        "authorities": {k: v for one in names.values() for k, v in one["authorities"].items()},
        "also": {k: v for one in names.values() for k, v in one["also"].items()},
        "elsewhere": [name for one in names.values() for name in one["elsewhere"]],
    }
