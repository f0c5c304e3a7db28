"""Answers that are files: each is written whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from saferboard.vocabulary.problem import Problem


def written(path: Path, data: bytes) -> None:
    """Writes a file and the folder that it goes into. Raises Problem where that cannot be."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Problem(f"The file cannot be written: {error.strerror}.", file=str(path)) from error
