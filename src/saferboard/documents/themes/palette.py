"""Colours with a promise: text stands at 4.5:1 or more against what lies under it.

Contrast is that of WCAG 2.2 (relative luminance, success criterion 1.4.3). Every tone also
has words and a shape, because a colour alone says nothing in black and white.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saferboard.documents.model import Look, Tone
from saferboard.vocabulary.problem import Problem

WHITE = "#ffffff"
INK = "#1b2126"
QUIET_INK = "#49545c"
RULE = "#c5ced4"
PANEL = "#f3f6f7"

TEXT_CONTRAST = 4.5
GRAPHIC_CONTRAST = 3.0


@dataclass(frozen=True)
class ToneColours:
    """`ink` is written on `ground`; `ink` alone also reads on white."""

    ink: str
    ground: str


TONES: dict[Tone, ToneColours] = {
    "good": ToneColours("#0b5a3c", "#e2f1e9"),
    "bad": ToneColours("#8f2312", "#fbe7e3"),
    "mixed": ToneColours("#6b4200", "#fdf1d6"),
    "watch": ToneColours("#4d3383", "#eee9f7"),
    "neutral": ToneColours("#374249", "#e9edef"),
    "none": ToneColours(INK, WHITE),
}


@dataclass(frozen=True)
class Palette:
    """The colours of one document: the partnership's two, made dark enough, and the theme's."""

    brand: str
    brand_ground: str
    accent: str
    accent_ground: str

    @classmethod
    def of(cls, look: Look) -> Palette:
        """Colours for `look`; a colour too pale for text on its own tint is darkened."""
        brand = readable(look.brand, on=PANEL)
        accent = readable(look.accent, on=PANEL)
        return cls(brand, tint(brand, 0.92), accent, tint(accent, 0.90))


def readable(colour: str, *, on: str = WHITE, contrast: float = TEXT_CONTRAST) -> str:
    """`colour`, darkened only as far as it needs to reach `contrast` against `on`."""
    red, green, blue = _channels(colour)
    for step in range(101):
        keep = 1 - step / 100
        darker = _written(red * keep, green * keep, blue * keep)
        if contrast_ratio(darker, on) >= contrast:
            return darker
    return "#000000"


def tint(colour: str, white: float) -> str:
    """`colour` mixed with a share `white` of white (0 to 1)."""
    mixed = (channel + (255 - channel) * white for channel in _channels(colour))
    return _written(*mixed)


def contrast_ratio(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two colours, from 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    linear = []
    for channel in _channels(colour):
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise Problem(
            f"“{colour}” is not a colour.", remedy="Write colours as # and six digits: #1f4e5f."
        )
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(red: float, green: float, blue: float) -> str:
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
