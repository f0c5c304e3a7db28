"""A wide table in memory: labels by row, counts by row and month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saferboard.vocabulary.period import Month


@dataclass(frozen=True)
class Wide:
    """`labels` holds a text per row for each role of the header; `counts` is a matrix of rows
    by months, never negative, never missing."""

    labels: Mapping[str, list[str]]
    months: tuple[Month, ...]
    counts: NDArray[np.int64]

    @property
    def rows(self) -> int:
        return int(self.counts.shape[0])


def crime_system_of(wide: Wide) -> str:
    """`2` where the labels are written as the crime system until February 2024 wrote them,
    `3` where they stand in capitals as its successor writes them: a file of one restates
    what a file of the other said, and the two are no history and continuation."""
    return "3" if all(major == major.upper() for major in wide.labels["major"]) else "2"
