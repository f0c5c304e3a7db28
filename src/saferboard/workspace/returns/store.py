"""The data store, as returns use it: what was reported before, an upload, adding a return."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.recognise import recognise
from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.desk import WriterDesk
from saferboard.analytics.store.engine import DuckDB
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.manifest import read as read_manifest
from saferboard.analytics.store.staging import StagedTable
from saferboard.vocabulary.period import Period
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.returns.entries import Past

SOURCE = "local-return"
TABLE = "local_returns"
MOST_BYTES = 1_000_000
_HEAD = 64 * 1024
_A_SECOND = timedelta(seconds=1)
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Added:
    """What adding a return came to: the names of its loads, and the hash of its bytes."""

    loads: tuple[str, ...]
    sha256: str


def store() -> Path:
    """The folder of the data store."""
    folder: Path = settings.ENVIRONMENT.lake
    return folder


def reported(measures: Collection[str], areas: Collection[str]) -> dict[Key, list[Past]]:
    """What was reported on these measures for these areas, by measure, area and breakdown, oldest
    period first; of two loads about one period the newest counts."""
    with Lake.open(store()) as lake:
        loads = {
            one.id: (one.published, one.loaded)
            for one in lake.vintages
            if one.source == SOURCE and one.dataset in measures
        }
        if not loads:
            return {}
        table = lake.rows(TABLE, list(loads))
        wanted = table.filter(table.measure.isin(sorted(measures)))
        rows = lake.run(wanted.filter(wanted.area_code.isin(sorted(areas)))).to_pylist()
    newest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda one: loads[one["vintage"]]):
        names = ("measure", "area_code", "breakdown", "period_from", "period_to")
        newest[tuple(row[name] or "" for name in names)] = row
    found: dict[Key, list[Past]] = {}
    for at in sorted(newest, key=lambda one: (one[4], one[3])):
        found.setdefault((at[0], at[1], at[2]), []).append(_past(newest[at]))
    return found


def _past(row: Mapping[str, Any]) -> Past:
    return Past(
        Period(row["period_from"], row["period_to"], row["period_words"] or None),
        row["value"],
        row["denominator"],
        row["comparable"] is not False,
        row["recording_change"] or "",
        row["reported_by"],
        row["vintage"],
    )


def read_upload(content: bytes, name: str) -> list[dict[str, Any]]:
    """The rows of a CSV in the form of the local return, by the reader of the command line.
    Raises Problem, with the place, for the first thing that is wrong."""
    if len(content) > MOST_BYTES:
        raise Problem("The file is too large for a return.", file=name, remedy="At most 1 MB.")
    if content.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")) or b"\0" in content[:_HEAD]:
        raise Problem(
            "The file is not a CSV.",
            file=name,
            remedy="In your spreadsheet, choose “Save as” and “CSV UTF-8”.",
        )
    with _as_file(content, name) as file:
        digest = hashlib.sha256(content).hexdigest()
        candidate = Candidate(name, file, len(content), digest, content[:_HEAD])
        ours = [one for one in sources() if one.key == SOURCE]
        source, recognised = recognise(candidate, ours)
        desk = WriterDesk(store(), file.parent, DuckDB(), lambda: read_manifest(store()), _quiet)
        rows: list[dict[str, Any]] = []
        for load in source.read([recognised], desk):
            for table in load.tables.values():
                if isinstance(table, StagedTable):  # only police files are written as they are read
                    raise TypeError(f"{SOURCE} gives rows")
                rows += table.to_pylist()
    return rows


def add_return(content: bytes, name: str, *, now: datetime) -> Added:
    """Adds one CSV to the data store exactly as `saferboard data add` does. The same bytes again
    give the loads that they made before. Raises Problem where they were refused: then nothing of
    them is in the store. The load is dated a second after the newest return where two come within
    one: of two loads about one period the later one counts, and a correction has to be it."""
    digest = hashlib.sha256(content).hexdigest()
    with _as_file(content, name) as file:
        held = [one.loaded for one in read_manifest(store()).vintages if one.source == SOURCE]
        moment = max([now.replace(microsecond=0), *(one + _A_SECOND for one in held)])
        report = add(store(), [file], sources(), now=moment)
    if report.refused:
        raise report.refused[0].problem
    loads = [one.id for one in read_manifest(store()).vintages if _made_of(one.files, digest)]
    if not loads:
        raise Problem(
            "The data store did not take the return.", remedy="Try again; tell your administrator."
        )
    return Added(tuple(loads), digest)


def _made_of(files: Sequence[Any], digest: str) -> bool:
    return any(file.sha256 == digest for file in files)


@contextmanager
def _as_file(content: bytes, name: str) -> Iterator[Path]:
    """The bytes as a file in a folder of its own, gone afterwards; no path is made of what
    somebody called it."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    with tempfile.TemporaryDirectory(prefix="saferboard-return-") as folder:
        file = Path(folder) / (plain[-80:].lstrip(".") or "return.csv")
        file.write_bytes(content)
        yield file


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody waits for so short a file."""
