"""What a source is to intake: it recognises files by their content and reads them.

Intake imports no source: the registry of sources hands it a list of `Source`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.staging import StagedTable
from saferboard.analytics.store.straight import Arrangement, CsvFile, Straight
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Candidate:
    """A file to be recognised: already on disk under `path`, whatever it came from.
    `name` is what the user sees: `archive.zip!2022-01/2022-01-surrey-street.csv`.
    `head` is its first 64 KiB, decompressed where the file is gzipped (`path` then points
    to the decompressed copy)."""

    name: str
    path: Path
    size: int
    sha256: str
    head: bytes


@dataclass(frozen=True)
class Shape:
    """What `recognise` says: which data set, which header generation, and (`group`) which
    files are read together into one load: files of one add with equal (source, group)."""

    dataset: str
    generation: str
    group: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recognised:
    candidate: Candidate
    shape: Shape


@dataclass(frozen=True)
class Load:
    """What `read` gives for a group: tables of the lake by name, and what they cover.

    Values are a pyarrow Table or an Ibis expression on the desk's connection, with the
    columns of the table's description (order free, missing optional columns become null), or
    what the desk has written already (`Straight.table`).
    `rows` counts rows read per candidate name. `published` is None when the files do not
    say; intake then takes the last day of the last month. `split` is true for a data set
    that the publisher gives as two files, a history and a recent one that continues it:
    such loads are joined into one release (store/releases.py)."""

    dataset: str
    generation: str
    tables: Mapping[str, pa.Table | Relation | StagedTable]
    coverage: Mapping[str, tuple[Month, ...]]
    files: tuple[Recognised, ...]
    rows: Mapping[str, int]
    published: date | None = None
    notes: tuple[LoadNote, ...] = ()
    split: bool = False


class Desk(Protocol):
    """What intake lends to a source while it reads."""

    def csv(self, paths: Sequence[Path], **options: object) -> Relation:
        """Scan CSV files with DuckDB; every column is text unless `types` says otherwise."""
        ...

    def parquet(self, paths: Sequence[Path]) -> Relation:
        """Scan Parquet files with DuckDB."""
        ...

    def hold(self, relation: Relation) -> Relation:
        """Run a relation once and keep its rows until the load is written, so that checks
        and counts do not scan the files again. A file that cannot be read as it was declared
        becomes a Problem here."""
        ...

    def straight(self, table: str, files: Sequence[CsvFile], how: Arrangement) -> Straight | None:
        """Write files that say whose month they hold into a table as they are read, without
        holding their rows. None where anything about them is amiss: `hold` them then, and say
        what it is."""
        ...

    def run(self, relation: Relation) -> pa.Table:
        """The rows of a relation, for small answers (counts, checks)."""
        ...

    def table(self, data: pa.Table) -> Relation:
        """Lend a pyarrow table to the desk's connection."""
        ...

    def lake(self, name: str) -> Relation | None:
        """A table that the lake holds already (look-ups), newest vintages only, or None."""
        ...

    def progress(self, done: int, total: int, words: str) -> None:
        """Tell the user how far a long read has come."""
        ...


@dataclass(frozen=True)
class FetchSpec:
    """A thing that can be downloaded: `key` as the user types it, `title`, `url` (a
    template with {placeholders}), what it costs in bytes if known."""

    key: str
    title: str
    url: str
    page: str = ""


def _nothing() -> None:
    """There is nothing to load."""


@dataclass(frozen=True)
class Source:
    """A publisher's format. `order` says who is read first (look-ups before what needs
    them). `warm_up` loads what recognising and reading need, if that takes long; intake calls
    it while it unpacks archives."""

    key: str
    title: str
    publisher: str
    licence: str
    url: str
    tables: tuple[str, ...]
    about: str
    recognise: Callable[[Candidate], Shape | None]
    read: Callable[[Sequence[Recognised], Desk], Iterator[Load]]
    order: int = 100
    fetches: tuple[FetchSpec, ...] = ()
    headers: tuple[str, ...] = ()
    warm_up: Callable[[], None] = _nothing
