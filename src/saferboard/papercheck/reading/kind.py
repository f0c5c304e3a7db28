"""What a file is, by what it holds: its name is not believed."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from saferboard.papercheck.reading.encoding import decoded
from saferboard.papercheck.reading.package import damaged
from saferboard.vocabulary.problem import Problem

PaperKind = Literal["pdf", "docx", "pptx", "xlsx", "html", "text"]

MOST_BYTES = 300_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: tuple[tuple[str, PaperKind], ...] = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM6")


def kind_of(name: str, data: bytes) -> PaperKind:
    """The kind of paper that `data` is. Raises Problem for what cannot be a paper."""
    if not data.strip():
        raise Problem("The file is empty.", file=name, remedy="Save it again, or ask for it again.")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLD_OFFICE):
        raise _old_office(name, data)
    if data.startswith(b"PK"):
        return _zipped(name, data)
    if data.startswith(b"{\\rtf"):
        raise Problem("The file is Rich Text (RTF).", file=name, remedy="Save it as DOCX.")
    if data.startswith(_PICTURES):
        raise Problem(
            "The file is a picture and holds no text.",
            file=name,
            remedy="Ask for the file that it was made from, or recognise its text first.",
        )
    words = decoded(name, data)
    start = words[:2000].lstrip("\ufeff \r\n\t").lower()
    if start.startswith(("<!doctype html", "<html")) or "<body" in start or "<head>" in start:
        return "html"
    return "text"


def _old_office(name: str, data: bytes) -> Problem:
    """Office before 2007, and every password since, puts its streams into one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Problem("The file is encrypted.", file=name, remedy="Save it without a password.")
    for stream, program, new in (
        ("WordDocument", "Word", "DOCX"),
        ("PowerPoint Document", "PowerPoint", "PPTX"),
        ("Workbook", "Excel", "XLSX"),
    ):
        if stream.encode("utf-16-le") in data:
            return Problem(
                f"The file was made in the form of {program} before 2007.",
                file=name,
                remedy=f"Save it as {new}.",
            )
    return Problem(
        "The file is encrypted, or made by an Office of before 2007.",
        file=name,
        remedy="Save it as DOCX, PPTX or XLSX without a password.",
    )


def _zipped(name: str, data: bytes) -> PaperKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = set(archive.namelist())
            open_document = "mimetype" in held and archive.read("mimetype")[:200].startswith(
                b"application/vnd.oasis.opendocument"
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise damaged(name) from error
    if open_document:
        raise Problem(
            "The file is an OpenDocument file.", file=name, remedy="Save it as DOCX, PPTX or XLSX."
        )
    for part, kind in _PARTS:
        if part in held:
            return kind
    raise Problem(
        "The file is an archive, not a paper.",
        file=name,
        remedy="Check the papers inside it one by one.",
    )
