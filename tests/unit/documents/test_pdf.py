"""The PDF is one that a screen reader can read: tags, language, outline, words for pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest
from tests.documents_figures import ward_map
from tests.documents_fixture import everything
from tests.documents_parts import head, label, text
from tests.five_formats import charted, missing_in_order, printed, squeezed

from saferboard.documents.model import Cell, Figure, Section, Table, plain
from saferboard.documents.render import pdf
from saferboard.documents.walk import blocks_of

DOCUMENT = everything(2)


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.render(DOCUMENT)))


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node of the tag tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield node
        kids = node.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from elements(kid)


def test_it_says_that_it_is_tagged_and_meant_for_all(reader: pypdf.PdfReader) -> None:
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Performance pack"
    assert reader.metadata.author == "Copperdale Community Safety Partnership"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_tags_name_headings_tables_header_cells_lists_and_figures(
    reader: pypdf.PdfReader,
) -> None:
    catalogue: Any = reader.trailer["/Root"]
    kinds = {element["/S"] for element in elements(catalogue["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/L", "/Figure"} <= kinds


def test_every_picture_has_its_words(reader: pypdf.PdfReader) -> None:
    catalogue: Any = reader.trailer["/Root"]
    figures = [e for e in elements(catalogue["/StructTreeRoot"]) if e["/S"] == "/Figure"]
    words = {figure.get("/Alt") for figure in figures}
    wanted = {
        plain(block.alternative) for block in blocks_of(DOCUMENT) if isinstance(block, Figure)
    }
    assert wanted <= words
    assert all(words)


def test_the_outline_names_every_section(reader: pypdf.PdfReader) -> None:
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    for section in DOCUMENT.sections:
        assert plain(section.title) in titles


def test_pages_are_numbered_and_carry_the_marking(reader: pypdf.PdfReader) -> None:
    last = len(reader.pages)
    words = reader.pages[3].extract_text()
    assert f"Page 4 of {last}" in words
    assert "OFFICIAL" in words


def test_the_header_of_a_long_table_stands_on_its_second_page_too(
    reader: pypdf.PdfReader,
) -> None:
    pages = [page.extract_text() for page in reader.pages]
    assert sum("Rate per" in squeezed(p) or "Rateper" in squeezed(p) for p in pages) >= 2


@pytest.mark.parametrize("rows", [22, 60])
def test_a_table_of_wards_begins_with_its_caption_and_breaks_between_rows(rows: int) -> None:
    long = "a long remark that takes a second line in so narrow a column, and perhaps a third"
    table = Table(
        "wards",
        text("Wards of the made borough"),
        head("Ward", *(f"Column{at}" for at in range(7))),
        tuple(
            (
                Cell(label(f"Begin{at}x"), header=True),
                *(Cell(label(words)) for words in ("1", "2", long, "4", "5", "6", f"End{at}x")),
            )
            for at in range(rows)
        ),
        wide=True,
    )
    document = replace(
        DOCUMENT,
        sections=(Section("map", text("Wards"), (ward_map("map"), table), "map"),),
    )
    made = pypdf.PdfReader(io.BytesIO(pdf.render(document, tables_behind=False)))
    pages = [squeezed(page.extract_text()) for page in made.pages]
    held = [page for page in pages if "Begin" in page]
    assert "Wardsofthemadeborough" in held[0] and "Begin0x" in held[0]
    assert sum("Wardsofthemadeborough" in page for page in pages) == 1, "a caption stands alone"
    assert all("Column6" in page for page in held), "the header is on every page"
    for at in range(rows):
        begun = [page for page in pages if f"Begin{at}x" in page]
        assert begun == [page for page in pages if f"End{at}x" in page]
        assert len(begun) == 1, "a row is not split"


def test_charts_are_drawn_and_not_left_out() -> None:
    made = pypdfium2.PdfDocument(pdf.render(everything(0), tables_behind=False))
    paths = [sum(1 for _ in made[number].get_objects(filter=[2])) for number in range(len(made))]
    assert max(paths) > 60


def test_every_figure_is_printed_in_order(reader: pypdf.PdfReader) -> None:
    words = "".join(page.extract_text() for page in reader.pages)
    assert missing_in_order(printed(DOCUMENT), words) is None
    text = squeezed(words)
    assert all(squeezed(display) in text for display in charted(DOCUMENT))
