"""Makes characters plain: what PDF, Word and web pages put where a reader sees a letter."""

from __future__ import annotations

import re

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"

THIN = "\u202f"
"""Stands between the thousands of a number after cleaning, whatever space stood there."""

_TABLE = str.maketrans(
    {
        **LIGATURES,
        **dict.fromkeys(NOTHING, ""),
        **dict.fromkeys(SPACES, " "),
        **dict.fromkeys(HYPHENS, "-"),
        "\t": " ",
        "\r": " ",
        "\x0c": " ",
    }
)
_THOUSANDS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?![\d])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{1,2})(?=\s?%)")
_RUNS = re.compile(r"[ \n]+")


def clean(text: str) -> str:
    """`text` with ligatures spelt out, soft hyphens and zero-width characters gone, every kind
    of minus as `-`, every kind of space as one blank; a hard or thin space between the
    thousands of a number becomes THIN, so that 12 345 stays one number; a comma that can only
    be a decimal one (12,5%) becomes a point."""
    kept = _THOUSANDS.sub(_joined, text) if any(space in text for space in SPACES) else text
    words = kept.translate(_TABLE).replace("\x1f", THIN)
    if "%" in words:
        words = _DECIMAL_COMMA.sub(r"\1.\2", words)
    return _RUNS.sub(" ", words).strip()


def _joined(found: re.Match[str]) -> str:
    return re.sub(f"[{SPACES}]", "\x1f", found[0])
