"""Where builds lie: a folder for each, which appears whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from saferboard.vocabulary.problem import Problem

PAGES = "pages"
CHARTS = "charts"
_MAKING = ".making-"


def folder_of(build: UUID) -> Path:
    """The folder of a finished build."""
    return _shelf() / str(build)


@contextmanager
def making(build: UUID) -> Iterator[Path]:
    """A hidden folder to write into. It becomes the build's when the block ends, and is gone when
    it fails; what an earlier, lost attempt left is cleared first. Raises Problem where the disk
    does not take it."""
    try:
        shelf = _shelf()
        shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in shelf.glob(f"{_MAKING}{build}-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{build}-", dir=shelf))
    except OSError as error:
        raise _not_written(error) from error
    try:
        yield folder
        for file in folder.rglob("*"):
            if file.is_file():
                _on_disk(file)
        shutil.rmtree(folder_of(build), ignore_errors=True)
        folder.rename(folder_of(build))
    except OSError as error:
        raise _not_written(error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hash_of(file: Path) -> str:
    """The sha256 of a file. Raises OSError where it is gone."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _shelf() -> Path:
    return Path(settings.ENVIRONMENT.home) / "packs"


def _on_disk(file: Path) -> None:
    number = os.open(file, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _not_written(error: OSError) -> Problem:
    return Problem(
        f"The pack could not be written: {error.strerror}. What was there before is still there.",
        remedy="Tell whoever runs the server; build it again when there is room.",
    )
