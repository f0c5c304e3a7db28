"""The control chart that fits a measure: on seasonally adjusted counts, or on proportions."""

from __future__ import annotations

import math

import numpy as np

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.measures.facts import Maker
from saferboard.analytics.measures.frame import Frame
from saferboard.analytics.measures.results import ControlChart
from saferboard.analytics.stats import control
from saferboard.vocabulary.period import Month, Period

_FEWEST = 8  # points: with fewer there is no variation to draw limits from


def control_of(frame: Frame, maker: Maker, months: int) -> ControlChart | None:
    """The chart of the last `months`, or None: too few of them, or events so rare that months
    make no chart."""
    trend, comparable = frame.trend, frame.comparable
    if trend is None or comparable is None:
        return None
    row = frame.row(maker.area.code)
    counts = comparable[row]
    phi = frame.phi(maker.area.code).phi
    shown = slice(max(0, len(counts) - months), None)
    spell = trend.months[shown]
    present = ~np.isnan(counts[shown])
    if present.sum() < _FEWEST:
        return None
    # Months before the first that is comparable are no part of the chart.
    first = int(np.argmax(present))
    shown = slice(shown.start + first, None)
    spell = spell[first:]
    mean = float(np.nanmean(counts[shown]))
    kind = control.choose_chart(mean, phi=phi, proportion=frame.is_rate_of_outcomes)
    if kind in ("p", "laney-p"):
        return _proportions(frame, maker, row, shown, spell, laney=kind == "laney-p")
    if kind != "xmr":
        return None
    adjusted = frame.adjusted(maker.area.code)
    if adjusted is None:
        return None
    return _facts(maker, control.xmr(adjusted[shown]), spell, trend.vintages, 1.0)


def _proportions(
    frame: Frame,
    maker: Maker,
    row: int,
    shown: slice,
    spell: tuple[Month, ...],
    *,
    laney: bool,
) -> ControlChart | None:
    base = frame.trend_base
    if base is None or frame.comparable is None:
        return None
    events, bases = frame.comparable[row][shown], base.counts[row][shown]
    sound = np.isfinite(events) & np.isfinite(bases) & (bases > 0)
    # More outcomes than offences in a month is no proportion (quirk 15).
    if sound.sum() < _FEWEST or (events[sound] > bases[sound]).any():
        return None
    # A month without a figure has no event; what its base would be does not matter.
    events, bases = np.where(sound, events, math.nan), np.where(sound, bases, 1.0)
    chart = control.laney_p(events, bases) if laney else control.p_chart(events, bases)
    return _facts(maker, chart, spell, base.vintages, 100.0)


def _facts(
    maker: Maker,
    chart: control.Chart,
    spell: tuple[Month, ...],
    loads: tuple[str, ...],
    scale: float,
) -> ControlChart:
    unit = "%" if scale == 100.0 else maker.definition.unit.many
    periods = [Period.of_months(month, month) for month in spell]

    def line(values: control.Floats, part: str) -> tuple[Fact, ...]:
        return tuple(
            maker.fact(
                "limit",
                period,
                None if math.isnan(value) else float(value) * scale,
                unit=unit,
                part=f"control-{part}",
                missing="no comparable figure" if math.isnan(value) else None,
                vintages=loads,
            )
            for period, value in zip(periods, values, strict=True)
        )

    return ControlChart(
        chart.kind,
        spell,
        line(chart.values, "value"),
        line(chart.centre, "centre"),
        line(chart.lower, "lower"),
        line(chart.upper, "upper"),
        chart.signals,
        chart.trial,
    )
