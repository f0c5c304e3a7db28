"""What counts as too small, and the words that stand in its place."""

from __future__ import annotations

from dataclasses import dataclass

from saferboard.vocabulary.problem import Problem

THRESHOLDS = (5, 7, 10)
WITHHELD = "withheld so that a small number cannot be worked out"


@dataclass(frozen=True)
class Rule:
    """Counts of 1 to `threshold` - 1 are suppressed. A zero is suppressed where it discloses (all
    the people of a row are in one other cell), or always with `zeros_always`. `rounding` 5
    rounds what is shown to the nearest 5. Raises Problem for a threshold that is not 5, 7 or 10."""

    threshold: int = 5
    zeros_always: bool = False
    rounding: int | None = None

    def __post_init__(self) -> None:
        if self.threshold not in THRESHOLDS:
            raise Problem(
                f"{self.threshold} is not a threshold for small numbers.",
                remedy="Choose 5, 7 or 10.",
            )
        if self.rounding is not None and self.rounding < 2:
            raise Problem(f"Counts cannot be rounded to {self.rounding}.", remedy="Choose 5.")

    @property
    def words(self) -> str:
        """What a reader sees instead of a small number."""
        return f"fewer than {self.threshold}"

    def is_small(self, value: float) -> bool:
        """Whether a count is suppressed for its own sake."""
        return 0 < value < self.threshold or (value == 0 and self.zeros_always)

    def rounded(self, value: float) -> float:
        """A shown count, rounded to the nearest multiple (halves upward) if the rule says so."""
        if self.rounding is None:
            return value
        return self.rounding * int(value / self.rounding + 0.5)
