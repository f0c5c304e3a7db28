"""Findings for a terminal: paper by paper in the order of their places, then how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from saferboard.papercheck.answers.places import by_paper, elsewhere
from saferboard.papercheck.check import SEVERITIES
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.rules.walk import cut

STYLES = {"error": "bold red", "warning": "yellow", "advice": "cyan"}
MOST_QUOTED = 160
WORDS = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "advice": ("piece of advice", "pieces of advice"),
}


def printed(pack: Pack, findings: Sequence[Finding]) -> RenderableType:
    """What the command prints: each paper with its counts, what could not be read in it, and its
    findings; lines wrap under their own beginning."""
    held = by_paper(findings)
    parts: list[RenderableType] = []
    for paper in pack.papers:
        own = tuple(held.get(paper.name, {}).values())
        if own or paper.notes:
            parts.append(Text.assemble((paper.name, "bold underline"), f"  {counts(own)}"))
            parts += [
                Padding(Text(f"Note: {note}", style="dim"), (0, 0, 0, 2)) for note in paper.notes
            ]
            for finding in own:
                parts += _finding(finding)
            parts.append(Text())
    parts.append(Text(totals(pack, findings), style="bold"))
    return Group(*parts)


def totals(pack: Pack, findings: Sequence[Finding]) -> str:
    """`2 papers: 1 error, 3 warnings, no pieces of advice.`"""
    papers = f"{len(pack.papers)} paper{'s' if len(pack.papers) != 1 else ''}"
    unread = f" {len(pack.unread)} could not be read." if pack.unread else ""
    return f"{papers}: {counts(findings)}.{unread}"


def counts(findings: Sequence[Finding]) -> str:
    """`1 error, 3 warnings, no pieces of advice`."""
    counted = Counter(finding.severity for finding in findings)
    return ", ".join(
        f"{counted[severity] or 'no'} {WORDS[severity][counted[severity] != 1]}"
        for severity in SEVERITIES
    )


def _finding(finding: Finding) -> list[RenderableType]:
    head = Text.assemble(
        (finding.place.words() or "the paper", "bold"),
        ": ",
        (finding.severity, STYLES[finding.severity]),
        f" {finding.rule}",
        (f" ({finding.state})" if finding.state else "", "dim"),
    )
    expected = f" Expected: {finding.expected}." if finding.expected else ""
    lines = [Text(f"{finding.message}{expected}"), Text(f"“{_short(finding.quote)}”", style="dim")]
    lines += [Text(f"see {place}", style="dim") for place in elsewhere(finding)]
    return [Padding(head, (0, 0, 0, 2)), *(Padding(line, (0, 0, 0, 4)) for line in lines)]


def _short(quote: str) -> str:
    return quote if len(quote) <= MOST_QUOTED else f"{cut(quote, MOST_QUOTED)}…"
