"""A paper as it was read: its document, and the passages and grids that rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from saferboard.documents.model import Document
from saferboard.papercheck.place import Place

PassageKind = Literal["heading", "paragraph", "item", "cell", "caption", "field", "note"]


@dataclass(frozen=True)
class Passage:
    """Words that belong together, cleaned (ligatures, soft hyphens, spaces, minus signs) but
    otherwise as written. `raw` is what the file holds. `index` counts within the paper."""

    text: str
    place: Place
    kind: PassageKind
    index: int
    level: int = 0
    raw: str = ""


@dataclass(frozen=True, eq=False)
class Grid:
    """A table, the same as another only where they are one: `rows` of passages, ragged rows
    padded with empty ones. `header_rows` is how many rows at the top are headers; `certain`
    whether the file itself says that this is a table (false where a layout was read as one);
    `marked` whether the file marks its header rows as such (None where the format cannot)."""

    rows: tuple[tuple[Passage, ...], ...]
    place: Place
    header_rows: int
    caption: str = ""
    certain: bool = True
    marked: bool | None = None


@dataclass(frozen=True)
class Paper:
    """`passages` in reading order, cells included; `grids` the tables. `document` is the same
    content as the value that packs are made of. `pictures` are images with their text
    alternative ("" where there is none), `links` the words of links. `notes` say what could
    not be read. `fields` holds `title` and `language` as the file's own properties give them
    ("" where they are not filled in, no key where the format has none). `original` is the
    paper as it stood before its tracked changes, where there are any."""

    name: str
    kind: str
    document: Document
    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...] = ()
    pictures: tuple[tuple[str, Place], ...] = ()
    pages: int = 0
    notes: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, Place], ...] = ()
    original: Paper | None = None
