"""Releases and choices against a second, naive implementation and against what must hold of
any set of loads."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_vintages import LOADED, vintage

from saferboard.analytics.store.releases import Release, choose, known_by, releases
from saferboard.analytics.store.vintage import Vintage
from saferboard.vocabulary.period import Month

_START = Month(2022, 1)
_UNITS = ("north", "south")


@st.composite
def _loads(draw: st.DrawFn) -> list[Vintage]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        coverage = {}
        for unit in draw(st.sets(st.sampled_from(_UNITS))):
            first, length = draw(st.integers(0, 8)), draw(st.integers(1, 6))
            months = [_START + first + step for step in range(length)]
            holes = draw(st.sets(st.sampled_from(months), max_size=1)) if length > 2 else set()
            coverage[unit] = tuple(m for m in months if m not in holes)
        published = draw(st.none() | st.integers(0, 400))
        found.append(
            vintage(
                f"v{number}",
                coverage,
                published=None if published is None else date(2022, 1, 1) + timedelta(published),
                loaded=LOADED + timedelta(days=draw(st.integers(0, 2))),
                split=draw(st.booleans()),
                generation=draw(st.sampled_from("ab")),
            )
        )
    return found


def _ends(load: Vintage, units: set[str]) -> tuple[int, int]:
    ordinals = [month.ordinal for unit in units for month in load.coverage[unit]]
    return min(ordinals), max(ordinals)


def _distance(history: Vintage, recent: Vintage) -> int | None:
    units = set(history.coverage) & set(recent.coverage)
    alike = history.split and recent.split and history.generation == recent.generation
    if not units or not alike:
        return None
    (first, last), (begin, end) = _ends(history, units), _ends(recent, units)
    return begin - last if first < begin and last < end and begin - last in (0, 1, 2) else None


def _naive_releases(loads: list[Vintage]) -> set[str]:
    """Take the best pair that is left, until there is none."""
    left, names = list(loads), set()
    while True:
        pairs = [(h, r) for h in left for r in left if _distance(h, r) is not None]
        if not pairs:
            return names | {load.id for load in left}
        history, recent = min(
            pairs,
            key=lambda pair: (
                pair[0].loaded != pair[1].loaded,
                {1: 0, 0: 1, 2: 2}[_distance(*pair) or 0],
                pair[1].published,
                pair[1].loaded,
                pair[0].id,
                pair[1].id,
            ),
        )
        names.add(f"{history.id}+{recent.id}")
        left = [load for load in left if load not in (history, recent)]


def _naive_answer(
    found: tuple[Release, ...], unit: str, months: list[Month]
) -> dict[Month, str | None]:
    """For each month look at every load of every release, newest first."""
    order = sorted(found, key=lambda r: (r.published, r.loaded, r.id))

    def within(release: Release, month: Month) -> str | None:
        held = [v.id for v in release.vintages if month in v.coverage.get(unit, ())]
        return held[-1] if held else None

    whole = [r for r in order if all(within(r, month) for month in months)]
    if whole:
        return {month: within(whole[-1], month) for month in months}
    answer: dict[Month, str | None] = dict.fromkeys(months)
    for release in order:
        for month in months:
            answer[month] = within(release, month) or answer[month]
    return answer


@settings(max_examples=120, deadline=None)
@given(_loads())
def test_releases_are_those_of_the_naive_pairing(loads: list[Vintage]) -> None:
    assert {release.id for release in releases(loads)} == _naive_releases(loads)


@settings(max_examples=60, deadline=None)
@given(_loads())
def test_every_load_is_in_exactly_one_release(loads: list[Vintage]) -> None:
    found = releases(loads)
    assert sorted(v.id for r in found for v in r.vintages) == sorted(v.id for v in loads)
    for release in found:
        assert release.published == max(v.published for v in release.vintages)
        for unit, months in release.coverage.items():
            assert months == {m for v in release.vintages for m in v.coverage.get(unit, ())}


@settings(max_examples=60, deadline=None)
@given(_loads(), st.permutations(range(6)))
def test_the_order_of_loads_does_not_matter(loads: list[Vintage], order: list[int]) -> None:
    shuffled = [loads[at] for at in order if at < len(loads)]
    assert releases(shuffled) == releases(loads)


@settings(max_examples=120, deadline=None)
@given(_loads(), st.sampled_from(_UNITS), st.integers(0, 10), st.integers(1, 6))
def test_choices_are_those_of_the_naive_one(
    loads: list[Vintage], unit: str, first: int, length: int
) -> None:
    found = releases(loads)
    months = [_START + first + step for step in range(length)]
    choice = choose(found, unit, months)
    naive = _naive_answer(found, unit, months)
    assert dict(choice.vintage_of) == {m: v for m, v in naive.items() if v is not None}
    assert choice.missing == tuple(m for m in months if naive[m] is None)
    used = {r.id for r in found for v in r.vintages if v.id in naive.values()}
    assert {release.id for release in choice.releases} == used
    assert choice.stitched == (len(used) > 1)


@settings(max_examples=60, deadline=None)
@given(_loads(), st.integers(-30, 460))
def test_what_is_known_only_grows(loads: list[Vintage], days: int) -> None:
    found = releases(loads)
    day = date(2022, 1, 1) + timedelta(days)
    before, after = known_by(found, day), known_by(found, day + timedelta(1))
    assert {r.id for r in before} <= {r.id for r in after}
    assert all(r.published <= day or not r.coverage for r in before)
