"""What is asked of the explorer, and what may be: all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from saferboard.analytics.measures.area_sets import all_sets
from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.measures.register import definitions
from saferboard.analytics.packs.asked import SETS_FOLDER
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.evidence.place import Described, described, opened, store

_KINDS = ("authority", "csp", "force")
_LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """`area` and `measure` are a code and a key, `peers` the key of an area set or empty."""

    area: str
    measure: str
    to: Month
    peers: str = ""

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        named = {"area": self.area, "measure": self.measure, "to": str(self.to)}
        return urlencode({**named, **({"peers": self.peers} if self.peers else {})})


@dataclass(frozen=True)
class Choices:
    """What can be asked: (value, words) of each; `to` is the last month that anything is loaded
    for, `own` the partnership's own area."""

    areas: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    peers: tuple[tuple[str, str], ...]
    to: str
    own: str


def choices() -> Choices:
    """What the data store and the partnership's file offer. Raises Problem where there is no
    data store."""
    place = described()
    with opened() as lake:
        return _choices(state_of(lake), place, lake)


def state_of(lake: Lake) -> tuple[str, ...]:
    """What answers depend on: the loads, and when the files beside them were changed. A key for
    what is kept in memory."""
    folder = described().folder
    beside = [path for path in (folder, folder / SETS_FOLDER) if path.is_dir()]
    files = sorted(path for one in beside for path in one.iterdir() if path.is_file())
    return (
        str(store()),
        *(f"{one.id} {one.loaded.isoformat()}" for one in lake.vintages),
        *(f"{path.name} {path.stat().st_mtime_ns}" for path in files),
    )


def asked_in(given: Mapping[str, str]) -> Asked:
    """The question in an address. Raises Problem for a part that is missing or cannot be."""
    for name in ("area", "measure", "to"):
        if not given.get(name):
            raise Problem(f"The {name} is missing.", remedy="Choose it, and press Show.")
    if any(len(given.get(name, "")) > _LONGEST for name in ("area", "measure", "to", "peers")):
        raise Problem("This address is longer than any that is ours.", remedy="Choose again.")
    if given["measure"] not in definitions():
        raise Problem("There is no such measure.", remedy="Choose one from the list.")
    peers = given.get("peers", "")
    place = described()
    if peers and peers not in all_sets(place.partnership, place.folder / SETS_FOLDER):
        raise Problem("There is no such set of areas.", remedy="Choose one from the list.")
    return Asked(given["area"], given["measure"], Month.parse(given["to"]), peers)


def _choices(state: tuple[str, ...], place: Described, lake: Lake) -> Choices:
    kept = _KEPT.get(state)
    if kept is None:
        _KEPT.clear()
        kept = _KEPT[state] = _look(place, lake)
    return kept


_KEPT: dict[tuple[str, ...], Choices] = {}


def _look(place: Described, lake: Lake) -> Choices:
    sets = all_sets(place.partnership, place.folder / SETS_FOLDER)
    atlas = Atlas.of(lake, sets.values(), place.partnership)
    own = [(one.code, one.name) for one in place.areas]
    known = [
        (one.code, one.name)
        for kind in _KINDS
        for one in atlas.of_kind(kind)  # type: ignore[arg-type]  # kinds of areas
    ]
    last = max((one.last_month for one in lake.vintages if one.last_month), default=None)
    return Choices(
        areas=tuple(dict((*own, *known)).items()),
        measures=tuple(
            (one.key, one.title)
            for one in sorted(definitions().values(), key=lambda one: one.title.casefold())
        ),
        peers=tuple((key, one.set.title) for key, one in sorted(sets.items())),
        to=str(last) if last else "",
        own=own[0][0] if own else "",
    )
