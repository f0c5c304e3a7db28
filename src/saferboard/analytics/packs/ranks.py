"""Ranks in words: the place, the likely range, last year's, and an arrow only where it holds."""

from __future__ import annotations

from saferboard.analytics.facts.format import bound, unit_words
from saferboard.analytics.measures.results import MeasureResult, RankResult
from saferboard.analytics.packs.tallies import Tallies
from saferboard.analytics.packs.writing import listed, words
from saferboard.documents.model import Inlines, Label, Tag

_FEW = 3


def rank_words(ranking: RankResult, tallies: Tallies) -> Inlines:
    """`14th of 32 (likely 9th to 20th)`; `5th of the 7 (of 15) that have data`; else why none."""
    rank = ranking.rank
    if rank.value is None:
        return (Label(ranking.missing),) if ranking.missing else (bound(rank),)
    total = _tally(ranking, tallies, "of", ranking.of)
    if ranking.with_data < ranking.of:
        place = words(
            bound(rank),
            " of the ",
            _tally(ranking, tallies, "with-data", ranking.with_data),
            " (of ",
            total,
            ") that have data",
        )
    else:
        place = words(bound(rank), " of ", total)
    if rank.interval is None or ranking.with_data <= _FEW:
        return place
    if rank.interval.low == rank.interval.high:
        return words(place, " (likely ", bound(rank, "low"), ")")
    return words(place, " (likely ", bound(rank, "low"), " to ", bound(rank, "high"), ")")


def rank_line(result: MeasureResult, ranking: RankResult, tallies: Tallies) -> Inlines:
    """A whole line for a measure's page: the set, the place, last year's, what moved; among
    three areas or fewer the rates themselves."""
    line = words(
        Label(ranking.title[:1].upper() + ranking.title[1:]), ": ", rank_words(ranking, tallies)
    )
    if ranking.rank.value is None:
        return words(line, ". ", Label(ranking.note)) if ranking.note else line
    if ranking.previous is not None and ranking.previous.value is not None:
        line = words(line, "; a year before ", bound(ranking.previous))
        mark = moved_tag(ranking)
        line = words(line, " ", mark) if mark else line
    if ranking.with_data <= _FEW:
        rates = listed(
            words(Label(peer.area_name), " ", bound(peer.fact))
            for peer in ranking.peers
            if peer.fact.value is not None
        )
        unit = unit_words(ranking.peers[0].fact) if ranking.peers else ""
        line = words(line, " (", rates, Label(f" {unit}") if unit else None, ")")
    return words(line, ". ", Label(ranking.note)) if ranking.note else line


def moved_tag(ranking: RankResult) -> Tag | None:
    """An arrow where the likely ranges of the two years do not overlap, else plain words."""
    match ranking.moved:
        case "better":
            return Tag("better than a year before", "good", "▲")
        case "worse":
            return Tag("worse than a year before", "bad", "▼")
        case "no clear change":
            return Tag("no clear change of place", "neutral", "–")
        case "not known":
            return None


def best_words(result: MeasureResult) -> str:
    """What first place means for this measure, and where the chart has it."""
    if result.polarity == "higher-is-better":
        return "First, at the top, is the highest, which is the best."
    if result.polarity == "lower-is-better":
        return "First, at the top, is the lowest, which is the best."
    return "First, at the top, is the lowest; neither high nor low is better in itself."


def _tally(ranking: RankResult, tallies: Tallies, what: str, value: int) -> Inlines:
    rank = ranking.rank
    part = f"{ranking.area_set}-{what}"
    return (tallies.count(part, value, measure=rank.measure, period=rank.period),)
