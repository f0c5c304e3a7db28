"""Similar areas, found in the open and with reasons.

The police's published groups of similar areas are data; this is the engine for everybody else:
the nearest areas by z-scored features of census and deprivation, each with the features on
which it is most and least alike (the approach of
CIPFA's nearest neighbours, in the open).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reason:
    """A feature (its column) and how far apart the two areas are on it, in standard deviations
    of all areas; positive where the neighbour has more."""

    feature: int
    apart: float


@dataclass(frozen=True)
class Neighbour:
    """An area (its row), its `distance` (root mean square of the differences, in standard
    deviations), the features on which it is most `alike`, and least."""

    area: int
    distance: float
    alike: tuple[Reason, ...]
    unlike: tuple[Reason, ...]


def z_scores(features: ArrayLike) -> Floats:
    """Each column of `features` (areas, features) less its mean over its standard deviation; nan
    stays nan, and a feature on which nobody differs is 0 for all."""
    values = np.asarray(features, dtype=float)
    if values.ndim != 2:
        raise ValueError("features must be a matrix of areas by features")
    known = ~np.isnan(values)
    count = np.maximum(known.sum(0), 1)
    centred = values - np.where(known, values, 0.0).sum(0) / count
    spread = np.sqrt((np.where(known, centred, 0.0) ** 2).sum(0) / count)
    varies = spread > 1e-12 * np.maximum(1.0, np.nanmax(np.abs(values), axis=0, initial=0.0))
    return np.asarray(np.where(varies, centred / np.where(varies, spread, 1.0), centred * 0))


def nearest(
    features: ArrayLike,
    index: int,
    k: int,
    *,
    weights: Sequence[float] | None = None,
    reasons: int = 3,
) -> list[Neighbour]:
    """The `k` areas nearest to the area in row `index`, nearest first, ties in row order.

    Two areas are compared on the features that both have, and on at least half of them, else
    not at all. `weights` (features,) say how much each counts.
    """
    scores = z_scores(features)
    areas, width = scores.shape
    if not 0 <= index < areas:
        raise ValueError(f"there is no area in row {index} of {areas}")
    weight = np.ones(width) if weights is None else np.asarray(weights, dtype=float)
    if weight.shape != (width,) or (weight < 0).any() or weight.sum() <= 0:
        raise ValueError("there must be one weight for each feature, not negative, not all zero")
    apart = scores - scores[index]
    known = ~np.isnan(apart)
    total = (known * weight).sum(1)
    squares = (np.where(known, apart, 0.0) ** 2 * weight).sum(1)
    enough = total >= weight.sum() / 2
    distance = np.where(enough, np.sqrt(squares / np.where(enough, total, 1.0)), np.inf)
    distance[index] = np.inf
    order = [int(row) for row in np.argsort(distance, kind="stable") if np.isfinite(distance[row])]
    return [_explained(row, float(distance[row]), apart[row], weight, reasons) for row in order[:k]]


def _explained(row: int, distance: float, apart: Floats, weight: Floats, reasons: int) -> Neighbour:
    used = [int(f) for f in np.flatnonzero(~np.isnan(apart) & (weight > 0))]
    by_gap = sorted(used, key=lambda feature: abs(float(apart[feature])))
    made = [Reason(feature, float(apart[feature])) for feature in by_gap]
    return Neighbour(row, distance, tuple(made[:reasons]), tuple(made[::-1][:reasons]))
