"""Charts as pictures: a Vega-Lite specification becomes SVG and PNG, once, for every format."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
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
# Folders of letters that the drawing library of this process knows; it forgets none.
_REGISTERED: set[Path] = set()


@dataclass(frozen=True)
class Job:
    """A themed specification to draw, or a drawing that is there already; as PNG too?"""

    of: Mapping[str, Any] | str
    png: bool = False


@dataclass
class Pictures:
    """The pictures of one document, drawn when first asked for and then kept.

    `draw` makes them ahead, in processes beside this one. A specification with a plain number as
    its `width` gets a second, narrow drawing for telephones; a map has only one.
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

    def size(self, chart: Chart) -> tuple[int, int]:
        """Width and height of the wide drawing, in whole pixels."""
        opening = self.svg(chart).split(">", 1)[0]
        _, _, width, height = opening.split('viewBox="', 1)[1].split('"', 1)[0].split()
        return round(float(width)), round(float(height))

    def specification(self, chart: Chart) -> dict[str, Any]:
        """The chart as Vega-Lite under the theme, for a browser that draws it itself."""
        return self._specification(chart, "wide")

    def raster(self, picture: Picture) -> bytes:
        """A given image as PNG or JPEG, which is all that office files take."""
        if picture.media_type != "image/svg+xml":
            return picture.data
        return draw_png(picture.data.decode())

    def draw(
        self, document: Document, *, png: bool = True, narrow: bool = True, processes: int = 2
    ) -> None:
        """Draw now what is missing of the charts of `document`; where that is much, in
        `processes` beside this one."""
        wanted: dict[tuple[str, Size], Job] = {}
        for chart in (block.chart for block in blocks_of(document) if isinstance(block, Figure)):
            held = self._svg.get((chart.key, "wide"))
            as_png = png and chart.key not in self._png
            if held is None:
                wanted[chart.key, "wide"] = Job(self._specification(chart, "wide"), as_png)
            elif as_png:
                wanted[chart.key, "wide"] = Job(held, True)
            if narrow and has_narrow(chart) and (chart.key, "narrow") not in self._svg:
                wanted[chart.key, "narrow"] = Job(self._specification(chart, "narrow"))
        drawn = _drawn(list(wanted.values()), processes)
        for (key, size), (svg, image) in zip(wanted, drawn, strict=True):
            self._svg[key, size] = svg
            if image:
                self._png[key] = image

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


def _drawn(jobs: Sequence[Job], processes: int) -> list[tuple[str, bytes]]:
    """What each job gives, in their order."""
    if len(jobs) < _SIDE_FROM:
        return draw_all(jobs, letters.folder())
    size = math.ceil(len(jobs) / processes)
    with letters.for_drawing() as folder:
        beside: list[Beside] = []
        try:
            for start in range(0, len(jobs), size):
                beside.append(Beside.start(draw_all, jobs[start : start + size], folder))
            return [one for side in beside for one in side.result()]
        except BaseException:
            for side in beside:
                side.stop()
            raise


def draw_all(jobs: Iterable[Job], folder: Path) -> list[tuple[str, bytes]]:
    """SVG, and PNG where asked for, of each job, with the letters that lie in `folder`."""
    _letters_in(folder)
    drawn = []
    for job in jobs:
        svg = job.of if isinstance(job.of, str) else draw_svg(job.of)
        drawn.append((svg, draw_png(svg) if job.png else b""))
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


def _letters_known() -> None:
    if not _REGISTERED:
        _letters_in(letters.folder())


def _letters_in(folder: Path) -> None:
    if folder not in _REGISTERED:
        vl_convert.register_font_directory(str(folder))
        _REGISTERED.add(folder)


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
