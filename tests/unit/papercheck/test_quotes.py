"""Quotes are whole words of the paper, however long its sentences are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferboard.papercheck.paper import Passage
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.walk import MOST_QUOTED, cut, sentence

WORDS = st.lists(st.text("abcdé’-", min_size=1, max_size=30), min_size=1, max_size=90)


@given(WORDS, st.integers(1, 60))
def test_what_is_cut_is_the_first_words(words: list[str], most: int) -> None:
    text = " ".join(words)
    held = cut(text, most)
    assert text.startswith(held)
    assert len(held) <= most
    if len(words[0]) <= most:
        assert held.split() == words[: len(held.split())]


@given(WORDS, st.data())
def test_a_quote_holds_its_figure_and_no_half_word(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    at = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:at])) + (1 if at else 0)
    end = start + len(words[at])
    quote = sentence(Passage(text, Place("a.txt", line=1), "paragraph", 0), start, end)
    assert quote in text
    assert words[at] in quote
    found = re.search(rf"(?<!\S){re.escape(quote)}(?!\S)", text)
    assert found
    assert len(quote) <= MOST_QUOTED + len(words[at])


@pytest.mark.parametrize(
    ("most", "held"), [(5, "three"), (6, "three"), (9, "three"), (13, "three of four")]
)
def test_by_hand(most: int, held: str) -> None:
    assert cut("three of four", most) == ("three of" if most == 9 else held)
