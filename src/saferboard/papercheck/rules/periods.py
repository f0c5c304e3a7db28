"""Periods: order, length, labels, financial years, weekdays, days that do not exist."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import NUMBER_WORD, word_value
from saferboard.papercheck.claims.period import Dated, dates, month_number, spans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.meeting import meeting_of
from saferboard.papercheck.rules.walk import passages, sentence
from saferboard.vocabulary.period import Month

NEAR = 14
_LABEL = re.compile(rf"^(?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-]months?\s(?:performance|figures|"
                    r"summary|overview|trend|period)\b.{0,30}$", re.I)  # fmt: skip
_IN_BRACKETS = re.compile(rf"\((?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-]months?\speriod\)", re.I)
_SAID = re.compile(
    rf"\b(?:the|last|previous|past)\s(?P<count>\d{{1,2}}|{NUMBER_WORD})\smonths?\sof\b", re.I
)
_FIGURES_TO = re.compile(
    rf"\b(?:(?:rolling\s)?(?:12|twelve)\smonths|year|quarter|figures|data)\s"
    rf"(?:up\s)?(?:to|ending|ended)\s(?:the\send\sof\s)?(?P<month>{MONTH_NAME})\s(?P<year>20\d\d)\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:will|plan\w*|target\w*|forecast\w*|project\w*|fund\w*|until|secured|budget\w*|"
    r"expect\w*)\b",
    re.I,
)
_YEAR_PAIR = re.compile(r"(?<![\d/.-])(?P<first>20\d\d)\s?/\s?(?P<second>\d{2}|20\d\d)(?![\d/])")


def find_backwards(pack: Pack) -> Iterator[Finding]:
    for _, passage in passages(pack):
        for span in spans(passage.text):
            if span.last < span.first:
                right = f"{span.last.label()} to {span.first.label()}"
                yield Finding(
                    "period-backwards",
                    "error",
                    f"The period ends ({span.last.label()}) before it begins "
                    f"({span.first.label()}).",
                    sentence(passage, span.start, span.end),
                    passage.place,
                    right if not span.said or span.first - span.last + 1 == span.said else "",
                )


def find_lengths(pack: Pack) -> Iterator[Finding]:
    for _, passage in passages(pack):
        for span in spans(passage.text):
            if not span.said or span.last < span.first:
                continue
            allowed = {span.months} if span.strict else {span.months, span.months - 1}
            if span.said not in allowed:
                yield Finding(
                    "period-length",
                    "error",
                    f"{span.first.label()} to {span.last.label()} is {span.months} months, "
                    f"not {span.said}.",
                    sentence(passage, span.start, span.end),
                    passage.place,
                    f"{span.months} months",
                )


def find_labels(pack: Pack) -> Iterator[Finding]:
    for paper in pack.papers:
        labels: list[tuple[Passage, int]] = []
        for passage in paper.passages:
            if found := _LABEL.match(passage.text) or _IN_BRACKETS.search(passage.text):
                labels.append((passage, _count(found["count"])))
                continue
            labels = [one for one in labels if passage.index - one[0].index <= NEAR]
            said = [_count(one["count"]) for one in _SAID.finditer(passage.text)]
            short = [one for one in said if one != 12]
            if not labels or not short:
                continue
            for label, count in labels:
                if count not in short:
                    yield Finding(
                        "period-label",
                        "error",
                        f"The label says {count} months, the words under it {short[0]}.",
                        label.text,
                        label.place,
                        f"{short[0]} months",
                        (passage.place,),
                    )
            labels = []


def find_years(pack: Pack) -> Iterator[Finding]:
    for _, passage in passages(pack):
        if "20" not in passage.text:
            continue
        for found in _YEAR_PAIR.finditer(passage.text):
            first, second = int(found["first"]), found["second"]
            last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
            if last > first + 1 or last == first:
                yield Finding(
                    "financial-year",
                    "warning",
                    f"{found[0]} is not a year: {first} is followed by {first + 1}.",
                    sentence(passage, found.start(), found.end()),
                    passage.place,
                    f"{first}/{(first + 1) % 100:02d}",
                )


def find_weekdays(pack: Pack) -> Iterator[Finding]:
    for _, passage, dated in _dated(pack):
        if dated.day and dated.weekday is not None and dated.day.weekday() != dated.weekday:
            true = calendar.day_name[dated.day.weekday()]
            yield Finding(
                "weekday-against-date",
                "error",
                f"{dated.text} was or will be a {true}.",
                sentence(passage, dated.start, dated.end),
                passage.place,
                true,
            )


def find_impossible(pack: Pack) -> Iterator[Finding]:
    for _, passage, dated in _dated(pack):
        if dated.day is None:
            yield Finding(
                "impossible-date",
                "error",
                f"There is no such day as {dated.text}.",
                sentence(passage, dated.start, dated.end),
                passage.place,
            )


def find_future(pack: Pack) -> Iterator[Finding]:
    """Figures of a period that ends after the meeting."""
    for paper in pack.papers:
        meeting = pack.meeting or meeting_of(paper)
        for passage in paper.passages if meeting else ():
            for found in _FIGURES_TO.finditer(passage.text):
                last = Month(int(found["year"]), month_number(found["month"]))
                if meeting and last > Month.of(meeting) and not _PLANNED.search(passage.text):
                    yield Finding(
                        "period-in-the-future",
                        "warning",
                        f"Figures to {last.label()} cannot be in a paper of "
                        f"{Month.of(meeting).label()}.",
                        sentence(passage, found.start(), found.end()),
                        passage.place,
                    )


def _dated(pack: Pack) -> Iterator[tuple[str, Passage, Dated]]:
    for paper, passage in passages(pack):
        for dated in dates(passage.text):
            yield paper.name, passage, dated


def _count(words: str) -> int:
    return int(words) if words.isdigit() else word_value(words)


RULES = (
    Rule(
        "period-backwards",
        "A period begins before it ends.",
        "error",
        4,
        "in the 3 months of December 2023 to September 2023",
        "Swap the months, or correct the one that was left from last time.",
        find_backwards,
    ),
    Rule(
        "period-length",
        "A number of months is the number of months between the two that are named.",
        "error",
        4,
        "in the 4 months of October 2023 to December 2023",
        "Count the months, both ends included.",
        find_lengths,
    ),
    Rule(
        "period-label",
        "A label such as “4 Month Performance” says as many months as the words under it.",
        "error",
        4,
        "4 Month Performance, over “in the 3 months of October 2023 to December 2023”",
        "Change the label: it is often left from the paper before.",
        find_labels,
    ),
    Rule(
        "financial-year",
        "A year written with a stroke is followed by the next year.",
        "warning",
        4,
        "to commence in Q2 2023/34",
        "Write 2023/24, or 2022 to 2025 for several years.",
        find_years,
    ),
    Rule(
        "weekday-against-date",
        "A day of the week is the one of its date.",
        "error",
        4,
        "Monday 1 March 2024",
        "See whether the day or the date is wrong.",
        find_weekdays,
    ),
    Rule(
        "impossible-date",
        "A date exists.",
        "error",
        5,
        "30.15.2015",
        "Correct the date.",
        find_impossible,
    ),
    Rule(
        "period-in-the-future",
        "Figures end before the meeting that reads them.",
        "warning",
        4,
        "Figures of the 12 months to March 2018, in a paper for October 2017.",
        "Correct the year: it is most often one too late.",
        find_future,
    ),
)
