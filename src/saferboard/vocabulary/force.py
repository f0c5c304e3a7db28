"""Police forces: the slugs that loads are filed under, and the names that publishers print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from saferboard.vocabulary.data_file import data_file

_PLAIN = re.compile(r"\b(police|constabulary|service|force|the)\b|[^a-z ]")


@dataclass(frozen=True)
class Force:
    """`slug` is the unit of a load, `name` the one that data.police.uk prints, `area` the GSS
    code of the force's area (None where there is none). Fraud bodies and the transport police
    stand among forces in national tables and are not `territorial`."""

    slug: str
    name: str
    area: str | None = None
    territorial: bool = True
    also: tuple[str, ...] = ()


@cache
def forces() -> dict[str, Force]:
    """Every force by slug, in the order of the file."""
    return {
        slug: Force(slug=slug, **{**body, "also": tuple(body.get("also", ()))})
        for slug, body in data_file("saferboard.vocabulary", "forces.yaml").items()
    }


def force_named(name: str) -> Force | None:
    """The force that a publisher calls `name` (any of its printed forms, its slug or the GSS
    code of its area), or None."""
    return _by_name().get(_plain(name)) or _by_name().get(name.strip())


@cache
def _by_name() -> dict[str, Force]:
    found: dict[str, Force] = {}
    for force in forces().values():
        for name in (force.name, force.slug.replace("-", " "), *force.also):
            found[_plain(name)] = force
        if force.area:
            found[force.area] = force
    return found


def _plain(name: str) -> str:
    words = name.lower().replace("&", " and ").replace("-", " ").replace("_", " ")
    return " ".join(_PLAIN.sub(" ", words).split())
