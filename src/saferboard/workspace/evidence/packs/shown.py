"""What pages of packs are given: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from saferboard.workspace.evidence.figures import FigureShown
from saferboard.workspace.evidence.packs.pages import SectionLine
from saferboard.workspace.jobs.queries import Progress
from saferboard.workspace.web.listing import Listing


@dataclass(frozen=True)
class PackLine:
    """A pack in the library. `tone` colours its state."""

    id: UUID
    title: str
    area: str
    to: str
    edition: int
    state: str
    tone: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class PackList:
    """The library, a page of it."""

    lines: tuple[PackLine, ...]
    listing: Listing
    may_build: bool


@dataclass(frozen=True)
class FileShown:
    """A file of a build: `sha256` shows that it is still the one that was agreed."""

    name: str
    format: str
    title: str
    size: int
    sha256: str


@dataclass(frozen=True)
class BuildShown:
    """A finished build. `renewed`: whether commentary was written after it."""

    id: UUID
    number: int
    finished_at: datetime
    files: tuple[FileShown, ...]
    failed: tuple[tuple[str, str], ...]
    renewed: bool


@dataclass(frozen=True)
class AgreedShown:
    """Who agreed for which side, and when."""

    side: str
    agency: str
    person: str
    at: datetime


@dataclass(frozen=True)
class PackPage:
    """A pack. `may` are the keys of what the reader may do with it now: build, check, agree,
    send-back, freeze, edition, comment."""

    line: PackLine
    asked: tuple[tuple[str, str], ...]
    build: BuildShown | None
    sections: tuple[SectionLine, ...]
    job: Progress | None
    checked_by: str
    checked_at: datetime | None
    agreed: tuple[AgreedShown, ...]
    frozen_by: str
    frozen_at: datetime | None
    newer: UUID | None
    older: UUID | None
    may: frozenset[str]


@dataclass(frozen=True)
class SectionPage:
    """A section of a pack to read. `html` was written by the renderer, which escapes."""

    pack: PackLine
    anchor: str
    title: str
    html: str
    sections: tuple[SectionLine, ...]
    before: SectionLine | None
    after: SectionLine | None
    measure: str
    may_comment: bool


@dataclass(frozen=True)
class FigurePage:
    """A figure of a pack, explained."""

    pack: PackLine
    figure: FigureShown


@dataclass(frozen=True)
class RemarkLine:
    """A measure of a pack and whether something is said about it."""

    measure: str
    title: str
    state: str
    author: str


@dataclass(frozen=True)
class RemarkPage:
    """The words about one measure, to be edited. `older` is what was said for an earlier month;
    `unknown` the numbers in the words that are no figure of the measure."""

    pack: PackLine
    measure: str
    title: str
    text: str
    author: str
    organisation: str
    date: date | None
    version: int
    older: str
    older_for: str
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class RemarkList:
    """What is said about the measures of a pack."""

    pack: PackLine
    lines: tuple[RemarkLine, ...]
    may_comment: bool
