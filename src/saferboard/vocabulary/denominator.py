"""What a rate is per: the key that data and definitions use, and the words for readers."""

from __future__ import annotations

from collections.abc import Mapping

DENOMINATOR_WORDS: Mapping[str, str] = {
    "residents": "residents",
    "residents-10-17": "residents aged 10 to 17",
    "households": "households",
    "dwellings": "dwellings",
}


def denominator_words(key: str | None) -> str:
    """The words for `key`; a partner's own key is read as words. Empty for None."""
    return DENOMINATOR_WORDS.get(key, key.replace("-", " ")) if key else ""
