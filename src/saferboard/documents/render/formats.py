"""The five formats by name, and all that are wanted at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

from saferboard.documents.model import Document
from saferboard.documents.render import docx, html, pdf, pptx, xlsx
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.render.side import Beside
from saferboard.vocabulary.problem import Problem

Format = Literal["html", "pdf", "pptx", "docx", "xlsx"]


class Renderer(Protocol):
    """What every renderer can do: a document becomes the bytes of a file."""

    def __call__(
        self,
        document: Document,
        *,
        template: Path | None = None,
        pictures: Pictures | None = None,
    ) -> bytes: ...


RENDERERS: Mapping[Format, Renderer] = {
    "html": html.render,
    "pdf": pdf.render,
    "pptx": pptx.render,
    "docx": docx.render,
    "xlsx": xlsx.render,
}


def render_all(
    document: Document,
    formats: Collection[Format] = tuple(RENDERERS),
    *,
    templates: Mapping[Format, Path] | None = None,
    failed: dict[Format, Problem] | None = None,
    pictures: Pictures | None = None,
) -> dict[Format, bytes]:
    """The bytes of `document` in each format, in the order of `formats`.

    Every chart is drawn once for all, the wide ones first: all that the PDF needs. It takes
    longest and is laid out in a process of its own, while the rest is drawn and the others are
    written. `templates` names a partnership's own file for
    `pptx` and `docx`. A format that cannot be made here (no Pango for the PDF, a template that
    is none) does not keep the others from being made: its Problem is put into `failed`, or
    raised where the caller gives no place for it. `pictures` keeps what was drawn.
    """
    templates = templates or {}
    pictures = pictures or Pictures(document.look)
    png, narrow = "docx" in formats, "html" in formats
    made: dict[Format, bytes] = {}
    paper = None
    if "pdf" in formats and len(formats) > 1:
        pictures.draw(document, png=False, narrow=False)
        paper = Beside.start(_paper, document, pictures)
    try:
        if png or narrow:
            pictures.draw(document, png=png, narrow=narrow, processes=1 if paper else 2)
        for name in formats:
            if name != "pdf" or paper is None:
                with _kept(name, failed):
                    made[name] = RENDERERS[name](
                        document, template=templates.get(name), pictures=pictures
                    )
    except BaseException:
        if paper is not None:
            paper.stop()
        raise
    if paper is not None:
        with _kept("pdf", failed):
            made["pdf"] = paper.result()
    return {name: made[name] for name in formats if name in made}


@contextmanager
def _kept(name: Format, failed: dict[Format, Problem] | None) -> Iterator[None]:
    """Put a Problem of one format where the caller looks for it."""
    try:
        yield
    except Problem as problem:
        if failed is None:
            raise
        failed[name] = problem


def _paper(document: Document, pictures: Pictures) -> bytes:
    return pdf.render(document, pictures=pictures)
