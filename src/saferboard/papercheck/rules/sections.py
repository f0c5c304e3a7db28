"""Sections: none without words, none twice, none left out of their numbering."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saferboard.papercheck.claims.period import dates
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Paper, Passage
from saferboard.papercheck.rules.walk import cut

EMPTY, TWICE = "empty-section", "section-twice"
LOOK_AHEAD = 4
LEAST_TITLES = 4
_NUMBERED = re.compile(
    r"^(?:#+\s)?(?P<number>\d{1,2})[.)]?\s+(?P<title>[A-Z][A-Z ,&’'/()-]{5,70})$"
)
_NEXT_MEETING = re.compile(r"^(?:\d{1,2}[.)]?\s)?date\sof\s(?:the\s)?next\smeeting\s?[:.]?$", re.I)
_SKIPPED = re.compile(r"^(?:draft|\d{1,3}|page\s\d+.*|this\spage\sis\sintentionally.*)$", re.I)
_ENDS = re.compile(r"\b(?:meeting\s(?:finished|ended|closed)|chairman|minutes)\b", re.I)
_PAGE = re.compile(r"^\d{1,3}$")


@dataclass(frozen=True)
class _Section:
    number: int
    title: str
    passage: Passage
    at: int


def _sections(paper: Paper) -> Iterator[list[_Section]]:
    """Runs of numbered headings in capitals; a number that does not grow begins another run."""
    run: list[_Section] = []
    for at, passage in enumerate(paper.passages):
        found = _NUMBERED.match(passage.text) if passage.kind != "cell" else None
        if not found:
            continue
        section = _Section(int(found["number"]), found["title"].strip(), passage, at)
        if run and section.number <= run[-1].number:
            yield run
            run = []
        run.append(section)
    if run:
        yield run


def find_empty(pack: Pack) -> Iterator[Finding]:
    for paper in pack.papers:
        for run in _sections(paper):
            for section, after in itertools.pairwise(run):
                between = paper.passages[section.at + 1 : after.at]
                if after.number == section.number + 1 and not _says(between):
                    yield _empty(section.passage)
        yield from _no_next_meeting(paper)
        yield from _of_contents(paper)


def _says(between: Sequence[Passage]) -> bool:
    return any(passage.text and not _SKIPPED.match(passage.text) for passage in between)


def _no_next_meeting(paper: Paper) -> Iterator[Finding]:
    """“Date of next meeting” with no date after it."""
    for at, passage in enumerate(paper.passages):
        if not _NEXT_MEETING.match(passage.text):
            continue
        after = paper.passages[at + 1 : at + 1 + LOOK_AHEAD]
        first = next((one for one in after if one.text), None)
        if first is None or (not list(dates(first.text)) and _ENDS.search(first.text)):
            yield _empty(passage)


def _of_contents(paper: Paper) -> Iterator[Finding]:
    """Two titles of a table of contents that follow each other in the paper with nothing
    between."""
    for titles, last in _contents(paper):
        where: list[tuple[int, int]] = []
        at = last
        for order, title in enumerate(titles):
            found = _find_title(paper.passages, title, at + 1)
            if found is None:
                continue
            where.append((order, found))
            at = found
        for (order, here), (following, there) in itertools.pairwise(where):
            if following == order + 1 and not _says(paper.passages[here + 1 : there]):
                yield _empty(paper.passages[here])


def _contents(paper: Paper) -> Iterator[tuple[list[str], int]]:
    """Tables of two columns that hold titles and growing page numbers."""
    for grid in paper.grids:
        rows = [[cell for cell in row if cell.text] for row in grid.rows]
        listed = [
            (row[0].text.strip(" ."), int(row[1].text), row[1].index)
            for row in rows
            if len(row) == 2 and _PAGE.match(row[1].text)
        ]
        pages = [page for _, page, _ in listed]
        if len(listed) >= LEAST_TITLES and len(listed) == len(rows) and pages == sorted(pages):
            yield [title for title, _, _ in listed], listed[-1][2]


def _find_title(held: Sequence[Passage], title: str, start: int) -> int | None:
    for at in range(start, len(held)):
        text = held[at].text
        if held[at].kind != "cell" and text.startswith(title) and len(text) <= len(title) + 30:
            return at
    return None


def _empty(passage: Passage) -> Finding:
    return Finding(
        EMPTY,
        "warning",
        f"Nothing stands under “{cut(passage.text, 60)}”.",
        passage.text,
        passage.place,
        "its words, or “None”",
    )


def find_twice(pack: Pack) -> Iterator[Finding]:
    """A title that the same numbered report has already; of several in a row the first."""
    for paper in pack.papers:
        for run in _sections(paper):
            seen: dict[str, _Section] = {}
            before = False
            for section in run:
                earlier = seen.setdefault(section.title, section)
                again = earlier is not section
                if again and not before:
                    yield Finding(
                        TWICE,
                        "warning",
                        f"“{section.title}” is section {earlier.number} already.",
                        section.passage.text,
                        section.passage.place,
                        "",
                        (earlier.passage.place,),
                    )
                before = again


RULES = (
    Rule(
        EMPTY,
        "A heading has something under it.",
        "warning",
        5,
        "“15. Date of next meeting”, and then “The meeting finished at 11.50 am”.",
        "Write what belongs there, or “None”.",
        find_empty,
    ),
    Rule(
        TWICE,
        "A report has each of its numbered sections once.",
        "warning",
        5,
        "Sections 5-7 again as 21-23, left from an earlier version.",
        "Delete the older ones.",
        find_twice,
    ),
)
