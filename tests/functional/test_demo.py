"""The demo: it types commands that exist, and never clears a folder that is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from saferboard.analytics.sample.write import LAST, SampleReport
from saferboard.vocabulary.problem import Problem
from scripts import demo, reference


def _report(folder: Path) -> SampleReport:
    return SampleReport(
        folder, folder / "data", folder / "partnership.yaml", "E0", "Somewhere", LAST, 1, (), 0
    )


def test_every_command_of_the_demo_exists_with_its_options(tmp_path: Path) -> None:
    known = {path[1:]: command for path, command in reference.commands()}
    typed = [words for _, words in demo._commands(tmp_path, _report(tmp_path))]
    assert [words[0] for words in typed] == ["data", "summary", "pack", "pack"]
    for words in typed:
        [command] = [one for path, one in known.items() if list(path) == words[: len(path)]]
        options = {name for one in command.params for name in one.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(Problem, match="nothing was touched"):
        demo._clear(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "keep"


def test_its_own_folder_is_made_anew(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    demo._clear(out)
    (out / "old.txt").write_text("old")
    demo._clear(out)
    assert [path.name for path in out.iterdir()] == [demo._MARK]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    demo._clear(tmp_path)
    assert (tmp_path / demo._MARK).exists()
