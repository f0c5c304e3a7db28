"""The menus, as data: navigation.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
    read = yaml.safe_load(files(__package__).joinpath("navigation.yaml").read_text("utf-8"))
    return tuple(
        Place(**{**line, "permission": tuple(line.get("permission", ()))}) for line in read[menu]
    )
