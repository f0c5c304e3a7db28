"""What the engine and the disk complain of, said so that a user can act on it."""

from __future__ import annotations

import errno
import re

from saferboard.vocabulary.problem import Problem

_LINE = re.compile(r"CSV Error on Line: (\d+)", re.IGNORECASE)
_FILE = re.compile(
    r'(?:^|\s)file\s*=\s*"?([^\n"]+)|in file "([^"]+)"|(?:File|file) [\'"]([^\'"]+)[\'"]'
)
# A Parquet file of the data store, and the load that it belongs to.
_STORED = re.compile(r"[^\s\"']*/vintage=([^/\s\"']+)/[^\s\"']*\.parquet")
_COLUMN = re.compile(r"Error when converting column \"([^\"]+)\"")
_WIDTH = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


def as_problem(error: BaseException) -> Problem | None:
    """The Problem that `error` is to a user; None if it is a fault of ours instead."""
    if isinstance(error, Problem):
        return error
    if is_disk_full(error):
        return disk_full()
    if isinstance(error, UnicodeError):
        return Problem(
            "The text of this file is in an encoding that was not understood.",
            remedy="Save it as UTF-8 and add it again.",
        )
    if _is_of_engine(error):
        return _from_engine(str(error))
    if isinstance(error, OSError):
        return Problem(
            f"This cannot be read or written: {error.strerror or error}.",
            file=str(error.filename) if error.filename else None,
            remedy="Check the path and who may read and write there.",
        )
    if _is_of_arrow(error):
        return Problem(
            f"This file is damaged or not what its name says ({_first_line(str(error))}).",
            remedy="Download it again.",
        )
    return None


def is_interruption(error: BaseException) -> bool:
    """Whether the engine was stopped from outside (Control-C) in the middle of a query: it says so
    with errors of two kinds, neither of which is a KeyboardInterrupt."""
    stopped = isinstance(error, RuntimeError) or _is_of_engine(error)
    return stopped and "interrupted" in str(error).lower()


def is_disk_full(error: BaseException) -> bool:
    """Whether there was no room (a full disk, a quota, a limit on the size of a file)."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    text = str(error)
    return _is_of_engine(error) and any(
        words in text
        for words in ("No space left on device", "File too large", "Disk quota exceeded")
    )


def _is_of_engine(error: BaseException) -> bool:
    import duckdb  # slow to load: only a failure pays for it

    return isinstance(error, duckdb.Error)


def _is_of_arrow(error: BaseException) -> bool:
    import pyarrow as pa

    return isinstance(error, pa.ArrowInvalid)


def disk_full() -> Problem:
    """There is no room on the disk."""
    return Problem(
        "The disk is full: nothing of this load was kept.",
        remedy="Make room, or choose another folder with --lake, and add the files again.",
    )


def _from_engine(text: str) -> Problem:
    if stored := _STORED.search(text):
        return Problem(
            "A file of the data store is damaged or gone.",
            file=stored[0],
            remedy=f"Take the load out (“saferboard data remove {stored[1]}”) and add its files "
            "again. “saferboard data check” looks for others.",
        )
    line, file, column, width = (form.search(text) for form in (_LINE, _FILE, _COLUMN, _WIDTH))
    place = ", ".join(
        part
        for part in (
            f"line {line[1]}" if line else "",
            f"column “{column[1]}”" if column else "",
        )
        if part
    )
    if width:
        message = f"This row has {width[2]} columns where the header has {width[1]}."
    elif "not utf-8" in text.lower() or "invalid unicode" in text.lower():
        message = "The text of this file is not UTF-8."
    else:
        message = f"The file could not be read: {_first_line(text)}"
    return Problem(
        message,
        file=next((group for group in file.groups() if group), None) if file else None,
        place=place or None,
        remedy="Put it right or download the file again, then add it again.",
    )


def _first_line(text: str) -> str:
    line = text.strip().splitlines()[0] if text.strip() else "no reason given"
    return line if line.endswith(".") else f"{line}."
