"""The summary: every measure asked for, for one area, to one month."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from saferboard.analytics.disclosure import ReleaseLog
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.area_sets import NamedSet, all_sets, chosen_sets
from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.measures.compile import Scope
from saferboard.analytics.measures.compute import Desk, Shown, choose_feed, monthly, with_vintages
from saferboard.analytics.measures.denominators import Denominators
from saferboard.analytics.measures.facts import facts_in
from saferboard.analytics.measures.frame import CHART, Comparators, Options
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.reader import Reader
from saferboard.analytics.measures.register import definition as definition_of
from saferboard.analytics.measures.register import definitions, has_page
from saferboard.analytics.measures.reporting import reported
from saferboard.analytics.measures.results import MeasureResult, SummaryResult
from saferboard.analytics.measures.wards import ward_breakdown
from saferboard.analytics.stats.exceptions import chance
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import FILE_NAME, Partnership, SmallNumbers
from saferboard.vocabulary.period import Month, Period, day_label
from saferboard.vocabulary.problem import Problem

# Tables that say where and among whom, and count nothing that happened.
_FAR = 12
_BACKGROUND = frozenset({"areas", "area_links", "boundaries", "denominators", "deprivation"})


def summarise(
    lake: Lake,
    area: Partnership | Area | str,
    *,
    to: Month,
    measures: Sequence[str] | None = None,
    as_known: date | None = None,
    comparators: Comparators = "same-vintage",
    baseline: int | None = None,
    rag: Literal["verdicts", "signs-2017"] = "verdicts",
    partnership: Partnership | None = None,
    sets_folder: Path | None = None,
    chart_months: int = CHART,
    wards: bool = False,
    funnels: bool = False,
    released: ReleaseLog | None = None,
) -> SummaryResult:
    """The measures of an area to a month.

    `area` is a partnership, an area, or a name or code to resolve; `partnership` may come
    beside it and says which sets, measures and words are used. `measures` are keys (None: the
    partnership's, else every measure for which anything is loaded). `as_known` uses only what
    was published by that day; `comparators` “as-published” takes last year's figures as they
    stood a year earlier; `baseline` adds a comparison with that year; `wards` adds the table by
    ward, `funnels` the limits of chance of a set; `released` is what has left before, which
    small numbers are protected against. Raises Problem for an unknown or ambiguous area and
    for an unknown measure."""
    if isinstance(area, Partnership):
        partnership, area = area, area.area.code
    (result,) = summarise_many(
        lake,
        [area],
        to=to,
        measures=measures,
        as_known=as_known,
        comparators=comparators,
        baseline=baseline,
        rag=rag,
        partnership=partnership,
        sets_folder=sets_folder,
        chart_months=chart_months,
        wards=wards,
        funnels=funnels,
        released=released,
    )
    return result


def summarise_many(
    lake: Lake,
    areas: Sequence[Area | str],
    *,
    to: Month,
    measures: Sequence[str] | None = None,
    as_known: date | None = None,
    comparators: Comparators = "same-vintage",
    baseline: int | None = None,
    rag: Literal["verdicts", "signs-2017"] = "verdicts",
    partnership: Partnership | None = None,
    sets_folder: Path | None = None,
    chart_months: int = CHART,
    wards: bool = False,
    funnels: bool = False,
    released: ReleaseLog | None = None,
) -> Iterator[SummaryResult]:
    """`summarise` for several areas, in their order, with every feed fetched once for all."""
    sets = all_sets(partnership, sets_folder)
    known_areas = [one for one in areas if isinstance(one, Area)]
    atlas = Atlas.of(lake, sets.values(), partnership, known_areas)
    resolved = [one if isinstance(one, Area) else atlas.resolve(one) for one in areas]
    options = Options(
        to,
        as_known,
        comparators,
        baseline,
        partnership.year_starts if partnership else 4,
        rag,
        chart_months,
        wards,
        funnels,
        partnership.disclosure if partnership else SmallNumbers(),
        released or ReleaseLog(),
    )
    if partnership:
        _known_measures(partnership)
    chosen = {one.code: _sets_for(atlas, sets, partnership, one) for one in resolved}
    _not_ahead(lake.vintages, options)
    _before(options)
    universe = [one.code for one in resolved]
    universe += [code for held in chosen.values() for one in held for code in one.set.members]
    keys = measures or (partnership.measures if partnership else None)
    wanted = [definition_of(key) for key in keys] if keys else list(definitions().values())
    desk = Desk(
        Reader(lake, atlas, as_known, _scope(wanted, resolved, universe, atlas)),
        Denominators(lake, atlas),
        options,
        tuple(dict.fromkeys(universe)),
        tuple(dict.fromkeys(one.code for one in resolved)),
    )
    for one in resolved:
        yield _summary(desk, one, wanted, chosen[one.code], partnership, explicit=bool(keys))


def _scope(
    wanted: Sequence[Definition], resolved: Sequence[Area], universe: Sequence[str], atlas: Atlas
) -> Scope:
    """What the measures will ask the data store for: their offences, and the wards of the areas
    that the summary is about, unless a ward is one of them or of their peers."""
    feeds = [feed for one in wanted for feed in one.sources]
    every = any(feed.all_offences for feed in feeds)
    offences = None if every else frozenset(key for feed in feeds for key in feed.offences)
    if any(atlas.find(code).kind != "authority" for code in universe):
        return Scope(offences)
    about = frozenset(one.code for one in resolved)
    wards = frozenset(one.code for one in atlas.of_kind("ward") if one.within in about)
    return Scope(offences, about, wards)


def _known_measures(partnership: Partnership) -> None:
    """Refuse a partnership's file that names a measure which does not exist, wherever it does."""
    named = {
        "measures": partnership.measures,
        **{f"priorities > {one.key}": one.measures for one in partnership.priorities},
        **{f"presenters > {one.name}": one.measures for one in partnership.presenters},
    }
    for place, keys in named.items():
        for key in keys:
            if key not in definitions():
                raise Problem(
                    f"There is no measure called “{key}”.",
                    file=FILE_NAME,
                    place=place,
                    remedy="“saferboard measures list” shows them all.",
                )


def _not_ahead(loads: Sequence[Vintage], options: Options) -> None:
    """Refuse a month when no figure that is loaded (and was published by the day asked for) is
    of the 12 months to it: nothing of what would be printed was asked for."""
    known = options.known
    ends = [
        one.last_month
        for one in loads
        if not _BACKGROUND.issuperset(one.tables) and (known is None or one.published <= known)
    ]
    newest = max((end for end in ends if end is not None), default=None)
    if newest is not None and options.to - newest >= _FAR:
        raise Problem(
            f"Nothing that is loaded goes as far as {options.to.label()}: the newest month is "
            f"{newest.label()}.",
            place="--to",
            remedy=f"Ask for --to {newest}, or add newer files with “saferboard data add”.",
        )


def _before(options: Options) -> None:
    """Refuse a baseline that does not lie before the year that is compared with it."""
    if options.baseline is not None and options.baseline >= options.to.year:
        raise Problem(
            f"The baseline year {options.baseline} does not lie before the year to "
            f"{options.to.label()}.",
            place="--baseline",
            remedy=f"Name an earlier year, such as {options.to.year - 4}.",
        )


def _sets_for(
    atlas: Atlas, sets: dict[str, NamedSet], partnership: Partnership | None, area: Area
) -> Sequence[NamedSet]:
    made = {one.set.key: one for one in atlas.force_sets(area.code)}
    every = {**made, **sets}
    if partnership and partnership.peer_sets:
        return chosen_sets(every, partnership, area.code)
    found = list(chosen_sets(sets, None, area.code))
    own = made.get("force-csps" if area.kind == "csp" else "force-authorities")
    alike = own is not None and any(set(one.set.members) == set(own.set.members) for one in found)
    if own is not None and not alike and area.code in own.set.members:
        found.insert(0, own)
    return found


def _summary(
    desk: Desk,
    area: Area,
    wanted: Sequence[Definition],
    sets: Sequence[NamedSet],
    partnership: Partnership | None,
    *,
    explicit: bool,
) -> SummaryResult:
    results = []
    for one in wanted:
        shown = _shown(one, partnership)
        own_page = explicit or has_page(one.key)
        result = compute(desk, one, area, sets, shown, page=own_page)
        if explicit or result.missing is None:
            results.append(dataclasses.replace(result, own_page=own_page))
    if not results:
        raise _nothing_at_all(area, desk.options)
    used = {load for result in results for load in result.vintages}
    vintages = {one.id: one for one in desk.reader.lake.vintages if one.id in used}
    tallies = _tallies(area, desk.options.to, results)
    facts = [*facts_in(results), *tallies]
    known = desk.options.known.isoformat() if desk.options.known else "latest"
    sheet = FactSheet(
        facts,
        {key: _vintage_words(one) for key, one in vintages.items()},
        {
            "area": area.code,
            "area_name": area.name,
            "to": str(desk.options.to),
            "as_known": known,
            "comparators": desk.options.comparators,
        },
    )
    return SummaryResult(
        area,
        desk.options.to,
        known,
        desk.options.comparators,
        tuple(results),
        *tallies,
        vintages,
        sheet,
        tuple(_load_notes(vintages.values())),
    )


def _nothing_at_all(area: Area, options: Options) -> Problem:
    """Why no measure has a figure: nothing for the month, or nothing published by the day."""
    known, what = options.known, f"about {area.name} up to {options.to.label()}"
    if known is not None:
        return Problem(
            f"Nothing that is loaded and was published by {day_label(known)} is {what}.",
            place="--as-known",
            remedy="Ask for a later day or an earlier month, or add the files of that time.",
        )
    return Problem(
        f"Nothing that is loaded is {what}.",
        remedy="Add files with “saferboard data add”, or ask for another month.",
    )


def compute(
    desk: Desk,
    definition: Definition,
    area: Area,
    sets: Sequence[NamedSet],
    shown: Shown,
    *,
    page: bool = True,
) -> MeasureResult:
    """One measure for one area, whatever its kind; with its wards and its funnel where they were
    asked for and the measure has a `page`."""
    funnels = desk.options.funnels and page
    if definition.is_return:
        found = reported(desk, definition, area, sets, shown, funnels=funnels)
        return found or _nothing(desk, definition, area, shown)
    chosen = choose_feed(desk, definition, area.code)
    if chosen is None:
        return _nothing(desk, definition, area, shown)
    feed, last = chosen
    result = monthly(desk, definition, area, sets, shown, feed=feed, last=last, funnels=funnels)
    wards = desk.options.wards and page
    rows = ward_breakdown(desk, definition, area, last) if wards else None
    if rows is None:
        return result
    return with_vintages(dataclasses.replace(result, breakdowns=(rows,)))


def _shown(definition: Definition, partnership: Partnership | None) -> Shown:
    if partnership is None:
        return Shown(definition.priority, "")
    priority = partnership.priority_of(definition.key)
    return Shown(
        priority.title if priority else definition.priority,
        partnership.presenter_of(definition.key),
    )


def _nothing(desk: Desk, definition: Definition, area: Area, shown: Shown) -> MeasureResult:
    return MeasureResult(
        measure=definition.key,
        title=definition.title,
        area=area,
        polarity=definition.polarity,
        unit_one=definition.unit.one,
        unit_many=definition.unit.many,
        priority=shown.priority,
        presenter=shown.presenter,
        source="",
        source_title="",
        to=desk.options.to,
        missing=f"No load has it for {area.name} up to {desk.options.to.label()}.",
        could_feed=tuple(feed.source for feed in definition.sources),
    )


def _tallies(area: Area, to: Month, results: Sequence[MeasureResult]) -> tuple[Fact, Fact, Fact]:
    judged = [
        point
        for result in results
        for point in result.exceptions
        if point.status not in ("missing", "not judged")
    ]
    series = sum(
        any(point.status not in ("missing", "not judged") for point in result.exceptions)
        for result in results
    )
    found = sum(point.status.startswith("exception") for point in judged)

    def tally(part: str, value: float, unit: str) -> Fact:
        return Fact(
            kind="tally",
            measure="summary",
            area=area.code,
            area_name=area.name,
            period=Period.quarter_to(to),
            value=value,
            unit=unit,
            part=part,
        )

    return (
        tally("looked-at", series, "series"),
        tally("exceptions", found, "exceptions"),
        tally("by-chance", chance(len(judged), 1), "exceptions"),
    )


def _vintage_words(one: Vintage) -> dict[str, Any]:
    # The hash of a partner's return would let its withheld numbers be guessed and tested.
    withheld = one.source == "local-return"
    return {
        "publisher": one.publisher,
        "source": one.source,
        "dataset": one.dataset,
        "months": f"{one.first_month} to {one.last_month}",
        "published": one.published.isoformat(),
        "published_assumed": one.published_assumed,
        "files": {file.name: "" if withheld else file.sha256 for file in one.files},
        "licence": one.licence,
    }


def _load_notes(loads: Iterable[Vintage]) -> Iterator[str]:
    for one in loads:
        for note in one.notes:
            if note.kind in ("unknown-label", "unknown-area", "gap"):
                yield f"{one.words}, published {one.published.isoformat()}: {note.words}"
