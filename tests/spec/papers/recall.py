"""`python -m tests.spec.papers.recall`: how many planted slips the checker finds, and what it
says about the clean papers.

    python -m tests.spec.papers.recall                     all slips in Markdown
    python -m tests.spec.papers.recall --formats           in the other format of each paper
    python -m tests.spec.papers.recall --missed KIND       also each slip of a kind that it missed
    python -m tests.spec.papers.recall --write FOLDER      the clean papers, in both formats

A slip is found when, at its place or at the other place of the contradiction, some rule finds
more than in the clean paper. A rule of another check counts only where both are about figures
(1, 2, 3 and 6) or where it is no advice.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.spec.papers.marks import FRESH, UNSEEN, MarkedPaper, papers_in
from tests.spec.papers.plant import GROUPS, Slip, all_slips
from tests.spec.papers.written import WRITERS

from saferboard.papercheck.check import check_files
from saferboard.papercheck.finding import Finding
from saferboard.papercheck.rules.registry import rules_named

OTHER = {
    "01": "docx",
    "02": "txt",
    "03": "pdf",
    "04": "xlsx",
    "05": "html",
    "06": "xlsx",
    "07": "docx",
    "08": "html",
    "09": "pptx",
    "10": "pdf",
    "11": "docx",
    "12": "pdf",
    "13": "xlsx",
    "14": "pptx",
}
"""The second format of each paper."""

LOST = {
    "txt": {"11"},
    "pdf": {"11"},
    "xlsx": {"11"},
    "pptx": {"11"},
}
"""Checks that cannot be made in a format, because it does not hold what they look at."""

FIGURES = {"1", "2", "3", "6"}

Where = tuple[str, int]


@dataclass
class Tally:
    """Slips `planted`, `found`, found by a rule of the slip's `own` check, and those `missed`."""

    planted: int = 0
    found: int = 0
    own: int = 0
    missed: list[Slip] = field(default_factory=list)


@cache
def every_paper() -> dict[str, MarkedPaper]:
    """The papers of both folders by name."""
    return {paper.name: paper for folder in (UNSEEN, FRESH) for paper in papers_in(folder)}


@cache
def group_of(rule: str) -> str:
    """The number of the check that a rule belongs to."""
    return {one.key: str(one.group) for one in rules_named(())}[rule]


def words_of(line: str) -> str:
    """A line's words without marks of Markdown, in small letters."""
    return " ".join(re.sub(r"[#*|]|^- |\[\^1\]:?|£", " ", line).casefold().split())


def places_of(finding: Finding, slip: Slip | None, lines: Sequence[str]) -> set[Where]:
    """Lines of clean papers where `finding` stands; `lines` are those of the first paper, by
    which formats without lines are found again through the quoted words."""
    places: set[Where] = set()
    for place in (finding.place, *finding.against):
        stem = Path(place.file).stem
        mine = slip is None or stem == slip.paper
        if place.line and place.file.endswith((".md", ".txt")):
            line = place.line - 1
            places.add((stem, slip.clean_line(line) if slip and mine else line))
        elif mine:
            places |= {
                (stem, slip.clean_line(at) if slip else at)
                for at in quoted(finding.quote, tuple(lines))
            }
    return places


def quoted(quote: str, lines: tuple[str, ...]) -> set[int]:
    """The lines that hold `quote`, or that it holds."""
    words = words_of(quote)
    return {
        at
        for at, line in enumerate(lines)
        if (own := words_of(line)) and (words in own or (len(own) > 8 and own in words))
    }


def checked(names: Sequence[tuple[str, Sequence[str]]], suffix: str, into: Path) -> list[Finding]:
    """Findings in a pack of papers, each a name and its lines, written as `suffix`."""
    paths = []
    for name, lines in names:
        path = into / f"{name}.{suffix}"
        WRITERS[suffix](lines, path)
        paths.append(path)
    return list(check_files(paths)[1])


def counted(
    findings: Iterable[Finding], places: set[Where], slip: Slip | None, lines: Sequence[str]
) -> Counter[tuple[str, str]]:
    """How many findings of each rule and severity stand at `places`."""
    return Counter(
        (one.rule, one.severity) for one in findings if places & places_of(one, slip, lines)
    )


def found_by(
    slip: Slip, before: Sequence[Finding], after: Sequence[Finding], clean: MarkedPaper
) -> set[str]:
    """The rules that find `slip`, given the findings in the clean pack and in the planted one."""
    places = {(slip.paper, line) for line in slip.places}
    if slip.beside:
        beside = next(one for one in every_paper().values() if one.name.startswith(slip.beside))
        places |= {(beside.name, line) for line in beside.lines_with(slip.was)}
    was = counted(before, places, None, clean.lines)
    now = counted(after, places, slip, slip.lines)
    return {rule for rule, severity in (now - was) if counts(slip, rule, severity)}


def counts(slip: Slip, rule: str, severity: str) -> bool:
    """Whether a finding of `rule` may count as having found `slip`."""
    group = group_of(rule)
    return group == slip.group or {group, slip.group} <= FIGURES or severity != "advice"


def measure(slips: Iterable[Slip], formats: bool = False) -> dict[tuple[str, str], Tally]:
    """Plant each slip, check, and count by check and kind."""
    papers = every_paper()
    clean: dict[tuple[str, str], list[Finding]] = {}
    tallies: dict[tuple[str, str], Tally] = {}
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        for slip in slips:
            suffix = OTHER[slip.paper[:2]] if formats else "md"
            if slip.group in LOST.get(suffix, ()):
                continue
            pack = [
                (name, paper.lines)
                for name, paper in papers.items()
                if slip.beside and name.startswith(slip.beside)
            ]
            if (slip.paper + slip.beside, suffix) not in clean:
                own = [(slip.paper, papers[slip.paper].lines)]
                clean[slip.paper + slip.beside, suffix] = checked(own + pack, suffix, into)
            after = checked([(slip.paper, slip.lines), *pack], suffix, into)
            before = clean[slip.paper + slip.beside, suffix]
            rules = found_by(slip, before, after, papers[slip.paper])
            tally = tallies.setdefault((slip.group, slip.kind), Tally())
            tally.planted += 1
            tally.found += bool(rules)
            tally.own += any(group_of(rule) == slip.group for rule in rules)
            if not rules:
                tally.missed.append(slip)
    return tallies


def of_group(tallies: dict[tuple[str, str], Tally], group: str) -> Tally:
    """The tallies of all kinds of a check as one."""
    whole = Tally()
    for (one, _), tally in tallies.items():
        if one == group:
            whole.planted += tally.planted
            whole.found += tally.found
            whole.own += tally.own
            whole.missed += tally.missed
    return whole


def false_alarms(formats: bool = False, folder: Path = UNSEEN) -> list[tuple[str, Finding]]:
    """Errors and warnings in the clean papers of `folder`, each paper alone in Markdown (with
    `formats` in its other format too), and all of them as one pack."""
    papers = papers_in(folder)
    alarms: list[tuple[str, Finding]] = []
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        for paper in papers:
            for suffix in ("md", OTHER[paper.name[:2]]) if formats else ("md",):
                findings = checked([(paper.name, paper.lines)], suffix, into)
                alarms += [(suffix, one) for one in findings if one.severity != "advice"]
        alone = {(one.digest, one.place) for _, one in alarms}
        together = checked([(paper.name, paper.lines) for paper in papers], "md", into)
        alarms += [
            ("pack", one)
            for one in together
            if one.severity != "advice" and (one.digest, one.place) not in alone
        ]
    return alarms


def table(tallies: dict[tuple[str, str], Tally]) -> str:
    """Recall by check and by kind, as text."""
    out = [f"{'check':<38}{'planted':>8}{'found':>7}{'share':>7}{'own':>7}"]
    for group, name in GROUPS.items():
        mine = {kind: tally for (one, kind), tally in tallies.items() if one == group}
        if mine:
            out.append(_line(f"{group} {name}", list(mine.values())))
            out += [_line(f"    {kind}", [tally]) for kind, tally in sorted(mine.items())]
    out.append(_line("all", list(tallies.values())))
    return "\n".join(out)


def _line(name: str, tallies: Sequence[Tally]) -> str:
    planted = sum(one.planted for one in tallies)
    found = sum(one.found for one in tallies)
    own = sum(one.own for one in tallies)
    return f"{name:<38}{planted:>8}{found:>7}{100 * found / planted:>6.0f}%{own:>7}"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.spec.papers.recall")
    parser.add_argument("--formats", action="store_true", help="each paper in its other format")
    parser.add_argument("--missed", action="append", default=[], help="a kind, or all")
    parser.add_argument("--write", type=Path, help="write the clean papers into this folder")
    parser.add_argument("--papers", action="append", default=[], help="beginnings of names")
    parser.add_argument("--fresh", action="store_true", help="the papers of the folder fresh")
    options = parser.parse_args(arguments)
    folder = FRESH if options.fresh else UNSEEN
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for paper in papers_in(folder):
            for suffix in {"md", OTHER[paper.name[:2]]}:
                WRITERS[suffix](paper.lines, options.write / f"{paper.name}.{suffix}")
        return
    chosen = [
        slip
        for slip in all_slips(folder)
        if not options.papers or slip.paper.startswith(tuple(options.papers))
    ]
    start = time.process_time()
    tallies = measure(chosen, options.formats)
    out = [table(tallies), ""]
    for (group, kind), tally in tallies.items():
        if kind in options.missed or "all" in options.missed:
            for slip in tally.missed:
                place = f"{slip.paper}:{slip.line + 1}"
                out.append(f"missed {group} {kind}: {place} {slip.was!r} -> {slip.now!r}")
    alarms = false_alarms(options.formats, folder)
    out += [
        f"{one.severity} {suffix} {one.place.file}, {one.place.words()}: {one.rule}: "
        f"{one.quote[:90]!r}: {one.message}"
        for suffix, one in alarms
    ]
    errors = sum(one.severity == "error" for _, one in alarms)
    out.append(f"false alarms: {errors} errors, {len(alarms) - errors} warnings")
    out.append(f"{time.process_time() - start:.1f} s of processor time")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
