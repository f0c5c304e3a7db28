"""The formats that packs are made in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from saferboard.documents.render import docx, html, pdf, pptx, xlsx

Renderer = Callable[..., bytes]

RENDERERS: Mapping[str, Renderer] = {
    "html": html.render,
    "pdf": pdf.render,
    "pptx": pptx.render,
    "docx": docx.render,
    "xlsx": xlsx.render,
}
FORMATS = tuple(RENDERERS)
