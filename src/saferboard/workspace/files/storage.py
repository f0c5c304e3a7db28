"""Where the bytes lie: outside the web root, under the operator's home folder, by their hash."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from saferboard.vocabulary.problem import Problem

_CHUNK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Arrived:
    """Bytes that came and are not kept yet: `content` can be read and sought in."""

    content: BinaryIO
    path: Path
    sha256: str
    size: int


@contextmanager
def arriving(source: BinaryIO, name: str, most: int) -> Iterator[Arrived]:
    """Takes `source` in, to its end or to `most` bytes, into a file that is gone afterwards
    unless it was kept. Raises Problem where it is larger and where there is no room."""
    digest, size = hashlib.sha256(), 0
    try:
        incoming = _folder() / "arriving"
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, written = tempfile.mkstemp(dir=incoming)
    except OSError as error:
        raise _no_room(error, name) from error
    path = Path(written)
    try:
        with os.fdopen(number, "w+b") as file:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise Problem(
                        f"The file is larger than {most / 1e6:,.0f} MB, the most that is taken "
                        "here.",
                        file=name,
                        remedy="Divide it, or save its pictures smaller.",
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            yield Arrived(file, path, digest.hexdigest(), size)
    except OSError as error:
        raise _no_room(error, name) from error
    finally:
        path.unlink(missing_ok=True)


def keep(arrived: Arrived) -> None:
    """Puts the bytes where their hash says; the same bytes again change nothing."""
    target = path_of(arrived.sha256)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            os.link(arrived.path, target)
            target.chmod(0o400)
    except OSError as error:
        raise _no_room(error, "") from error


def forget(sha256: str) -> None:
    """Deletes the bytes; nothing happens where they are gone."""
    path_of(sha256).unlink(missing_ok=True)


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return _folder() / sha256[:2] / sha256


def _folder() -> Path:
    return Path(settings.ENVIRONMENT.home) / "files"


def _no_room(error: OSError, name: str) -> Problem:
    if error.errno in _FULL:
        return Problem(
            "There is no room on the server for this file; nothing was changed.",
            file=name or None,
            remedy="Tell whoever runs the server, and send it again later.",
        )
    return Problem(
        f"The file could not be kept: {error.strerror}; nothing was changed.",
        file=name or None,
        remedy="Tell whoever runs the server.",
    )
