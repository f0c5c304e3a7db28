"""A pack as pages of the workspace: one for each section, with its charts beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from saferboard.documents.model import Document, Figure, plain
from saferboard.documents.render.formats import Format
from saferboard.documents.render.page_parts import Addresses, PageMarkup
from saferboard.documents.render.pictures import Pictures, Size, has_narrow
from saferboard.documents.walk import blocks_of
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.evidence.packs.shelf import CHARTS, PAGES

_CONTENTS = "contents.json"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


@dataclass(frozen=True)
class SectionLine:
    """A section in the list of contents."""

    anchor: str
    title: str
    presenter: str


@dataclass(frozen=True)
class Contents:
    """What a build holds: titles, sections, and which formats could not be made and why."""

    title: str
    subtitle: str
    sections: tuple[SectionLine, ...]
    failed: Mapping[str, str]


def write_pages(
    document: Document, pictures: Pictures, folder: Path, failed: Mapping[Format, Problem]
) -> None:
    """Writes the pages and charts of `document` into `folder`. Figures lead to `../figures/`,
    charts lie under `../charts/`: addresses beside the page's own."""
    (folder / PAGES).mkdir()
    (folder / CHARTS).mkdir()
    anchors = {section.anchor for section in document.sections}
    addresses = Addresses(
        figure=lambda fact: f"../figures/{quote(fact)}",
        picture=lambda key, size: f"../charts/{_file(key, size)}",
        place=lambda anchor: anchor if anchor in anchors else f"#{anchor}",
    )
    markup = PageMarkup("screen", pictures, addresses)
    for section in document.sections:
        heading = f'<h1 class="govuk-heading-l">{markup.inline(section.title)}</h1>'
        presenter = (
            f'<p class="sb-quiet">Presented by {escape(section.presenter)}</p>'
            if section.presenter
            else ""
        )
        text = f"{heading}{presenter}\n{markup.blocks(section.blocks)}"
        (folder / PAGES / f"{_safe(section.anchor)}.html").write_text(text, encoding="utf-8")
    for block in blocks_of(document):
        if isinstance(block, Figure):
            sizes: tuple[Size, ...] = ("wide", "narrow") if has_narrow(block.chart) else ("wide",)
            for size in sizes:
                svg = pictures.svg(block.chart, size)
                (folder / CHARTS / _file(block.chart.key, size)).write_text(svg, "utf-8")
    body = {
        "title": document.title,
        "subtitle": document.subtitle,
        "failed": {name: problem.sentence() for name, problem in failed.items()},
        "sections": [
            {"anchor": one.anchor, "title": plain(one.title), "presenter": one.presenter}
            for one in document.sections
        ],
    }
    (folder / _CONTENTS).write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


def read_contents(folder: Path) -> Contents:
    """What a build holds. Raises Problem where it is not in its place."""
    try:
        held = json.loads((folder / _CONTENTS).read_text("utf-8"))
    except OSError as error:
        raise Problem(
            "The files of this pack are not in their place on the server.",
            remedy="Tell whoever runs the server: they are in the backup.",
        ) from error
    sections = tuple(SectionLine(**one) for one in held["sections"])
    return Contents(held["title"], held["subtitle"], sections, held["failed"])


def read_page(folder: Path, contents: Contents, anchor: str) -> str | None:
    """The section `anchor` as HTML of our own making; None where there is none."""
    if all(one.anchor != anchor for one in contents.sections):
        return None
    return (folder / PAGES / f"{_safe(anchor)}.html").read_text("utf-8")


def chart_file(folder: Path, name: str) -> Path | None:
    """The drawing called `name`; None where there is none."""
    file = folder / CHARTS / name
    return file if _SAFE.fullmatch(name) and file.is_file() else None


def _file(key: str, size: Size) -> str:
    return f"{_safe(key)}-{size}.svg"


def _safe(name: str) -> str:
    if not _SAFE.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a file")
    return name
