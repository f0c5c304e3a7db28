"""Sets of areas to compare with: shipped as data, added by users, or made from look-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from saferboard.analytics.measures.model import Words
from saferboard.vocabulary.area import AreaSet, is_gss
from saferboard.vocabulary.data_file import parsed_of
from saferboard.vocabulary.form_faults import first_fault
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.problem import Problem

FOLDER_NAME = "area_sets"


class _Member(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    ended: date | None = None
    now: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    source: str = ""
    note: str = ""
    centre: str = ""
    members: tuple[_Member | str, ...] = Field(min_length=2)


@dataclass(frozen=True)
class NamedSet:
    """An area set with what else its file says: names of members, and members that were
    abolished with the day (they stay in the list, since the publisher lists them). A list of the
    areas most like one area has that one as its `centre`: it is not for the others."""

    set: AreaSet
    names: Mapping[str, str] = field(default_factory=dict)
    ended: Mapping[str, date] = field(default_factory=dict)
    centre: str = ""


def parse_set(key: str, text: str, file: str) -> NamedSet:
    """An area set from YAML. Raises Problem with the field that is wrong."""
    try:
        body = _File.model_validate(
            parsed_of(
                text,
                file=file,
                unreadable="This area set cannot be read as YAML.",
                remedy="Compare it with the example in the docs.",
            )
        )
    except ValidationError as error:
        place, words = first_fault(error)
        raise Problem(words, file=file, place=place) from error
    members = [
        one if isinstance(one, _Member) else _Member(code=one, name="") for one in body.members
    ]
    codes = [one.code for one in members]
    for code in codes:
        if not is_gss(code):
            raise Problem(f"“{code}” is not a GSS code.", file=file, place="members")
        if codes.count(code) > 1:
            raise Problem(f"{code} stands twice in the set.", file=file, place="members")
    return NamedSet(
        AreaSet(key, body.title, tuple(codes), body.source, body.note),
        MappingProxyType({one.code: one.name for one in members if one.name}),
        MappingProxyType({one.code: one.ended for one in members if one.ended}),
        body.centre,
    )


@cache
def shipped_sets() -> Mapping[str, NamedSet]:
    """The sets that come with the program, by key."""
    folder = resources.files("saferboard.analytics.measures").joinpath(FOLDER_NAME)
    sets = {}
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".yaml"):
            key = entry.name.removesuffix(".yaml")
            sets[key] = parse_set(key, entry.read_text("utf-8"), entry.name)
    return MappingProxyType(sets)


def all_sets(partnership: Partnership | None, folder: Path | None = None) -> dict[str, NamedSet]:
    """Shipped sets, then those of a folder (a YAML file each), then the partnership's own:
    a later one of the same key wins, so that a list can be corrected without a release."""
    sets = dict(shipped_sets())
    if folder is not None and folder.is_dir():
        for path in sorted(folder.glob("*.yaml")):
            sets[path.stem] = parse_set(path.stem, path.read_text("utf-8"), str(path))
    for own in partnership.area_sets if partnership else ():
        sets[own.key] = NamedSet(AreaSet(own.key, own.title, own.members, own.source))
    return sets


def chosen_sets(
    sets: Mapping[str, NamedSet], partnership: Partnership | None, area: str
) -> Sequence[NamedSet]:
    """The sets to rank `area` in: those that the partnership names (Problem when it names one
    that does not exist), else every set that holds the area, the largest first."""
    named = partnership.peer_sets if partnership else ()
    if named:
        for key in named:
            if key not in sets:
                raise Problem(
                    f"There is no area set called “{key}”.",
                    place="peer_sets",
                    remedy=f"The sets are: {', '.join(sorted(sets))}.",
                )
        return [sets[key] for key in named if area in sets[key].set.members]
    holding = [one for one in sets.values() if area in one.set.members and one.centre in ("", area)]
    return sorted(holding, key=lambda one: (-len(one.set.members), one.set.key))
