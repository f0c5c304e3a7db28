"""One paper in the report: its passages in order, each with its findings beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from saferboard.papercheck.answers.places import SHAPES, passage_of, where
from saferboard.papercheck.finding import Finding
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.walk import cut

AROUND = 3
"""Passages that are shown before and after one with a finding."""

FEWEST_HIDDEN = 5
MOST_CELLS = 4000
LOWEST = 4


class PaperPage:
    """`findings` by their numbers in the whole report, which has `last` of them; `pointed` the
    places that findings of any paper point to."""

    def __init__(
        self,
        paper: Paper,
        number: int,
        findings: Mapping[int, Finding],
        last: int,
        pointed: Sequence[Place],
    ) -> None:
        self.paper = paper
        self.anchor = f"paper-{number}"
        self.findings = findings
        self._last = last
        self._at = passage_of(paper, {one.place for one in findings.values()})
        self._pointed = passage_of(paper, {one for one in pointed if one.file == paper.name})
        self._targets = set(self._pointed.values())
        self._beside: dict[int, list[int]] = defaultdict(list)
        for key, finding in findings.items():
            self._beside[self._at[finding.place]].append(key)

    def html(self, others: Mapping[str, PaperPage]) -> str:
        """The section of this paper; `others` are all papers by name, for links to them."""
        notes = "".join(
            f'<div class="notice caution"><p>{escape(note)}</p></div>' for note in self.paper.notes
        )
        parts = "\n".join(self._stretches(others))
        return (
            f'<section aria-labelledby="{self.anchor}"><h2 id="{self.anchor}">'
            f"{escape(self.paper.name)}</h2>{notes}\n{parts}</section>"
        )

    def link(self, place: Place, words: str) -> str:
        """A link with these words to a place of this paper that a finding points to."""
        return f'<a href="#{self.anchor}-{self._pointed[place]}">{escape(words)}</a>'

    def _stretches(self, others: Mapping[str, PaperPage]) -> Iterator[str]:
        """Passages near findings in the open, longer stretches without any folded away."""
        units = list(self._units())
        near = [False] * len(units)
        for at, (own, _) in enumerate(units):
            if any(index in self._beside or index in self._targets for index in own):
                for other in range(max(0, at - AROUND), min(len(units), at + AROUND + 1)):
                    near[other] = True
        at = 0
        while at < len(units):
            end = at
            while end < len(units) and near[end] == near[at]:
                end += 1
            shown = "\n".join(self._pair(own, unit, others) for own, unit in units[at:end])
            if near[at] or end - at < FEWEST_HIDDEN:
                yield shown
            else:
                first = units[at][1]
                words = first.rows[0][0].text if isinstance(first, Grid) else first.text
                yield (
                    f'<details class="rest"><summary>{end - at} passages without findings, from '
                    f"“{escape(_short(words))}”</summary>\n{shown}</details>"
                )
            at = end

    def _units(self) -> Iterator[tuple[Sequence[int], Passage | Grid]]:
        """Passages and whole tables in order, with the indexes of the passages in each."""
        tables = {grid.rows[0][0].index: grid for grid in self.paper.grids}
        inside: set[int] = set()
        for passage in self.paper.passages:
            if passage.index in inside:
                continue
            grid = tables.get(passage.index)
            if grid is None:
                yield (passage.index,), passage
            else:
                own = tuple(cell.index for row in grid.rows for cell in row)
                inside.update(own)
                yield own, grid

    def _pair(
        self, own: Sequence[int], unit: Passage | Grid, others: Mapping[str, PaperPage]
    ) -> str:
        numbers = [number for index in own for number in self._beside.get(index, [])]
        table = isinstance(unit, Grid)
        words = self._grid(unit) if isinstance(unit, Grid) else self._words(unit)
        kind = "pair table" if table else "pair"
        words = (
            "".join(
                f'<span id="{self.anchor}-{index}"></span>'
                for index in own
                if index in self._targets
            )
            + words
        )
        if not numbers:
            return f'<div class="{kind}"><div class="words">{words}</div></div>'
        boxes = "".join(self._box(number, others) for number in numbers)
        named = ", ".join(map(str, numbers))
        many = "s" if len(numbers) > 1 else ""
        return (
            f'<div class="{kind}"><div class="words">{words}</div>'
            f'<aside aria-label="Finding{many} {named}">{boxes}</aside></div>'
        )

    def _words(self, passage: Passage) -> str:
        text = self._marked(passage)
        if passage.kind == "heading":
            # one level for all: the paper's own may leave some out, and folded ones are not there
            return f'<h3 class="level-{min(max(passage.level, 1), LOWEST)}">{text}</h3>'
        kind = "" if passage.kind == "paragraph" else f' class="{passage.kind}"'
        return f"<p{kind}>{text}</p>"

    def _marked(self, passage: Passage) -> str:
        """The words with the quotes of their findings marked, and a link to each finding."""
        numbers = self._beside.get(passage.index, [])
        spans = sorted(
            (*_span(passage.text, self.findings[number].quote), number) for number in numbers
        )
        parts: list[str] = []
        at = 0
        for start, end, number in spans:
            start, end = max(start, at), max(end, at)
            link = self._to(number)
            parts.append(escape(passage.text[at:start]))
            words = escape(passage.text[start:end])
            tone = self.findings[number].severity
            parts.append(f'<mark id="place-{number}" class="on-{tone}">{words}{link}</mark>')
            at = end
        parts.append(escape(passage.text[at:]))
        return "".join(parts)

    def _to(self, number: int) -> str:
        severity = self.findings[number].severity
        return (
            f'<a class="to {severity}-tone is-{severity}" href="#finding-{number}">'
            f'<span class="hidden"> Finding </span>'
            f'<span aria-hidden="true">{SHAPES[severity]} </span>{number}</a>'
        )

    def _grid(self, grid: Grid) -> str:
        lines = []
        cells = 0
        for at, row in enumerate(grid.rows):
            cells += len(row)
            if cells > MOST_CELLS:
                rest = len(grid.rows) - at
                lines.append(f'<tr><td colspan="{len(row)}">{rest} more rows</td></tr>')
                break
            header = at < grid.header_rows
            lines.append("<tr>" + "".join(self._cell(cell, header) for cell in row) + "</tr>")
        head, body = lines[: grid.header_rows], lines[grid.header_rows :]
        caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
        label = escape(f"Table, {where(grid.place)}")
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>{caption}'
            f"<thead>{''.join(head)}</thead><tbody>{''.join(body)}</tbody></table></div>"
        )

    def _cell(self, cell: Passage, header: bool) -> str:
        words = self._marked(cell)
        return f'<th scope="col">{words}</th>' if header and words else f"<td>{words}</td>"

    def _box(self, number: int, others: Mapping[str, PaperPage]) -> str:
        finding = self.findings[number]
        severity = finding.severity
        expected = (
            f"<p><strong>Expected:</strong> {escape(finding.expected)}</p>"
            if finding.expected
            else ""
        )
        state = f'<p class="quiet">Only {escape(finding.state)}.</p>' if finding.state else ""
        seen = ", ".join(self._elsewhere(place, others) for place in finding.against)
        against = f'<p class="quiet">See {seen}</p>' if seen else ""
        ways = "".join(
            f'<a href="#{target}">{words}</a>'
            for target, words in (
                (f"place-{number}", "In the text"),
                (f"finding-{number - 1}" if number > 1 else "", "Previous"),
                (f"finding-{number + 1}" if number < self._last else "", "Next"),
            )
            if target
        ).replace(">Previous<", '>Previous<span class="hidden"> finding</span><').replace(
            ">Next<", '>Next<span class="hidden"> finding</span><'
        )  # fmt: skip
        return (
            f'<div class="found is-{severity}" id="finding-{number}">'
            f'<p><strong>{number}</strong> <span class="tag {severity}-tone"><span class="shape" '
            f'aria-hidden="true">{SHAPES[severity]}</span> {severity}</span> '
            f'<span class="quiet">{escape(finding.place.words())}</span></p>'
            f"<p>{escape(finding.message)}</p>{expected}{state}{against}"
            '<p class="ways">'
            f'<a href="#rule-{finding.rule}">{escape(finding.rule)}</a>{ways}</p></div>'
        )

    def _elsewhere(self, place: Place, others: Mapping[str, PaperPage]) -> str:
        words = place.words() if place.file == self.paper.name else where(place)
        other = others.get(place.file)
        return other.link(place, words or place.file) if other is not None else escape(words)


def _span(text: str, quote: str) -> tuple[int, int]:
    """Where the quote stands in the words; all of them where it is not found as it is."""
    at = text.find(quote.strip()) if quote.strip() else -1
    return (at, at + len(quote.strip())) if at >= 0 else (0, len(text))


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{cut(words, 60)}…"
