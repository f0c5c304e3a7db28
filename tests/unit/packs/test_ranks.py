"""Ranks in words: intervals, areas without data, arrows only where they hold, among three."""

from __future__ import annotations

from dataclasses import replace

from tests.results_fixture import measure
from tests.results_parts import AREA, PEERS, TO, compared, ranked

from saferboard.analytics.facts.fact import Interval
from saferboard.analytics.packs.ranks import moved_tag, rank_line, rank_words
from saferboard.analytics.packs.tallies import Tallies
from saferboard.documents.model import Tag, plain

SIMILAR = ranked("robbery", "similar", "Similar areas", PEERS)
COMMAND = ranked("robbery", "command", "Command unit", PEERS[:3])


def tallies():
    return Tallies(AREA, TO)


def result():
    year = compared("robbery", "year", 10, 12, "too few to tell")
    return measure("robbery", "Robbery", year, year)


def test_a_rank_has_its_likely_range():
    assert plain(rank_words(SIMILAR, tallies())) == "3rd of 7 (likely 2nd to 5th)"


def test_a_range_of_one_place_is_said_once():
    sure = replace(SIMILAR, rank=replace(SIMILAR.rank, interval=Interval(3, 3)))
    assert plain(rank_words(sure, tallies())) == "3rd of 7 (likely 3rd)"


def test_areas_without_data_are_counted_out():
    partly = replace(SIMILAR, of=15, with_data=7)
    said = plain(rank_words(partly, tallies()))
    assert said == "3rd of the 7 (of 15) that have data (likely 2nd to 5th)"


def test_among_three_the_rates_are_printed_and_no_range():
    line = plain(rank_line(result(), COMMAND, tallies()))
    assert line.startswith("Command unit: 3rd of 3; a year before 5th")
    assert "likely" not in line
    assert "(Brockmere 3.20, Chalford 3.53 and Alderwick 3.87 per 1,000 residents)" in line


def test_no_arrow_where_the_ranges_overlap():
    assert moved_tag(SIMILAR) == Tag("no clear change of place", "neutral", "–")
    assert moved_tag(replace(SIMILAR, moved="worse")) == Tag("worse than a year before", "bad", "▼")
    assert moved_tag(replace(SIMILAR, moved="not known")) is None


def test_a_rank_that_cannot_be_given_says_why():
    gone = replace(SIMILAR, rank=replace(SIMILAR.rank, value=None), missing="only one has data")
    assert plain(rank_words(gone, tallies())) == "only one has data"


def test_the_sizes_of_sets_are_facts_too():
    held = tallies()
    rank_words(replace(SIMILAR, of=15, with_data=7), held)
    assert {(fact.part, fact.value) for fact in held.facts()} == {
        ("similar-of", 15),
        ("similar-with-data", 7),
    }
