"""The letters: Source Sans Pro (SIL Open Font Licence), from the package font-source-sans-pro.

The PDF takes the font's files; a web page carries only the shapes that it needs, so that it
looks the same everywhere and stays one file; many charts are drawn with small files of their own.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

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
_MORE_LATIN = "".join(map(chr, range(0x100, 0x180)))


def folder() -> Path:
    """Where the font's files lie."""
    return Path(str(files("font_source_sans_pro"))) / "files"


@contextmanager
def for_drawing() -> Iterator[Path]:
    """A folder with the weights in use and the letters of Latin scripts, for as long as charts
    are drawn. The file is read again for every word whose width is asked: from a tenth of it
    and no other weights, a chart of 32 areas takes half the time and looks the same."""
    with TemporaryDirectory(prefix="saferboard-letters-") as name:
        for file in WEIGHTS.values():
            (Path(name) / file).write_bytes(_subset(file, _LETTERS + _MORE_LATIN))
        yield Path(name)


def faces_for_paper() -> str:
    """`@font-face` rules that name the font's own files, for the PDF."""
    return _faces(
        (weight, (folder() / name).as_uri(), "truetype") for weight, name in WEIGHTS.items()
    )


@cache
def faces_for_screen() -> str:
    """`@font-face` rules with the needed letters inside, for one self-contained page."""
    return _faces(
        (
            weight,
            f"data:font/woff2;base64,{base64.b64encode(_subset(name, _LETTERS, 'woff2')).decode()}",
            "woff2",
        )
        for weight, name in WEIGHTS.items()
    )


def web_font(weight: int) -> bytes:
    """One weight of WEIGHTS as WOFF2, with the letters that pages of the workspace show. Raises
    KeyError for another weight."""
    return _subset(WEIGHTS[weight], _LETTERS + _MORE_LATIN, "woff2")


def _faces(sources: Iterable[tuple[int, str, str]]) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: normal; '
        f'font-display: swap; src: url("{address}") format("{form}"); }}'
        for weight, address, form in sources
    )


def _subset(name: str, text: str, flavor: str | None = None) -> bytes:
    options = subset.Options()
    options.flavor = flavor
    options.layout_features = ["kern", "mark", "ccmp", "locl", "liga"]
    options.hinting = False
    if flavor is None:
        options.name_IDs = ["*"]  # the family's name and the weight's are told apart by them
    font = TTFont(folder() / name)
    worker = subset.Subsetter(options)
    worker.populate(text=text)
    worker.subset(font)
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
