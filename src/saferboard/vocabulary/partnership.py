"""A partnership is a file: `partnership.yaml` says where, what is shown and how it looks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from saferboard.vocabulary.problem import Problem

FILE_NAME = "partnership.yaml"
_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")


def _colour(text: str) -> str:
    if not _COLOUR.match(text):
        raise ValueError("a colour is written as #1f4e5f")
    return text


Colour = Annotated[str, AfterValidator(_colour)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartnershipArea(_Part):
    code: str
    name: str
    kind: str = "authority"


class Priority(_Part):
    """A priority of the strategy: everything that is measured hangs on one."""

    key: str
    title: str
    measures: tuple[str, ...] = ()


class OwnAreaSet(_Part):
    key: str
    title: str
    members: tuple[str, ...]
    source: str = ""


class Presenter(_Part):
    """Who presents which measures: “Metropolitan Police”, “Community Safety Team”."""

    name: str
    measures: tuple[str, ...]


class Appearance(_Part):
    brand: Colour = "#1f4e5f"
    accent: Colour = "#b5532a"
    logo: Path | None = None
    logo_alternative: str = ""
    pptx_template: Path | None = None
    docx_template: Path | None = None


class Partnership(_Part):
    """`area` is what packs are about; `areas` may list more. `peer_sets` are keys of area
    sets, in the order they are printed. `measures` are keys in the order shown; empty means
    every measure for which there is data. `year_starts` is the number of a month."""

    name: str
    area: PartnershipArea
    areas: tuple[PartnershipArea, ...] = ()
    wards: str = ""
    force: str = ""
    police_unit: str = ""
    peer_sets: tuple[str, ...] = ()
    area_sets: tuple[OwnAreaSet, ...] = ()
    priorities: tuple[Priority, ...] = ()
    baseline_years: tuple[int, ...] = ()
    year_starts: int = Field(default=4, ge=1, le=12)
    measures: tuple[str, ...] = ()
    presenters: tuple[Presenter, ...] = ()
    appearance: Appearance = Appearance()
    contact: str = ""
    marking: str = ""

    def priority_of(self, measure: str) -> Priority | None:
        """The first priority that lists `measure`."""
        return next((one for one in self.priorities if measure in one.measures), None)

    def presenter_of(self, measure: str) -> str:
        """Who presents `measure`; empty when nobody is named."""
        return next((one.name for one in self.presenters if measure in one.measures), "")


def load_partnership(path: Path) -> Partnership:
    """Read a partnership file. `path` may be the file or the folder it lies in. Raises
    Problem with the line or field when it cannot be read. Relative paths inside it are
    resolved against its folder."""
    file = path / FILE_NAME if path.is_dir() else path
    if not file.exists():
        raise Problem(
            "There is no partnership file here.",
            file=str(file),
            remedy="Run “saferboard init”, or name one with --partnership.",
        )
    try:
        body = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Problem(
            "This file cannot be read as YAML.",
            file=str(file),
            place=_yaml_place(error),
            remedy="Compare it with the example in the docs.",
        ) from error
    if not isinstance(body, dict):
        raise Problem("A partnership file holds names and values.", file=str(file))
    try:
        partnership = Partnership.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise Problem(
            f"{first['msg']}.",
            file=str(file),
            place=" > ".join(str(part) for part in first["loc"]),
        ) from error
    return _resolved(partnership, file.parent)


def _resolved(partnership: Partnership, folder: Path) -> Partnership:
    look = partnership.appearance
    paths = {
        name: folder / value
        for name in ("logo", "pptx_template", "docx_template")
        if (value := getattr(look, name)) is not None
    }
    return partnership.model_copy(update={"appearance": look.model_copy(update=paths)})


def _yaml_place(error: Exception) -> str | None:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else None
