"""A ward's rate in words: its range, its place, and whether it is off the rate of all wards."""

from __future__ import annotations

from saferboard.analytics.facts.format import bound
from saferboard.analytics.measures.results import Breakdown, BreakdownRow, MeasureResult
from saferboard.analytics.packs.tallies import Tallies
from saferboard.analytics.packs.writing import words
from saferboard.documents.model import Inlines, Label, Tag, Tone


def has_rates(wards: Breakdown) -> bool:
    """Whether any ward has a rate."""
    return any(row.rate is not None and row.rate.value is not None for row in wards.rows)


def steadied_words(row: BreakdownRow) -> Inlines:
    """`4.2 (3.1 to 4.9)`: the rate once it is drawn toward the others by as much as its smallness
    asks, with the likely range of the real one."""
    held = row.shrunk
    if held is None or held.value is None:
        return ()
    if held.interval is None:
        return (bound(held),)
    return words(bound(held), " (", bound(held, "low"), " to ", bound(held, "high"), ")")


def place_words(row: BreakdownRow) -> Inlines:
    """`3rd (1st to 9th)`: the place with its likely range; empty where the ward has none."""
    rank = row.rank
    if rank is None or rank.value is None:
        return ()
    if rank.interval is None:
        return (bound(rank),)
    if rank.interval.low == rank.interval.high:
        return words(bound(rank), " (", bound(rank, "low"), ")")
    return words(bound(rank), " (", bound(rank, "low"), " to ", bound(rank, "high"), ")")


def place_among(wards: Breakdown, row: BreakdownRow, tallies: Tallies) -> Inlines:
    """`3rd of 24 (1st to 9th)`, where the number of wards stands in no heading."""
    rank = row.rank
    if rank is None or rank.value is None:
        return ()
    total = tallies.count("wards-ranked", wards.ranked, measure=rank.measure, period=rank.period)
    first, *rest = place_words(row)
    return words(first, " of ", total, rest)


def against_all(result: MeasureResult, row: BreakdownRow) -> Tag | Label | None:
    """Whether the real rate is clearly off that of all wards, with the tone of better or worse."""
    if not row.differs:
        return None
    if row.differs == "not clear":
        return Label("not different")
    tone: Tone = "neutral"
    if result.polarity != "neither":
        worse = (row.differs == "higher") == (result.polarity == "lower-is-better")
        tone = "bad" if worse else "good"
    return Tag(row.differs, tone, "▲" if row.differs == "higher" else "▼")
