"""The commands: all there, each with help, loaded only when asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.bench.machine import ROOT
from typer.testing import CliRunner

from saferboard.cli.main import COMMANDS, app


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_is_for(name: str) -> None:
    result = CliRunner().invoke(app, [name, "--help"])
    assert result.exit_code == 0
    assert name in result.output


def test_help_lists_every_command() -> None:
    words = CliRunner().invoke(app, ["--help"]).output
    assert all(name in words for name in COMMANDS)


def test_a_command_that_is_not_there_is_refused() -> None:
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2


def test_adding_data_loads_no_statistics() -> None:
    """ADR 0010: what a command does not need is not loaded."""
    code = (
        "import sys; from typer.testing import CliRunner; from saferboard.cli.main import app;"
        "CliRunner().invoke(app, ['data', '--help']);"
        "print({'scipy', 'openpyxl', 'altair', 'weasyprint'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert run.stdout.strip() == "set()", run.stdout
