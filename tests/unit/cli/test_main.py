"""The commands: all there, each with help, loaded only when asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.bench.machine import ROOT
from typer.testing import CliRunner

from saferboard.analytics.measures.register import definitions
from saferboard.cli.main import COMMANDS, app, main


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
        "slow = {'scipy', 'openpyxl', 'altair', 'weasyprint', 'httpx', 'shapely'};"
        # Loaded while archives are unpacked, and so not before.
        "slow |= {'duckdb', 'ibis', 'numpy', 'pyarrow'};"
        "print(slow & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert run.stdout.strip() == "set()", run.stdout


def _said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `saferboard` prints on the error stream, as the entry point that is installed."""
    monkeypatch.setattr(sys, "argv", ["saferboard", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code not in (0, None)
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    "body", ["{bad", "[]", '{"form": 1}', '{"form": 1, "loads": [{"id": 1}]}', '{"form": 99}']
)
def test_a_damaged_list_of_loads_is_one_message(
    tmp_path: Path, body: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_text(body)
    said = _said(monkeypatch, capsys, "data", "list", "--lake", str(tmp_path))
    assert said.startswith("Problem:")
    assert "manifest.json" in said


def test_a_data_store_that_is_a_file_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    said = _said(monkeypatch, capsys, "data", "list", "--lake", str(file))
    assert "a data store is a folder" in said


def test_a_stored_file_that_is_gone_names_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader who deleted a Parquet file by hand is told which load to add again."""
    file = tmp_path / "borough.csv"
    file.write_text(
        "MajorText,MinorText,BoroughName,202401,202402,202403\n"
        "BURGLARY,DOMESTIC BURGLARY,Nowhere,3,4,5\n"
    )
    lake = tmp_path / "lake"
    assert CliRunner().invoke(app, ["data", "add", str(file), "--lake", str(lake)]).exit_code == 0
    for stored in lake.glob("tables/**/*.parquet"):
        stored.unlink()
    said = _said(
        monkeypatch, capsys, "summary", "--area", "Nowhere", "--to", "2024-03", "--lake", str(lake)
    )
    assert "is damaged or gone" in said
    assert "data remove mps-borough-2024-03-" in said


@pytest.mark.parametrize(
    ("error", "words", "status"),
    [
        (KeyboardInterrupt(), "Stopped", 130),
        (ZeroDivisionError("division by zero"), "fault in saferboard", 1),
        (PermissionError(13, "Permission denied", "/there"), "/there", 1),
    ],
)
def test_nothing_ends_in_a_traceback(
    error: BaseException,
    words: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr("saferboard.cli.main.app", fail)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--version"], 0, "saferboard "),
        (["data", "check", "--lake", "/nowhere/at/all"], 1, "There is no data store here"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_the_installed_program_says_all_before_it_ends(
    words: list[str], status: int, said: str
) -> None:
    """It ends without Python's tidying up: nothing of its words may be lost in a pipe."""
    code = "from saferboard.cli.main import run; run()"
    ended = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert ended.returncode == status
    assert said in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "error",
    [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Interrupted!")],
)
def test_a_query_that_is_stopped_by_hand_is_no_fault_of_the_program(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control-C while the engine works: it raises an error of its own kind."""

    def stopped(**_: object) -> None:
        raise error

    monkeypatch.setattr("saferboard.cli.main.app", stopped)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped. What was there before is as it was.\n"


def test_every_key_of_a_measure_can_be_copied_from_the_list() -> None:
    words = CliRunner().invoke(app, ["measures", "list"], env={"COLUMNS": "80"}).output
    lines = words.splitlines()
    assert max(map(len, lines)) <= 80
    assert set(definitions()) <= set(lines)
