"""The HTML report: the paper's own words, with what was found beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from saferboard.papercheck.answers.terminal import totals
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.place import Place

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;margin:0 auto;max-width:76rem;padding:1.5rem}
.pair{display:grid;grid-template-columns:minmax(0,1fr) 22rem;gap:1.5rem}
.found{border-left:.3rem solid #555;background:#f4f4f4;padding:.4rem .8rem;margin:.2rem 0 .8rem}
.error{border-color:#a4161a}.warning{border-color:#8a5a00}.advice{border-color:#1f4e5f}
.found p{margin:.1rem 0}.place{color:#555;font-size:.85rem}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}
mark{background:#ffe9a8}h1,h2,h3,h4{line-height:1.2}@media(max-width:60rem){.pair{display:block}}
a{color:#1f4e5f}
"""


def page(pack: Pack, findings: Sequence[Finding]) -> str:
    """A self-contained page; nothing is fetched and no script runs."""
    numbered = dict(enumerate(findings, start=1))
    papers = "\n".join(
        _paper(paper, {n: f for n, f in numbered.items() if f.place.file == paper.name})
        for paper in pack.papers
    )
    rows = "\n".join(_row(number, finding) for number, finding in numbered.items())
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Paper check</title><style>{STYLE}</style></head><body>\n<main>"
        f"<h1>Paper check</h1>\n<p>{escape(totals(pack, findings))}</p>\n"
        f"<h2>What was found</h2>\n{_summary(rows)}\n{papers}\n</main></body></html>\n"
    )


def _summary(rows: str) -> str:
    if not rows:
        return "<p>Nothing was found.</p>"
    return (
        "<table><caption>Findings in the order of the papers</caption><thead><tr>"
        '<th scope="col">No.</th><th scope="col">Where</th><th scope="col">Severity</th>'
        '<th scope="col">Rule</th><th scope="col">What is wrong</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(number: int, finding: Finding) -> str:
    return (
        f'<tr><td><a href="#finding-{number}">{number}</a></td>'
        f"<td>{escape(_where(finding.place))}</td><td>{finding.severity}</td>"
        f"<td>{escape(finding.rule)}</td><td>{escape(finding.message)}</td></tr>"
    )


def _where(place: Place) -> str:
    return ", ".join(part for part in (place.file, place.words()) if part)


def _paper(paper: Paper, findings: dict[int, Finding]) -> str:
    """Passages in order, tables as tables; each finding once, beside the passage it is about."""
    beside: dict[int, list[int]] = defaultdict(list)
    held: dict[Place, list[Passage]] = defaultdict(list)
    for passage in paper.passages:
        held[passage.place].append(passage)
    for number, finding in findings.items():
        at = held.get(finding.place, [])
        beside[at[0].index if at else 0].append(number)
    notes = "".join(f"<p>{escape(note)}</p>" for note in paper.notes)
    body = "\n".join(_pairs(paper, beside, findings))
    return f"<section><h2>{escape(paper.name)}</h2>{notes}\n{body}</section>"


def _pairs(
    paper: Paper, beside: dict[int, list[int]], findings: dict[int, Finding]
) -> Iterator[str]:
    tables = {grid.rows[0][0].index: grid for grid in paper.grids}
    inside: set[int] = set()
    for passage in paper.passages:
        if passage.index in inside:
            continue
        grid = tables.get(passage.index)
        own = [passage.index]
        if grid is not None:
            own = [cell.index for row in grid.rows for cell in row]
            inside.update(own)
        numbers = [number for index in own for number in beside.get(index, [])]
        words = _grid(grid, beside) if grid is not None else _words(passage)
        boxes = "".join(_box(number, findings[number]) for number in numbers)
        yield f'<div class="pair"><div>{words}</div><aside>{boxes}</aside></div>'


def _words(passage: Passage) -> str:
    text = escape(passage.text)
    if passage.kind == "heading":
        level = min(max(passage.level, 2) + 1, 6)
        return f"<h{level}>{text}</h{level}>"
    return f"<p>{'• ' if passage.kind == 'item' else ''}{text}</p>"


def _grid(grid: Grid, beside: dict[int, list[int]]) -> str:
    lines = []
    for at, row in enumerate(grid.rows):
        tag = "th" if at < grid.header_rows else "td"
        cells = "".join(
            f"<{tag}><mark>{escape(cell.text)}</mark></{tag}>"
            if beside.get(cell.index)
            else f"<{tag}>{escape(cell.text)}</{tag}>"
            for cell in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _box(number: int, finding: Finding) -> str:
    against = "".join(
        f'<p class="place">See {escape(_where(place))}</p>' for place in finding.against
    )
    expected = f"<p>Expected: {escape(finding.expected)}</p>" if finding.expected else ""
    return (
        f'<div class="found {finding.severity}" id="finding-{number}">'
        f"<p><strong>{number}. {finding.severity}</strong> {escape(finding.rule)}</p>"
        f"<p>{escape(finding.message)}</p>{expected}{against}"
        f'<p class="place">{escape(_where(finding.place))}</p></div>'
    )
