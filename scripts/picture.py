"""Remake the picture in the README from a demo's pack: two pages of one measure.

python scripts/picture.py demo/performance/NAME.pdf "Theft from the person"
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

_OUT = Path("docs/images/pack-page.png")
_GAP = 14
_DESK = (205, 212, 216)


def main() -> int:
    """Draw the page that opens with the measure's title, and the one after it."""
    pdf = pypdfium2.PdfDocument(sys.argv[1])
    title = sys.argv[2]
    texts = [page.get_textpage().get_text_range() for page in pdf]
    first = next(number for number, text in enumerate(texts) if text.startswith(title))
    pages = [
        pdf[number].render(scale=1.25).to_pil().convert("RGB") for number in (first, first + 1)
    ]
    width, height = pages[0].size
    desk = Image.new("RGB", (2 * width + 3 * _GAP, height + 2 * _GAP), _DESK)
    for number, page in enumerate(pages):
        desk.paste(page, (_GAP + number * (width + _GAP), _GAP))
    # few colours keep it small; the least used ones are those that matter
    few = desk.quantize(200, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    few.save(_OUT, optimize=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
