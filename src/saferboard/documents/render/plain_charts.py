"""What a native chart of a slide or a workbook draws of a chart's plain data."""

from __future__ import annotations

from saferboard.documents.model import Bound, Chart, ChartSeries

# Charts of lines and points, which draw every series.
CURVES = ("line", "funnel")
LINE_DASHES = {"limit": "dash", "comparison": "round_dot"}
LINE_WEIGHTS = {"main": 2.5, "highlight": 2.75, "comparison": 2.0}


def drawn_series(chart: Chart) -> tuple[ChartSeries, ...]:
    """The series drawn as such. Beside bars, limits are error bars, and a series that is one
    and the same figure throughout (an average) is told in the axis title."""
    if chart.kind in CURVES:
        return chart.series
    return tuple(
        series
        for series in chart.series
        if series.role not in ("limit", "centre") and not _flat(series)
    )


def limits(chart: Chart) -> tuple[ChartSeries, ChartSeries] | None:
    """The lower and the upper limits of bars, if the chart has them."""
    found = [series for series in chart.series if series.role == "limit"]
    if chart.kind in CURVES or len(found) != 2:
        return None
    return found[0], found[1]


def value_title(chart: Chart) -> str:
    """The title of the axis of values, with the average of the set where there is one."""
    flat = [series for series in chart.series if chart.kind not in CURVES and _flat(series)]
    shown = [
        f"{series.name}: {point.display}"
        for series in flat
        for point in series.points[:1]
        if point is not None
    ]
    return ". ".join(filter(None, (chart.value_title, *shown)))


def raw(point: Bound | None) -> float | int | None:
    """The number behind a point, if it has one."""
    if point is None or isinstance(point.value, str):
        return None
    return point.value


def lengths(chart: Chart) -> tuple[list[float], list[float]] | None:
    """How far error bars reach above and below each bar; nothing where an end is unknown."""
    ends = limits(chart)
    if ends is None:
        return None
    middle = [raw(point) for point in chart.series[0].points]
    below, above = ([raw(point) for point in series.points] for series in ends)
    plus = [_length(low, high) for low, high in zip(middle, above, strict=True)]
    minus = [_length(low, high) for low, high in zip(below, middle, strict=True)]
    return plus, minus


def _flat(series: ChartSeries) -> bool:
    facts = {point.fact if point is not None else None for point in series.points}
    return len(series.points) > 1 and len(facts) == 1 and None not in facts


def _length(low: float | int | None, high: float | int | None) -> float:
    return 0.0 if low is None or high is None else max(0.0, float(high) - float(low))
