"""SECURITY.md names tests as its proof: they are there, by that name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if "`tests/" in line]
STATES = {"done", "partly", "not yet", "does not apply"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_the_tests_that_a_line_names_are_there(row: str) -> None:
    files = re.findall(r"`(tests/[\w/]+\.py)`", row)
    text = "".join((ROOT / file).read_text("utf-8") for file in files)
    assert files
    for name in re.findall(r"`(test_\w+)`", row):
        assert f"def {name}(" in text, name


def test_there_are_many_lines_and_each_threat_has_its_test() -> None:
    part = PAGE.split("## What stops them")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")][2:]
    assert len(lines) > 15 and all("`tests/" in line for line in lines)


def test_every_chapter_of_the_standard_is_marked_with_a_state_that_is_explained() -> None:
    chapters = dict(re.findall(r"^\| V(\d+) [^|]+\| ([^|]+) \|", PAGE, re.M))
    assert set(chapters) == {str(n) for n in range(1, 18)}
    assert set(chapters.values()) <= STATES
