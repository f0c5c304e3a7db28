"""Every file of the real data is read by exactly one source; documents are by none."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate

from saferboard.analytics.intake.recognise import recognise
from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.sources.registry import sources
from saferboard.vocabulary.problem import Problem

pytestmark = pytest.mark.golden


def _candidates(path: Path, folder: Path) -> list[Candidate]:
    """A file as intake lays it on disk. Of an archive, one file of each kind stands for all."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            kinds = {name.rsplit("-", 1)[-1]: name for name in archive.namelist()}
            return [candidate(Path(archive.extract(name, folder))) for name in kinds.values()]
    if path.suffix == ".gz":
        plain = folder / path.stem
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        return [candidate(plain, path.name)]
    return [candidate(path)]


def test_every_file_has_one_source(tmp_path: Path) -> None:
    root = shared()
    unknown, known = [], set()
    for path in sorted(file for file in root.rglob("*") if file.is_file()):
        for one in _candidates(path, tmp_path):
            try:
                source, _ = recognise(one, sources())
                known.add(source.key)
            except Problem as problem:
                unknown.append((path.relative_to(root).as_posix(), problem.message))
    assert {name for name, _ in unknown} == {"README.md", "reference-notes.md"}, unknown
    assert known == {source.key for source in sources()} - {"local-return"}
