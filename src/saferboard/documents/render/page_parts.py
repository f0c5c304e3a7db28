"""Blocks as parts of somebody else's page: no style sheet, letters or drawings inside. A figure is
a link to where it is explained; a chart is a picture with an address, and its specification stands
beside it for a browser that draws it itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from saferboard.documents.model import Bound, Chart, Figure, Inline, Link, plain
from saferboard.documents.render.markup import UNBROKEN, Markup
from saferboard.documents.render.pictures import NARROW_WIDTH, Size, has_narrow


@dataclass(frozen=True)
class Addresses:
    """Where things are: `figure` takes the id of a fact, `picture` the key of a chart and its
    size, `place` an anchor of the document."""

    figure: Callable[[str], str]
    picture: Callable[[str, Size], str]
    place: Callable[[str], str]


@dataclass(frozen=True)
class PageMarkup(Markup):
    """Writes blocks for the screen, with `addresses` for what the page leads to."""

    addresses: Addresses

    def _inline(self, part: Inline) -> str:
        match part:
            case Bound():
                address = escape(self.addresses.figure(part.fact.partition("@")[0]))
                name = "sb-figure n" if len(part.display) <= UNBROKEN else "sb-figure"
                return f'<a class="{name}" href="{address}">{escape(part.display)}</a>'
            case Link():
                # a link holds no link: its figures are words here
                inside = Markup(self.medium, self.pictures).inline(part.parts)
                inner = part.target.startswith("#")
                target = self.addresses.place(part.target[1:]) if inner else part.target
                return f'<a class="govuk-link" href="{escape(target)}">{inside}</a>'
            case _:
                return super()._inline(part)

    def _figure(self, figure: Figure) -> str:
        chart = figure.chart
        name = f"figure-{escape(chart.key)}"
        behind = self.table(figure.table, "behind") if figure.table else ""
        return (
            f'<figure id="{name}" class="sb-chart {chart.kind}">'
            f"<figcaption>{self.inline(figure.caption)}</figcaption>"
            f"{self._picture(chart, name, plain(figure.alternative))}"
            "<details><summary>What this chart shows, in words and figures"
            f'<span class="govuk-visually-hidden">: {escape(plain(figure.caption))}</span>'
            f"</summary><p>{self.inline(figure.alternative)}</p>{behind}</details></figure>"
        )

    def _picture(self, chart: Chart, name: str, words: str) -> str:
        width, height = self.pictures.size(chart)
        address = escape(self.addresses.picture(chart.key, "wide"))
        narrow = ""
        if has_narrow(chart):
            small = escape(self.addresses.picture(chart.key, "narrow"))
            narrow = f'<source media="(max-width: {NARROW_WIDTH + 80}px)" srcset="{small}">'
        return (
            f'<div class="sb-chart__picture" data-chart="{name}-specification"><picture>{narrow}'
            f'<img src="{address}" width="{width}" height="{height}" alt="{escape(words)}">'
            f'</picture></div><script type="application/json" id="{name}-specification">'
            f"{_as_data(self.pictures.specification(chart))}</script>"
        )


def _as_data(specification: object) -> str:
    """JSON that no parser of HTML takes for anything else."""
    text = json.dumps(specification, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
