"""What the months of a load leave out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from saferboard.vocabulary.period import Month


def gaps(months: Sequence[Month]) -> tuple[Month, ...]:
    """The months left out between the first and the last of `months`. None where no two of
    them follow each other: that is a yearly or quarterly series, not a monthly one with holes."""
    have = sorted(set(months))
    if not any(later - earlier == 1 for earlier, later in pairwise(have)):
        return ()
    return tuple(
        earlier + step for earlier, later in pairwise(have) for step in range(1, later - earlier)
    )
