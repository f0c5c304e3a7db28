"""Days of people and moments of the database. A day begins and ends by the clock of the United
Kingdom, so that the one on which the clocks change has 23 or 25 hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone


def beginning(day: date) -> datetime:
    """The first moment of `day`, in UTC."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def after(day: date) -> datetime:
    """The moment at which `day` is over: the end of what lasts through it."""
    return beginning(day + timedelta(days=1))


def day_of(moment: datetime) -> date:
    """The day on which `moment` lies."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def last_day(end: datetime) -> date:
    """The last day of what ends at `end`, which is excluded: the day before where it ends at
    midnight."""
    return day_of(end - timedelta(microseconds=1))


def reached(days: int, stages: Iterable[int]) -> int | None:
    """Of `stages` (days before something falls due) the last one that has come when `days` are
    left; None before the first."""
    return min((stage for stage in stages if days <= stage), default=None)
