"""Which rows at the top of a table are its heads, where the file does not say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_HEADERS = 3
LONGEST_FIGURE = 40
_PERIOD = re.compile(
    r"^\W*(?:(?:19|20)\d\d(?:\s?[-/–]\s?(?:\d\d|(?:19|20)\d\d))?|(?:FY|Q[1-4]|H[12])\W*[\d/ -]*"
    r"|\d{1,2}/\d{2,4})\W*$",
    re.I,
)
_FIGURE = re.compile(r"^[^A-Za-z]*\d[^A-Za-z]*(?:%|m|k|bn|pp|million)?[^A-Za-z]*$")


def header_rows_of(rows: Sequence[Sequence[str]]) -> int:
    """How many leading rows hold words and periods but no figures, at most MOST_HEADERS and
    never all of them. A title in a cell of its own above the heads counts with them. A table
    without any figure has one row of heads; one that begins with figures has none."""
    if len(rows) < 2:
        return 0
    if not any(_has_figure(row) for row in rows):
        return 1
    found = 0
    for row in rows[: min(MOST_HEADERS, len(rows) - 1)]:
        filled = sum(1 for cell in row if cell.strip())
        if _has_figure(row) or (filled < 2 and found):
            break
        found += 1
    return found


def _has_figure(row: Sequence[str]) -> bool:
    return any(is_figure(cell) for cell in row[1:]) or (
        bool(row) and is_figure(row[0]) and not any(cell.strip() for cell in row[1:])
    )


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure that is no period: `1,234`, `+12%`, `£1.2m`, `12 (5%)`."""
    words = cell.strip()
    if not words or len(words) > LONGEST_FIGURE:
        return False
    return bool(_FIGURE.match(words)) and not _PERIOD.match(words)
