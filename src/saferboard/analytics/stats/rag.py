"""Red, amber, green: from what the changes mean, and the way of 2017 from their signs.

With nothing changing at all, signs alone give amber almost always: twelve coin tosses are hardly
ever all heads. The board's rating therefore reads verdicts; the old one stays, labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from saferboard.vocabulary.verdict import Effect, Polarity

Rating = Literal["green", "amber", "red", "grey"]
Basis = Literal["verdicts", "signs, as in 2017"]

RED_SHARE_NUMERATOR, RED_SHARE_DENOMINATOR = 3, 4
NEARLY_ALL = 0.9  # 2017 wrote “all or nearly all negative”: nine in ten is our reading


@dataclass(frozen=True)
class Tally:
    """How many indicators showed what; `not_rated` ones have no say."""

    better: int
    worse: int
    no_clear_change: int
    not_rated: int

    @property
    def rated(self) -> int:
        return self.better + self.worse + self.no_clear_change


def tally(effects: Sequence[Effect]) -> Tally:
    """Count the effects."""
    return Tally(
        effects.count("better"),
        effects.count("worse"),
        effects.count("no clear change"),
        effects.count("not rated"),
    )


def rate(effects: Sequence[Effect]) -> tuple[Rating, Tally]:
    """The rating from verdicts. No clear indicator: grey, steady. Green: some better, none
    worse. Red: none better, and worse at least three quarters of all rated. Else amber."""
    counts = tally(effects)
    if counts.better == 0 and counts.worse == 0:
        return "grey", counts
    if counts.worse == 0:
        return "green", counts
    enough = RED_SHARE_DENOMINATOR * counts.worse >= RED_SHARE_NUMERATOR * counts.rated
    if counts.better == 0 and enough:
        return "red", counts
    return "amber", counts


def sign_effect(change: float | None, polarity: Polarity) -> Effect:
    """What the sign of `change` says by itself: any fall of what should be low is better. A
    change of exactly zero is neither; no change to read (None) is not rated."""
    if change is None or change != change or polarity == "neither":
        return "not rated"
    if change == 0:
        return "no clear change"
    return "better" if (change < 0) == (polarity == "lower-is-better") else "worse"


def by_signs(
    changes: Sequence[float | None], polarities: Sequence[Polarity] | Polarity
) -> tuple[Rating, Tally]:
    """The rating of 2017: green when all indicators are positive, red when all or nearly all
    (nine in ten) are negative, else amber; grey only when there is none. Label it so."""
    if isinstance(polarities, str):
        polarities = [polarities] * len(changes)
    counts = tally([sign_effect(c, p) for c, p in zip(changes, polarities, strict=True)])
    return _of_signs(counts), counts


def by_sign_effects(effects: Sequence[Effect]) -> tuple[Rating, Tally]:
    """`by_signs` where the signs have been read already (ranks moved, months flagged)."""
    counts = tally(effects)
    return _of_signs(counts), counts


def _of_signs(counts: Tally) -> Rating:
    if counts.rated == 0:
        return "grey"
    if counts.better == counts.rated:
        return "green"
    if counts.worse >= NEARLY_ALL * counts.rated:
        return "red"
    return "amber"
