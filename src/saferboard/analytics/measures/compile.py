"""From a feed of a definition to a query: one for all areas, months and loads at once.

The relations are Ibis, so that the same definition runs on DuckDB and on Spark. Each gives
vintage, unit, area_code, area_name, month and count; what is not in a row is for the caller to
tell apart, zero from missing (quirks 5, 12 and 21 of the data catalogue).

Feeds of one source differ by their offences, mostly: those that are counted by offence are
fetched for all of them at once, with a column `offence`, and `of_feed` gives each its rows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from saferboard.analytics.measures.model import Feed
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.relation import Relation

COLUMNS = ("vintage", "unit", "area_code", "area_name", "month", "count")
# “Three Rivers 012B”: the name of an LSOA is the authority's, a number and a letter.
_LSOA_TAIL = r" [0-9]{3}[A-Z]$"
NAMED = "name:"
ELSEWHERE = "elsewhere:"
"""The code under which rows of areas that nobody asks for are put together."""


@dataclass(frozen=True)
class Scope:
    """What will be asked for: offences, and the authorities whose wards will be, with the codes of
    these wards. None is everything."""

    offences: frozenset[str] | None = None
    wards_of: frozenset[str] | None = None
    wards: frozenset[str] = frozenset()

    def holds(self, feed: Feed) -> bool:
        """Whether the offences of a feed are among those that will be asked for."""
        return self.offences is None or self.offences.issuperset(feed.offences)


def of_feed(rows: pa.Table, feed: Feed) -> pa.Table:
    """Of rows with a column `offence` those that the feed counts."""
    if not feed.all_offences:
        return rows.filter(_among(rows["offence"], feed.offences))
    if not feed.without:
        return rows
    return rows.filter(pc.invert(_among(rows["offence"], feed.without)))


def _among(offences: pa.ChunkedArray, wanted: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(offences, value_set=pa.array(sorted(wanted), pa.string()))


def recorded(
    lake: Lake, feed: Feed, kind: str, vintages: Collection[str], scope: Scope
) -> Relation:
    """Offences (or outcomes) counted by the publisher for areas of `kind`, by offence."""
    rows = lake.rows("recorded_offences", vintages)
    rows = rows.filter(rows.area_kind == kind, rows.counted == feed.counted)
    rows = _in_scope(rows, rows.offence, scope)
    if feed.without_units:
        rows = rows.filter(rows.unit.notin(feed.without_units))
    asked = _asked(rows, kind, scope)
    code = _code(rows) if asked is None else ibis.ifelse(asked, _code(rows), ELSEWHERE)
    rows = rows.mutate(area_code=code)
    return rows.group_by("vintage", "unit", "area_code", "month", "offence").agg(
        area_name=rows.area_name.max(), count=rows["count"].sum()
    )


def recorded_small(
    lake: Lake, feed: Feed, vintages: Collection[str], places: Relation, scope: Scope
) -> Relation:
    """Offences counted by small area, brought to the areas that `places` maps them to, by
    offence."""
    rows = lake.rows("recorded_offences", vintages)
    rows = rows.filter(rows.area_kind.isin(["lsoa11", "lsoa21"]), rows.counted == feed.counted)
    rows = _in_scope(rows, rows.offence, scope)
    rows = rows.select("vintage", "unit", "month", "count", "offence", lsoa=rows.area_code)
    placed = rows.left_join(places, rows.lsoa == places.place_lsoa)
    return placed.group_by("vintage", "unit", "area_code", "month", "offence").agg(
        area_name=placed.area_code.max(), count=placed["count"].sum()
    )


def inventory(lake: Lake) -> Relation:
    """What each load has at all: vintage, area_kind, counted, offence."""
    rows = lake.table("recorded_offences")
    return rows.select("vintage", "area_kind", "counted", "offence").distinct()


def known_areas(lake: Lake, kind: str, vintages: Collection[str], scope: Scope) -> Relation:
    """Which areas of `kind` each load has at all, whatever the offence: an area that a load
    has and that is without a row for an offence had none of it."""
    rows = lake.rows("recorded_offences", vintages)
    rows = rows.filter(rows.area_kind == kind)
    asked = _asked(rows, kind, scope)
    rows = rows if asked is None else rows.filter(asked)
    rows = rows.mutate(area_code=_code(rows))
    return rows.group_by("vintage", "unit", "area_code", "counted").agg(
        area_name=rows.area_name.max(),
        within=rows.within.max(),
    )


def street(
    lake: Lake,
    feed: Feed,
    vintages: Collection[str],
    places: Relation,
    by_name: Relation | None,
    scope: Scope,
) -> Relation:
    """Crimes of data.police.uk by area and type. `places` maps lsoa_code to area_code; where it
    has no code for a row, and `by_name` (lsoa_prefix to area_code) is given, the name of the LSOA
    says in which authority it lies. Rows without a place come back with a null area_code."""
    rows = lake.rows("street_crimes", vintages)
    rows = _in_scope(rows, rows.crime_type, scope)
    if feed.without_units:
        rows = rows.filter(rows.unit.notin(feed.without_units))
    rows = rows.mutate(offence=rows.crime_type)
    rows = rows.select("vintage", "unit", "month", "offence", "lsoa_code", "lsoa_name")
    placed = _placed(rows, places, by_name, "offence")
    return placed.group_by("vintage", "unit", "area_code", "month", "offence").agg(
        area_name=placed.area_name.max(), count=placed.count()
    )


def outcomes(
    lake: Lake,
    feed: Feed,
    vintages: Collection[str],
    crimes: Collection[str],
    places: Relation,
    by_name: Relation | None,
) -> Relation:
    """Positive outcomes by the month of the outcome, for crimes whose type is wanted. A crime
    counts once in a month, however often it comes (quirk 22)."""
    known = lake.rows("street_crimes", crimes)
    types = (
        known.filter(known.crime_id.notnull(), _wanted(known.crime_type, feed))
        .select("crime_id")
        .distinct()
    )
    rows = lake.rows("street_outcomes", vintages)
    rows = rows.filter(rows.positive, rows.crime_id.notnull())
    if feed.without_units:
        rows = rows.filter(rows.unit.notin(feed.without_units))
    rows = rows.semi_join(types, "crime_id")
    rows = rows.select("vintage", "unit", "month", "lsoa_code", "lsoa_name", "crime_id").distinct()
    placed = _placed(rows, places, by_name)
    return placed.group_by("vintage", "unit", "area_code", "month").agg(
        area_name=placed.area_name.max(), count=placed.count()
    )


def stops(lake: Lake, feed: Feed, vintages: Collection[str], points: Relation) -> Relation:
    """Stops and searches by area, in the month of their day in local time (quirk 23). `points`
    maps longitude and latitude to area_code and area_name."""
    rows = lake.rows("stop_searches", vintages)
    if feed.without_units:
        rows = rows.filter(rows.unit.notin(feed.without_units))
    rows = rows.select("vintage", "unit", "longitude", "latitude", month=rows.month)
    placed = rows.left_join(points, ["longitude", "latitude"])
    placed = placed.select("vintage", "unit", "month", "area_code", "area_name")
    return placed.group_by("vintage", "unit", "area_code", "month").agg(
        area_name=placed.area_name.max(), count=placed.count()
    )


def stop_points(lake: Lake, vintages: Collection[str]) -> Relation:
    """The distinct points of stops, to be placed in areas."""
    rows = lake.rows("stop_searches", vintages)
    rows = rows.filter(rows.longitude.notnull(), rows.latitude.notnull())
    return rows.select("longitude", "latitude").distinct()


def street_prefixes(lake: Lake, vintages: Collection[str]) -> Relation:
    """The authorities' names that the names of LSOAs begin with, and how many rows each has."""
    rows = lake.rows("street_crimes", vintages)
    rows = rows.filter(rows.lsoa_name.notnull())
    rows = rows.select("unit", lsoa_prefix=rows.lsoa_name.re_replace(_LSOA_TAIL, ""))
    return rows.group_by("unit", "lsoa_prefix").agg(count=rows.count())


def street_areas(
    lake: Lake, vintages: Collection[str], places: Relation, by_name: Relation | None
) -> Relation:
    """The areas in which each unit has any crime at all (unit, area_code, area_name), with the
    `count` of small areas that it has there."""
    rows = lake.rows("street_crimes", vintages)
    rows = rows.filter(rows.lsoa_code.notnull()).select("unit", "lsoa_code", "lsoa_name").distinct()
    rows = rows.mutate(vintage=ibis.literal(""), month=ibis.null().cast("date"))
    placed = _placed(rows, places, by_name)
    placed = placed.filter(placed.area_code.notnull())
    return placed.group_by("unit", "area_code").agg(
        area_name=placed.area_name.max(), count=placed.count()
    )


def published(lake: Lake, feed: Feed, vintages: Collection[str]) -> Relation:
    """Counts that a publisher gives for spans other than a month. A suppressed part makes the
    whole unknown: `parts` says how many of the `rows` had a count, `offences` how many of the
    offences were there."""
    rows = lake.rows("published_counts", vintages)
    rows = rows.filter(_wanted(rows.offence, feed))
    rows = rows.filter(rows.area_code.notnull() | (rows.area_kind == "ward"))
    rows = rows.mutate(area_code=_code(rows))
    if feed.topic:
        rows = rows.filter(rows.topic == feed.topic)
    rows = rows.filter(rows.breakdown.isnull() | (rows.breakdown == ""))
    return rows.group_by(
        "vintage", "unit", "area_kind", "area_code", "period_from", "period_to"
    ).agg(
        area_name=rows.area_name.max(),
        count=rows["count"].sum(),
        parts=rows["count"].count(),
        rows=rows.count(),
        offences=rows.offence.nunique(),
    )


def returns(lake: Lake, measure: str, vintages: Collection[str]) -> Relation:
    """What partners reported for a measure: every row, as it came."""
    rows = lake.rows("local_returns", vintages)
    return rows.filter(rows.measure == measure)


def _wanted(column: ir.StringColumn, feed: Feed) -> ir.BooleanValue:
    if not feed.all_offences:
        return column.isin(feed.offences)
    if not feed.without:
        return ibis.literal(True)
    return column.isnull() | column.notin(feed.without)


def _asked(rows: Relation, kind: str, scope: Scope) -> ir.BooleanValue | None:
    """Whether a row's area will be asked for; None where every area may be."""
    if kind != "ward" or scope.wards_of is None:
        return None
    inside = rows.within.isin(sorted(scope.wards_of)).fill_null(False)
    return inside | rows.area_code.isin(sorted(scope.wards)).fill_null(False)


def _in_scope(rows: Relation, column: ir.StringColumn, scope: Scope) -> Relation:
    return rows if scope.offences is None else rows.filter(column.isin(sorted(scope.offences)))


def _code(rows: Relation) -> ir.StringValue:
    """The code of a row's area; `name:NAME` where the publisher gives none, with the authority
    before the name of a ward, because two may have wards of one name."""
    within = ibis.coalesce(rows.within.concat("/"), "")
    return ibis.coalesce(rows.area_code, ibis.literal(NAMED).concat(within, rows.area_name))


def _placed(rows: Relation, places: Relation, by_name: Relation | None, *more: str) -> Relation:
    placed = rows.left_join(places, rows.lsoa_code == places.place_lsoa)
    if by_name is None:
        return placed.select(
            "vintage", "unit", "month", *more, "area_code", area_name=ibis.null().cast("string")
        )
    prefix = placed.lsoa_name.re_replace(_LSOA_TAIL, "")
    placed = placed.mutate(lsoa_prefix=prefix)
    named = placed.left_join(by_name, placed.lsoa_prefix == by_name.name_prefix)
    return named.select(
        "vintage",
        "unit",
        "month",
        *more,
        area_code=ibis.coalesce(named.area_code, named.name_code),
        area_name=named.lsoa_prefix,
    )
