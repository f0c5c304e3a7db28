"""Charts as pictures: a Vega-Lite specification becomes SVG and PNG, once, for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import vl_convert

from saferboard.documents.model import Chart, Document, Figure, Look, Picture
from saferboard.documents.render.side import Beside
from saferboard.documents.themes import letters
from saferboard.documents.themes.chart_theme import chart_theme
from saferboard.documents.themes.palette import Palette
from saferboard.documents.walk import blocks_of

Size = Literal["wide", "narrow"]
Kind = Literal["svg", "png"]

NARROW_WIDTH = 360
"""Width in pixels of a whole chart on a telephone, where a shrunken wide one cannot be read."""

READABLE_WIDTH = 440
"""A chart up to this width is still read on a telephone when it is shrunk: one drawing does."""

PNG_SCALE = 2.0
_SIDE_FROM = 6


@dataclass
class Pictures:
    """The pictures of one document, drawn when first asked for and then kept.

    `draw` makes them ahead, on both processors. A specification with a plain number as its
    `width` gets a second, narrow drawing for telephones; a map has only one.
    """

    look: Look = field(default_factory=Look)
    _svg: dict[tuple[str, Size], str] = field(default_factory=dict)
    _png: dict[str, bytes] = field(default_factory=dict)

    def svg(self, chart: Chart, size: Size = "wide") -> str:
        """An `<svg>` element: no XML declaration, ids of its own, no roles inside."""
        if size == "narrow" and not has_narrow(chart):
            size = "wide"
        key = (chart.key, size)
        if key not in self._svg:
            self._svg[key] = draw_svg(self._specification(chart, size))
        return _own_ids(self._svg[key], f"{chart.key}-{size}")

    def png(self, chart: Chart) -> bytes:
        """A PNG at twice the drawn size."""
        if chart.key not in self._png:
            self.svg(chart)
            self._png[chart.key] = draw_png(self._svg[chart.key, "wide"])
        return self._png[chart.key]

    def raster(self, picture: Picture) -> bytes:
        """A given image as PNG or JPEG, which is all that office files take."""
        if picture.media_type != "image/svg+xml":
            return picture.data
        return draw_png(picture.data.decode())

    def draw(self, document: Document, *, png: bool = True, narrow: bool = True) -> None:
        """Draw every chart of `document` now, half of them in a side process."""
        charts = [block.chart for block in blocks_of(document) if isinstance(block, Figure)]
        wanted: list[tuple[tuple[str, Size], dict[str, Any], bool]] = []
        for chart in charts:
            if (chart.key, "wide") not in self._svg:
                wanted.append(((chart.key, "wide"), self._specification(chart, "wide"), png))
            if narrow and has_narrow(chart) and (chart.key, "narrow") not in self._svg:
                wanted.append(((chart.key, "narrow"), self._specification(chart, "narrow"), False))
        specifications = [(specification, as_png) for _, specification, as_png in wanted]
        if len(wanted) < _SIDE_FROM:
            drawn = draw_all(specifications)
        else:
            half = len(wanted) // 2
            other = Beside.start(draw_all, specifications[half:])
            try:
                drawn = draw_all(specifications[:half])
            except BaseException:
                other.stop()
                raise
            drawn += other.result()
        for (key, _, _), (svg, image) in zip(wanted, drawn, strict=True):
            self._svg[key] = svg
            if image:
                self._png[key[0]] = image

    def _specification(self, chart: Chart, size: Size) -> dict[str, Any]:
        """The chart's specification under the theme; what it configures itself comes first."""
        theme = chart_theme(Palette.of(self.look))
        specification = dict(chart.spec)
        specification["config"] = _merged(theme, specification.get("config", {}))
        if size == "narrow":
            specification["width"] = NARROW_WIDTH
            specification["autosize"] = {"type": "fit-x", "contains": "padding"}
        return specification


def has_narrow(chart: Chart) -> bool:
    """Whether a chart has to be drawn again for a narrow screen, and can be."""
    width = chart.spec.get("width")
    return chart.kind != "map" and isinstance(width, int | float) and width > READABLE_WIDTH


def draw_all(specifications: Iterable[tuple[dict[str, Any], bool]]) -> list[tuple[str, bytes]]:
    """SVG, and PNG where asked for, of each themed specification."""
    drawn = []
    for specification, as_png in specifications:
        svg = draw_svg(specification)
        drawn.append((svg, draw_png(svg) if as_png else b""))
    return drawn


def draw_svg(specification: Mapping[str, Any]) -> str:
    """One themed Vega-Lite specification as an `<svg>` element. Nothing is fetched for it."""
    _letters_known()
    svg = str(vl_convert.vegalite_to_svg(dict(specification), allowed_base_urls=[]))
    return _lean(svg)


def draw_png(svg: str) -> bytes:
    """A drawn SVG as PNG at `PNG_SCALE`."""
    _letters_known()
    return bytes(vl_convert.svg_to_png(svg, scale=PNG_SCALE))


@cache
def _letters_known() -> None:
    vl_convert.register_font_directory(str(letters.folder()))


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        merged[key] = _merged(below, value) if both and below is not None else value
    return merged


def _lean(svg: str) -> str:
    """Without the roles and labels of single marks: the figure as a whole has its words."""
    svg = re.sub(r' (?:aria-[a-z]+|role|pointer-events)="[^"]*"', "", svg)
    svg = re.sub(
        r'<path class="(?:back|fore)ground" d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>', "", svg
    )
    svg = re.sub(r' class="[^"]*"', "", svg)
    return re.sub(r"<g></g>|<g/>", "", svg)


def _own_ids(svg: str, prefix: str) -> str:
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}-", svg)
    return re.sub(r'href="#', f'href="#{prefix}-', svg)
