"""Findings for a terminal: one block each, then how many of each severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from saferboard.papercheck.check import SEVERITIES
from saferboard.papercheck.finding import Finding, Pack

STYLES = {"error": "bold red", "warning": "yellow", "advice": "cyan"}
MOST_QUOTED = 160


def printed(pack: Pack, findings: Sequence[Finding]) -> RenderableType:
    """What the command prints."""
    parts: list[RenderableType] = []
    for finding in findings:
        line = Text()
        line.append(f"{finding.place.file}, {finding.place.words()}: ", style="bold")
        line.append(finding.severity, style=STYLES[finding.severity])
        line.append(f" {finding.rule}\n")
        line.append(f"  {finding.message}\n")
        line.append(f"  “{_short(finding.quote)}”", style="dim")
        for place in finding.against:
            line.append(f"\n  see {place.file}, {place.words()}", style="dim")
        parts += [line, Text()]
    for paper in pack.papers:
        parts += [Text(f"Note on {paper.name}: {note}") for note in paper.notes]
    parts.append(Text(totals(pack, findings)))
    return Group(*parts)


def totals(pack: Pack, findings: Sequence[Finding]) -> str:
    """`2 papers: 1 error, 3 warnings, no advice.`"""
    counted = Counter(finding.severity for finding in findings)
    words = {"error": ("error", "errors"), "warning": ("warning", "warnings"),
             "advice": ("piece of advice", "pieces of advice")}  # fmt: skip
    parts = [
        f"{counted[severity] or 'no'} {words[severity][counted[severity] != 1]}"
        for severity in SEVERITIES
    ]
    papers = f"{len(pack.papers)} paper{'s' if len(pack.papers) != 1 else ''}"
    return f"{papers}: {', '.join(parts)}."


def _short(quote: str) -> str:
    return quote if len(quote) <= MOST_QUOTED else f"{quote[:MOST_QUOTED]}…"
