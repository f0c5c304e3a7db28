"""What has left before: two releases that are each safe can disclose together.

The rolling year published now, less the one published last month, is a month more and a month
less; the financial year to date, less the last, is a month. Drafts are not releases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from saferboard.analytics.facts.fact import Fact
from saferboard.vocabulary.period import Period
from saferboard.vocabulary.problem import Problem

SCHEMA = 1
LOG_FILE = "releases.json"


@dataclass(frozen=True)
class ReleasedCount:
    """A count that somebody outside has seen."""

    measure: str
    area: str
    part: str
    start: date
    end: date
    value: float

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


@dataclass(frozen=True)
class Release:
    """One document that left: its name, the day, and the counts of people that it showed."""

    name: str
    day: date
    counts: tuple[ReleasedCount, ...]


@dataclass(frozen=True)
class ReleaseLog:
    """Every release so far, oldest first. A value: `with_release` gives a new one."""

    releases: tuple[Release, ...] = ()

    def __iter__(self) -> Iterator[ReleasedCount]:
        """Every count shown, the newest of those for one measure, area, part and period."""
        newest: dict[tuple[str, str, str, date, date], ReleasedCount] = {}
        for release in self.releases:
            for count in release.counts:
                key = (count.measure, count.area, count.part, count.start, count.end)
                newest[key] = count
        return iter(newest.values())

    def with_release(
        self, name: str, day: date, facts: Iterable[Fact], *, sensitive: Iterable[str], draft: bool
    ) -> ReleaseLog:
        """The log with the counts of `sensitive` measures that are shown in `facts` (already
        suppressed). The same log when it is only a draft."""
        if draft:
            return self
        measures = frozenset(sensitive)
        counts = tuple(
            ReleasedCount(
                fact.measure,
                fact.area,
                fact.part,
                fact.period.start,
                fact.period.end,
                fact.value,
            )
            for fact in facts
            if fact.measure in measures and fact.kind == "count" and fact.value is not None
        )
        return ReleaseLog((*self.releases, Release(name, day, counts)))

    def to_json(self) -> str:
        """The log as JSON, the same bytes for the same log."""
        body = {"schema": SCHEMA, "releases": [asdict(release) for release in self.releases]}
        return json.dumps(body, ensure_ascii=False, indent=1, default=date.isoformat) + "\n"

    @classmethod
    def from_json(cls, text: str, *, file: str | None = None) -> ReleaseLog:
        """Read what `to_json` wrote. Raises Problem when it is something else: without its
        memory nothing may leave."""
        try:
            body = json.loads(text)
            if body["schema"] != SCHEMA:
                raise ValueError(f"schema {body['schema']}")
            return cls(tuple(_release(entry) for entry in body["releases"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Problem(
                "This is not a log of releases.",
                file=file,
                remedy="Restore it from a copy: a new one would forget what has been published.",
            ) from error


def read_log(folder: Path) -> ReleaseLog:
    """The log that lies in `folder`; an empty one where nothing was released yet. Raises Problem
    when it cannot be read."""
    file = folder / LOG_FILE
    if not file.exists():
        return ReleaseLog()
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "The log of releases cannot be read.",
            file=str(file),
            remedy="Restore it from a copy: a new one would forget what has been published.",
        ) from error
    return ReleaseLog.from_json(text, file=str(file))


def write_log(folder: Path, log: ReleaseLog) -> Path:
    """Write the log into `folder`, whole or not at all. Raises Problem when it cannot be."""
    file = folder / LOG_FILE
    beside = file.with_suffix(".json.new")
    try:
        beside.write_text(log.to_json(), encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Problem(
            f"The release could not be recorded: {error.strerror}.",
            file=str(file),
            remedy="Do not publish this pack before it is: later packs would not know of it.",
        ) from error
    return file


def _release(entry: dict[str, Any]) -> Release:
    counts = tuple(
        ReleasedCount(
            count["measure"],
            count["area"],
            count["part"],
            date.fromisoformat(count["start"]),
            date.fromisoformat(count["end"]),
            count["value"],
        )
        for count in entry["counts"]
    )
    return Release(entry["name"], date.fromisoformat(entry["day"]), counts)
