"""The page “How to add a source” does what it says: its blocks become a source that loads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.report import AddReport
from saferboard.analytics.intake.source import Source
from saferboard.analytics.sources.registry import sources, sources_in
from saferboard.analytics.store.lake import Lake

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-source.md"
BLOCK = re.compile(r"^```(?:yaml|python|csv)\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOW = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Source, ...]:
    package = tmp_path / "sources_of_the_page"
    for name, body in BLOCK.findall(PAGE.read_text("utf-8")):
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, "utf-8")
        (file.parent / "__init__.py").write_text('"""Fires in bins."""\n', "utf-8")
    (package / "__init__.py").write_text('"""Sources of an office."""\n', "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return sources_in(package.name)


def _add(folder: Path, toy: Sequence[Source], text: str) -> AddReport:
    file = folder / "as-it-came.csv"
    file.write_text(text, "utf-8")
    return add(folder / "lake", [file], (*sources(), *toy), now=NOW)


def test_the_page_builds_a_source_that_loads(tmp_path: Path, toy: tuple[Source, ...]) -> None:
    assert [source.key for source in toy] == ["bin-fires"]
    sample = (tmp_path / "sources_of_the_page" / "bin_fires" / "sample.csv").read_text("utf-8")
    report = _add(tmp_path, toy, sample)
    assert report.ok
    (vintage,) = report.read
    assert (vintage.source, vintage.dataset) == ("bin-fires", "bin-fires")
    with Lake.open(tmp_path / "lake") as lake:
        found = lake.run(lake.table("published_counts")).to_pylist()
    counts = {(row["area_code"], str(row["period_from"])): row["count"] for row in found}
    assert counts == {
        ("E07000223", "2025-01-01"): 4,
        ("E07000223", "2025-02-01"): 0,
        ("E07000224", "2025-01-01"): 7,
    }


def test_the_source_of_the_page_refuses_what_it_says(
    tmp_path: Path, toy: tuple[Source, ...]
) -> None:
    report = _add(tmp_path, toy, "District,Month,Bin Fires\nE07000223,2025-01,4.5\n")
    (refused,) = report.refused
    assert "line 2, column “Bin Fires”" in refused.problem.sentence()
    assert not report.read


def test_the_page_names_files_that_exist() -> None:
    named = re.findall(r"`(src/saferboard/[^`<>*]+)`", PAGE.read_text("utf-8"))
    assert named
    for name in named:
        assert (PAGE.parents[2] / name).exists(), name
