"""A control chart: values round their centre, limits, and where a rule fired."""

from __future__ import annotations

from saferboard.analytics.charts.spec import (
    CENTRE,
    EXCEPTION,
    GAPS,
    LIMIT,
    MAIN,
    Spec,
    day_of,
    layered,
    month_axis,
    short_month,
    value_axis,
)
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, bound
from saferboard.analytics.measures.results import ControlChart
from saferboard.documents.model import Bound, Chart, ChartSeries

HEIGHT = 240


def control_chart(key: str, title: str, unit: str, control: ControlChart) -> Chart:
    """Centre and limits as lines, signals as marked points with the rule that fired."""
    axis = unit[:1].upper() + unit[1:]
    rows = [
        {
            "month": day_of(month),
            "value": control.values[at].value,
            "centre": control.centre[at].value,
            "lower": control.lower[at].value,
            "upper": control.upper[at].value,
            "signal": control.signals.get(at, ""),
            "label": bind(control.values[at]).display,
        }
        for at, month in enumerate(control.months)
    ]

    def line(field: str, look: Spec) -> Spec:
        return {
            "mark": {**look, **GAPS},
            "encoding": {"x": month_axis(3), "y": value_axis(field, axis)},
        }

    signals = {
        "transform": [{"filter": "datum.signal !== ''"}],
        "mark": EXCEPTION,
        "encoding": {"x": month_axis(3), "y": value_axis("value", axis)},
    }
    layers = [
        line("lower", LIMIT),
        line("upper", LIMIT),
        line("centre", CENTRE),
        line("value", MAIN),
        signals,
    ]
    return Chart(
        key=key,
        kind="line",
        spec=layered(rows, layers, height=HEIGHT, description=title),
        categories=tuple(short_month(month) for month in control.months),
        series=(
            ChartSeries(axis, _given(control.values), "main"),
            ChartSeries("Centre", _given(control.centre), "centre"),
            ChartSeries("Lower limit", _given(control.lower), "limit"),
            ChartSeries("Upper limit", _given(control.upper), "limit"),
        ),
        category_title="Month",
        value_title=axis,
        marks=dict(control.signals),
    )


def _given(facts: tuple[Fact, ...]) -> tuple[Bound | None, ...]:
    return tuple(bound(fact) if fact.value is not None else None for fact in facts)
