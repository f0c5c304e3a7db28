"""What ends before it starts: actions, grants, years, and columns of periods out of order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.period import dates, month_number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.rules.walk import grids, passages, row_words, sentence
from saferboard.vocabulary.period import Month

ENDS, YEARS = "ends-before-start", "years-backwards"
ORDER, TWICE = "columns-out-of-order", "period-twice"
LEAST_COLUMNS = 3
_START = re.compile(r"^(?:start(?:s|ed)?|from|date\sof\smeeting|set\son|raised)(?:\sdate)?$", re.I)
_END = re.compile(r"^(?:end(?:s|ed)?|to|due|target|deadline|by\swhen|until)(?:\sdate)?$", re.I)
_BETWEEN = re.compile(
    r"^\s?(?:to|until|-|–|and\s(?:ends|closes|finishes|runs\suntil)(?:\son)?)\s?$", re.I
)
_CLOSES = re.compile(r"^[^.;]{0,30}?\b(?:ends|closes|finishes)\son\s$", re.I)
_OPENS = re.compile(r"\b(?:starts|begins|opens|starting|from|between)(?:\son)?\s(?:\w+\s)?$", re.I)
_YEARS = re.compile(
    r"(?<![\d/])(?P<first>20\d\d)\s?/\s?\d\d\s(?:to|until|-|–)\s(?P<last>20\d\d)\s?/\s?\d\d(?![\d/])"
)
_YEAR = re.compile(r"^\D{0,20}(?P<year>20\d\d)(?:\s?[/–-]\s?\d\d)?\D{0,3}$")
_MONTH = re.compile(rf"^(?P<month>{MONTH_NAME})\b\.?[\s'’-]*(?P<year>\d\d(?:\d\d)?)?$", re.I)
_PERIOD = re.compile(
    rf"^(?:Q[1-4]\b.{{0,12}}|Quarter\s[1-4]\b.{{0,12}}|{MONTH_NAME}(?:\s\d{{4}})?\s(?:to|-|–)\s"
    rf"{MONTH_NAME}\s\d{{4}})$",
    re.I,
)


def find_ends(pack: Pack) -> Iterator[Finding]:
    """Dates in columns that are headed start and end, and two dates with “to” between them."""
    for _, grid in grids(pack):
        yield from _rows(grid)
    for _, passage in passages(pack):
        held = sorted((one for one in dates(passage.text) if one.day), key=lambda one: one.start)
        for first, last in pairwise(held):
            between = passage.text[first.end : last.start]
            opened = _OPENS.search(passage.text[: first.start])
            joined = _BETWEEN.match(between) or (opened and _CLOSES.match(between))
            if joined and first.day and last.day and last.day < first.day:
                yield Finding(
                    ENDS,
                    "error",
                    f"{last.text} is before {first.text}.",
                    sentence(passage, first.start, last.end),
                    passage.place,
                )


def _rows(grid: Grid) -> Iterator[Finding]:
    if not grid.rows:
        return
    heads = [cell.text.strip() for cell in grid.rows[0]]
    starts = [at for at, head in enumerate(heads) if _START.match(head)]
    ends = [at for at, head in enumerate(heads) if _END.match(head)]
    if len(starts) != 1 or len(ends) != 1:
        return
    for at, row in enumerate(grid.rows[1:], 1):
        start, end = _moment(row[starts[0]].text), _moment(row[ends[0]].text)
        if start and end and end < start:
            yield Finding(
                ENDS,
                "error" if grid.certain else "warning",
                f"{heads[ends[0]]} {row[ends[0]].text} is before {heads[starts[0]].lower()} "
                f"{row[starts[0]].text}.",
                row_words(grid, at),
                row[ends[0]].place,
            )


def _moment(words: str) -> date | None:
    """The day that a cell holds, or the first of its month (`Jan-24`)."""
    days = [one.day for one in dates(words) if one.day]
    if len(days) == 1:
        return days[0]
    found = _MONTH.match(words.strip())
    if not found or not found["year"]:
        return None
    year = int(found["year"])
    return date(year if year > 99 else 2000 + year, month_number(found["month"]), 1)


def find_years(pack: Pack) -> Iterator[Finding]:
    for _, passage in passages(pack):
        for found in _YEARS.finditer(passage.text):
            if int(found["last"]) < int(found["first"]):
                yield Finding(
                    YEARS,
                    "error",
                    f"{found[0]} ends before it begins.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                )


def find_order(pack: Pack) -> Iterator[Finding]:
    """Heads that are years or months, side by side, neither rising nor falling."""
    for _, grid in grids(pack):
        if len(grid.rows) < 2:
            continue
        for run in _runs([cell.text for cell in grid.rows[0]]):
            values = [value for _, value in run]
            steps = {second > first for first, second in pairwise(values)}
            if len(run) >= LEAST_COLUMNS and len(steps) > 1:
                yield Finding(
                    ORDER,
                    "warning",
                    "The columns of years or months are not in order: "
                    + ", ".join(grid.rows[0][at].text for at, _ in run)
                    + ".",
                    row_words(grid, 0),
                    grid.rows[0][run[0][0]].place,
                )


def _runs(heads: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Neighbouring heads of one kind with their place in time; months without a year go on
    into the next year after December."""
    run: list[tuple[int, int]] = []
    kind = ""
    for at, head in enumerate(heads):
        month, year = _MONTH.match(head.strip()), _YEAR.match(head.strip())
        now = "month" if month else "year" if year else ""
        if now != kind:
            yield run
            run, kind = [], now
        if month:
            value = month_number(month["month"])
            if month["year"]:
                value = Month(2000 + int(month["year"][-2:]), value).ordinal
            elif run and run[-1][1] % 12 == 0 and value == 1:
                value += run[-1][1]
            elif run and run[-1][1] > 12:
                value += 12
            run.append((at, value))
        elif year:
            run.append((at, int(year["year"])))
    yield run


def find_twice(pack: Pack) -> Iterator[Finding]:
    """A table by periods in which one period stands twice."""
    for _, grid in grids(pack):
        labels = [row[0].text.strip() for row in grid.rows[1:]]
        named = [label for label in labels if _PERIOD.match(label)]
        if len(named) < LEAST_COLUMNS or len(named) < len(labels) - 1:
            continue
        for label, count in Counter(named).items():
            if count > 1:
                at = len(labels) - labels[::-1].index(label)
                yield Finding(
                    TWICE,
                    "warning",
                    f"{label} stands {count} times in the table.",
                    row_words(grid, at),
                    grid.rows[at][0].place,
                )


RULES = (
    Rule(
        ENDS,
        "An end is not before its start.",
        "error",
        4,
        "Start date 1 April 2025 | End date 30 June 2024",
        "Correct the year: it is most often the last plan's.",
        find_ends,
    ),
    Rule(
        YEARS,
        "A run of financial years begins before it ends.",
        "error",
        4,
        "Funding register, 2026/27 to 2024/25",
        "Exchange the two years.",
        find_years,
    ),
    Rule(
        ORDER,
        "Columns of years or months are in order.",
        "warning",
        4,
        "2023 | 2019 | 2024 over columns of volumes",
        "See whether two headings were exchanged, or two columns.",
        find_order,
    ),
    Rule(
        TWICE,
        "A table by periods has each period once.",
        "warning",
        4,
        "April to June 2024 | 148, and again April to June 2024 | 139",
        "Correct the label of the row that was copied.",
        find_twice,
    ),
)
