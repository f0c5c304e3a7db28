"""A measure by ward: counts and shares, rates where a ward has a denominator, and which file to
load where it has not. A series across a change of wards is rebuilt from small areas or refused."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.breaks import Setting, breaks, met_between, refusal, unusual
from saferboard.analytics.measures.compute import Desk
from saferboard.analytics.measures.cube import Cube, Extract
from saferboard.analytics.measures.denominators import Denominator
from saferboard.analytics.measures.facts import NO_PERCENTAGE, Maker, whole
from saferboard.analytics.measures.frame import part_of
from saferboard.analytics.measures.model import Definition, Feed
from saferboard.analytics.measures.results import Breakdown, BreakdownRow
from saferboard.analytics.measures.ward_names import unnamed
from saferboard.analytics.measures.ward_rates import PART, WardRate, ward_rates
from saferboard.analytics.stats import change, dispersion
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.denominator import denominator_words
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.verdict import Verdict

NO_RATES = "No rates and no ranks: no ward has a denominator. Load {of} by ward: {file}."
_RETURN = "a return (“saferboard data template”) whose measure is {key}"
_ONS = "the ONS workbook of ward-level population estimates, or "
_NO_EDITION = (
    "The year of these boundaries is not known: no look-up that is loaded has these wards. Load "
    "the ONS look-up of wards, or their outlines."
)
# In every row; the note on the table says why.
_REFUSED = "not comparable"
_PHI_SPAN = 60  # months to look for 36 comparable ones in


@dataclass(frozen=True)
class _Wards:
    """The wards of an authority in one feed: their codes and the edition of their boundaries."""

    feed: Feed
    areas: tuple[Area, ...]
    edition: str
    extract: Extract
    previous: Extract
    phi: dispersion.Chosen
    unnamed: tuple[str, ...] = ()


def ward_breakdown(desk: Desk, definition: Definition, area: Area, last: Month) -> Breakdown | None:
    """The 12 months to `last` by ward of the authority, or the quarter where no load has the 12
    months; None where none has either."""
    if definition.kind not in ("monthly-count", "stops") or area.kind != "authority":
        return None
    for span in (Period.year_to(last), Period.quarter_to(last)):
        best: _Wards | None = None
        for feed in definition.sources:
            found = _wards(desk, feed, area, span)
            if found is not None and (best is None or _months_known(found) > _months_known(best)):
                best = found
        if best is not None:
            return _breakdown(desk, definition, area, span, best)
    return None


def _months_known(found: _Wards) -> tuple[int, int]:
    """How many wards have both years, and how many the newest: the feed with the most answers."""
    now, before = ~np.isnan(found.extract.sums()), ~np.isnan(found.previous.sums())
    return int((now & before).sum()), int(now.sum())


def _wards(desk: Desk, feed: Feed, area: Area, year: Period) -> _Wards | None:
    cube = desk.reader.cube(feed, "ward") if feed.table != "published_counts" else None
    if cube is None:
        return None
    inside = [
        one
        for code in cube.areas
        if code in cube and (one := desk.reader.atlas.find(code)).within == area.code
    ]
    now, before = tuple(year.months()), tuple(year.year_before().months())
    # Of wards drawn anew only those stay that have figures for the newest year.
    extract = cube.extract([one.code for one in inside], now, desk.reader.known)
    if extract is None:
        return None
    kept = [one for one, total in zip(inside, extract.sums(), strict=True) if not math.isnan(total)]
    if not kept:
        return None
    kept.sort(key=lambda one: one.name)
    both = cube.extract([one.code for one in kept], (*before, *now), desk.reader.known)
    if both is None:
        return None
    editions = {one.edition for one in kept if one.edition}
    return _Wards(
        feed,
        tuple(kept),
        max(editions, default=""),
        part_of(both, len(before), len(both.months)),
        part_of(both, 0, len(before)),
        _phi(desk, cube, kept, year, feed),
        tuple(sorted(name for code in cube.areas if (name := unnamed(code, area.code)))),
    )


def _phi(
    desk: Desk, cube: Cube, wards: Sequence[Area], year: Period, feed: Feed
) -> dispersion.Chosen:
    """One dispersion for all wards, pooled over those with 36 comparable months or more: what a
    single ward gives is too rough. Assumed where no ward has as many."""
    span = [year.last_month + -back for back in range(_PHI_SPAN)][::-1]
    held = cube.extract([one.code for one in wards], span, desk.reader.known)
    if held is None:
        return dispersion.choose(dispersion.NOTHING, ())
    counts = held.counts.copy()
    for entry in unusual((), Setting(feed.source, held.units, "")):
        counts[:, [entry.holds(month) for month in span]] = np.nan
    each = dispersion.estimate_many(counts, span[0].ordinal)
    enough = [one for one in each if one.enough]
    shared = dispersion.pooled(enough)
    if math.isnan(shared):
        return dispersion.choose(dispersion.NOTHING, ())
    return dispersion.Chosen(shared, "pooled", f"pooled over {len(enough)} wards")


def _breakdown(
    desk: Desk, definition: Definition, area: Area, year: Period, found: _Wards
) -> Breakdown:
    extract = found.extract
    totals = extract.sums()
    whole_area = float(np.nansum(totals))
    bases = _bases(desk, definition, found.areas, year)
    refused = _refused(area, year, found)
    rated = ward_rates(
        definition, area, found.areas, year, totals, bases, found.phi.phi, extract.vintages
    )
    rates_of = rated.by_ward if rated else {}
    rows = tuple(
        _row(definition, one, year, found, at, whole_area, rates_of.get(one.code), refused)
        for at, one in enumerate(found.areas)
    )
    notes = []
    if definition.rate and rated is None:
        notes.append(_no_rates(definition.rate.of))
    elif rated is not None and len(rates_of) < len(rows):
        without = ", ".join(row.name for row in rows if row.rate is None)
        notes.append(f"No rate for want of a denominator: {without}.")
    if refused:
        notes.append(f"No comparison with the year before: {refused}")
    if found.feed.note:
        notes.append(found.feed.note)
    if not found.edition:
        notes.append(_NO_EDITION)
    if found.unnamed:
        notes.append(f"Not shown, because no look-up has its code: {', '.join(found.unnamed)}.")
    edition = f", {found.edition} boundaries" if found.edition else ""
    return Breakdown(
        PART,
        f"Wards{edition}",
        year,
        rows,
        found.edition,
        _not_placed(desk, definition, area, year, whole_area, found),
        " ".join(notes),
        rated.average if rated else None,
        rated.ranked if rated else 0,
    )


def _no_rates(of: str) -> str:
    file = f"{_ONS if of == 'residents' else ''}{_RETURN.format(key=of)}"
    return NO_RATES.format(of=denominator_words(of), file=file)


def _row(
    definition: Definition,
    ward: Area,
    year: Period,
    found: _Wards,
    at: int,
    whole_area: float,
    rated: WardRate | None,
    refused: str | None,
) -> BreakdownRow:
    maker = Maker(definition, ward)
    x = float(found.extract.sums()[at])
    y = float(found.previous.sums()[at])
    loads = found.extract.vintages
    current = maker.fact("count", year, whole(x), vintages=loads, part=PART)
    gone = math.isnan(y)
    before = year.year_before()
    previous = maker.fact(
        "count",
        before,
        None if gone else whole(y),
        part=PART,
        missing=(_REFUSED if refused else "not published for these wards") if gone else None,
        vintages=() if gone else found.previous.vintages,
    )
    share = (
        maker.fact("share", year, 100 * x / whole_area, unit="%", part=PART, vintages=loads)
        if whole_area
        else None
    )
    return BreakdownRow(
        ward.code,
        ward.name,
        current,
        previous,
        _change(maker, year, before, x, y, gone, previous, found),
        share,
        rated.rate if rated else None,
        rated.shrunk if rated else None,
        rated.rank if rated else None,
        rated.differs if rated else "",
    )


def _change(
    maker: Maker,
    year: Period,
    before: Period,
    x: float,
    y: float,
    gone: bool,
    previous: Fact,
    found: _Wards,
) -> Fact:
    verdict: Verdict = "no comparison"
    value: float | None = None
    interval: Interval | None = None
    missing = previous.missing
    if not gone:
        ratio = change.compare_counts(x, y, year.days, before.days, found.phi.phi)
        verdict = change.judge(ratio, x, y)
        value, missing = ratio.percent, None if y else NO_PERCENTAGE
        low, high = ratio.percent_interval(95)
        if value is not None and math.isfinite(high):
            interval = Interval(low, high)
    return maker.fact(
        "change_percent",
        year,
        value,
        unit="%",
        part=PART,
        against=before,
        interval=interval,
        verdict=verdict,
        missing=missing,
        vintages=found.extract.vintages,
        note=f"dispersion {found.phi.phi:.2f}, {found.phi.words}",
    )


def _bases(
    desk: Desk, definition: Definition, wards: Sequence[Area], year: Period
) -> dict[str, Denominator]:
    if definition.rate is None:
        return {}
    middle = year.first_month + 6
    codes = [one.code for one in wards]
    return desk.denominators.choose(definition.rate.of, codes, middle.first_day, desk.options.known)


def _refused(area: Area, year: Period, found: _Wards) -> str | None:
    """Why the wards have no figures for the year before: new boundaries, as the register says,
    or a load that does not reach back. None where they have: the publisher, or the small areas,
    then brought the year before to the wards of today."""
    if not np.isnan(found.previous.sums()).all():
        return None
    setting = Setting(found.feed.source, found.extract.units, area.code)
    drawn = [key for key, entry in breaks().items() if entry.touches == "places" and entry.within]
    met = refusal(met_between(drawn, year, year.year_before(), setting, touches="places"))
    return met.words if met else "no load has these wards in the year before."


def _not_placed(
    desk: Desk,
    definition: Definition,
    area: Area,
    year: Period,
    whole_area: float,
    found: _Wards,
) -> Fact | None:
    """What the authority's own count has beyond its wards (quirk 9), where it has a count from
    the same publisher in the same months."""
    for feed in definition.sources:
        if feed.table != "recorded_offences" or feed.source == found.feed.source:
            continue
        cube = desk.reader.cube(feed, "authority")
        if cube is None or area.code not in cube:
            continue
        extract = cube.extract([area.code], tuple(year.months()), desk.reader.known)
        if extract is None or math.isnan(float(extract.counts.sum())):
            continue
        total = float(extract.counts.sum())
        maker = Maker(definition, area)
        return maker.fact(
            "count",
            year,
            whole(total - whole_area),
            part="not-in-a-ward",
            vintages=tuple(sorted({*extract.vintages, *found.extract.vintages})),
            note="the borough's own count less its wards'; a figure under zero comes from "
            "releases of different days",
        )
    return None
