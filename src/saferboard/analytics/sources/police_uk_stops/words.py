"""The words of stop and search, and the clock that its times are read by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from saferboard.vocabulary.data_file import data_file

LONDON = ZoneInfo("Europe/London")
_FIRST_YEAR, _LAST_YEAR = 2010, 2060


@cache
def outcomes() -> dict[str, str]:
    """Printed outcomes to today's words."""
    return _data()["outcomes"]


@cache
def ethnicities() -> dict[str, str]:
    """Printed self-defined ethnicities to our groups, or “Not stated”."""
    return _data()["ethnicities"]


@cache
def summer_times() -> tuple[tuple[int, datetime, datetime], ...]:
    """For each year, when London's clocks go forward and back, as UTC without a zone. Found from
    the time-zone database, so that any engine can shift times without knowing of zones."""
    found = []
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
        hours = _hours_ahead(year)
        start = next(at for at, ahead in hours if ahead)
        end = next(at for at, ahead in hours if at > start and not ahead)
        found.append((year, start, end))
    return tuple(found)


def _hours_ahead(year: int) -> list[tuple[datetime, bool]]:
    """Every hour of March, April, October and November, and whether London is ahead of UTC: the
    clocks change on the hour, in March and October."""
    found = []
    for month in (3, 4, 10, 11):
        at = datetime(year, month, 1, tzinfo=UTC)
        while at.month == month:
            ahead = bool(at.astimezone(LONDON).utcoffset())
            found.append((at.replace(tzinfo=None), ahead))
            at += timedelta(hours=1)
    return found


def _data() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = data_file(__package__, "labels.yaml")
    return data
