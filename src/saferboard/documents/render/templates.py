"""A partnership's own Word or PowerPoint file as the ground to write on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from saferboard.vocabulary.problem import Problem

_TEMPLATE_TYPES = {
    b"presentationml.template.main+xml": b"presentationml.presentation.main+xml",
    b"wordprocessingml.template.main+xml": b"wordprocessingml.document.main+xml",
}


def opened(template: Path, reader: Callable[[Any], Any], kind: str) -> Any:
    """`template` opened by `reader` (of python-pptx or python-docx); `.potx` and `.dotx` too.
    Raises a Problem when it is not a file of that kind."""
    try:
        data = template.read_bytes()
        return reader(io.BytesIO(_as_document(data)))
    except OSError as error:
        raise Problem(
            f"The template cannot be read ({error.strerror}).", file=str(template)
        ) from error
    except Exception as error:  # a broken package raises whatever its XML reader does
        raise Problem(
            f"The template is not a {kind} file.",
            file=str(template),
            remedy=f"Give a {kind} file, saved by the office programme.",
        ) from error


def _as_document(data: bytes) -> bytes:
    """The libraries open documents only: a template differs by one content type."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        types = given.read("[Content_Types].xml")
        if not any(name in types for name in _TEMPLATE_TYPES):
            return data
        for old, new in _TEMPLATE_TYPES.items():
            types = types.replace(old, new)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for name in given.namelist():
                body = types if name == "[Content_Types].xml" else given.read(name)
                written.writestr(name, body)
    return out.getvalue()
