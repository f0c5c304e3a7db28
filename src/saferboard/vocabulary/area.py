"""Areas and sets of areas. Places are data: no name of a place stands in the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AreaKind = Literal[
    "country", "region", "force", "csp", "authority", "ward", "lsoa11", "lsoa21", "other"
]

# GSS codes begin with the kind of area: the register of the ONS, December 2023.
_KIND_BY_PREFIX: dict[str, AreaKind] = {
    "E92": "country",
    "W92": "country",
    "K04": "country",
    "E12": "region",
    "E23": "force",
    "W15": "force",
    "E22": "csp",
    "W21": "csp",
    "E06": "authority",
    "E07": "authority",
    "E08": "authority",
    "E09": "authority",
    "W06": "authority",
    "E10": "region",
    "E05": "ward",
    "W05": "ward",
}
_GSS = re.compile(r"^[EWKNS]\d{8}$")


@dataclass(frozen=True, order=True)
class Area:
    """A place with a code. `edition` is the year of the boundary it belongs to where that
    matters (wards, LSOAs); `within` is the code of the authority it lies in, if any."""

    code: str
    name: str
    kind: AreaKind
    edition: str | None = None
    within: str | None = None


@dataclass(frozen=True)
class AreaSet:
    """A list of areas to compare with: `key` (kebab-case), `title` for readers (“London
    boroughs”), member codes in a fixed order, and where the list comes from."""

    key: str
    title: str
    members: tuple[str, ...]
    source: str = ""
    note: str = ""


def is_gss(text: str) -> bool:
    """Whether `text` has the form of a GSS code (`E09000003`)."""
    return bool(_GSS.match(text.strip()))


def kind_of_gss(code: str) -> AreaKind:
    """The kind of area that a GSS code names; `other` where the prefix is unknown."""
    return _KIND_BY_PREFIX.get(code[:3], "other")
