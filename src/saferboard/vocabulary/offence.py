"""Offence keys: the one list that labels are mapped to and measures count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from saferboard.vocabulary.data_file import data_file


@dataclass(frozen=True)
class Offence:
    """`family` groups offences whose dispersion is pooled; `within` names the key that this
    one is a part of, so that nobody adds the two."""

    key: str
    title: str
    family: str
    within: str | None = None


@cache
def offences() -> dict[str, Offence]:
    """Every offence by key, in the order of the file."""
    return {
        key: Offence(key=key, **body)
        for key, body in data_file("saferboard.vocabulary", "offences.yaml").items()
    }
