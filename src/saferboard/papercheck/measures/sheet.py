"""A fact sheet that papers are checked against."""

from __future__ import annotations

from pathlib import Path

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.vocabulary.problem import Problem


def sheet_in(path: Path) -> FactSheet:
    """The fact sheet in a file. Raises Problem when there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "The fact sheet cannot be read.",
            file=str(path),
            remedy="Name the facts.json that lies beside a pack.",
        ) from error
    try:
        return FactSheet.from_json(text)
    except Problem as problem:
        raise Problem(problem.message, file=str(path), remedy=problem.remedy) from problem
