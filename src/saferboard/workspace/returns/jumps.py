"""Whether a figure jumped: more than chance, and the figure's own unrest, explain.

The dispersion of a series of counts is estimated from its successive differences: for counts with
variance phi times their mean, (y2 - y1)² / (y2 + y1) has the expectation phi where the mean is the
same (von Neumann, Kent, Bellinson and Hart 1941, for the ratio of successive differences). The
median, divided by that of chi-squared on one degree of freedom, is taken and not the mean, so that
a jump in the past does not hide the next one. Simulated on series of 5 to 20 periods with means of
20 to 800, a query is raised in vain at most 0.3 times in 100 where counts vary as chance has it, 1
where they vary twice and 2.3 where they vary four times as much.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Sequence

from saferboard.analytics.stats import change, dispersion

MEDIAN_OF_CHI = 0.45493642311957283
FEWEST_PAIRS = 4
LEAST = 5.0
"""A change of fewer things than this is never asked about."""
POINTS = 10.0
"""Percentages without a base are asked about from so many points on."""
INDEX_PERCENT = 25.0
"""Figures that are neither count nor percentage, from so many per cent on."""


def unrest(values: Sequence[float]) -> float:
    """The dispersion of counts in order of time, never under 1; what is assumed elsewhere (1.5)
    where there are fewer than five."""
    pairs = [(old, new) for old, new in itertools.pairwise(values) if old + new > 0]
    if len(pairs) < FEWEST_PAIRS:
        return dispersion.ASSUMED
    squares = [(new - old) ** 2 / (new + old) for old, new in pairs]
    return max(1.0, statistics.median(squares) / MEDIAN_OF_CHI)


def count_jumped(
    now: float, before: float, days: int, days_before: int, phi: float, rare: float
) -> bool:
    """Whether chance brings such a change about less often than `rare` (a share of times), and it
    is a change of at least five."""
    ratio = change.compare_counts(now, before, days, days_before, phi)
    return ratio.p < rare and abs(now - ratio.expected) >= LEAST


def percentage_jumped(
    now: float, base: float | None, before: float, base_before: float | None, rare: float
) -> bool:
    """The same for percentages over their bases; by points where a base is missing."""
    if not base or not base_before or max(now, before) > 100:
        return abs(now - before) >= POINTS
    return change.compare_percentages(now, base, before, base_before).p < rare


def index_jumped(now: float, before: float) -> bool:
    """Whether a figure of another kind changed by a quarter."""
    if before == 0:
        return now != 0
    return abs(now / before - 1) * 100 >= INDEX_PERCENT and not math.isclose(now, before)
