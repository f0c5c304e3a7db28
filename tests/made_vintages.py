"""Vintages made by hand, for tests of what the store decides without reading a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from saferboard.analytics.store.vintage import SourceFile, Vintage
from saferboard.vocabulary.period import Month

LOADED = datetime(2026, 3, 1, tzinfo=UTC)


def span(first: str, last: str) -> tuple[Month, ...]:
    """Every month from `first` to `last`."""
    start, end = Month.parse(first), Month.parse(last)
    return tuple(start + step for step in range(end - start + 1))


def vintage(
    name: str,
    coverage: Mapping[str, tuple[Month, ...]],
    *,
    published: date | None = None,
    loaded: datetime = LOADED,
    split: bool = False,
    generation: str = "1",
    dataset: str = "counts",
) -> Vintage:
    """A load called `name`; without `published` the last day of its last month is assumed."""
    last = max((month for months in coverage.values() for month in months), default=None)
    return Vintage(
        id=name,
        source="made",
        dataset=dataset,
        publisher="A made-up force",
        licence="None",
        url="https://example.org",
        generation=generation,
        files=(SourceFile(f"{name}.csv", name, 1, 1),),
        tables={"recorded_offences": 1},
        coverage=coverage,
        published=published or (last.last_day if last else loaded.date()),
        published_assumed=published is None,
        loaded=loaded,
        split=split,
    )
