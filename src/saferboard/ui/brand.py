"""The partnership's two colours as a style sheet of custom properties."""

from __future__ import annotations

from saferboard.documents.model import Look
from saferboard.documents.themes.palette import Palette


def brand_sheet(look: Look) -> str:
    """CSS that sets the colours of `look`, made dark enough to carry white text."""
    palette = Palette.of(look)
    return (
        f":root{{--sb-brand:{palette.brand};--sb-brand-ground:{palette.brand_ground};"
        f"--sb-accent:{palette.accent}}}\n"
    )
