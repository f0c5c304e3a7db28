"""Every source, found by its folder: `source.yaml` says what it is, `shape.py` reads it.

Adding a source is adding a folder; nothing here has to be touched.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from saferboard.analytics.intake.source import FetchSpec, Source
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.vocabulary.problem import Problem

_PACKAGE = "saferboard.analytics.sources"
_FILE = "source.yaml"


@cache
def sources() -> tuple[Source, ...]:
    """Every source, in the order (order, key). Raises Problem when a `source.yaml` lacks a
    field, names a table that the catalogue does not have, or a key comes twice."""
    found = [_source(folder) for folder in _folders()]
    keys = [source.key for source in found]
    for key in keys:
        if keys.count(key) > 1:
            raise Problem(f"Two sources have the key “{key}”.")
    return tuple(sorted(found, key=lambda source: (source.order, source.key)))


def source(key: str) -> Source:
    """The source with this key. Raises Problem."""
    for one in sources():
        if one.key == key:
            return one
    raise Problem(
        f"There is no source “{key}”.",
        remedy=f"The sources are {', '.join(one.key for one in sources())}.",
    )


def _folders() -> list[Traversable]:
    package = resources.files(_PACKAGE)
    folders = [one for one in package.iterdir() if one.is_dir() and one.joinpath(_FILE).is_file()]
    return sorted(folders, key=lambda one: one.name)


def _source(folder: Traversable) -> Source:
    body: dict[str, Any] = yaml.safe_load(folder.joinpath(_FILE).read_text("utf-8"))
    shape = import_module(f"{_PACKAGE}.{folder.name}.shape")
    try:
        made = Source(
            key=body["key"],
            title=body["title"],
            publisher=body["publisher"],
            licence=body["licence"],
            url=body["url"],
            tables=tuple(body["tables"]),
            about=body["about"],
            recognise=shape.recognise,
            read=shape.read,
            order=body.get("order", 100),
            fetches=tuple(FetchSpec(**one) for one in body.get("fetches", ())),
            headers=tuple(body.get("headers", ())),
        )
    except KeyError as error:
        raise Problem(f"The field {error} is missing.", file=f"{folder.name}/{_FILE}") from error
    if strange := set(made.tables) - set(TABLES):
        raise Problem(
            f"The catalogue has no table {', '.join(sorted(strange))}.",
            file=f"{folder.name}/{_FILE}",
        )
    return made
