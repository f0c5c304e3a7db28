"""Colours: contrast as WCAG defines it, and a partnership's colour made dark enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferboard.documents.model import Look
from saferboard.documents.themes.palette import (
    PANEL,
    QUIET_INK,
    TONES,
    WHITE,
    Palette,
    contrast_ratio,
    readable,
)
from saferboard.vocabulary.problem import Problem

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_is_that_of_wcag() -> None:
    """21 for black on white; 4.54 for #767676, the palest grey that may carry text."""
    assert contrast_ratio("#000000", WHITE) == pytest.approx(21)
    assert contrast_ratio("#767676", WHITE) == pytest.approx(4.54, abs=0.005)


@given(COLOURS, COLOURS)
def test_whatever_colours_are_asked_for_text_stays_readable(brand: str, accent: str) -> None:
    palette = Palette.of(Look(brand, accent))
    for colour, ground in (
        (palette.brand, palette.brand_ground),
        (palette.accent, palette.accent_ground),
    ):
        for under in (WHITE, PANEL):
            assert contrast_ratio(colour, under) >= 4.5
        assert contrast_ratio("#1b2126", ground) >= 4.5


def test_a_dark_colour_is_left_as_it_is() -> None:
    assert readable("#1f4e5f") == "#1f4e5f"


def test_every_tone_is_readable_on_its_ground_and_on_white() -> None:
    for colours in TONES.values():
        assert contrast_ratio(colours.ink, colours.ground) >= 4.5
        assert contrast_ratio(colours.ink, WHITE) >= 4.5
    assert contrast_ratio(QUIET_INK, PANEL) >= 4.5


def test_a_colour_that_is_none_is_told() -> None:
    with pytest.raises(Problem, match="teal"):
        readable("teal")
