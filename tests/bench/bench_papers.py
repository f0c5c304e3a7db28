"""The paper checker: the longest real pack, made papers of doubling lengths, and PDFs of three
hundred pages with tags and without. Whole processes, from the command to the answer."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import weasyprint

from tests.bench.machine import Run, process, saferboard
from tests.bench.report import Report
from tests.shared_data import SHARED

_ROUNDS = 1
_LENGTHS = (100_000, 200_000, 400_000, 800_000)
_PAGES = 300
_MEGABYTES = 1e6
_TOPICS = ("burglary", "robbery", "knife crime", "fraud", "arson", "shoplifting", "hate crime")
_PLACES = ("north", "south", "east", "west", "centre")
_MONTHS = ("March", "June", "September", "December")


def run(report: Report) -> None:
    """The ratio is to the line above, which has half the length."""
    report.section("Checking papers")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _real(report)
        _doubling(report, folder)
        for tagged in (False, True):
            _pdf(report, folder, tagged)


def _real(report: Report) -> None:
    papers = sorted(SHARED.parent.glob("papers/*.txt"), key=lambda one: one.stat().st_size)
    if not papers:
        report.lines.append("  the longest real pack was not measured: it is not there")
        return
    runs = _runs(papers[-1])
    size = papers[-1].stat().st_size
    report.add(
        f"a real pack of {size // 1000},000 characters",
        median(one.seconds for one in runs),
        aim="under 5 s and 500 MB",
        note=_note(runs),
    )


def _doubling(report: Report, folder: Path) -> None:
    lines: list[tuple[str, float]] = []
    for length in _LENGTHS:
        file = folder / f"{length}.md"
        file.write_text(made_paper(length), encoding="utf-8")
        runs = _runs(file)
        name = f"a made paper of {length // 1000},000 characters"
        seconds = median(one.processor for one in runs)
        report.add(
            name,
            seconds,
            against=lines[-1] if lines else None,
            aim="linear" if lines else "",
            note=f"of the processor; {_note(runs)}",
        )
        lines.append((f"{length // 1000},000", seconds))
    ratios = [after / before for (_, before), (_, after) in pairwise(lines)]
    report.lines.append(
        f"  each doubling takes {min(ratios):.2f} to {max(ratios):.2f} times as long"
    )


def _pdf(report: Report, folder: Path, tagged: bool) -> None:
    file = folder / f"{'tagged' if tagged else 'plain'}.pdf"
    variant = "pdf/ua-1" if tagged else None
    weasyprint.HTML(string=made_page(_PAGES)).write_pdf(file, pdf_variant=variant)
    runs = _runs(file)
    report.add(
        f"a PDF of {_PAGES} pages {'with' if tagged else 'without'} tags",
        median(one.seconds for one in runs),
        aim="under 30 s",
        note=f"{file.stat().st_size / _MEGABYTES:.1f} MB; {_note(runs)}",
    )


def _runs(file: Path) -> list[Run]:
    command = saferboard("check", "--json", file)
    return [process(*command, allowed=(0, 1)) for _ in range(_ROUNDS)]


def _note(runs: list[Run]) -> str:
    memory = max(one.memory for one in runs) / _MEGABYTES
    return f"processor {median(one.processor for one in runs):.1f} s, {memory:.0f} MB at most"


def made_paper(length: int) -> str:
    """A Markdown paper of about so many characters: sections with sentences that are right, wrong
    or say nothing, and a table each."""
    parts: list[str] = []
    held = 0
    for section in _sections():
        parts.append(section)
        held += len(section)
        if held >= length:
            break
    return "\n".join(parts)


def made_page(pages: int) -> str:
    """A web page that prints to so many pages: on each a section of such a paper."""
    sections = _sections()
    body = "".join(_as_html(next(sections)) for _ in range(pages))
    style = "section{break-after:page} table{border-collapse:collapse} td,th{border:1px solid}"
    return (
        f"<html lang='en'><head><title>Made</title><style>{style}</style></head>"
        f"<body>{body}</body></html>"
    )


def _sections() -> Iterator[str]:
    draw = random.Random(2023)
    number = 0
    while True:
        number += 1
        topic, place = draw.choice(_TOPICS), draw.choice(_PLACES)
        before, after = draw.randint(50, 5000), draw.randint(50, 5000)
        off = draw.choice((0, 0, 0, 7))
        change = 100 * (after / before - 1) + off
        month, year = draw.choice(_MONTHS), draw.randint(2018, 2024)
        word = "an increase" if change > 0 else "a decrease"
        rows = [(draw.randint(20, 900), draw.randint(20, 900)) for _ in range(6)]
        table = "\n".join(
            f"| Ward {number}-{at} | {a:,} | {b:,} | {100 * (b / a - 1):+.1f}% |"
            for at, (a, b) in enumerate(rows)
        )
        yield (
            f"## {number}. {topic.capitalize()} in the {place}, section {number}\n\n"
            f"There were {after:,} offences of {topic} in the {place} ward {number} in the 12 "
            f"months to {month} {year}. In the 12 months prior there were {before:,}. This is "
            f"{word} of {abs(change):.1f}%. {draw.randint(3, 30)} of {draw.randint(40, 90)} cases "
            "were closed, and the partnership met the officers who led the work. The action plan "
            "was agreed.\n\nThe board noted the report and asked for more about what was done with "
            "partners, schools and residents, and what will follow in the coming quarter.\n\n"
            f"Table {number}: {topic} by ward\n\n| Ward | {year - 1} | {year} | % change |\n"
            f"|---|---|---|---|\n{table}\n"
        )


def _as_html(section: str) -> str:
    lines = section.split("\n")
    rows = [
        line.strip("|").split("|") for line in lines if line.startswith("|") and "---" not in line
    ]
    cells = "".join(
        "<tr>" + "".join(f"<{'td' if at else 'th'}>{word}</{'td' if at else 'th'}>" for word in row)
        + "</tr>"
        for at, row in enumerate(rows)
    )  # fmt: skip
    words = "".join(
        f"<h2>{line[3:]}</h2>" if line.startswith("## ") else f"<p>{line}</p>"
        for line in lines
        if line.strip() and not line.startswith("|")
    )
    return f"<section>{words}<table>{cells}</table></section>"
