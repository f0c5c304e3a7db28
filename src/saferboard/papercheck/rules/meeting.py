"""The date of the meeting, and the dates of a paper that have to agree with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from saferboard.papercheck.claims.period import dates
from saferboard.papercheck.claims.timespan import timespans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.rules.walk import sentence
from saferboard.vocabulary.period import Month

MEETING, LOG, PLAN, OLD_QUARTER = (
    "date-of-meeting", "log-of-another-meeting", "plan-beyond-its-period",
    "quarter-of-another-year",
)  # fmt: skip
NEAR_START = 60
NEAR_DAYS = 31
WEEKEND = 5
LEAST_ROWS = 4
PLAN_PASSAGES = 600
OLD_MONTHS = 9
_FIELD = re.compile(r"^(?:date\sof\s(?:the\s)?meeting|meeting\sdate)\s?:?$", re.I)
_IN_ONE = re.compile(r"^(?:date\sof\s(?:the\s)?meeting|meeting\sdate)\s?:?\s(?=\d)", re.I)
_LOG = re.compile(
    r"\b(?:actions?\slog|minutes|actions)\b.{0,20}\bmeeting\b.{0,20}\b(?:held\s)?on\b", re.I
)
_DATE_HEAD = re.compile(r"^(?:date|date\sof\smeeting|meeting(?:\sdate)?)$", re.I)
_NUMERIC = re.compile(r"^(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>20\d\d)$")
_PLAN = re.compile(r"\b(?:forward\s(?:plan|programme)|work\s(?:plan|programme))\b", re.I)
MEETING_WORDS = 16
"""Letters that a heading of a plan may hold beside its date: “Meeting of”."""
_FOR_A_MEETING = re.compile(r"\b(?:board|meeting|committee)\b", re.I)
FIRST_PASSAGES = 4


def meeting_of(paper: Paper) -> date | None:
    """The date of the meeting that a paper is for: the first with a weekday near its start, or
    one without in its very first words, beside the board's name."""
    for at, passage in enumerate(paper.passages[:NEAR_START]):
        named = at < FIRST_PASSAGES and _FOR_A_MEETING.search(passage.text)
        found = list(dates(passage.text))
        for dated in found:
            if dated.day and (dated.weekday is not None or (named and len(found) == 1)):
                return dated.day
    return None


def find_fields(pack: Pack) -> Iterator[Finding]:
    """A field “Date of meeting” that says another day within a month of the meeting."""
    for paper in pack.papers:
        meeting = pack.meeting or meeting_of(paper)
        for passage, value in _fields(paper):
            for dated in list(dates(value.text))[:1] if meeting else ():
                if meeting is None or dated.day is None or dated.day == meeting:
                    continue
                if abs((dated.day - meeting).days) <= NEAR_DAYS:
                    weekend = dated.day.weekday() >= WEEKEND
                    day = f"{dated.day:%A} {dated.day.day} {dated.day:%B %Y}"
                    yield Finding(
                        MEETING,
                        "warning",
                        f"{day} is not the day of the meeting, {meeting:%A} {meeting.day} "
                        f"{meeting:%B %Y}{', and it is a weekend' if weekend else ''}.",
                        f"{passage.text} {value.text}" if passage is not value else value.text,
                        value.place,
                        f"{meeting.day} {meeting:%B %Y}",
                    )


def _fields(paper: Paper) -> Iterator[tuple[Passage, Passage]]:
    for at, passage in enumerate(paper.passages):
        if _FIELD.match(passage.text) and at + 1 < len(paper.passages):
            yield passage, paper.passages[at + 1]
        elif _IN_ONE.match(passage.text):
            yield passage, passage


def find_logs(pack: Pack) -> Iterator[Finding]:
    """A log headed with one meeting whose rows are nearly all of another."""
    for paper in pack.papers:
        for grid in paper.grids:
            column = _date_column(grid)
            if column is None:
                continue
            days = [day for row in grid.rows[1:] if (day := _day(row[column].text))]
            if len(days) < LEAST_ROWS:
                continue
            usual, count = Counter(days).most_common(1)[0]
            heading = _heading_before(paper.passages, grid.rows[0][0].index)
            said = [dated.day for dated in dates(heading.text)] if heading else []
            if heading and len(said) == 1 and said[0] != usual and count >= 0.75 * len(days):
                yield Finding(
                    LOG,
                    "warning",
                    f"{count} of the {len(days)} rows are of {usual.day} {usual:%B %Y}.",
                    heading.text,
                    heading.place,
                    f"{usual.day} {usual:%B %Y}",
                )


def _date_column(grid: Grid) -> int | None:
    for column, cell in enumerate(grid.rows[0]):
        if _DATE_HEAD.match(cell.text):
            return column
    return None


def _heading_before(held: Sequence[Passage], first: int) -> Passage | None:
    for passage in reversed(held[max(0, first - 6) : first]):
        if _LOG.search(passage.text):
            return passage
    return None


def _day(text: str) -> date | None:
    found = _NUMERIC.match(text.strip())
    if found:
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            return None
    return next((dated.day for dated in dates(text) if dated.day), None)


def find_plans(pack: Pack) -> Iterator[Finding]:
    """A forward plan headed with a period, with meetings after it."""
    for paper in pack.papers:
        for at, passage in enumerate(paper.passages):
            spans = timespans(passage.text)
            if len(spans) != 1 or len(spans[0].text) < len(passage.text.strip()) - 3:
                continue
            lead = " ".join(one.text for one in paper.passages[max(0, at - 2) : at])
            if not _PLAN.search(lead) or spans[0].months < 2:
                continue
            later = [day for day, _ in _meetings(paper.passages[at : at + PLAN_PASSAGES])
                     if day > spans[0].period.end]  # fmt: skip
            if later and (max(later) - spans[0].period.end).days < 366:
                last = max(later)
                yield Finding(
                    PLAN,
                    "warning",
                    f"The plan goes on to {last.day} {last:%B %Y}, after the period of its title.",
                    passage.text,
                    passage.place,
                    f"to {last:%B %Y}",
                )


def _meetings(held: Sequence[Passage]) -> Iterator[tuple[date, Passage]]:
    """Cells of a plan that hold a date and nothing else, and headings with one: its meetings."""
    for passage in held:
        found = list(dates(passage.text)) if passage.kind in ("cell", "heading") else []
        spare = MEETING_WORDS if passage.kind == "heading" else 3
        if len(found) == 1 and found[0].day and len(found[0].text) >= len(passage.text) - spare:
            yield found[0].day, passage


def find_old_quarters(pack: Pack) -> Iterator[Finding]:
    """A report in a forward plan on quarters that ended most of a year before its meeting."""
    for paper in pack.papers:
        held = paper.passages
        for at, passage in enumerate(held):
            spans = [one for one in timespans(passage.text) if one.text[:1] in "Qq"]
            if not spans or passage.kind != "cell":
                continue
            meeting = next((day for day, _ in _meetings(held[max(0, at - 60) : at][::-1])), None)
            last = max(one.period.end for one in spans)
            if meeting and meeting - last > timedelta(days=30 * OLD_MONTHS):
                right = ", ".join(_a_year_on(one.text) for one in spans)
                yield Finding(
                    OLD_QUARTER,
                    "warning",
                    f"The meeting is in {Month.of(meeting).label()}; the quarter ended in "
                    f"{Month.of(last).label()}, a year before the one that is due.",
                    sentence(passage, spans[0].start, spans[-1].end),
                    passage.place,
                    right,
                )


def _a_year_on(words: str) -> str:
    return re.sub(r"\d{2}(?=\D|$)", lambda two: f"{int(two[0]) + 1:02d}", words)


RULES = (
    Rule(
        MEETING,
        "The date of the meeting on a report is the one of the meeting.",
        "warning",
        4,
        "“Date of meeting 24 February 2024” in the papers of 1 March 2024.",
        "Correct the date, or accept the finding where the report is for another meeting.",
        find_fields,
    ),
    Rule(
        LOG,
        "A log of actions is of the meeting that its title names.",
        "warning",
        4,
        "“Action log of meeting held on 30 October 2015” over seven rows of 29.01.2016.",
        "Correct the title: it is most often left from the meeting before.",
        find_logs,
    ),
    Rule(
        PLAN,
        "A forward plan ends within the period of its title.",
        "warning",
        4,
        "“July 2023-July 2024” over a plan whose last meeting is on 6 September 2024.",
        "Correct the title.",
        find_plans,
    ),
    Rule(
        OLD_QUARTER,
        "A report that is planned is on the quarters before its meeting.",
        "warning",
        4,
        "“Performance update (Q4 2021/22)” for the meeting of July 2023.",
        "Correct the year of the quarter.",
        find_old_quarters,
    ),
)
