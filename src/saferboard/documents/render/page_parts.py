"""Blocks as parts of somebody else's page: no style sheet, letters or drawings inside. A figure is
a link to where it is explained, a chart a picture with an address and its specification beside it
for a browser that draws it itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from saferboard.documents.model import Bound, Chart, Figure, Inline, Link, plain
from saferboard.documents.render.markup import UNBROKEN, Markup


@dataclass(frozen=True)
class Addresses:
    """Where things are: `figure` takes the id of a fact, `picture` and `specification` the key of
    a chart, `place` an anchor of the document."""

    figure: Callable[[str], str]
    picture: Callable[[str], str]
    specification: Callable[[str], str]
    place: Callable[[str], str]


@dataclass(frozen=True)
class PageMarkup(Markup):
    """Writes blocks for the screen, with `addresses` for what the page leads to."""

    addresses: Addresses

    def _inline(self, part: Inline) -> str:
        match part:
            case Bound():
                address = escape(self.addresses.figure(part.fact.partition("@")[0]))
                name = "figure-link n" if len(part.display) <= UNBROKEN else "figure-link"
                return f'<a class="{name}" href="{address}">{escape(part.display)}</a>'
            case Link():
                inside = Markup(self.medium, self.pictures).inline(part.parts)
                inner = part.target.startswith("#")
                target = self.addresses.place(part.target[1:]) if inner else part.target
                return f'<a href="{escape(target)}">{inside}</a>'
            case _:
                return super()._inline(part)

    def _figure(self, figure: Figure) -> str:
        chart = figure.chart
        name = f"figure-{escape(chart.key)}"
        behind = self.table(figure.table, "behind") if figure.table else ""
        return (
            f'<figure id="{name}" class="chart {chart.kind}">'
            f"<figcaption>{self.inline(figure.caption)}</figcaption>"
            f"{self._picture(chart, plain(figure.alternative))}"
            f"<details><summary>What this chart shows, in words and figures"
            f'<span class="govuk-visually-hidden">: {escape(plain(figure.caption))}</span>'
            f"</summary><p>{self.inline(figure.alternative)}</p>{behind}</details></figure>"
        )

    def _picture(self, chart: Chart, words: str) -> str:
        width, height = self.pictures.size(chart)
        return (
            f'<div class="drawing" '
            f'data-specification="{escape(self.addresses.specification(chart.key))}">'
            f'<img src="{escape(self.addresses.picture(chart.key))}" width="{width}" '
            f'height="{height}" alt="{escape(words)}"></div>'
        )
