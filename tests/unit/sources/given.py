"""What the tests of sources have in common: candidates made from files or from text."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import openpyxl
from pyarrow.dataset import dataset

from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised
from saferboard.analytics.store.staging import StagedTable

_HEAD = 65536


def candidate(path: Path, name: str | None = None) -> Candidate:
    """A candidate as intake would make it of a file on disk."""
    data = path.read_bytes()
    return Candidate(
        name=name or path.name,
        path=path,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        head=data[:_HEAD],
    )


def written(folder: Path, name: str, text: str | bytes) -> Candidate:
    """A candidate made of text (as UTF-8) or bytes, under the name that the user would see."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return candidate(path, name)


def unzipped(path: Path, folder: Path) -> Candidate:
    """A gzipped file as intake lays it on disk: decompressed, under its own name."""
    target = folder / path.stem
    target.write_bytes(gzip.decompress(path.read_bytes()))
    return candidate(target, path.name)


def workbook(
    folder: Path, name: str, sheets: Mapping[str, Sequence[Sequence[object]]]
) -> Candidate:
    """A small workbook in a publisher's form."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return candidate(folder / name)


def recognised(shape: ModuleType, one: Candidate) -> Recognised:
    """The candidate with what the source says of it; fails where the source does not know it."""
    found = shape.recognise(one)
    assert found is not None, f"{one.name} was not recognised"
    return Recognised(one, found)


def loads(shape: ModuleType, desk: Desk, *candidates: Candidate) -> list[Load]:
    """What the source reads from candidates that lie in one group."""
    files = [recognised(shape, one) for one in candidates]
    assert len({file.shape.group for file in files}) == 1
    return list(shape.read(files, desk))


def load(shape: ModuleType, desk: Desk, *candidates: Candidate) -> Load:
    """As `loads`, where one load is expected."""
    (only,) = loads(shape, desk, *candidates)
    return only


def rows_of(load: Load, table: str, **where: object) -> list[dict[str, object]]:
    """Rows of a table of the load, as dictionaries, filtered by equality."""
    data = load.tables[table]
    if isinstance(data, StagedTable):
        found = dataset(data.folder, partitioning="hive").to_table().drop_columns("year")
    else:
        found = data if hasattr(data, "to_pylist") else data.to_pyarrow()
    return [
        row
        for row in found.to_pylist()
        if all(row.get(key) == value for key, value in where.items())
    ]
