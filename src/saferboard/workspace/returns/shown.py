"""What pages of returns show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from saferboard.workspace.returns.checking import Finding
from saferboard.workspace.returns.entries import Asked, Entry, Written
from saferboard.workspace.returns.models import Line
from saferboard.workspace.web.listing import Listing


@dataclass(frozen=True)
class Owed:
    """A period of a return, as a list shows it. `state` is in words, `tone` its colour; `days` are
    those that it is late, 0 where it is not; `reminders` how often people were reminded."""

    id: UUID
    title: str
    agency: str
    period: str
    due: date
    state: str
    tone: str
    days: int
    reminders: int
    alone: bool


@dataclass(frozen=True)
class Dues:
    """A page of what is owed: what waits first, then what was filed. `manages` says that all
    agencies' are here and that the register may be opened."""

    listing: Listing
    waiting: tuple[Owed, ...]
    filed: tuple[Owed, ...]
    manages: bool


@dataclass(frozen=True)
class Late:
    """What is late, by agency: (agency, its returns), those with the most first."""

    agencies: tuple[tuple[str, tuple[Owed, ...]], ...]
    count: int


@dataclass(frozen=True)
class Figure:
    """One figure of a return with what was typed, what the checks say, and what was reported
    before: (period, value), the oldest first."""

    asked: Asked
    name: str
    entry: Entry
    counted: Entry
    findings: tuple[Finding, ...]
    before: tuple[tuple[str, str], ...]

    @property
    def queries(self) -> bool:
        """Whether something about it is asked, or was."""
        return bool(self.entry.reason) or any(one.severity == "query" for one in self.findings)


@dataclass(frozen=True)
class Version:
    """One version that was signed off, as the page of a return shows it."""

    number: int
    state: str
    signed: datetime | None
    signed_by: str
    alone: bool
    rows: tuple[tuple[str, str, str, str], ...]
    loads: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class DuePage:
    """Everything about one period of a return, and what the person may do with it now. `periods`
    are the headings of the history."""

    owed: Owed
    about: str
    measures: tuple[str, ...]
    figures: tuple[Figure, ...]
    written: Written
    version: int
    state: str
    saved: datetime | None
    saved_by: str
    sent_back: str
    problem: str
    withdrawn_why: str
    versions: tuple[Version, ...]
    reasons: tuple[tuple[str, str], ...]
    blocked: int
    fills: bool
    signs: bool
    wrote: bool
    manages: bool
    corrects: bool


@dataclass(frozen=True)
class Registered:
    """A kind of return in the register."""

    id: UUID
    title: str
    agency: str
    cycle: str
    due_days: int
    lines: int
    ended: bool


@dataclass(frozen=True)
class Defined:
    """What a return asks for, to be changed."""

    id: UUID
    title: str
    about: str
    agency: str
    area: str
    cycle: str
    due_days: int
    version: int
    ended: bool
    lines: tuple[Line, ...]
