"""What the tests of sources share: a file as intake would hand it over, read by its source."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Source
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.vintage import Vintage
from saferboard.analytics.store.writer import Writer, writing
from tests.shared_data import shared


@cache
def _lake() -> Writer:
    """A writer of an empty lake, for as long as the tests run."""
    folder = Path(tempfile.mkdtemp(prefix="saferboard-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    holding = ExitStack()
    atexit.register(holding.close)
    return holding.enter_context(writing(folder))


@contextmanager
def _desk(areas: pa.Table | None) -> Iterator[Desk]:
    """The desk of a lake that holds these areas, or of an empty one."""
    if areas is None:
        yield _lake().desk
        return
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder)) as writer:
        register = Vintage(
            id="register",
            source="made",
            dataset="register",
            publisher="Nobody",
            licence="None",
            url="",
            generation="1",
            files=(),
            tables={},
            coverage={},
            published=date(2024, 12, 31),
            published_assumed=False,
            loaded=datetime(2025, 1, 1, tzinfo=UTC),
        )
        writer.publish([writer.stage(register, {"areas": areas})])
        yield writer.desk


def candidate(path: Path) -> Candidate:
    """The file as intake describes it."""
    data = path.read_bytes()
    return Candidate(path.name, path, len(data), hashlib.sha256(data).hexdigest(), data[:65536])


def recognised_by(path: Path) -> list[str]:
    """The keys of the sources that take a file for theirs."""
    one = candidate(path)
    return [source.key for source in sources() if source.recognise(one) is not None]


def source(key: str) -> Source:
    return next(one for one in sources() if one.key == key)


def loads(key: str, path: Path, *, areas: pa.Table | None = None) -> list[Load]:
    """The loads that the source `key` makes of a file."""
    one = candidate(path)
    shape = source(key).recognise(one)
    assert shape is not None, f"{key} does not recognise {path.name}"
    with _desk(areas) as desk:
        return list(source(key).read([Recognised(one, shape)], desk))


@cache
def real(key: str, *parts: str) -> tuple[Load, ...]:
    """The loads that a source makes of a file of the real data, read once per run."""
    return tuple(loads(key, shared(*parts)))


def rows(load: Load, table: str = "recorded_offences", **wanted: object) -> list[dict[str, Any]]:
    """The rows of a load whose columns have the wanted values."""
    return _matching(load, table, wanted).to_pylist()  # type: ignore[no-any-return]


def _matching(load: Load, table: str, wanted: Mapping[str, object]) -> pa.Table:
    found = load.tables[table]
    assert isinstance(found, pa.Table)
    for name, value in wanted.items():
        column = found[name]
        same = pc.is_null(column) if value is None else pc.equal(column, value)
        found = found.filter(same)
    return found


def total(load: Load, table: str = "recorded_offences", **wanted: object) -> float:
    """The sum of the counts of those rows."""
    return float(pc.sum(_matching(load, table, wanted)["count"]).as_py() or 0)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with this text, in Windows' line ends as the publisher has them."""
    path.write_bytes((text.strip() + "\n").replace("\n", "\r\n").encode(encoding))
    return path


def sample(key: str, name: str = "sample.csv") -> str:
    """The made-up file in the publisher's form that stands in a source's folder."""
    package = f"saferboard.analytics.sources.{key.replace('-', '_')}"
    return resources.files(package).joinpath(name).read_text("utf-8")
