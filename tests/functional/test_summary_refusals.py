"""What `summary` refuses and how: one message with the option and what to do; and a rate of less
than a year says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.measures.made import (
    borough_csv,
    lookup_csv,
    make,
    months,
    residents_csv,
    usual_counts,
)
from typer.testing import CliRunner

from saferboard.cli.main import app
from saferboard.vocabulary.problem import Problem


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    span = months("2019-01", "2023-12")
    files = {
        "borough.csv": borough_csv(span, usual_counts(span)),
        "look.csv": lookup_csv(),
        "residents.csv": residents_csv(),
    }
    return make(tmp_path_factory.mktemp("refusals"), files)


def ask(lake: Path, *more: str, area: str = "Barnet", to: str = "2023-12") -> tuple[int, str]:
    result = CliRunner().invoke(
        app, ["summary", "--lake", str(lake), "--area", area, "--to", to, *more]
    )
    refused = result.exception.sentence() if isinstance(result.exception, Problem) else ""
    return result.exit_code, " ".join(f"{result.output} {refused}".split())


@pytest.mark.parametrize("year", ["2023", "2024", "2050"])
def test_a_baseline_that_is_not_earlier_is_refused(lake: Path, year: str) -> None:
    code, said = ask(lake, "--baseline", year)
    assert code == 1
    assert f"--baseline: The baseline year {year} does not lie before the year" in said


def test_a_day_before_anything_was_published_is_named(lake: Path) -> None:
    code, said = ask(lake, "--as-known", "1999-01-01")
    assert code == 1
    assert "--as-known" in said
    assert "published by 1 January 1999" in said


@pytest.mark.parametrize("area", ["E07000209", "Guildford"])
def test_an_area_that_nothing_names_can_still_be_described(lake: Path, area: str) -> None:
    """Street-level files alone name no code: the way on is a partnership's file."""
    code, said = ask(lake, area=area)
    assert code == 1
    assert "saferboard init --area-code CODE --area-name NAME" in said


def test_a_rate_of_a_quarter_says_so(tmp_path: Path) -> None:
    span = months("2023-07", "2023-12")
    files = {
        "borough.csv": borough_csv(span, usual_counts(span)),
        "look.csv": lookup_csv(),
        "residents.csv": residents_csv(),
    }
    code, said = ask(make(tmp_path, files), "--measure", "personal-robbery")
    assert code == 0
    assert "per 10,000 residents, October to December 2023" in said
