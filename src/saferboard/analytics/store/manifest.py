"""The manifest: the one file that says what the lake holds. It is replaced, never edited."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from saferboard.analytics.store.vintage import LoadNote, SourceFile, Vintage
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

FILE_NAME = "manifest.json"
FORM = 1


@dataclass(frozen=True)
class StoredFile:
    """A Parquet file of the lake: its path below the lake's folder, as it was written."""

    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class StoredTable:
    """What one load holds of one table. `columns` are those that the catalogue had on the
    day: a later reader fills the newer ones with nothing."""

    columns: tuple[str, ...]
    files: tuple[StoredFile, ...]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)


@dataclass(frozen=True)
class Entry:
    """A load with the files that hold it."""

    vintage: Vintage
    tables: Mapping[str, StoredTable]


@dataclass(frozen=True)
class Manifest:
    """Every load of the lake, in the order (published, loaded, id)."""

    entries: tuple[Entry, ...] = ()

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        return tuple(entry.vintage for entry in self.entries)

    def entry(self, vintage: str) -> Entry:
        """The load with this id, or the only one whose id begins so. Raises Problem."""
        for entry in self.entries:
            if entry.vintage.id == vintage:
                return entry
        begun = [
            entry for entry in self.entries if vintage and entry.vintage.id.startswith(vintage)
        ]
        if len(begun) == 1:
            return begun[0]
        if begun:
            raise Problem(
                f"“{vintage}” is the beginning of {len(begun)} loads: "
                f"{', '.join(entry.vintage.id for entry in begun)}.",
                remedy="Write more of the name.",
            )
        raise Problem(
            f"The data store holds no load “{vintage}”.",
            remedy="“saferboard data list” shows every load with its name.",
        )

    def with_entries(self, more: Iterable[Entry]) -> Manifest:
        """This manifest and `more` loads."""
        return Manifest(_sorted([*self.entries, *more]))

    def without(self, vintages: Iterable[str]) -> Manifest:
        """This manifest less the loads with these ids."""
        gone = set(vintages)
        return Manifest(tuple(e for e in self.entries if e.vintage.id not in gone))

    def holder_of(self, sha256: str) -> Vintage | None:
        """The load that was read from a file with these bytes, if there is one."""
        return self._holders().get(sha256)

    def _holders(self) -> dict[str, Vintage]:
        return {file.sha256: v for v in self.vintages for file in v.files}


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(
        sorted(entries, key=lambda e: (e.vintage.published, e.vintage.loaded, e.vintage.id))
    )


def read(lake: Path) -> Manifest:
    """The manifest of the lake in the folder `lake`; an empty one if there is none yet.
    Raises Problem when the file is damaged or of a newer form."""
    file = lake / FILE_NAME
    if lake.exists() and not lake.is_dir():
        raise Problem(
            "This is a file, and a data store is a folder.",
            file=str(lake),
            remedy="Name a folder with --lake or SAFERBOARD_LAKE.",
        )
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, OSError) as error:
        raise _damaged(file, str(error)) from error
    if not isinstance(body, dict):
        raise _damaged(file, "it is not what saferboard writes")
    if body.get("form") != FORM:
        raise Problem(
            f"This data store has form {body.get('form')}, and this saferboard reads {FORM}.",
            file=str(file),
            remedy="Install the saferboard that wrote it, or load the files into a new folder.",
        )
    try:
        return Manifest(_sorted(_entry_from(item) for item in body["loads"]))
    except (KeyError, TypeError, ValueError, AttributeError, Problem) as error:
        raise _damaged(file, f"an entry is not whole: {error}") from error


def _damaged(file: Path, why: str) -> Problem:
    return Problem(
        f"The data store's list of loads cannot be read ({why}).",
        file=str(file),
        remedy="Restore this file from a backup, or load the files into a new folder.",
    )


def write(lake: Path, manifest: Manifest) -> None:
    """Replace the manifest by rename: a reader sees the old one or the new one, whole."""
    body = {"form": FORM, "loads": [_entry_to(entry) for entry in manifest.entries]}
    text = json.dumps(body, indent=1, ensure_ascii=False) + "\n"
    fresh = lake / f"{FILE_NAME}.new"
    try:
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    fresh.replace(lake / FILE_NAME)
    sync_folder(lake)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def vintage_to(vintage: Vintage) -> dict[str, Any]:
    """A vintage as plain JSON values."""
    return {
        "id": vintage.id,
        "source": vintage.source,
        "title": vintage.title,
        "dataset": vintage.dataset,
        "publisher": vintage.publisher,
        "licence": vintage.licence,
        "url": vintage.url,
        "generation": vintage.generation,
        "split": vintage.split,
        "published": vintage.published.isoformat(),
        "published_assumed": vintage.published_assumed,
        "loaded": vintage.loaded.isoformat(),
        "coverage": {
            unit: [str(month) for month in months] for unit, months in vintage.coverage.items()
        },
        "tables": dict(vintage.tables),
        "files": [vars(file) for file in vintage.files],
        "notes": [vars(note) for note in vintage.notes],
    }


def _vintage_from(body: Mapping[str, Any]) -> Vintage:
    return Vintage(
        id=body["id"],
        source=body["source"],
        dataset=body["dataset"],
        publisher=body["publisher"],
        licence=body["licence"],
        url=body["url"],
        generation=body["generation"],
        files=tuple(SourceFile(**file) for file in body["files"]),
        tables=body["tables"],
        coverage={
            unit: tuple(Month.parse(month) for month in months)
            for unit, months in body["coverage"].items()
        },
        published=date.fromisoformat(body["published"]),
        published_assumed=body["published_assumed"],
        loaded=datetime.fromisoformat(body["loaded"]),
        notes=tuple(LoadNote(**note) for note in body["notes"]),
        split=body["split"],
        title=body.get("title", ""),
    )


def _entry_to(entry: Entry) -> dict[str, Any]:
    stored = {
        name: {"columns": list(table.columns), "files": [vars(file) for file in table.files]}
        for name, table in entry.tables.items()
    }
    return {**vintage_to(entry.vintage), "stored": stored}


def _entry_from(body: Mapping[str, Any]) -> Entry:
    stored = {
        name: StoredTable(
            tuple(table["columns"]), tuple(StoredFile(**file) for file in table["files"])
        )
        for name, table in body["stored"].items()
    }
    return Entry(_vintage_from(body), stored)
