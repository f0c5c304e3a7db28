"""What the first line of a file says: its encoding, its columns, its months."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from saferboard.analytics.intake.source import Candidate
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_MONTH = re.compile(r"^(19|20)\d{2}-?(0[1-9]|1[0-2])$")
_DELIMITERS = ",;\t|"
_BINARY = (b"PAR1", b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG")


def encoding_of(candidate: Candidate) -> str | None:
    """The Python name of a text file's encoding: `utf-8-sig` (also for plain UTF-8, with
    or without a mark), `utf-16`, or `cp1252` when it is not UTF-8; None for a binary file.
    Only the head is judged: use `text_of` to be sure of the whole."""
    head = candidate.head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(_BINARY) or b"\0" in head:
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head, final=len(head) >= candidate.size)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def text_of(candidate: Candidate) -> str:
    """The whole text of a small file: UTF-8 (with or without a mark), UTF-16, else cp1252.
    Raises Problem for a binary file."""
    encoding = encoding_of(candidate)
    if encoding is None:
        raise Problem("This is not a text file.", file=candidate.name)
    data = candidate.path.read_bytes()
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def head_text(candidate: Candidate) -> str | None:
    """The head as text, cut at the last whole character; None for a binary file."""
    encoding = encoding_of(candidate)
    if encoding is None:
        return None
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(candidate.head)


def delimiter_of(line: str) -> str:
    """The delimiter that cuts this line into the most columns; a comma in doubt."""
    return max(_DELIMITERS, key=lambda mark: len(split_line(line, mark)))


def split_line(line: str, delimiter: str = ",") -> list[str]:
    """The trimmed cells of one line of a CSV."""
    for cells in csv.reader([line], delimiter=delimiter):
        return [cell.strip() for cell in cells]
    return []


def text_header(candidate: Candidate) -> list[str] | None:
    """The trimmed column names of a delimited text file; None when it is binary, empty or
    JSON. Knows byte order marks, cp1252 and UTF-16, and other delimiters than a comma."""
    text = head_text(candidate)
    if text is None:
        return None
    text = text.lstrip("﻿")
    if not text.strip() or text.lstrip()[0] in "{[<":
        return None
    first = next(csv.reader(io.StringIO(text), delimiter=delimiter_of(_line(text))), [])
    return [cell.strip() for cell in first]


def _line(text: str) -> str:
    return text.splitlines()[0] if text.splitlines() else ""


def parquet_header(candidate: Candidate) -> list[str] | None:
    """The column names of a Parquet file; None when it is not one. Raises Problem when it
    begins as Parquet and cannot be read."""
    if not candidate.head.startswith(b"PAR1"):
        return None
    try:
        return list(pq.read_schema(candidate.path).names)
    except (pa.ArrowInvalid, OSError) as error:
        raise Problem(
            "This Parquet file is cut short or damaged.",
            file=candidate.name,
            remedy="Download it again.",
        ) from error


def header_of(candidate: Candidate) -> list[str] | None:
    """Column names of a delimited text or a Parquet file, trimmed; None for anything else."""
    return text_header(candidate) or parquet_header(candidate)


def months_of(header: Sequence[str], file: str) -> list[tuple[int, Month]]:
    """(position, month) of every column whose name is a month (`202312` or `2023-12`), in
    the order of the header. Raises Problem for a month that comes twice, months out of
    order, or no month at all. Positions count from 0, places in messages from 1."""
    found = [
        (position, Month.parse(name.strip()))
        for position, name in enumerate(header)
        if _MONTH.match(name.strip())
    ]
    if not found:
        raise Problem("The header names no month.", file=file, place="line 1")
    for (_, before), (position, month) in itertools.pairwise(found):
        place = f"line 1, column {position + 1}"
        if any(month == other for at, other in found if at < position):
            raise Problem(
                f"The month {month} comes twice in the header.",
                file=file,
                place=place,
                remedy="Download the file again, or remove the column that is wrong.",
            )
        if month < before:
            raise Problem(
                f"The months are out of order: {month} stands after {before}.",
                file=file,
                place=place,
                remedy="Download the file again: a column may have been moved by hand.",
            )
    return found


def missing_between(months: Sequence[Month]) -> list[Month]:
    """The months that are left out between the first and the last of `months`."""
    have = set(months)
    if not have:
        return []
    first, last = min(have), max(have)
    return [first + step for step in range(last - first) if first + step not in have]
