"""A data store of the sample partnership, made once, and where the workspace finds it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from tests.workspace.staff import make_staff

from saferboard.analytics.intake.add import add
from saferboard.analytics.sample.write import write_sample
from saferboard.analytics.sources.registry import sources
from saferboard.vocabulary.period import Month
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.config.roles import Addresses

TO = Month(2025, 6)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample partnership's files and its data store, in `lake`."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, to=TO)
    report = add(
        folder / "lake", [folder / "data"], sources(), now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert report.ok
    return folder


@pytest.fixture
def home(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own, with a copy of the partnership's file and the store, which
    is read only."""
    home = tmp_path / "home"
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("lake", "data"))
    environment = replace(
        settings.ENVIRONMENT, home=home, partnership=home / "partnership.yaml", lake=sample / "lake"
    )
    monkeypatch.setattr(settings, "ENVIRONMENT", environment)
    return home


@pytest.fixture
def staff(database: Addresses) -> dict[str, Actor]:
    """People with one role each."""
    return make_staff()
