"""The claims grammar against `papers/grammar.csv`: how officers write figures, line by line.

A line holds when the grammar finds every part that the reader wrote down, with the parts that
belong together in one claim: a change of 24 to 65 is one claim with both figures, not two counts.
Lines that do not hold yet stand in `NOT_YET`: that list may shrink, never grow, and a line that
holds must leave it.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.spec.papers.claimed import Parts, missing

from saferboard.papercheck.claims.statement import statement

GRAMMAR = Path(__file__).parent / "papers" / "grammar.csv"
NOT_YET = {
    # The direction is in the figures only.
    "the proportion of violent and sexual offences now account for 58% of the total cost of crime, "
    "compared to 44% two years previously",
    # A count in brackets that belongs to a percentage before a range of ages.
    "increasing to 31% for the 0-25 population (122,100)",
    # A period that is only named by its distance from another.
    "The number of offences in October 2023 rose by 28.6% compared to the previous month",
    # A movement by a range.
    "Target: An increase of 10-15%",
}
"""Phrases of which a part is not found yet."""


def lines() -> list[tuple[str, str, Parts]]:
    with GRAMMAR.open(encoding="utf-8", newline="") as file:
        return [(row["phrase"], row["form"], json.loads(row["parts"])) for row in
                csv.DictReader(file)]  # fmt: skip


@pytest.mark.parametrize(("phrase", "form", "parts"), lines())
def test_line(phrase: str, form: str, parts: Parts) -> None:
    lost = missing(statement(phrase), form, parts)
    if phrase in NOT_YET:
        assert lost, "this line holds now: take it out of NOT_YET"
    else:
        assert not lost
