"""A partnership is a file: `partnership.yaml` says where, what is shown and how it looks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from saferboard.vocabulary.area import is_gss
from saferboard.vocabulary.data_file import read_yaml
from saferboard.vocabulary.form_faults import first_fault
from saferboard.vocabulary.problem import Problem

FILE_NAME = "partnership.yaml"
_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
_YEAR = re.compile(r"^(19|20)\d\d$")
_NEARLY_GSS = re.compile(r"^[A-Za-z]\d+$")


def _colour(text: str) -> str:
    if not _COLOUR.match(text):
        raise ValueError("a colour is written as #1f4e5f")
    return text


def _code(text: str) -> str:
    if _NEARLY_GSS.match(text) and not is_gss(text):
        raise ValueError(f"“{text}” is not a GSS code, which is a letter and eight digits")
    return text


def _year(text: str) -> str:
    if text and not _YEAR.match(text):
        raise ValueError(f"“{text}” is not a year such as 2022")
    return text


Colour = Annotated[str, AfterValidator(_colour)]
Code = Annotated[str, AfterValidator(_code)]
Year = Annotated[str, AfterValidator(_year)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class PartnershipArea(_Part):
    """The ground that the partnership covers, by its code."""

    code: Code
    """GSS code, or the code that the data uses."""
    name: str
    """As packs print it."""
    kind: str = "authority"
    """authority, csp or force."""


class Priority(_Part):
    """A priority of the strategy: everything that is measured hangs on one."""

    key: str
    """Short name, in lower case with hyphens."""
    title: str
    """As packs print it."""
    measures: tuple[str, ...] = ()
    """Keys of the measures that hang on it."""


class OwnAreaSet(_Part):
    """Areas to compare with that the program does not bring."""

    key: str
    """Short name, which `peer_sets` then uses. It wins over a shipped set of the same key."""
    title: str
    """As packs print it, in the plural: “districts of …”."""
    members: tuple[Code, ...]
    """Codes of the areas, the own one among them."""
    source: str = ""
    """Who says that these belong together."""


class Presenter(_Part):
    """Who presents which measures at the meeting."""

    name: str
    """An organisation or a team."""
    measures: tuple[str, ...]
    """Keys of measures."""


class Appearance(_Part):
    """How packs look. Paths count from the folder of the partnership's file."""

    brand: Colour = "#1f4e5f"
    """Main colour."""
    accent: Colour = "#b5532a"
    """Second colour, for what stands out."""
    logo: Path | None = None
    """A PNG or SVG."""
    logo_alternative: str = ""
    """What the logo shows, for those who cannot see it."""
    pptx_template: Path | None = None
    """The partnership's own PowerPoint template."""
    docx_template: Path | None = None
    """The partnership's own Word template."""


class SmallNumbers(_Part):
    """How counts of people are kept from giving anybody away."""

    threshold: Literal[5, 7, 10] = 5
    """Counts under it are withheld: 5, 7 or 10."""
    round_to: int | None = Field(default=None, ge=2, le=10)
    """Counts that are shown are rounded to multiples of this, such as 5; left out, not at all."""


class Partnership(_Part):
    """A partnership: where it is, what is shown and how it looks. A field that is not listed
    here is refused."""

    name: str
    """Name of the partnership."""
    area: PartnershipArea
    """What packs are about."""
    areas: tuple[PartnershipArea, ...] = ()
    """Further areas of a partnership that covers several."""
    wards: Year = ""
    """Year of the ward boundaries in use, in quotation marks; a pack says where the look-ups that
    are loaded do not have it."""
    force: str = ""
    """Name of the police force."""
    police_unit: str = ""
    """The force as file names of data.police.uk spell it."""
    peer_sets: tuple[str, ...] = ()
    """Keys of area sets to rank the area in, in the order they are printed; empty means every
    set that holds the area."""
    area_sets: tuple[OwnAreaSet, ...] = ()
    """Area sets of the partnership's own."""
    priorities: tuple[Priority, ...] = ()
    """The strategy's priorities, in order."""
    baseline_years: tuple[int, ...] = ()
    """Years to compare with besides the year before."""
    year_starts: int = Field(default=4, ge=1, le=12)
    """Number of the month in which the financial year begins."""
    measures: tuple[str, ...] = ()
    """Keys of measures in the order shown; empty means every measure for which there is data."""
    presenters: tuple[Presenter, ...] = ()
    """Who presents what."""
    appearance: Appearance = Appearance()
    """Colours, logo, templates."""
    disclosure: SmallNumbers = SmallNumbers()
    """How small numbers in what partners report are withheld."""
    contact: str = ""
    """Whom a reader may write to."""
    marking: str = ""
    """A line printed on every page, such as a protective marking."""

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
    body = read_yaml(
        file,
        unreadable="This file cannot be read as YAML.",
        remedy="Compare it with the example in the docs.",
    )
    if not isinstance(body, dict):
        raise Problem("A partnership file holds names and values.", file=str(file))
    try:
        partnership = Partnership.model_validate(body)
    except ValidationError as error:
        place, words = first_fault(error)
        raise Problem(words, file=str(file), place=place) from error
    return _resolved(partnership, file.parent)


def _resolved(partnership: Partnership, folder: Path) -> Partnership:
    look = partnership.appearance
    paths = {
        name: folder / value
        for name in ("logo", "pptx_template", "docx_template")
        if (value := getattr(look, name)) is not None
    }
    return partnership.model_copy(update={"appearance": look.model_copy(update=paths)})
