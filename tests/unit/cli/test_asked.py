"""What is asked for and cannot be had: one clear problem, and never an empty answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saferboard.cli.main import app
from saferboard.vocabulary.problem import Problem, did_you_mean


def problem(*words: str | Path) -> str:
    """The sentence of the problem that a command ends with."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, Problem), result.output
    return result.exception.sentence()


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A store with one small file of one borough."""
    path, file = tmp_path / "lake", tmp_path / "borough.csv"
    header = "MajorText,MinorText,BoroughName,202401,202402,202403"
    file.write_text(f"{header}\nBURGLARY,DOMESTIC BURGLARY,Barnet,3,4,5\n")
    added = CliRunner().invoke(app, ["data", "add", str(file), "--lake", str(path)])
    assert added.exit_code == 0, added.output
    return path


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ((), "Add files with “saferboard data add”"),
        (("--measure", "residential-burglary"), "MPS borough level crime"),
    ],
)
def test_a_month_without_data_is_a_problem_and_no_empty_table(
    lake: Path, more: tuple[str, ...], what: str
) -> None:
    said = problem("summary", "--area", "E09000003", "--to", "2003-12", "--lake", lake, *more)
    assert "up to December 2003" in said and what in said


def test_a_store_that_is_not_there_is_said_to_be_absent(tmp_path: Path) -> None:
    for command in (("summary",), ("pack", "performance", "--out", tmp_path / "out")):
        said = problem(*command, "--area", "E1", "--to", "2023-12", "--lake", tmp_path / "none")
        assert "no data store" in said and "SAFERBOARD_LAKE" in said
    assert not (tmp_path / "out").exists() and not (tmp_path / "none").exists()


def test_an_archive_or_a_folder_without_files_is_no_success(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    (tmp_path / "folder").mkdir()
    for name in ("empty.zip", "folder"):
        path = tmp_path / name
        result = CliRunner().invoke(app, ["data", "add", str(path), "--lake", str(tmp_path / "l")])
        assert result.exit_code == 1 and "no file to read" in result.output


def test_a_form_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    said = problem("data", "template", tmp_path / "form.csv")
    assert "No space left" in said and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "Did you mean A?"),
        (["A", "B"], "Did you mean A or B?"),
        (["A", "B", "C"], "Did you mean A, B or C?"),
    ],
)
def test_names_that_are_near_are_listed_in_english(names: list[str], said: str) -> None:
    assert did_you_mean(names) == said
