"""Charts that can be edited in PowerPoint, from the plain data of a chart."""

from __future__ import annotations

import math
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from saferboard.documents.model import Chart, ChartSeries
from saferboard.documents.render.plain_charts import (
    LINE_WEIGHTS,
    drawn_series,
    lengths,
    limits,
    raw,
    value_title,
)
from saferboard.documents.themes.chart_theme import line_colours
from saferboard.documents.themes.palette import INK, QUIET_INK, Palette
from saferboard.documents.themes.slides import rgb

NATIVE = ("line", "bar", "column", "interval", "funnel")
_TYPES = {
    "line": XL_CHART_TYPE.LINE,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "interval": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "funnel": XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
}
# Letters of a chart, in points, and the line that they need; the names of two bars touch where
# they have less than their letters' own height. The axis of values, with its title, takes some.
_MOST, _LEAST, _LINE, _TOUCHING, _AXIS = 11.0, 10.0, 1.15, 0.93, 60.0
# A year has to fit in one month's width where a program shows every label.
_MANY_LABELS = 10.0
_DASHES = {"limit": MSO_LINE.DASH, "comparison": MSO_LINE.ROUND_DOT}


def add_chart(
    shapes: Any, chart: Chart, place: tuple[int, int, int, int], palette: Palette, height: float
) -> Any:
    """Add `chart` as a native chart, `height` points high; gives its frame.

    Letters have ten points or more. Where bars are so many that their names would touch, every
    second (or third …) has one, and the marked ones carry theirs themselves.

    Limits of bars (role `limit`, lower then upper) are error bars on the first series. A value
    that is missing or suppressed is a gap.
    """
    size, step = _letters(chart, height)
    shown = drawn_series(chart)
    data = _points(chart) if chart.across else _by_category(chart)
    frame = shapes.add_chart(_TYPES[chart.kind], *place, data)
    drawn = frame.chart
    drawn.font.size = Pt(size)
    drawn.font.color.rgb = rgb(INK)
    drawn.has_title = False
    drawn.has_legend = len(shown) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    _axes(drawn, chart, size, step)
    for series, native in zip(shown, drawn.plots[0].series, strict=True):
        if chart.across:
            _scattered(series, native, palette)
        elif chart.kind == "line":
            _line(chart, series, native, palette)
        else:
            _bars(chart, series, native, palette, alone=len(shown) == 1)
    if chart.kind != "line" and not chart.across:
        drawn.plots[0].gap_width = 45
    if limits(chart):
        _intervals(chart, drawn.plots[0].series[0])
    if step > 1:
        _names(chart, drawn.plots[0].series[0], size, step)
    return frame


def _letters(chart: Chart, height: float) -> tuple[float, int]:
    """The size of a chart's letters, and which of its bars have a name: 1 for every one."""
    if chart.kind not in ("bar", "interval"):
        return _MOST, 1
    pitch = (height - _AXIS) / max(1, len(chart.categories))
    size = max(_LEAST, min(_MOST, pitch / _LINE))
    return size, max(1, math.ceil(size * _TOUCHING / max(pitch, 1.0)))


def _names(chart: Chart, native: Any, size: float, step: int) -> None:
    """The names of marked bars that the axis passes over, at the bars themselves."""
    for position in chart.marks:
        if position % step:
            words = native.points[position].data_label.text_frame
            words.text = chart.categories[position]
            words.paragraphs[0].runs[0].font.size = Pt(size)


def _by_category(chart: Chart) -> CategoryChartData:
    shown = drawn_series(chart)
    data = CategoryChartData(number_format=_code(shown[0]))
    data.categories = chart.categories
    for series in shown:
        data.add_series(series.name, [raw(point) for point in series.points], _code(series))
    return data


def _points(chart: Chart) -> XyChartData:
    """Every series as points over how far along its categories stand."""
    data = XyChartData()
    for series in drawn_series(chart):
        own = data.add_series(series.name, _code(series))
        for place, point in zip(chart.across, series.points, strict=True):
            along, up = raw(place), raw(point)
            if along is not None and up is not None:
                own.add_data_point(along, up)
    return data


def _code(series: ChartSeries) -> str:
    codes = [point.code for point in series.points if point is not None]
    return codes[0] if codes else "General"


def _axes(drawn: Any, chart: Chart, size: float, step: int) -> None:
    value, category = drawn.value_axis, drawn.category_axis
    value.major_gridlines.format.line.color.rgb = rgb("#dfe5e8")
    value.format.line.fill.background()
    value.tick_labels.font.size = category.tick_labels.font.size = Pt(size)
    category.format.line.color.rgb = rgb(QUIET_INK)
    if chart.across:
        category.has_major_gridlines = False
        category.minimum_scale = 0
        category.tick_labels.number_format = "#,##0"
        category.tick_labels.number_format_is_linked = False
        _titled(category, chart.category_title, size)
        _titled(value, chart.value_title, size)
        return
    # Upright: programs that show every label would slant them and leave the chart no room.
    category._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("rot", "0")
    points = [raw(point) for series in chart.series for point in series.points]
    if all(point is None or point >= 0 for point in points):
        value.minimum_scale = 0
    title = value_title(chart)
    if title:
        _titled(value, title, size)
    if chart.kind in ("bar", "interval"):
        category.reverse_order = True
        # The order is turned so that the first stands on top; its axis goes to the far end.
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        _every_label(category, step)
    elif chart.kind == "line" and len(chart.categories) > 8:
        _every_label(category, 3 if len(chart.categories) < 20 else 6)
        category.tick_labels.font.size = Pt(min(size, _MANY_LABELS))


def _titled(axis: Any, title: str, size: float) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = title
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(size), False
    font.color.rgb = rgb(QUIET_INK)


def _every_label(axis: Any, step: int) -> None:
    element = axis._element
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        for old in element.findall(qn(name)):
            element.remove(old)
        new = etree.SubElement(element, qn(name), val=str(step))
        after = element.find(qn("c:noMultiLvlLbl"))
        if after is not None:
            after.addprevious(new)


def _scattered(series: ChartSeries, native: Any, palette: Palette) -> None:
    """Areas are points without a line, limits and averages lines without points."""
    colour = rgb(line_colours(palette)[series.role])
    native.smooth = False
    if series.role in ("main", "highlight"):
        native.format.line.fill.background()
        if series.role == "highlight":
            _diamond(native.marker, palette)
            return
        native.marker.style, native.marker.size = XL_MARKER_STYLE.CIRCLE, 6
        native.marker.format.fill.solid()
        native.marker.format.fill.fore_color.rgb = colour
        native.marker.format.line.fill.background()
        return
    native.marker.style = XL_MARKER_STYLE.NONE
    native.format.line.color.rgb = colour
    native.format.line.width = Pt(1.25)
    if series.role in _DASHES:
        native.format.line.dash_style = _DASHES[series.role]


def _line(chart: Chart, series: ChartSeries, native: Any, palette: Palette) -> None:
    colour = line_colours(palette)[series.role]
    native.smooth = False
    native.format.line.color.rgb = rgb(colour)
    native.format.line.width = Pt(LINE_WEIGHTS.get(series.role, 1.0))
    if series.role in _DASHES:
        native.format.line.dash_style = _DASHES[series.role]
    native.marker.style = XL_MARKER_STYLE.NONE
    highlighted = any(other.role == "highlight" for other in chart.series)
    if series.role == "highlight":
        native.format.line.fill.background()
        _diamond(native.marker, palette)
    elif series.role == "main" and not highlighted:
        for position in chart.marks:
            if raw(series.points[position]) is not None:
                _diamond(native.points[position].marker, palette)


def _diamond(marker: Any, palette: Palette) -> None:
    marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 11
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(palette.accent)
    marker.format.line.color.rgb = rgb(INK)


def _bars(chart: Chart, series: ChartSeries, native: Any, palette: Palette, *, alone: bool) -> None:
    colours = line_colours(palette)
    plain = "muted" if alone and chart.marks else series.role
    native.invert_if_negative = False
    native.format.fill.solid()
    native.format.fill.fore_color.rgb = rgb(colours[plain])
    if not alone:
        return
    for position in chart.marks:
        fill = native.points[position].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(palette.accent)


def _intervals(chart: Chart, native: Any) -> None:
    """Error bars from the limits: lengths below and above each bar's end."""
    reach = lengths(chart)
    if reach is None:
        return
    plus, minus = reach
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"

    def numbers(name: str, values: list[float]) -> str:
        points = "".join(
            f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(values)
        )
        return (
            f"<c:{name}><c:numLit><c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{len(values)}"/>{points}</c:numLit></c:{name}>'
        )

    bars = etree.fromstring(
        f'<c:errBars xmlns:c="{space}" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"{numbers('plus', plus)}{numbers('minus', minus)}"
        f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{INK[1:].upper()}"/>'
        f"</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    native._element.find(qn("c:cat")).addprevious(bars)
