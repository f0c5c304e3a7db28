"""One data store of the real files that the golden figures need, made once a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.shared_data import shared

from saferboard.analytics.intake.add import add
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake

FILES = (
    "mps/borough/to-2018-12",
    "mps/borough/to-2023-02",
    "mps/borough/to-2024-01",
    "mps/borough/to-2025-11",
    "mps/dashboard/monthly-crime-dashboard-to-2025-07.parquet",
    "ons/LAD23_Mid_Year_pop_2011_to_2023.xlsx",
    "ons/Local_Authority_District_to_CSPs_to_Police_Force_Areas_(December__2023)_Lookup_.csv",
    "ons/london-borough-profiles.csv",
    "ons/policeforceareatablesyedecember2024.xlsx",
    "mps/ward/recorded-crime-ward-historical.parquet",
    "census/households21_england_wales_ltla23.csv",
)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def real_lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """The lake of `FILES`; the tests that ask for it are skipped, loudly, without them."""
    paths: list[Path] = [shared(*name.split("/")) for name in FILES]
    folder = tmp_path_factory.mktemp("golden") / "lake"
    report = add(folder, paths, sources(), now=NOW)
    assert not report.refused, [one.problem.sentence() for one in report.refused]
    with Lake.open(folder) as lake:
        yield lake
