"""Everything that a sentence or a row claims, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from saferboard.papercheck.claims.amount import Amount, amounts
from saferboard.papercheck.claims.bounds import Bounds, bounds
from saferboard.papercheck.claims.counted import Counted, counts
from saferboard.papercheck.claims.mask import Masked, masked
from saferboard.papercheck.claims.move import Move, moves
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.portion import (
    Fraction,
    PartsOf,
    Portion,
    SharesOf,
    fractions,
    listed_parts,
    listed_shares,
    portions,
)
from saferboard.papercheck.claims.rank import Rank, ranks
from saferboard.papercheck.claims.rate import Rate, rates
from saferboard.papercheck.claims.row import Row, row
from saferboard.papercheck.claims.timespan import Timespan, timespans


@dataclass(frozen=True)
class Statement:
    """What words claim, by kind; a figure may stand in several kinds. `row` where the words
    are a row of a table on one line."""

    masked: Masked
    moves: tuple[Move, ...]
    portions: tuple[Portion, ...]
    shares: tuple[SharesOf, ...]
    parts: tuple[PartsOf, ...]
    fractions: tuple[Fraction, ...]
    ranks: tuple[Rank, ...]
    rates: tuple[Rate, ...]
    amounts: tuple[Amount, ...]
    bounds: tuple[Bounds, ...]
    counts: tuple[Counted, ...]
    spans: tuple[Timespan, ...]
    row: Row | None

    @property
    def percentages(self) -> tuple[Number, ...]:
        """Every percentage, whatever it is said of."""
        return tuple(
            token.number for token in self.masked.tokens if token.letter == "p" and token.number
        )


@lru_cache(maxsize=4096)
def statement(text: str) -> Statement:
    """Reads a passage (cleaned words). Linear in its length; never raises."""
    mask = masked(text)
    return Statement(
        mask,
        moves(mask),
        portions(mask),
        tuple(listed_shares(mask)),
        tuple(listed_parts(mask)),
        tuple(fractions(mask)),
        ranks(mask),
        rates(mask),
        amounts(mask),
        bounds(text),
        counts(mask),
        timespans(text),
        row(text),
    )
