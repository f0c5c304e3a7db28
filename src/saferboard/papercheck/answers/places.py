"""Where findings stand in the papers of a pack: what the report and the copies hang them on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from saferboard.papercheck.finding import Finding, Severity
from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place

SHAPES: dict[Severity, str] = {"error": "▲", "warning": "◆", "advice": "●"}
"""A shape for each severity, so that none is told by its colour alone."""


MOST_PLACES = 5
"""How many of the other places of a finding are named where they cannot be links."""


def numbered(findings: Sequence[Finding]) -> dict[int, Finding]:
    """Findings by their number in the whole answer, from 1."""
    return dict(enumerate(findings, start=1))


def where(place: Place) -> str:
    """`draft.docx, paragraph 12`."""
    return ", ".join(part for part in (place.file, place.words()) if part)


def elsewhere(finding: Finding) -> tuple[str, ...]:
    """The other places of a finding in words: the first few, and how many more there are."""
    told = [where(place) for place in finding.against[:MOST_PLACES]]
    more = len(finding.against) - MOST_PLACES
    return (*told, *((f"{more} more place{'s' if more > 1 else ''}",) if more > 0 else ()))


def passage_of(paper: Paper, places: Iterable[Place]) -> dict[Place, int]:
    """The index of the passage at each place; of the nearest before it where none is there (a
    finding about a picture, or about words that tracked changes took away)."""
    exact: dict[Place, int] = {}
    lines: list[tuple[tuple[int, int, int], int]] = []
    for passage in paper.passages:
        bare = replace(passage.place, heading="")
        exact.setdefault(bare, passage.index)
        lines.append((_order(bare), passage.index))
    found = {}
    for place in places:
        bare = replace(place, heading="")
        if bare in exact:
            found[place] = exact[bare]
        else:
            before = [index for order, index in lines if order <= _order(bare)]
            found[place] = before[-1] if before else 0
    return found


def _order(place: Place) -> tuple[int, int, int]:
    return (place.page, place.paragraph, place.line)


def by_paper(findings: Sequence[Finding]) -> dict[str, dict[int, Finding]]:
    """Numbered findings of each paper, by its name."""
    held: dict[str, dict[int, Finding]] = defaultdict(dict)
    for number, finding in numbered(findings).items():
        held[finding.place.file][number] = finding
    return held
