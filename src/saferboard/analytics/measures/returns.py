"""The rows of a partner's return about one measure and one area, whatever their periods."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from saferboard.analytics.measures import compile as compiled
from saferboard.analytics.measures.compute import Desk
from saferboard.analytics.measures.frame import year_earlier
from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.results import BreakMet
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period, day_label

# A wave of a survey a year before need not be of the very same days.
_NEAR = timedelta(days=45)
NOT_REPORTED = "not reported for this period"


@dataclass(frozen=True)
class Row:
    """One line of a return: the value of a period, what it is out of, and what changed. Of two
    loads that were published on one day the later `loaded` is the newer: a correction."""

    period: Period
    value: float | None
    denominator: float | None
    recording_change: str
    comparable: bool
    reported_by: str
    note: str
    vintage: str
    published: date
    loaded: datetime


class Returns:
    """What was reported for one measure and one area: of two loads about a period the newest
    counts. `rows` are in order of time, without breakdowns. `earlier` are the returns as they
    stood a year before, where the figures of last year are to be taken from those; their `known`
    is the day that they were known by."""

    def __init__(
        self,
        rows: Sequence[Row],
        last: date,
        hidden: Collection[Month] = (),
        earlier: Returns | None = None,
        known: date | None = None,
    ) -> None:
        self.last, self.hidden, self.known = last, frozenset(hidden), known
        self.comparators = earlier or self
        newest: dict[tuple[date, date], Row] = {}
        for row in sorted(rows, key=lambda one: (one.published, one.loaded, one.vintage)):
            newest[row.period.start, row.period.end] = row
        self.rows = [newest[key] for key in sorted(newest) if key[1] <= last]

    def without(self, hidden: Collection[Month]) -> Returns:
        """The same returns, with months whose counts may not leave: expectations do without."""
        earlier = None if self.comparators is self else self.comparators
        return Returns(self.rows, self.last, hidden, earlier, self.known)

    @property
    def not_reported(self) -> str:
        """Why there is no figure."""
        return NOT_REPORTED if self.known is None else f"not reported by {day_label(self.known)}"

    @property
    def latest(self) -> Row | None:
        """The newest period that ended by the month asked for."""
        return max(self.rows, key=lambda row: (row.period.end, row.period.start), default=None)

    def tiling(self, period: Period) -> list[Row]:
        """Rows that cover the period exactly, without gap or overlap: the finest that do. An
        empty list where they do not."""
        inside = [
            row
            for row in self.rows
            if period.start <= row.period.start and row.period.end <= period.end
        ]
        inside.sort(key=lambda row: (row.period.start, row.period.end))
        day, tiles = period.start, []
        for row in inside:
            if row.period.start == day:
                tiles.append(row)
                day = row.period.end + timedelta(days=1)
        return tiles if day == period.end + timedelta(days=1) else []

    def exactly(self, period: Period) -> Row | None:
        """The row of this very period."""
        found = [row for row in self.rows if _same(row.period, period)]
        return found[-1] if found else None

    def covering(self, period: Period) -> list[Row]:
        """The row of this very period, else the rows that add up to it; empty where neither is
        there or any of them has no value."""
        exact = self.exactly(period)
        rows = [exact] if exact else self.tiling(period)
        return [] if any(row.value is None for row in rows) else rows

    def value(self, period: Period) -> float | None:
        """What was reported for the period, or adds up to it."""
        rows = self.covering(period)
        return sum(row.value or 0.0 for row in rows) if rows else None

    def given(self, period: Period) -> float | None:
        """The denominator that the return itself gives for a period; of several rows the
        average by days, since a population is not added up over time. None where any row has
        none."""
        rows = self.covering(period)
        if not rows or any(row.denominator is None for row in rows):
            return None
        days = sum(row.period.days for row in rows)
        return sum((row.denominator or 0.0) * row.period.days for row in rows) / days

    def year_before(self, row: Row) -> Row | None:
        """The row of the same span a year earlier, a few weeks either way, as it is compared
        with."""
        wanted = row.period.year_before()
        near = [
            other
            for other in self.comparators.rows
            if other.period != row.period
            and abs(other.period.start - wanted.start) <= _NEAR
            and abs(other.period.end - wanted.end) <= _NEAR
            and abs(other.period.days - row.period.days) <= 2 * _NEAR.days
        ]
        return min(near, key=lambda one: abs(one.period.end - wanted.end), default=None)

    def breaks(self, period: Period, against: Period) -> tuple[BreakMet, ...]:
        """Changes of recording that the return states between (or inside) the two periods:
        one that forbids comparison refuses it, any other is printed."""
        met = []
        for row in self.rows:
            stated = row.recording_change or not row.comparable
            if stated and against.start < row.period.start <= period.end:
                met.append(
                    BreakMet(
                        "recording-change",
                        row.period.start,
                        "caution" if row.comparable else "not comparable",
                        row.recording_change or "The return says that the periods differ.",
                        f"Return of {row.reported_by}",
                    )
                )
        return tuple(met)

    @cached_property
    def monthly(self) -> Mapping[Month, Row]:
        """The rows that are single months."""
        return {
            row.period.first_month: row
            for row in self.rows
            if row.period.is_whole_months and row.period.month_count == 1
        }


def read_returns(desk: Desk, definition: Definition, area: Area) -> Returns:
    """Every row of the measure for the area, from the loads known by the day asked for; with
    those known a year before, where the comparators are to be as they were published: a year
    before that day, else before the newest return about the last 12 months."""
    key = ("returns", definition.key)
    if key not in desk.kept:
        desk.kept[key] = _by_area(desk, definition)
    held: Mapping[str, list[Row]] = desk.kept[key]
    rows = [row for code in desk.reader.atlas.same(area.code) for row in held.get(code, ())]
    last = desk.options.to.last_day
    now = Returns(rows, last)
    if desk.options.comparators != "as-published" or now.latest is None:
        return now
    since = year_earlier(now.latest.period.end)
    newest = max(row.published for row in now.rows if row.period.end > since)
    day = year_earlier(desk.options.known or newest)
    loads = {one.id for one in desk.reader.vintages_known("local_returns", day)}
    earlier = Returns([row for row in rows if row.vintage in loads], last, known=day)
    return Returns(rows, last, earlier=earlier)


def _by_area(desk: Desk, definition: Definition) -> dict[str, list[Row]]:
    loads = {one.id: one for one in desk.reader.vintages_known("local_returns")}
    found: dict[str, list[Row]] = {}
    if not loads:
        return found
    query = compiled.returns(desk.reader.lake, definition.key, list(loads))
    for row in desk.reader.lake.run(query).to_pylist():
        if row["breakdown"]:
            continue
        found.setdefault(row["area_code"], []).append(
            Row(
                Period(row["period_from"], row["period_to"], row["period_words"] or None),
                row["value"],
                row["denominator"],
                row["recording_change"] or "",
                row["comparable"] is not False,
                row["reported_by"],
                row["note"] or "",
                row["vintage"],
                loads[row["vintage"]].published,
                loads[row["vintage"]].loaded,
            )
        )
    return found


def _same(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)
