"""A desk with an engine and an empty lake, as intake lends it to a source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from saferboard.analytics.intake.source import Desk
from saferboard.analytics.store.writer import writing


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with writing(tmp_path_factory.mktemp("lake")) as writer:
        yield writer.desk
