"""What a file is, by what it holds. Its name is not believed: it has to agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

import yaml

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.files.archives import Limits, parts_of

_HEAD = 64 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!/")
_BEGINS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x1f\x8b", "gzip"),
)
_OFFICE = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
    ("content.xml", "ods"),
)
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b", re.I | re.S
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class FileKind:
    """`names` are the endings that go with it, without the dot."""

    key: str
    title: str
    media: str
    names: tuple[str, ...]
    inline: bool


@dataclass(frozen=True)
class Accepts:
    """What one place of the workspace takes: which kinds, how many bytes at most, and how much
    an archive may unpack to."""

    kinds: frozenset[str]
    most_bytes: int
    limits: Limits = field(default_factory=Limits)


@cache
def file_kinds() -> dict[str, FileKind]:
    """Every kind, by its key."""
    held = yaml.safe_load((Path(__file__).parent / "kinds.yaml").read_text("utf-8"))
    return {
        key: FileKind(key, one["title"], one["media"], tuple(one["names"]), one["inline"])
        for key, one in held.items()
    }


def checked_kind(content: BinaryIO, name: str, accepts: Accepts) -> FileKind:
    """The kind of a file that can be taken. Raises Problem for one that is empty, is not what
    its name says, holds macros, a program or a bomb, or is of a kind that is not taken here.
    Leaves the position of `content` anywhere."""
    kind = file_kinds()[_kind(content, name, accepts)]
    ending = _ending(name)
    if kind.key not in accepts.kinds:
        raise Problem(
            f"The file is a {kind.title}, which is not taken here.",
            file=name,
            remedy=f"Give one of these: {titles(accepts)}.",
        )
    if not any(ending == one or ending.endswith(f".{one}") for one in kind.names):
        raise Problem(
            f"The file is called “.{ending or 'nothing'}” but is a {kind.title}.",
            file=name,
            remedy=f"Check that it is the right file, and name it .{kind.names[0]}.",
        )
    return kind


def titles(accepts: Accepts) -> str:
    """The kinds that are taken, in words."""
    return ", ".join(one.title for key, one in file_kinds().items() if key in accepts.kinds)


def _kind(content: BinaryIO, name: str, accepts: Accepts) -> str:
    content.seek(0)
    head = content.read(_HEAD)
    if not head.strip():
        raise Problem("The file is empty.", file=name, remedy="Save it again, and send that.")
    if head.startswith(_OLD_OFFICE):
        raise Problem(
            "The file was made by an Office of before 2007, or has a password.",
            file=name,
            remedy="Save it as DOCX, PPTX or XLSX without a password.",
        )
    if head.startswith(_PROGRAMS):
        raise Problem("The file is a program.", file=name, remedy="Programs are not taken.")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for begins, key in _BEGINS:
        if head.startswith(begins):
            return key
    if head.startswith(b"PK"):
        parts = parts_of(content, name, accepts.limits)
        return next((key for part, key in _OFFICE if part in parts), "zip")
    return _text_kind(head, name)


def _text_kind(head: bytes, name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        words = head.decode("utf-16", errors="replace")
    elif _CONTROL.search(head):
        raise Problem(
            "The file is of no kind that is known here.",
            file=name,
            remedy="Save it as PDF, DOCX, PPTX, XLSX, CSV or plain text.",
        )
    else:
        words = head.decode("utf-8-sig", errors="replace")
    if _MARKUP.match(words):
        return "html"
    ending = _ending(name)
    if ending in ("json", "geojson") and words.lstrip()[:1] in ("{", "["):
        return "json"
    return "text"


def _ending(name: str) -> str:
    return name.rsplit("/", 1)[-1].partition(".")[2].lower()
