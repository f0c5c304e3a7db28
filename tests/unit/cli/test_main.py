"""The command line as a whole: what is imported, what is said, how it ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from saferboard import __version__
from saferboard.cli.main import COMMANDS


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "saferboard.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_help_lists_every_command() -> None:
    said = run("--help")
    assert said.returncode == 0
    assert all(name in said.stdout for name in COMMANDS)


def test_the_version_is_printed() -> None:
    assert run("--version").stdout.strip() == f"saferboard {__version__}"


def test_a_command_that_is_not_there_is_refused_with_the_nearest() -> None:
    said = run("sumary")
    assert said.returncode == 2
    assert "summary" in said.stderr


@pytest.mark.parametrize("writer", ["pptx", "docx", "weasyprint"])
def test_adding_data_does_not_wait_for_the_writers_of_documents(writer: str) -> None:
    program = (
        "import sys; from saferboard.cli.main import application; application(('data',));"
        f"sys.exit({writer!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_problem_is_one_message_and_status_one(tmp_path) -> None:
    said = run("data", "show", "nothing-like-it", "--lake", str(tmp_path / "lake"))
    assert said.returncode == 1
    assert said.stderr.startswith("Problem:")
    assert "Traceback" not in said.stderr
