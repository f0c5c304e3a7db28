"""What can be fetched, and how the gaps of an address are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from urllib.parse import quote, urlsplit

from saferboard.analytics.intake.source import FetchSpec, Source
from saferboard.vocabulary.problem import Problem

_GAP = re.compile(r"\{(\w+)\}")
# Colons and commas stand in the publisher's polygons (lat,lng:lat,lng) as they are.
_SAFE = ":,.-_~"
_LIST = "“saferboard data fetch --list” shows what there is."


@dataclass(frozen=True)
class Errand:
    """One download: the address with its gaps filled, and a name for the file."""

    spec: FetchSpec
    url: str
    name: str


def specs_by_key(sources: Sequence[Source]) -> dict[str, FetchSpec]:
    """Everything that can be fetched, by key, in the order of the sources."""
    return {spec.key: spec for source in sources for spec in source.fetches}


def gaps(spec: FetchSpec) -> tuple[str, ...]:
    """The names of the gaps in the address of `spec`, in order."""
    return tuple(dict.fromkeys(_GAP.findall(spec.url)))


def errands(
    wanted: Sequence[str],
    sources: Sequence[Source],
    filling: Mapping[str, Sequence[str]],
    *,
    mirror: str | None = None,
) -> list[Errand]:
    """The downloads for the keys `wanted`: one for each combination of the values of `filling`
    that the address has gaps for. `mirror` replaces scheme and host of every address. Raises
    Problem for an unknown key, and where a gap has no value."""
    known = specs_by_key(sources)
    found: list[Errand] = []
    for key in wanted:
        spec = known.get(key)
        if spec is None:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise Problem(f"Nothing that can be fetched is called “{key}”.", remedy=hint + _LIST)
        names = gaps(spec)
        if absent := [name for name in names if not filling.get(name)]:
            raise Problem(
                f"{key} needs {' and '.join(option(name) for name in absent)}.",
                remedy=f"The publisher's page says more: {spec.page or spec.url}",
            )
        for values in product(*(filling[name] for name in names)):
            found.append(_errand(spec, dict(zip(names, values, strict=True)), mirror))
    return found


def option(name: str) -> str:
    """How a gap is filled on the command line."""
    own = {"month": "--month 2024-01", "force": "--force surrey", "poly": "--area E09000000"}
    return own.get(name, f"--set {name}=…")


def _errand(spec: FetchSpec, values: Mapping[str, str], mirror: str | None) -> Errand:
    url = _GAP.sub(lambda gap: quote(values[gap[1]], safe=_SAFE), spec.url)
    parts = urlsplit(url)
    if mirror:
        base = mirror.rstrip("/")
        url = f"{base}{parts.path}{f'?{parts.query}' if parts.query else ''}"
    last = parts.path.rsplit("/", 1)[-1]
    if parts.query or "." not in last:
        # An address with a question in it names no file: the key and the values do.
        short = [value for name, value in values.items() if name != "poly"]
        last = "-".join([spec.key, *short])
    return Errand(spec, url, last)
