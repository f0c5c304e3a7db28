"""Which load answers for which month (methods, section 7).

A release is what a publisher gave out on one day. Most are one load. Where a publisher
gives a history file and a recent file (`Vintage.split`), the two are one release: the
history was made on the same day as the recent file, whatever its own last month is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from saferboard.analytics.store.vintage import LoadNote, Vintage
from saferboard.vocabulary.period import Month

# How far after the history's last month the recent file may begin: the month after is
# right; the same month overlaps; the month after next leaves the seam out (quirk 8).
_SEAMS = (1, 0, 2)


@dataclass(frozen=True)
class Release:
    """One release: its loads (the newest part last) and the months they cover by unit.
    `notes` say where the parts overlap or leave a month out."""

    id: str
    source: str
    dataset: str
    generation: str
    vintages: tuple[Vintage, ...]
    coverage: Mapping[str, frozenset[Month]]
    published: date
    published_assumed: bool
    notes: tuple[LoadNote, ...] = ()

    @property
    def loaded(self) -> datetime:
        return max(vintage.loaded for vintage in self.vintages)

    def vintage_for(self, unit: str, month: Month) -> str | None:
        """The id of the load that answers for this month: the newest part that has it."""
        for vintage in reversed(self.vintages):
            if month in vintage.coverage.get(unit, ()):
                return vintage.id
        return None


@dataclass(frozen=True)
class Choice:
    """Which load answers for each month: one load a month, never two. `stitched` says that
    more than one release had to be used; `missing` are months that nobody has."""

    releases: tuple[Release, ...]
    vintage_of: Mapping[Month, str]
    stitched: bool
    missing: tuple[Month, ...]


def releases(vintages: Iterable[Vintage]) -> tuple[Release, ...]:
    """The releases that these loads make up, sorted by (published, loaded, id)."""
    alone: list[Vintage] = []
    families: dict[tuple[str, str, str], list[Vintage]] = {}
    for vintage in vintages:
        if vintage.split and vintage.last_month is not None:
            key = (vintage.source, vintage.dataset, vintage.generation)
            families.setdefault(key, []).append(vintage)
        else:
            alone.append(vintage)
    found = [_release((vintage,)) for vintage in alone]
    for family in families.values():
        found += [_release(parts) for parts in _paired(family)]
    return tuple(sorted(found, key=_age))


def known_by(found: Iterable[Release], day: date) -> tuple[Release, ...]:
    """The releases that were published by `day`. One without months and without a date of
    publication (a look-up) says nothing about when, and is always known."""
    return tuple(
        release
        for release in found
        if release.published <= day or (release.published_assumed and not release.coverage)
    )


def choose(found: Iterable[Release], unit: str, months: Sequence[Month]) -> Choice:
    """The loads that answer for `months` of `unit`: the newest release that covers them
    all; else for each month the newest that has it. `found` are the releases of one data
    set of one source. Raises ValueError when they are not."""
    newest_first = sorted(found, key=_age, reverse=True)
    if len({(release.source, release.dataset) for release in newest_first}) > 1:
        raise ValueError("choose() compares releases of one data set of one source")
    wanted = set(months)
    for release in newest_first:
        if wanted and wanted <= release.coverage.get(unit, frozenset()):
            return _choice([release], unit, months)
    return _choice(newest_first, unit, months)


def _choice(newest_first: Sequence[Release], unit: str, months: Sequence[Month]) -> Choice:
    used: dict[str, Release] = {}
    vintage_of: dict[Month, str] = {}
    missing: list[Month] = []
    for month in sorted(set(months)):
        for release in newest_first:
            if (vintage := release.vintage_for(unit, month)) is not None:
                used[release.id] = release
                vintage_of[month] = vintage
                break
        else:
            missing.append(month)
    return Choice(tuple(sorted(used.values(), key=_age)), vintage_of, len(used) > 1, tuple(missing))


def _age(release: Release) -> tuple[date, datetime, str]:
    return release.published, release.loaded, release.id


def _paired(family: Sequence[Vintage]) -> list[tuple[Vintage, ...]]:
    """Each history with the recent file that continues it, one to one: what came in the
    same add first, then the better seam, then what was published first."""
    pairs = []
    for history in family:
        for recent in family:
            seam = _seam(history, recent)
            if seam in _SEAMS:
                together = history.loaded == recent.loaded
                rank = (not together, _SEAMS.index(seam), recent.published, recent.loaded)
                pairs.append((rank, history.id, recent.id, history, recent))
    taken: set[str] = set()
    joined: list[tuple[Vintage, ...]] = []
    for *_, history, recent in sorted(pairs, key=lambda pair: pair[:3]):
        if history.id not in taken and recent.id not in taken:
            taken |= {history.id, recent.id}
            joined.append((history, recent))
    return joined + [(vintage,) for vintage in family if vintage.id not in taken]


def _seam(history: Vintage, recent: Vintage) -> int | None:
    """Months from the history's last to the recent file's first, over the units that both
    have; None when the two do not follow each other."""
    units = set(history.coverage) & set(recent.coverage)
    before = [month for unit in units for month in history.coverage[unit]]
    after = [month for unit in units for month in recent.coverage[unit]]
    if not before or not after:
        return None
    if not (min(before) < min(after) and max(before) < max(after)):
        return None
    return min(after) - max(before)


def _release(parts: tuple[Vintage, ...]) -> Release:
    newest = parts[-1]
    coverage: dict[str, frozenset[Month]] = {}
    for vintage in parts:
        for unit, months in vintage.coverage.items():
            coverage[unit] = coverage.get(unit, frozenset()) | frozenset(months)
    return Release(
        id="+".join(vintage.id for vintage in parts),
        source=newest.source,
        dataset=newest.dataset,
        generation=newest.generation,
        vintages=parts,
        coverage=coverage,
        published=max(vintage.published for vintage in parts),
        published_assumed=newest.published_assumed,
        notes=_seam_notes(*parts) if len(parts) == 2 else (),
    )


def _seam_notes(history: Vintage, recent: Vintage) -> tuple[LoadNote, ...]:
    seam = _seam(history, recent)
    first = recent.first_month
    assert first is not None  # a split load has months, see releases()
    if seam == 0:
        words = f"{first.label()} is in the history and in the recent file: the recent one answers."
        return (LoadNote("overlap", words),)
    if seam == 2:
        lost = first + -1
        words = f"{lost.label()} is neither in the history nor in the recent file."
        return (LoadNote("gap", words),)
    return ()
