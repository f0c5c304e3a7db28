"""Planted contradictions: what is found of each round, and that nothing else is called one.

The least numbers may rise, never fall. tests/spec/papers/README.md says what was found at first
contact, before the rules were changed with a round in sight.
"""

from __future__ import annotations

import pytest
from tests.spec.papers.contradictions.measured import measure, packs

LEAST = {"first": 21, "second": 21}


@pytest.mark.parametrize("name", LEAST)
def test_every_contradiction_has_two_ends(name: str) -> None:
    held = list(packs(name))
    assert len(held) == 12
    assert all(len(ends) == 2 for pack in held for ends in pack.ends.values())


@pytest.mark.parametrize("name", LEAST)
def test_of_a_rounds_contradictions_as_many_are_found_as_before(name: str) -> None:
    told = measure(name)
    assert len(told.found) >= LEAST[name], told.missed
    assert told.alarms == ()


@pytest.mark.parametrize("name", LEAST)
def test_nothing_is_found_where_both_ends_agree(name: str) -> None:
    assert measure(name, clean=True).alarms == ()
