"""Text tables as they come: the encoding told from the bytes, rows checked against the header."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache

from saferboard.analytics.intake.source import Candidate
from saferboard.vocabulary.problem import Problem

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True)
class TextTable:
    """A delimited file in memory: `header` trimmed, `rows` as text in the header's width,
    `lines` the line of each row in the file (for messages)."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of the column called `name`. Raises Problem where there is none."""
        if name not in self.header:
            raise Problem(
                f"The column “{name}” is missing.",
                file=self.file,
                place="line 1",
                remedy="Load the file as the publisher gives it.",
            )
        at = self.header.index(name)
        return tuple(row[at] for row in self.rows)

    def place(self, row: int, column: str) -> str:
        """Where a cell is, for a message."""
        return f"line {self.lines[row]}, column “{column}”"


def encoding_of(data: bytes) -> str | None:
    """The encoding of `data`: what its mark says, else UTF-8 if it is valid, else Windows-1252,
    which London's and the ONS's older files use. None where the bytes are no text at all."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A head cut in the middle of a character is still UTF-8.
        if error.reason == "unexpected end of data" and error.start > len(data) - 4:
            return "utf-8"
        return "cp1252"
    return "utf-8"


def decoded(data: bytes, file: str, encoding: str | None = None) -> str:
    """`data` as text, in the `encoding` that its head was told to have, else in that of the
    whole. Raises Problem, with the line, for what is no text."""
    encoding = encoding or encoding_of(data)
    if encoding is None:
        raise Problem("This file is not text.", file=file, remedy="Download it again.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":  # the head was plain, a name further down is not
            return decoded(data, file, "cp1252")
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(
            f"Byte {data[error.start : error.start + 1].hex()} is not text in the encoding of "
            f"this file ({encoding}).",
            file=file,
            place=f"line {line}",
            remedy="Save the file as CSV in UTF-8, or download it again.",
        ) from error


# Every source asks about every file: the answers of the last few are kept.
@lru_cache(maxsize=8)
def start_of(candidate: Candidate) -> str:
    """The head of a candidate as text, without a byte order mark; empty where it is no text."""
    encoding = encoding_of(candidate.head)
    return candidate.head.decode(encoding, errors="ignore") if encoding else ""


@lru_cache(maxsize=8)
def header_of(candidate: Candidate) -> tuple[str, ...]:
    """The first row of a comma-separated candidate, trimmed; empty where it is not text."""
    try:
        first = next(csv.reader(io.StringIO(start_of(candidate))), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in first)


def read_table(candidate: Candidate) -> TextTable:
    """The whole of a comma-separated candidate. Raises Problem where it is no text, has no
    rows, or a row is not as wide as the header. Rows of empty cells are passed over."""
    text = decoded(candidate.path.read_bytes(), candidate.name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise Problem(
                    f"This line has {len(cells)} cells and the header {len(header)}.",
                    file=candidate.name,
                    place=f"line {reader.line_num}",
                    remedy="Download the file again: it may have been cut short.",
                )
            rows.append(cells)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise Problem(
            f"This line cannot be read: {error}.",
            file=candidate.name,
            place=f"line {reader.line_num}",
            remedy="Download the file again.",
        ) from error
    if not rows:
        raise Problem(
            "There is a header and nothing below it.",
            file=candidate.name,
            remedy="Download the file again.",
        )
    return TextTable(candidate.name, header, tuple(rows), tuple(lines))
