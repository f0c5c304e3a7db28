"""YAML, read strictly: what lies beside the code and names things, so that Python need not, and
what people write."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from saferboard.vocabulary.problem import Problem

# The same loader in C, where the wheel has it, takes a tenth of the time.
_LOADER: Any = type("_LOADER", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
_MERGE = "tag:yaml.org,2002:merge"


class NamedTwice(yaml.MarkedYAMLError):
    """One name stands twice among the names of one place: YAML forbids it, and its library would
    take the second without a word."""


def data_file(package: str, name: str) -> Any:
    """What the YAML file `name` beside the modules of `package` holds. Raises FileNotFoundError,
    and yaml.YAMLError for a file that is none."""
    return parsed(resources.files(package).joinpath(name).read_text("utf-8"))


def parsed(text: str) -> Any:
    """What YAML says, in plain values only. Raises yaml.YAMLError, as NamedTwice where a name
    is there twice."""
    return yaml.load(text, Loader=_LOADER)


def parsed_of(text: str, *, file: str, unreadable: str, remedy: str) -> Any:
    """What a text says that somebody wrote. Raises Problem with the line: `unreadable` and
    `remedy` are what is said where it is not YAML."""
    try:
        return parsed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else None
        if isinstance(error, NamedTwice):
            raise Problem(
                f"{error.problem}.",
                file=file,
                place=place,
                remedy="Keep one of the two; what stands under both belongs under that one.",
            ) from error
        raise Problem(unreadable, file=file, place=place, remedy=remedy) from error


def read_yaml(path: Path, *, unreadable: str, remedy: str) -> Any:
    """The same of a file. Raises OSError, and Problem."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(
            unreadable,
            file=str(path),
            place=f"byte {error.start + 1}",
            remedy="Save it as UTF-8.",
        ) from error
    return parsed_of(text, file=str(path), unreadable=unreadable, remedy=remedy)


def _mapping(loader: Any, node: yaml.MappingNode) -> Iterator[dict[Any, Any]]:
    """A mapping as the loader makes it, if no name is there twice."""
    first: dict[tuple[str, str], int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
            continue
        if (name := (key.tag, key.value)) in first:
            raise NamedTwice(
                problem=f"“{key.value}” is here a second time: it is on line {first[name]} too",
                problem_mark=key.start_mark,
            )
        first[name] = key.start_mark.line + 1
    held: dict[Any, Any] = {}
    yield held
    held.update(loader.construct_mapping(node))


_LOADER.add_constructor("tag:yaml.org,2002:map", _mapping)
