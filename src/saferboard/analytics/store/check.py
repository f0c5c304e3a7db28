"""`data check`: are the stored files as they were written, and what do the loads leave out?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from saferboard.analytics.store import manifest
from saferboard.analytics.store.coverage import gaps
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.manifest import Entry, StoredFile
from saferboard.analytics.store.releases import releases
from saferboard.analytics.store.vintage import Vintage
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.vocabulary.period import Month


@dataclass(frozen=True)
class Finding:
    """`serious` means that stored data is not what was written."""

    load: str
    kind: str
    words: str
    serious: bool = False


def check_lake(lake: Path) -> tuple[Finding, ...]:
    """Everything worth saying about the lake in this folder, serious things first."""
    held = manifest.read(lake)
    found: list[Finding] = []
    for entry in held.entries:
        damaged = list(_damage(lake, entry))
        found += damaged or list(_outside_coverage(lake, entry))
        found += _gaps(entry.vintage)
    for release in releases(held.vintages):
        found += [Finding(release.id, note.kind, note.words) for note in release.notes]
    found += _overlaps(held.vintages)
    return tuple(sorted(found, key=lambda one: not one.serious))


def _damage(lake: Path, entry: Entry) -> Iterator[Finding]:
    for table in entry.tables.values():
        for file in table.files:
            if words := _wrong(lake / file.path, file):
                yield Finding(entry.vintage.id, "damaged", f"{file.path}: {words}", serious=True)


def _wrong(path: Path, file: StoredFile) -> str | None:
    if not path.is_file():
        return "the file is gone. Take the load out and add its files again."
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:
            return "the bytes have changed. Take the load out and add its files again."
    import pyarrow as pa  # slow to load: see relation.py
    import pyarrow.parquet as pq

    try:
        rows = pq.read_metadata(path).num_rows
    except pa.ArrowInvalid:
        return "the file cannot be read. Take the load out and add its files again."
    return None if rows == file.rows else f"it holds {rows:,} rows, not {file.rows:,}."


def _outside_coverage(lake: Path, entry: Entry) -> Iterator[Finding]:
    """Months in the rows that the load does not say it covers: a fault of its source."""
    with Lake.open(lake) as opened:
        for name in entry.tables:
            if not {"unit", "month"} <= {column.name for column in TABLES[name].columns}:
                continue
            rows = opened.rows(name, {entry.vintage.id})
            for row in opened.run(rows.select("unit", "month").distinct()).to_pylist():
                month = Month.of(row["month"])
                if month not in entry.vintage.coverage.get(row["unit"], ()):
                    words = f"“{name}” has rows of {row['unit']} for {month}, which it leaves out."
                    yield Finding(entry.vintage.id, "coverage", words)


def _gaps(vintage: Vintage) -> Iterator[Finding]:
    for unit, months in sorted(vintage.coverage.items()):
        if lost := gaps(months):
            words = f"{unit}: {', '.join(str(month) for month in lost)}"
            yield Finding(vintage.id, "missing-month", words)


def _overlaps(vintages: tuple[Vintage, ...]) -> Iterator[Finding]:
    """Loads of one data set that share months: lawful (the newest answers), worth knowing."""
    for at, newer in enumerate(vintages):
        for older in vintages[:at]:
            if (newer.source, newer.dataset) != (older.source, older.dataset):
                continue
            shared = sum(
                len(set(months) & set(older.coverage.get(unit, ())))
                for unit, months in newer.coverage.items()
            )
            if shared:
                words = (
                    f"shares {shared} months of a force with {older.id}; "
                    "the newer answers unless an older date is asked for."
                )
                yield Finding(newer.id, "overlap", words)
