"""The letters: Source Sans Pro (SIL Open Font Licence), from the package font-source-sans-pro.

Pictures and PDF take the font's files; a web page carries only the shapes that it needs,
so that it looks the same everywhere and stays one file.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Source Sans Pro"
WEIGHTS = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}

# What a page in English, Welsh names and this program's marks can ask for.
_LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0xA0, 0x100)))
    + "ŴŵŶŷŸÿŠšŽžŁłŃńŐőŰűŘřĚěČčĆćŞşĞğİıĀāĒēĪīŌōŪū"
    + "–—‘’“”•…‰′″€™−×≤≥≈≠→←↑↓▲▼▶◀■◆●✓"
)


def folder() -> Path:
    """Where the font's files lie."""
    return Path(str(files("font_source_sans_pro"))) / "files"


def faces_for_paper() -> str:
    """`@font-face` rules that name the font's own files, for the PDF."""
    return _faces(
        (weight, (folder() / name).as_uri(), "truetype") for weight, name in WEIGHTS.items()
    )


@cache
def faces_for_screen() -> str:
    """`@font-face` rules with the needed letters inside, for one self-contained page."""
    return _faces(
        (weight, f"data:font/woff2;base64,{base64.b64encode(_subset(name)).decode()}", "woff2")
        for weight, name in WEIGHTS.items()
    )


def _faces(sources: Iterable[tuple[int, str, str]]) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: normal; '
        f'font-display: swap; src: url("{address}") format("{form}"); }}'
        for weight, address, form in sources
    )


def _subset(name: str) -> bytes:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "ccmp", "locl", "liga"]
    options.hinting = False
    font = TTFont(folder() / name)
    worker = subset.Subsetter(options)
    worker.populate(text=_LETTERS)
    worker.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
