"""Wards that a publisher gives by name only: their codes, from the look-ups that are loaded when
figures are made. A look-up that comes after the file serves as well as one before it.

Two authorities may have wards of one name, and an authority that was drawn anew keeps names and
changes codes: a name is looked up within its authority, and in one edition for all the names of a
load there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.measures.compile import NAMED
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.area import Area

_PARTED = "/"
_Editions = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class WardNames:
    """`registered`: the wards of each authority by edition and plain name."""

    registered: Mapping[str, _Editions]

    @classmethod
    def of(cls, lake: Lake) -> WardNames:
        """The wards of every look-up that is loaded."""
        table = lake.table("areas")
        wanted = table.filter(table.kind == "ward", table.within.notnull())
        rows = lake.run(wanted.select("code", "name", "edition", "within").distinct())
        held: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for row in sorted(rows.to_pylist(), key=lambda one: str(one["code"])):
            held[row["within"]][row["edition"] or ""][plain(row["name"])] = row["code"]
        return cls(held)

    def codes(self, authority: str, names: Iterable[str]) -> dict[str, str]:
        """The codes of wards that a load names in an authority: those of the newest edition that
        has all of them; where none has, of each name that means one ward in every edition."""
        editions = self.registered.get(authority, {})
        wanted = {name: plain(name) for name in names}
        for edition in sorted(editions, reverse=True):
            if all(name in editions[edition] for name in wanted.values()):
                return {name: editions[edition][bare] for name, bare in wanted.items()}
        found: dict[str, str] = {}
        for name, bare in wanted.items():
            codes = {wards[bare] for wards in editions.values() if bare in wards}
            if len(codes) == 1:
                found[name] = codes.pop()
        return found

    def doubt(self, area: Area, said: str) -> str:
        """What is to be said where a partnership's file says that the boundaries of the year
        `said` are in use, and the look-ups show the wards of `area` otherwise; else nothing."""
        editions = self.registered.get(area.code, {})
        if not said or not editions:
            return ""
        newest = max(editions)
        if said not in editions:
            loaded = ", ".join(sorted(editions))
            first = f"no look-up that is loaded shows the wards of {area.name} in {said}, only in"
            return (
                f"the partnership's file says “wards: {said}”; {first} {loaded}. Tables by ward go "
                f"by {newest}: change the file, or load the look-up of {said}."
            )
        if set(editions[said].values()) != set(editions[newest].values()):
            return (
                f"the partnership's file says “wards: {said}”; {area.name} has other wards in "
                f"{newest}, and tables by ward go by those."
            )
        return ""

    def coded(self, rows: pa.Table) -> pa.Table:
        """Rows with columns vintage and area_code, in which `name:AUTHORITY/NAME` has become a
        code wherever there is one."""
        codes = pc.fill_null(rows["area_code"], "").to_pylist()
        pairs = list(zip(rows["vintage"].to_pylist(), codes, strict=True))
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for vintage, code in set(pairs):
            authority, parted, name = code.removeprefix(NAMED).partition(_PARTED)
            if code.startswith(NAMED) and parted:
                named[vintage, authority].add(name)
        known = {
            (vintage, f"{NAMED}{authority}{_PARTED}{name}"): code
            for (vintage, authority), names in named.items()
            for name, code in self.codes(authority, names).items()
        }
        new = [known.get(pair, pair[1]) or None for pair in pairs]
        at = rows.column_names.index("area_code")
        return rows.set_column(at, "area_code", pa.array(new, pa.string()))


def wards_by_name(rows: pa.Table) -> bool:
    """Whether any row with the column area_code is of a ward that came without a code."""
    named = pc.match_substring_regex(rows["area_code"], f"^{NAMED}.*{_PARTED}")
    return pc.any(named).as_py() is True


def unnamed(code: str, authority: str) -> str | None:
    """The name in the code of a ward of the authority that no look-up has; None for any other."""
    lead = f"{NAMED}{authority}{_PARTED}"
    return code.removeprefix(lead) if code.startswith(lead) else None
