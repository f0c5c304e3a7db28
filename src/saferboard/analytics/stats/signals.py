"""The rules by which a point on a control chart is more than noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

RUN = 7
OUTSIDE = "outside the limits"
TWO_OF_THREE = "two of three near a limit"
ONE_SIDE = "seven in a row on one side"
TREND = "seven in a row rising or falling"


def signals(
    values: ArrayLike, centre: ArrayLike, lower: ArrayLike, upper: ArrayLike
) -> dict[int, str]:
    """Which rule holds at which position, the strongest where several do: outside the limits;
    two of three points beyond two thirds of the way to the same limit; seven in a row on one
    side of the centre; seven in a row each higher, or each lower, than the one before.

    All four are (n,); a run ends at a missing value (nan) and is marked where it is complete and
    for as long as it goes on. A limit of nan is no limit.
    """
    x, mid, low, high = (np.asarray(each, dtype=float) for each in (values, centre, lower, upper))
    found: dict[int, str] = {}
    for rule, positions in (
        (OUTSIDE, np.flatnonzero((x > high) | (x < low))),
        (TWO_OF_THREE, _two_of_three(x, mid, low, high)),
        (ONE_SIDE, _runs(np.sign(x - mid), RUN)),
        (TREND, _runs(np.sign(np.diff(x, prepend=np.nan)), RUN - 1)),
    ):
        for position in positions:
            found.setdefault(int(position), rule)
    return dict(sorted(found.items()))


def _two_of_three(x: Floats, mid: Floats, low: Floats, high: Floats) -> list[int]:
    above = x > mid + 2 / 3 * (high - mid)
    below = x < mid - 2 / 3 * (mid - low)
    return [
        end
        for end in range(2, len(x))
        if any(beyond[end] and beyond[end - 2 : end + 1].sum() >= 2 for beyond in (above, below))
    ]


def _runs(signs: Floats, length: int) -> list[int]:
    """Positions at which the same sign (not zero, not nan) has come `length` times running."""
    found, run, last = [], 0, 0.0
    for position, sign in enumerate(signs):
        if np.isnan(sign) or sign == 0:
            run, last = 0, 0.0
            continue
        run = run + 1 if sign == last else 1
        last = float(sign)
        if run >= length:
            found.append(position)
    return found
