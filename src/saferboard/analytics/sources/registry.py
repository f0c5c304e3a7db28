"""Every source, found by its folder: `source.yaml` describes it, `shape.py` recognises and reads.

One of the three places where modules are loaded from strings; intake is handed the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib import import_module, resources
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ConfigDict

from saferboard.analytics.intake.source import (
    Candidate,
    Desk,
    FetchSpec,
    Load,
    Recognised,
    Shape,
    Source,
)
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.vocabulary.data_file import parsed

_DESCRIPTION = "source.yaml"


class _Fetch(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    title: str
    url: str
    page: str = ""


class _Description(BaseModel):
    """What a `source.yaml` holds. `headers` shows the publisher's columns, for the reference;
    `order` says who is read first (look-ups before what needs them)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    title: str
    publisher: str
    licence: str
    url: str
    tables: tuple[str, ...]
    about: str
    order: int = 100
    headers: tuple[str, ...] = ()
    fetches: tuple[_Fetch, ...] = ()


class _ShapeModule:
    """The module `shape` of a source, loaded when it is first needed: what sources read with
    takes long to load, and whoever asks for titles or addresses does not need it."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _module(self) -> Any:
        return import_module(self._name)

    def load(self) -> None:
        """See Source.warm_up."""
        _ = self._module

    def recognise(self, candidate: Candidate) -> Shape | None:
        """See Source."""
        shape: Shape | None = self._module.recognise(candidate)
        return shape

    def read(self, files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
        """See Source."""
        loads: Iterator[Load] = self._module.read(files, desk)
        return loads


@cache
def sources() -> tuple[Source, ...]:
    """Every source, by `order` and then by key. Raises ValueError where a folder's name is not
    its key (hyphens for underscores), or a source fills a table that the lake does not have."""
    return sources_in(__package__)


def sources_in(package: str) -> tuple[Source, ...]:
    """The sources whose folders lie in a package: ours, or one of an office's own."""
    found = [_source(package, folder) for folder in _folders(package)]
    return tuple(sorted(found, key=lambda one: (one.order, one.key)))


def _folders(package: str) -> list[Traversable]:
    root = resources.files(package)
    return [one for one in root.iterdir() if one.is_dir() and one.joinpath(_DESCRIPTION).is_file()]


def _source(package: str, folder: Traversable) -> Source:
    body = parsed(folder.joinpath(_DESCRIPTION).read_text("utf-8"))
    description = _Description.model_validate(body)
    if description.key != folder.name.replace("_", "-"):
        raise ValueError(f"The folder {folder.name} holds a source called {description.key}.")
    if unknown := [name for name in description.tables if name not in TABLES]:
        raise ValueError(f"{description.key} fills tables that do not exist: {unknown}.")
    shape = _ShapeModule(f"{package}.{folder.name}.shape")
    return Source(
        key=description.key,
        title=description.title,
        publisher=description.publisher,
        licence=description.licence,
        url=description.url,
        tables=description.tables,
        about=description.about,
        recognise=shape.recognise,
        read=shape.read,
        warm_up=shape.load,
        order=description.order,
        headers=description.headers,
        fetches=tuple(FetchSpec(**one.model_dump()) for one in description.fetches),
    )
