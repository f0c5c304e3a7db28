"""Deadlines that are counted back from a meeting, in a sentence and in a table of meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from saferboard.papercheck.claims.period import dates
from saferboard.papercheck.claims.words import stems
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid, Passage
from saferboard.papercheck.rules.meeting import meeting_of
from saferboard.papercheck.rules.walk import row_words, sentence

KEY = "deadline-against-rule"
LONGEST_AWAY = timedelta(days=21)
_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth",
)  # fmt: skip
_WORKING = re.compile(
    rf"\b(?P<count>{'|'.join(_ORDINALS[1:])}|1st|2nd|3rd|[4-9]th|10th)\s"
    r"(?:clear\s)?working\sday\s(?:before|preceding|prior\sto)\b"
    r"(?:\s(?:the|a|this|our|its)\s(?:\w+\s)?(?:meeting|board)\s(?:of|on)\s(?P<meeting>[^.;,]{5,40}))?",
    re.I,
)
_DEADLINE = re.compile(r"\bdeadline\b|\bsubmitted\sby\b|\bby\sno\slater\b", re.I)
_CLOSING = re.compile(r"\bclos(?:e|es|ing)\b|\bdeadline|\bdue\b|\bsubmi|\bby\b|\breach\b", re.I)
_MEETING = re.compile(r"\bmeeting|\bboard\b|\bcommittee\b", re.I)
_SENTENCES = re.compile(r"[^.]+\.?")


def find(pack: Pack) -> Iterator[Finding]:
    """Counts back from the meeting that the words name, or from the paper's."""
    for paper in pack.papers:
        meeting = pack.meeting or meeting_of(paper)
        for passage in paper.passages:
            yield from _in_words(passage, meeting)
        rules = [rule for passage in paper.passages for rule in _rules(passage)]
        for grid in paper.grids if rules else ():
            yield from _in_table(grid, rules)


def _in_words(passage: Passage, meeting: date | None) -> Iterator[Finding]:
    rule = _WORKING.search(passage.text)
    if not rule or not _DEADLINE.search(passage.text):
        return
    named = [dated for dated in dates(rule["meeting"] or "") if dated.day]
    meeting = named[0].day if named else meeting
    if meeting is None:
        return
    near = [
        dated
        for dated in dates(passage.text)
        if dated.day and timedelta(0) < meeting - dated.day < LONGEST_AWAY
    ]
    count = _working_days(rule["count"])
    due = working_day_before(meeting, count)
    if near and all(dated.day != due for dated in near):
        yield Finding(
            KEY,
            "warning",
            _message(count, meeting, due, near[0].text),
            sentence(passage, near[0].start, near[0].end),
            passage.place,
            _said(due),
        )


def _message(count: int, meeting: date, due: date, said: str) -> str:
    return (
        f"{_ORDINALS[count].capitalize()} working day before {meeting:%A} {meeting.day} "
        f"{meeting:%B} is {due:%A} {due.day} {due:%B} (bank holidays not counted), not {said}."
    )


def _said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _rules(passage: Passage) -> Iterator[tuple[int, frozenset[str]]]:
    """The working days of each sentence that gives a rule, with the words that say what of."""
    if passage.kind == "cell" or "working day" not in passage.text:
        return
    for found in _SENTENCES.finditer(passage.text):
        if rule := _WORKING.search(found[0]):
            yield _working_days(rule["count"]), frozenset(stems(found[0][: rule.start()]))


def _in_table(grid: Grid, rules: list[tuple[int, frozenset[str]]]) -> Iterator[Finding]:
    """Columns of days under a head about closing, beside the first column of meetings; the rule
    is the only one whose words share one with the head, and most share none."""
    heads = [cell.text for cell in grid.rows[0]]
    under = next((at for at, head in enumerate(heads) if _MEETING.search(head)), None)
    if under is None:
        return
    for column, head in enumerate(heads):
        if column == under or not _CLOSING.search(head):
            continue
        own = {count for count, words in rules if words & frozenset(stems(head))}
        if len(own) != 1:
            continue
        (count,) = own
        for at, row in enumerate(grid.rows[1:], start=1):
            meeting, closing = _only_day(row[under]), _only_day(row[column])
            if meeting is None or closing is None:
                continue
            due = working_day_before(meeting, count)
            if closing != due and timedelta(0) < meeting - closing < LONGEST_AWAY:
                yield Finding(
                    KEY,
                    "warning",
                    _message(count, meeting, due, row[column].text),
                    row_words(grid, at),
                    row[column].place,
                    _said(due),
                )


def _only_day(cell: Passage) -> date | None:
    days = [dated.day for dated in dates(cell.text) if dated.day]
    return days[0] if len(days) == 1 else None


def working_day_before(day: date, count: int) -> date:
    """The day that lies `count` working days (Monday to Friday) before `day`."""
    while count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day


def _working_days(word: str) -> int:
    return int(word[:-2]) if word[0].isdigit() else _ORDINALS.index(word.lower())


RULE = Rule(
    KEY,
    "A deadline lies as many working days before the meeting as the rule beside it says.",
    "warning",
    4,
    "by the third working day before a meeting on Friday 1 March, which is Monday 26 February",
    "Count back again; a bank holiday in between moves the day further back.",
    find,
)
