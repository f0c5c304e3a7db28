"""Roles, permissions and purposes, read once from their files and checked against each other."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Level, Why

_HERE = Path(__file__).parent
_Shape = TypeVar("_Shape", bound="_Strict")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RoleWords(_Strict):
    title: str
    about: str
    may: tuple[str, ...]
    level: dict[str, str]
    offered: bool = False


class Purpose(_Strict):
    """What data is shared for; `agreement`: whether it needs one in force."""

    title: str
    about: str
    agreement: bool


class Reason(_Strict):
    """Why somebody sees a matter or does not: `short` for a table, `words` as a sentence about
    the person."""

    short: str
    words: str


class Role(_Strict):
    """`may` are keys of permissions; `level` what its holder sees by purpose, unnamed;
    `offered`: whether an agency's lead may give it in an invitation."""

    key: str
    title: str
    about: str
    may: frozenset[str]
    level: dict[str, Level]
    offered: bool

    def level_for(self, purpose: str) -> Level:
        return self.level.get(purpose, Level.NOTHING)


@cache
def permissions() -> dict[str, str]:
    """The words of each permission, by its key."""
    return {str(key): str(words) for key, words in _read("permissions.yaml").items()}


@cache
def purposes() -> dict[str, Purpose]:
    """Each purpose by its key. Raises Problem for a file that does not fit."""
    return {
        key: _checked(Purpose, "purposes.yaml", key, held) for key, held in _items("purposes.yaml")
    }


@cache
def reasons() -> dict[Why, Reason]:
    """The words of every reason. Raises Problem where one is missing or is no reason."""
    held = dict(_items("reasons.yaml"))
    if set(held) != set(Why):
        raise _problem("reasons.yaml", "", f"the reasons are {', '.join(sorted(Why))}")
    return {why: _checked(Reason, "reasons.yaml", why, held[why]) for why in Why}


@cache
def roles() -> dict[str, Role]:
    """Each role by its key. Raises Problem for a permission, purpose or level that is not known."""
    found = {}
    for key, held in _items("roles.yaml"):
        words = _checked(_RoleWords, "roles.yaml", key, held)
        levels = {}
        for purpose, level in words.level.items():
            if purpose not in purposes() or level.upper() not in Level.__members__:
                raise _problem("roles.yaml", key, f"“{purpose}: {level}” is no purpose and level")
            levels[purpose] = Level[level.upper()]
        if unknown := set(words.may) - set(permissions()):
            raise _problem("roles.yaml", key, f"there is no permission {sorted(unknown)}")
        found[key] = Role(
            key=key,
            title=words.title,
            about=words.about,
            may=frozenset(words.may),
            level=levels,
            offered=words.offered,
        )
    return found


def _checked(shape: type[_Shape], file: str, key: str, held: object) -> _Shape:
    try:
        return shape.model_validate(held)
    except ValidationError as error:
        raise _problem(file, key, str(error.errors()[0]["msg"])) from error


def _items(file: str) -> list[tuple[str, object]]:
    return [(str(key), held) for key, held in _read(file).items()]


def _read(file: str) -> dict[object, object]:
    held = yaml.safe_load((_HERE / file).read_text("utf-8"))
    if not isinstance(held, dict):
        raise _problem(file, "", "it holds no names")
    return held


def _problem(file: str, key: str, words: str) -> Problem:
    return Problem(
        f"{key}: {words}." if key else f"{words}.", file=file, remedy="Correct the file."
    )
