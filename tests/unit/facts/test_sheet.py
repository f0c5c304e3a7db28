"""The fact sheet comes back from its JSON as it was, and its bytes do not change."""

from __future__ import annotations

import pytest

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

YEAR = Period.year_to(Month(2023, 12))
AUTUMN = Period(YEAR.start, YEAR.end, "autumn 2023")
FACTS = (
    Fact("count", "robbery", "E1", "Aford", YEAR, 0, "offences", vintages=("load-1",)),
    Fact("count", "robbery", "E2", "Bford", YEAR, None, "offences", suppressed=True, missing="few"),
    Fact("tally", "pack", "E1", "Aford", YEAR, 3, "", part="better"),
    Fact("percentage", "trust", "E1", "Aford", AUTUMN, 67.0, "%", n=1203, against=YEAR),
    Fact("rate", "robbery", "E1", "Aford", YEAR, 1.5, "offences", per=1000, of="residents",
         interval=Interval(1.2, 1.9)),
)  # fmt: skip


def test_what_was_written_is_read_again():
    sheet = FactSheet(FACTS, {"load-1": {"publisher": "P"}}, {"pack": "performance"})
    back = FactSheet.from_json(sheet.to_json())
    assert list(back) == sorted(FACTS, key=lambda fact: fact.id)
    assert back.to_json() == sheet.to_json()
    assert back.digest() == sheet.digest()


def test_the_order_in_which_facts_were_made_does_not_show():
    assert FactSheet(FACTS).to_json() == FactSheet(reversed(FACTS)).to_json()


def test_two_facts_of_one_id_are_a_fault():
    other = Fact("count", "robbery", "E1", "Aford", YEAR, 1, "offences")
    with pytest.raises(ValueError, match="two different facts have the id"):
        FactSheet([FACTS[0], other])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 1, "facts": [{"id": "x"}]}'])
def test_something_else_is_not_a_fact_sheet(text):
    with pytest.raises(Problem, match="not a fact sheet"):
        FactSheet.from_json(text)
