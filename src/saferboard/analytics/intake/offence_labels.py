"""What a publisher's label means: the one map that every source of its counts reads."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from saferboard.vocabulary.data_file import parsed
from saferboard.vocabulary.offence import offences

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1 << 14)
def plain(text: str | None) -> str:
    """A label or name as it is compared: lower case, words parted by one blank, `&` as and."""
    lowered = (text or "").casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return _NOT_A_WORD.sub(" ", lowered).strip()


def offence_of(major: str | None, minor: str | None) -> str | None:
    """Our offence key for a group and label of the Metropolitan Police, or None if unknown."""
    return _label_map().get((plain(major), plain(minor)))


@cache
def _label_map() -> dict[tuple[str, str], str]:
    file = resources.files("saferboard.analytics.intake").joinpath("offence_labels.yaml")
    return read_labels(file.read_text("utf-8"))


def read_labels(text: str) -> dict[tuple[str, str], str]:
    """The map of a labels file. ValueError where a key is no offence, or where two lines give
    one label two meanings."""
    known = offences()
    labels: dict[tuple[str, str], str] = {}
    for major, minors in parsed(text).items():
        for minor, key in minors.items():
            if key not in known:
                raise ValueError(f"{major} / {minor}: “{key}” is not an offence key.")
            pair = (plain(major), plain(minor))
            if labels.setdefault(pair, key) != key:
                raise ValueError(f"{major} / {minor} means both {labels[pair]} and {key}.")
    return labels
