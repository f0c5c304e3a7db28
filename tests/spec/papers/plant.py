"""Slips planted in the unseen papers, one at a time: what is changed, and where that shows.

Every mark of a paper gives one slip or, where a kind is scarce, several. The same slips come
out every time: the seed is the mark's own place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.spec.papers import altered
from tests.spec.papers.marks import UNSEEN, Mark, MarkedPaper, papers_in

SCARCE = 8
"""Kinds with fewer marks than this get several slips from a mark."""

GROUPS = {
    "1": "sentences",
    "2": "tables",
    "3": "agreement",
    "4": "periods",
    "5": "leftovers",
    "6": "money",
    "8": "judgement",
    "9": "disclosure",
    "10": "names",
    "11": "access",
}

Alter = Callable[[str, Random], str]


def small(words: str, random: Random) -> str:
    """A count that is a little wrong, as when it was typed a second time."""
    return altered.count(words, random, 0.02)


KINDS: dict[str, tuple[str, str, Alter]] = {
    "pct": ("1", "percentage of a change", altered.percentage),
    "before": ("1", "figure before", altered.count),
    "after": ("1", "figure after", altered.count),
    "diff": ("1", "difference", altered.count),
    "dir": ("1", "direction word", altered.turned),
    "share": ("1", "percentage of a share", altered.percentage),
    "part": ("1", "part of a share", altered.count),
    "whole": ("1", "whole of a share", altered.count),
    "frac": ("1", "fraction in words", altered.fraction),
    "approx": ("1", "approximate figure", altered.count),
    "points": ("1", "percentage points", altered.count),
    "unit": ("1", "points called per cent", altered.unit),
    "times": ("1", "times as many", altered.count),
    "rate": ("1", "rate of a population", altered.count),
    "rank": ("1", "rank beyond the number of areas", altered.rank),
    "avg": ("1", "average", altered.count),
    "sarrow": ("1", "arrow in a sentence", altered.arrow),
    "tpart": ("2", "part of a column's total", altered.count),
    "ttotal": ("2", "total of a column", altered.count),
    "tshare": ("2", "share in a table", altered.percentage),
    "thundred": ("2", "share without counts", altered.percentage),
    "tcount": ("2", "volume beside its change", altered.count),
    "tdiff": ("2", "difference in a table", altered.count),
    "tchange": ("2", "change in a table", altered.percentage),
    "tsign": ("2", "sign in a table", altered.sign),
    "tpoints": ("2", "points in a table", altered.count),
    "trate": ("2", "rate in a table", altered.count),
    "trank": ("2", "rank in a table", altered.count),
    "tarrow": ("2", "arrow in a table", altered.arrow),
    "ref": ("3", "first mention", small),
    "again": ("3", "second mention", small),
    "across": ("3", "mention in another paper", small),
    "quarter": ("4", "quarter against its months", altered.quarter),
    "period": ("4", "months against their quarter", altered.period),
    "qrow": ("4", "a period twice in a table", altered.period),
    "monthorder": ("4", "ends of a period exchanged", altered.month_order),
    "colorder": ("4", "columns of years or months exchanged", altered.column_order),
    "length": ("4", "length of a period", altered.length),
    "weekday": ("4", "weekday", altered.weekday),
    "deadline": ("4", "deadline", altered.deadline),
    "overlap": ("4", "compared periods that overlap", altered.later_month),
    "year": ("4", "compared with itself", lambda words, _: str(int(words) + 1)),
    "fy": ("4", "financial year", altered.financial_year),
    "enddate": ("4", "end before the start", altered.earlier),
    "lead": ("5", "", altered.lead_left_open),
    "due": ("5", "", altered.date_left_open),
    "value": ("5", "", altered.value_left_open),
    "money": ("5", "malformed money", altered.malformed_money),
    "figno": ("5", "number of a figure", altered.number_of_caption),
    "tabno": ("5", "number of a table", altered.number_of_caption),
    "figcall": ("5", "call of a figure that is not there", altered.call_of_nothing),
    "tabcall": (
        "5",
        "a table called a figure",
        lambda words, _: words.replace("Table", "Figure"),
    ),
    "myear": ("6", "amount of a year", altered.count),
    "mpart": ("6", "amount of a sum", altered.count),
    "mtotal": ("6", "sum of amounts", altered.count),
    "mregister": ("6", "total of a register", altered.count),
    "mannual": ("6", "amount a year", altered.count),
    "mperiod": ("6", "amount of several years", altered.count),
    "mlength": ("6", "number of years", altered.length),
    "meach": ("6", "price of one", altered.count),
    "mcount": ("6", "number paid for", altered.count),
    "people": ("9", "small count of people", altered.small_people),
    "name": ("10", "person misspelled", altered.misspelled),
    "place": ("10", "place misspelled", altered.misspelled),
    "org": ("10", "organisation misspelled", altered.misspelled),
}


@dataclass(frozen=True)
class Slip:
    """`lines` is the whole paper with the slip in it; a finding counts at `places`, lines of the
    clean paper from 0; `dropped` is a line that is gone; `beside` names a second paper of the
    pack and `words` what stands there."""

    paper: str
    group: str
    kind: str
    line: int
    was: str
    now: str
    lines: tuple[str, ...]
    places: frozenset[int]
    dropped: int | None = None
    beside: str = ""

    def clean_line(self, line: int) -> int:
        """Where line `line` of the planted paper stands in the clean one."""
        return line + (self.dropped is not None and line >= self.dropped)


def slips_of(paper: MarkedPaper, scarce: Counter[str] | None = None) -> Iterator[Slip]:
    """Every slip for `paper`, in the order of its marks. `scarce` counts marks by kind."""
    counts = scarce or Counter(mark.kind for mark in paper.marks)
    for mark in paper.marks:
        seen: set[str] = set()
        times = max(1, -(-SCARCE // counts[mark.kind]))
        for turn in range(times):
            random = Random(f"{paper.name}:{mark.line}:{mark.start}:{mark.kind}:{turn}")
            for slip in _slips(paper, mark, random):
                if (key := "\n".join(slip.lines)) not in seen:
                    seen.add(key)
                    yield slip


def all_slips(folder: Path = UNSEEN) -> tuple[Slip, ...]:
    """Every slip for every paper of a folder."""
    papers = papers_in(folder)
    counts = Counter(mark.kind for paper in papers for mark in paper.marks)
    return tuple(slip for paper in papers for slip in slips_of(paper, counts))


def _slips(paper: MarkedPaper, mark: Mark, random: Random) -> Iterator[Slip]:
    line = paper.lines[mark.line]
    if mark.kind == "row":
        yield _dropped_row(paper, mark)
    elif mark.kind == "head":
        level = line.split(" ")[0]
        yield _changed(paper, mark, "11", "heading level left out", line, f"##{level}{line[2:]}")
    elif mark.kind == "thead":
        yield _changed(
            paper, mark, "11", "table without a header row", line, re.sub(r"[^|]+", "  ", line)
        )
    elif mark.kind == "alt":
        yield _word(paper, mark, "11", "picture without text", "")
    elif mark.kind == "acro":
        short = mark.words[mark.words.index("(") + 1 : -1]
        yield _word(paper, mark, "11", "acronym not explained", short, paper.lines_with(short))
    elif mark.kind == "note":
        for note in random.sample(altered.NOTES, 4):
            yield _added(paper, mark, "5", "note to self", note)
        for judged in random.sample(altered.JUDGEMENTS, 3):
            yield _added(paper, mark, "8", "judgement", judged)
    elif mark.kind == "credit":
        others = sorted({one.words for one in paper.marks if one.kind == "credit"} - {mark.words})
        now = random.choice(others)
        yield _word(
            paper,
            mark,
            "10",
            "credited to another organisation",
            now,
            (*paper.lines_with(mark.words), *paper.lines_with(now)),
        )
    else:
        yield from _by_kind(paper, mark, random)


def _by_kind(paper: MarkedPaper, mark: Mark, random: Random) -> Iterator[Slip]:
    group, kind, alter = KINDS[mark.kind]
    if group == "10" and len(paper.lines_with(mark.words)) < 2:
        return
    now = alter(mark.words, random)
    if now == mark.words:
        return
    yield _word(paper, mark, group, kind or left_open(now), now, _elsewhere(paper, mark, group))


def left_open(now: str) -> str:
    """What kind of leftover `now` is."""
    if not now:
        return "empty field"
    if now.startswith("#"):
        return "spreadsheet error"
    if now.startswith(("Click", "Choose")):
        return "prompt of a form"
    if now.startswith("["):
        return "prompt in brackets"
    if re.search(r"\d{4}$", now) and "XX" not in now:
        return "impossible date"
    if now in {"TBC", "???"} or "XX" in now:
        return "TBC, XX or ???"
    return "name in capitals"


def _elsewhere(paper: MarkedPaper, mark: Mark, group: str) -> tuple[int, ...]:
    """Other lines where the slip may be reported: the other side of the contradiction."""
    lines: list[int] = []
    if group in {"1", "2", "3", "6"} and sum(char.isdigit() for char in mark.words) >= 3:
        lines += paper.lines_with(mark.words)
    if group == "10":
        lines += paper.lines_with(mark.words)
    if group in {"2", "6"}:
        lines += paper.table_at(mark.line)
    if group == "3":
        lines += paper.lines_of_key(mark.key)
    if group == "4":
        near = range(max(0, mark.line - 1), min(len(paper.lines), mark.line + 2))
        lines += [*near, *paper.table_at(mark.line)]
    if mark.kind in {"figno", "figcall", "tabno", "tabcall"}:
        lines += [*paper.lines_with("Figure"), *paper.lines_with("Table")]
    return tuple(lines)


def _grammar(line: str) -> str:
    line = re.sub(r"\b([Aa]) (?=increase|improve)", r"\1n ", line)
    return re.sub(r"\b([Aa])n (?=decrease|reduction|fall)", r"\1 ", line)


def _changed(
    paper: MarkedPaper,
    mark: Mark,
    group: str,
    kind: str,
    was: str,
    line: str,
    elsewhere: tuple[int, ...] = (),
    now: str | None = None,
) -> Slip:
    lines = (*paper.lines[: mark.line], line, *paper.lines[mark.line + 1 :])
    beside = mark.key if mark.key.isdigit() else ""
    places = frozenset({mark.line, *elsewhere})
    shown = line if now is None else now
    return Slip(paper.name, group, kind, mark.line, was, shown, lines, places, None, beside)


def _word(
    paper: MarkedPaper,
    mark: Mark,
    group: str,
    kind: str,
    now: str,
    elsewhere: tuple[int, ...] = (),
) -> Slip:
    line = paper.lines[mark.line]
    new = line[: mark.start] + now + line[mark.end :]
    if mark.kind == "dir":
        new = _grammar(new)
    return _changed(paper, mark, group, kind, mark.words, new, elsewhere, now)


def _added(paper: MarkedPaper, mark: Mark, group: str, kind: str, words: str) -> Slip:
    return _changed(paper, mark, group, kind, "", f"{paper.lines[mark.line]} {words}", (), words)


def _dropped_row(paper: MarkedPaper, mark: Mark) -> Slip:
    lines = (*paper.lines[: mark.line], *paper.lines[mark.line + 1 :])
    money = "£" in paper.lines[mark.line] and "%" not in paper.lines[mark.line]
    return Slip(
        paper.name,
        "6" if money else "2",
        "row dropped from a register" if money else "row dropped from a summed table",
        mark.line,
        paper.lines[mark.line],
        "",
        lines,
        frozenset(paper.table_at(mark.line)),
        mark.line,
    )
