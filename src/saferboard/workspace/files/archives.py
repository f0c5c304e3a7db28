"""Archives, and office files, which are archives: how much they unpack to and whether they hold
macros, seen before anything opens them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from saferboard.vocabulary.problem import Problem

_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|intlmacrosheets/)", re.I)
_TYPES = "[Content_Types].xml"
_MOST_TYPES = 4_000_000
_NOT_READ = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


@dataclass(frozen=True)
class Limits:
    """`unpacked` is bytes over all parts, `ratio` unpacked to packed (asked above `small` bytes),
    `parts` how many."""

    unpacked: int = 1_200_000_000
    ratio: int = 150
    small: int = 20_000_000
    parts: int = 20_000


def parts_of(content: BinaryIO, name: str, limits: Limits) -> frozenset[str]:
    """The names of an archive's parts. Raises Problem for a damaged or encrypted one, for a bomb
    and for macros. What the archive says of its sizes is enough: no part is ever read beyond
    the size that it claims."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            held = archive.infolist()
            _sizes(held, name, limits)
            if any(one.flag_bits & 1 for one in held):
                raise Problem(
                    "The file is encrypted.", file=name, remedy="Save it without a password."
                )
            names = frozenset(one.filename for one in held)
            types = b""
            if _TYPES in names:
                with archive.open(_TYPES) as part:
                    types = part.read(_MOST_TYPES)
    except _NOT_READ as error:
        raise Problem(
            "The file is damaged and cannot be read.",
            file=name,
            remedy="Open it in the program that made it and save it again.",
        ) from error
    if b"macroEnabled" in types or any(_MACROS.search(one) for one in names):
        raise Problem(
            "The file holds macros, which are small programs.",
            file=name,
            remedy="Save it as DOCX, PPTX or XLSX, which hold none.",
        )
    return names


def _sizes(held: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    unpacked = sum(one.file_size for one in held)
    packed = sum(one.compress_size for one in held) or 1
    bomb = unpacked > limits.small and unpacked > packed * limits.ratio
    if bomb or unpacked > limits.unpacked or len(held) > limits.parts:
        raise Problem(
            f"The file unpacks to {unpacked / 1e6:,.0f} MB in {len(held):,} parts: more than is "
            "taken.",
            file=name,
            remedy="Divide it, or send what is in it one by one.",
        )
