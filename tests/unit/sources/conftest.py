"""A desk for sources that read in Python and only tell how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from saferboard.analytics.store.relation import Relation


class QuietDesk:
    """No engine and no lake: a source that needs either fails here, and says so."""

    def csv(self, paths: Sequence[Path], **options: object) -> Relation:
        raise AssertionError("this source was not expected to scan CSV files")

    def parquet(self, paths: Sequence[Path]) -> Relation:
        raise AssertionError("this source was not expected to scan Parquet files")

    def hold(self, relation: Relation) -> Relation:
        raise AssertionError("this source was not expected to hold a relation")

    def run(self, relation: Relation) -> pa.Table:
        raise AssertionError("this source was not expected to run a relation")

    def table(self, data: pa.Table) -> Relation:
        raise AssertionError("this source was not expected to lend a table")

    def lake(self, name: str) -> Relation | None:
        return None

    def progress(self, done: int, total: int, words: str) -> None:
        return None


@pytest.fixture
def quiet() -> QuietDesk:
    return QuietDesk()
