"""Whether a printed percentage can be what two printed figures give, rounded as people round.

- A whole or decimal percentage is accepted when the true one lies within half a unit of its
  last digit (13.26 may be printed 13.3 or 13), or when it was cut off instead (13.9 as 13).
- Figures that are themselves rounded (£1.2m, 61.5%) give a range; any value of it will do.
- “about”, “around”, “approximately”: one unit of the last digit or a tenth of the printed
  value, whichever is more.
- “over”, “more than”, “at least”: not below the printed value (half a unit is forgiven), and
  not above it by half as much again.
- “nearly”, “almost”, “under”, “up to”: not above the printed value, and not below four fifths.
"""

from __future__ import annotations

from saferboard.papercheck.claims.number import Number

EPSILON = 1e-9
ABOUT = 0.10
OVER = 1.5
UNDER = 0.8


def change_range(before: Number, after: Number) -> tuple[float, float] | None:
    """Least and greatest change in per cent that the two figures allow; None where the
    earlier one is or may be zero (zero has no percentage)."""
    low_before, high_before = before.value - before.half, before.value + before.half
    if low_before <= 0:
        return None
    low = 100 * ((after.value - after.half) / high_before - 1)
    high = 100 * ((after.value + after.half) / low_before - 1)
    return (low, high)


def share_range(part: Number, whole: Number) -> tuple[float, float] | None:
    """Least and greatest share in per cent that the two figures allow."""
    low_whole, high_whole = whole.value - whole.half, whole.value + whole.half
    if low_whole <= 0:
        return None
    return (100 * (part.value - part.half) / high_whole, 100 * (part.value + part.half) / low_whole)


def sizes(low: float, high: float) -> tuple[float, float]:
    """The range of the absolute values of [low, high]."""
    if low <= 0 <= high:
        return (0.0, max(-low, high))
    return (min(abs(low), abs(high)), max(abs(low), abs(high)))


def agrees(low: float, high: float, printed: Number) -> bool:
    """Whether some true value in [low, high] can have been printed as `printed` (both as
    sizes, without sign)."""
    value, step = abs(printed.value), printed.step
    scale = max(1.0, abs(value))
    match printed.approx:
        case "about":
            slack = max(step, ABOUT * value)
            least, most = value - slack, value + slack
        case "over":
            least, most = value - step / 2, max(value * OVER, value + step)
        case "under":
            least, most = value * UNDER, value + step / 2
        case _:
            least, most = value - step / 2, value + step - 3 * EPSILON * scale
    return low <= most + EPSILON * scale and high >= least - EPSILON * scale


def shown(value: float, like: Number) -> str:
    """`value` with as many decimals as `like` was printed with."""
    places = 0
    step = like.step
    while step < 0.999 and places < 4:
        step *= 10
        places += 1
    return f"{value:,.{places}f}"


def cut_off(low: float, high: float, printed: Number) -> bool:
    """Whether `printed` can only have come from a true value in [low, high] by cutting off."""
    value, step = abs(printed.value), printed.step
    if printed.approx or not agrees(low, high, printed):
        return False
    slack = EPSILON * max(1.0, value)
    return low > value + step / 2 + slack
