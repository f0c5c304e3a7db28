"""A disk that fills up at any point of an add: one clear message, and the last good state."""

from __future__ import annotations

import contextlib
import random
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.made_sources import LATER, NOW, SOURCES, STREET_HEADER, wide_csv

from saferboard.analytics.intake.add import add
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.problem import Problem


@contextlib.contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file may grow past `size` bytes: the nearest thing to a full disk that a test can
    have without mounting one. The kernel refuses the write, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip whose CSV is larger than its Parquet, which is larger than the manifest."""
    chance = random.Random(1)
    lines = [
        f"{chance.getrandbits(256):064x},2022-01,North Police,North Police,"
        f"{chance.random():.6f},51.6,On or near Made Road,E01000001,Made 001A,Burglary,,"
        for _ in range(3000)
    ]
    path = tmp_path_factory.mktemp("zip") / "archive.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2022-01-north-street.csv", "\n".join([STREET_HEADER, *lines]) + "\n")
    return path


def state(lake: Path) -> tuple[list[str], int, int]:
    with Lake.open(lake) as opened:
        street = opened.run(opened.table("street_crimes")).num_rows
        return (
            [vintage.source for vintage in opened.vintages],
            street,
            opened.run(opened.table("recorded_offences")).num_rows,
        )


# While unpacking; while writing Parquet; while replacing the manifest.
@pytest.mark.parametrize("size", [0, 1_000, 60_000, 300_000])
def test_a_full_disk_keeps_the_last_good_state(tmp_path: Path, archive: Path, size: int) -> None:
    lake, first = tmp_path / "lake", tmp_path / "first.csv"
    first.write_text(wide_csv("2023-01", "2023-12"))
    add(lake, [first], SOURCES, now=NOW)
    before = state(lake)
    manifest = (lake / "manifest.json").read_bytes()
    with files_up_to(size), pytest.raises(Problem, match="disk is full"):
        add(lake, [archive], SOURCES, now=LATER)
    assert (lake / "manifest.json").read_bytes() == manifest
    assert state(lake) == before
    assert not (lake / ".staging").exists()
    assert add(lake, [archive], SOURCES, now=LATER).ok
    assert state(lake) == (["made-street", "made-wide"], 3000, 24)


def test_a_manifest_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    lake, first = tmp_path / "lake", tmp_path / "first.csv"
    first.write_text(wide_csv("2023-01", "2023-12"))
    add(lake, [first], SOURCES, now=NOW)
    size = (lake / "manifest.json").stat().st_size
    more = []
    for year in range(2000, 2008):  # small files, many entries
        more.append(tmp_path / f"{year}.csv")
        more[-1].write_text(wide_csv(f"{year}-01", f"{year}-12"))
    with files_up_to(max(size + 500, 12_000)), pytest.raises(Problem, match="disk is full"):
        add(lake, more, SOURCES, now=LATER)
    assert state(lake) == (["made-wide"], 0, 24)
    assert not list(lake.rglob("*.new"))
    report = add(lake, more, SOURCES, now=LATER)
    assert len(report.read) == 8
