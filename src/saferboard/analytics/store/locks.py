"""One writer at a time; readers are never kept waiting for longer than a sweep."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

_WRITER = ".writer.lock"
_READERS = ".readers.lock"


@contextlib.contextmanager
def writing(lake: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lake for writing. `waiting` is called once if somebody else holds it; then
    we wait. The kernel lets go of the lock when a process dies, however it dies."""
    handle = os.open(lake / _WRITER, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def read_mark(lake: Path) -> int | None:
    """A shared lock that says "somebody reads this lake": files that a removed load leaves
    are not deleted under a reader. Close the handle to let go. None where the folder is
    missing or may not be written to (nobody removes anything there)."""
    try:
        handle = os.open(lake / _READERS, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


@contextlib.contextmanager
def nobody_reading(lake: Path) -> Iterator[bool]:
    """True while we hold off new readers because there is none; False if there is one."""
    handle = os.open(lake / _READERS, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
