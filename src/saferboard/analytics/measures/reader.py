"""Reading the lake for measures: each feed is fetched once, for all areas and months, and kept.

A reader belongs to one summary (or to one run over many areas): it holds the areas, the cubes
of counts and the denominators, so that asking for the 32nd borough costs no query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa

from saferboard.analytics.measures import compile as compiled
from saferboard.analytics.measures import cube, places
from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.measures.cube import Cube, Extract
from saferboard.analytics.measures.model import Feed
from saferboard.analytics.measures.ward_names import WardNames, wards_by_name
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.releases import Release, known_by, releases
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.force import force_named
from saferboard.vocabulary.period import Month

_PLACED = ("authority", "ward")
_BY_OFFENCE = ("recorded_offences", "street_crimes")
_BY_PLACE = ("street_crimes", "street_outcomes", "stop_searches")
# Without a look-up an area is its force's if it has at least this part of the rows of the force's
# largest area: the smallest district of a force has a twenty-fifth, spill over a border less
# than a thousandth (data.police.uk, 13 forces, 2022).
_SMALLEST = 0.01


@dataclass(frozen=True)
class Found:
    """Where the counts of an area are: the kind of area and the codes to add up."""

    kind: str
    codes: tuple[str, ...]


class Reader:
    """`known` is the day by which a load must have been published; None takes everything.
    `scope` is what will be asked for, so that no more is fetched."""

    def __init__(
        self,
        lake: Lake,
        atlas: Atlas,
        known: date | None = None,
        scope: compiled.Scope | None = None,
    ) -> None:
        self.lake = lake
        self.atlas = atlas
        self.known = known
        self.releases = releases(lake.vintages)
        self._by_source: dict[str, list[Release]] = {}
        for release in self.releases:
            self._by_source.setdefault(release.source, []).append(release)
        self._cubes: dict[tuple[object, ...], Cube | None] = {}
        self._known_areas: dict[tuple[str, str], pa.Table] = {}
        self._places: dict[str, Relation] = {}
        self._prefixes: Relation | None = None
        self._found: dict[tuple[Feed, str], Found | None] = {}
        self._covered_areas: dict[str, dict[str, str]] = {}
        self._fetched: dict[tuple[object, ...], pa.Table | None] = {}
        self._scope = scope or compiled.Scope()

    def vintages_of(self, source: str) -> list[str]:
        """The ids of every load of a source."""
        return [
            vintage.id
            for release in self._by_source.get(source, ())
            for vintage in release.vintages
        ]

    def vintages_known(self, table: str, known: date | None = None) -> list[Vintage]:
        """The loads that hold a table and were published by the day, newest last."""
        day = known or self.known
        chosen = self.releases if day is None else known_by(self.releases, day)
        held = [v for release in chosen for v in release.vintages if v.tables.get(table)]
        return sorted(held, key=lambda one: (one.published, one.loaded))

    # --- cubes ----------------------------------------------------------------------------

    def cube(self, feed: Feed, kind: str) -> Cube | None:
        """The counts of a feed for areas of `kind`; None where no load has any."""
        key = (feed.source, feed.table, feed.dataset, feed.offences, feed.all_offences,
               feed.without, feed.counted, kind)  # fmt: skip
        if key not in self._cubes:
            self._cubes[key] = self._make(feed, kind)
        return self._cubes[key]

    def _make(self, feed: Feed, kind: str) -> Cube | None:
        if not self._holds(feed, kind):
            return None
        held = [
            release
            for release in self._by_source.get(feed.source, ())
            if not feed.dataset or release.dataset == feed.dataset
        ]
        loads = [
            vintage.id
            for release in held
            for vintage in release.vintages
            if vintage.tables.get(feed.table)
        ]
        if not loads:
            return None
        rows = self._rows(feed, kind, loads)
        if rows is None:
            return None
        known = None
        if feed.table == "recorded_offences" and not feed.small_areas:
            known = self._areas_of(feed, kind)
        return cube.build(
            feed.source,
            rows,
            known,
            held,
            provisional_months=feed.provisional_months,
            polices=self._polices if feed.table in _BY_PLACE else None,
            covered=self._covered(kind) if feed.table in _BY_PLACE else None,
        )

    def _rows(self, feed: Feed, kind: str, loads: Sequence[str]) -> pa.Table | None:
        """The rows that a feed counts. Those that come by offence are fetched for every feed of
        the source at once; None where the source has no areas of `kind`."""
        if feed.table not in _BY_OFFENCE:
            query = self._query(feed, kind, loads)
            return None if query is None else self.coded(self.lake.run(query))
        if not self._scope.holds(feed):
            raise ValueError(f"{feed.source} was not to be asked for {feed.offences}")
        key = (feed.source, feed.table, feed.dataset, feed.small_areas, feed.counted,
               feed.without_units, kind)  # fmt: skip
        if key not in self._fetched:
            query = self._query(feed, kind, loads)
            self._fetched[key] = None if query is None else self.coded(self.lake.run(query))
        held = self._fetched[key]
        return None if held is None else compiled.of_feed(held, feed)

    def _covered(self, kind: str) -> dict[str, str]:
        """The force of each area in which any street crime is known. A month that the force
        published holds none of a rare category where the area has no row of it."""
        if kind not in self._covered_areas:
            loads = [one.id for one in self.vintages_known("street_crimes", date.max)]
            found: dict[str, tuple[int, str]] = {}
            if loads:
                source = next(v.source for v in self.lake.vintages if v.id == loads[0])
                query = compiled.street_areas(
                    self.lake, loads, self._placing(kind), self._naming(kind, source)
                )
                for row in self.lake.run(query).to_pylist():
                    code, unit = row["area_code"], row["unit"]
                    if code != compiled.ELSEWHERE and self._polices(code, unit):
                        found[code] = max(found.get(code, (0, "")), (row["count"], unit))
            self._covered_areas[kind] = {code: unit for code, (_, unit) in found.items()}
        return self._covered_areas[kind]

    def _holds(self, feed: Feed, kind: str) -> bool:
        """Whether any load can have rows for the feed: most feeds are settled here, without a
        query of their own."""
        if feed.table != "recorded_offences":
            return bool(self._by_source.get(feed.source))
        kinds = ("lsoa11", "lsoa21") if feed.small_areas else (kind,)
        loads = set(self.vintages_of(feed.source))
        return any(
            vintage in loads
            and area_kind in kinds
            and counted == feed.counted
            and (feed.all_offences or offence in feed.offences)
            for vintage, area_kind, counted, offence in self._inventory
        )

    @cached_property
    def _inventory(self) -> set[tuple[str, str, str, str | None]]:
        rows = self.lake.run(compiled.inventory(self.lake))
        columns = ("vintage", "area_kind", "counted", "offence")
        return set(zip(*(rows[name].to_pylist() for name in columns), strict=True))

    def _query(self, feed: Feed, kind: str, loads: Sequence[str]) -> Relation | None:
        if feed.small_areas:
            if kind != "ward":
                return None
            return compiled.recorded_small(self.lake, feed, loads, self._placing(kind), self._scope)
        if feed.table == "recorded_offences":
            return compiled.recorded(self.lake, feed, kind, loads, self._scope)
        if kind not in _PLACED:
            return None
        if feed.table == "street_crimes":
            return compiled.street(
                self.lake,
                feed,
                loads,
                self._placing(kind),
                self._naming(kind, feed.source),
                self._scope,
            )
        if feed.table == "street_outcomes":
            return compiled.outcomes(
                self.lake,
                feed,
                loads,
                self.vintages_of(feed.out_of),
                self._placing(kind),
                self._naming(kind, feed.out_of),
            )
        if feed.table == "stop_searches":
            points = self.lake.run(compiled.stop_points(self.lake, loads))
            placed = self.lake.lend(places.point_table(self.lake, points, kind))
            return compiled.stops(self.lake, feed, loads, placed)
        return None

    def _areas_of(self, feed: Feed, kind: str) -> pa.Table:
        key = (feed.source, kind)
        if key not in self._known_areas:
            every = self.vintages_of(feed.source)
            rows = self.lake.run(compiled.known_areas(self.lake, kind, every, self._scope))
            self._known_areas[key] = self.coded(rows)
        return self._known_areas[key]

    def coded(self, rows: pa.Table) -> pa.Table:
        """Rows with vintage and area_code, wards that came by name under the codes that the
        look-ups loaded now give them."""
        return self._ward_names.coded(rows) if wards_by_name(rows) else rows

    @cached_property
    def _ward_names(self) -> WardNames:
        return WardNames.of(self.lake)

    def _placing(self, kind: str) -> Relation:
        if kind not in self._places:
            found = places.lsoa_places(self.lake, kind)
            if kind == "ward" and self._scope.wards_of is not None:
                wards = self._scope.wards
                found = {
                    lsoa: code if code in wards else compiled.ELSEWHERE
                    for lsoa, code in found.items()
                }
            self._places[kind] = self.lake.lend(places.place_table(found))
        return self._places[kind]

    def _naming(self, kind: str, source: str) -> Relation | None:
        """Authorities by the names that the names of LSOAs begin with: what a place without
        any look-up has. A name that nobody gave a code becomes a code of its own."""
        if kind != "authority":
            return None
        if self._prefixes is None:
            by_name = {area.name.casefold(): area.code for area in self.atlas.of_kind("authority")}
            found = self.lake.run(compiled.street_prefixes(self.lake, self.vintages_of(source)))
            names = sorted(set(found["lsoa_prefix"].to_pylist()))
            codes = [by_name.get(one.casefold(), f"{compiled.NAMED}{one}") for one in names]
            self._prefixes = self.lake.lend(
                pa.table(
                    {
                        "name_prefix": pa.array(names, pa.string()),
                        "name_code": pa.array(codes, pa.string()),
                    }
                )
            )
        return self._prefixes

    def _polices(self, code: str, unit: str) -> bool:
        """Whether the crimes of an area are a force's to report (quirk 20): by the look-ups, or
        by how many rows it has there."""
        area = self.atlas.find(code)
        force = self.atlas.force_of(area.within if area.kind == "ward" and area.within else code)
        # a look-up may name a force that the list of forces does not have (yet)
        if force is not None and (named := force_named(force.code)) is not None:
            return named.slug == unit
        if area.kind == "ward":
            return True
        rows = self._rows_by_unit.get(unit, {})
        name = self.atlas.name(code).casefold()
        return not rows or rows.get(name, 0) >= _SMALLEST * max(rows.values())

    def _covers(self, source: str, code: str) -> bool:
        """Whether any load of a source can be about an area: not where the look-ups name its
        force, and that force is in none of them. It spares a query for nothing."""
        force = self.atlas.force_of(self.atlas.find(code).within or code)
        named = force_named(force.code) if force else None
        if named is None:
            return True
        return any(
            named.slug in vintage.coverage
            for release in self._by_source.get(source, ())
            for vintage in release.vintages
        )

    @cached_property
    def _rows_by_unit(self) -> dict[str, dict[str, int]]:
        loads = [
            vintage.id
            for release in self.releases
            for vintage in release.vintages
            if vintage.tables.get("street_crimes")
        ]
        rows = self.lake.run(compiled.street_prefixes(self.lake, loads)).to_pylist()
        found: dict[str, dict[str, int]] = {}
        for row in rows:
            found.setdefault(row["unit"], {})[row["lsoa_prefix"].casefold()] = row["count"]
        return found

    # --- areas in cubes -------------------------------------------------------------------

    def locate(self, feed: Feed, code: str) -> Found | None:
        """Where a feed has the area: under its own code, under that of the same ground, or
        as the sum of its authorities."""
        key = (feed, code)
        if key not in self._found:
            self._found[key] = self._locate(feed, code)
        return self._found[key]

    def _locate(self, feed: Feed, code: str) -> Found | None:
        if feed.table in _BY_PLACE and not self._covers(feed.source, code):
            return None
        for one in self.atlas.same(code):
            kind = self._kind(one)
            held = self.cube(feed, kind)
            if held is not None and one in held:
                return Found(kind, (one,))
        parts = self.atlas.whole_parts(code)
        held = self.cube(feed, "authority") if parts else None
        if held is not None and all(part in held for part in parts):
            return Found("authority", parts)
        return None

    def _kind(self, code: str) -> str:
        if code.startswith(compiled.NAMED):
            return "authority"
        return self.atlas.find(code).kind

    def last_month(self, feed: Feed, code: str, to: Month) -> Month | None:
        """The newest month up to `to` that the feed has for the area."""
        found = self.locate(feed, code)
        held = self.cube(feed, found.kind) if found else None
        if found is None or held is None:
            return None
        months = [held.last_month(one, to, self.known) for one in found.codes]
        known = [month for month in months if month is not None]
        return min(known) if known and len(known) == len(months) else None

    def extract(
        self,
        feed: Feed,
        codes: Sequence[str],
        months: Iterable[Month],
        *,
        known: date | None = None,
    ) -> Extract | None:
        """Counts (areas, months) of `codes`, whatever kind each is; an area that the feed does
        not have is nan throughout. None when it has none of them. `known` overrides the
        reader's day."""
        spell = tuple(months)
        day = known or self.known
        found = [self.locate(feed, code) for code in codes]
        kinds = sorted({one.kind for one in found if one})
        parts: list[Extract] = []
        counts = np.full((len(codes), len(spell)), np.nan)
        for kind in kinds:
            held = self.cube(feed, kind)
            asked = [one for at in found if at and at.kind == kind for one in at.codes]
            if held is None or (part := held.extract(asked, spell, day)) is None:
                continue
            parts.append(part)
            row = 0
            for at, one in enumerate(found):
                if one and one.kind == kind:
                    counts[at] = part.counts[row : row + len(one.codes)].sum(axis=0)
                    row += len(one.codes)
        if not parts or np.isnan(counts).all():
            return None
        return replace(
            parts[0],
            codes=tuple(codes),
            counts=counts,
            units=tuple(sorted({unit for part in parts for unit in part.units})),
            releases=tuple({r.id: r for part in parts for r in part.releases}.values()),
            vintages=tuple(sorted({v for part in parts for v in part.vintages})),
            stitched=any(part.stitched for part in parts),
            provisional=frozenset().union(*(part.provisional for part in parts)),
        )
