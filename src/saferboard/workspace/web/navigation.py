"""The menus, as data: navigation.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Place:
    """A line of a menu. `count` is a key of settings.FRAME_COUNTS: a number beside the title."""

    title: str
    name: str
    section: str = ""
    permission: tuple[str, ...] = ()
    count: str = ""

    def open_to(self, may: frozenset[str]) -> bool:
        """Whether somebody with these permissions is led there."""
        return not self.permission or any(key in may for key in self.permission)


@cache
def places(menu: str) -> tuple[Place, ...]:
    """The lines of `menu`: menu, tools or footer. Raises KeyError for another."""
    return _lines(_read()[menu])


@cache
def beside(section: str) -> tuple[Place, ...]:
    """The pages of a part of the workspace, by its namespace; none where it has no menu."""
    return _lines(_read()["sections"].get(section, ()))


@cache
def _read() -> dict[str, Any]:
    text = files(__package__).joinpath("navigation.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


def _lines(read: Iterable[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(
        Place(**{**line, "permission": tuple(line.get("permission", ()))}) for line in read
    )
