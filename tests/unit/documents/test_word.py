"""The Word document: structure that a screen reader and Word's navigation pane can follow."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from tests.documents_fixture import everything

from saferboard.documents.model import Figure, plain
from saferboard.documents.render import docx
from saferboard.documents.walk import blocks_of
from saferboard.vocabulary.problem import Problem

DOCUMENT = everything(1)


@pytest.fixture(scope="module")
def word() -> Any:
    return open_document(io.BytesIO(docx.render(DOCUMENT)))


def test_sections_are_headings_of_the_first_level_and_their_parts_below(word: Any) -> None:
    headings = [
        (p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")
    ]
    first = [words for style, words in headings if style == "Heading 1"]
    for section in DOCUMENT.sections:
        assert plain(section.title) in first
    assert ("Heading 2", "Commentary") in headings


def test_header_rows_repeat_and_no_row_breaks(word: Any) -> None:
    assert len(word.tables) == 7
    for table in word.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_tables_stay_within_the_page(word: Any) -> None:
    page = word.sections[0]
    room = (page.page_width - page.left_margin - page.right_margin) // 635
    for table in word.tables:
        grid = table._tbl.find(qn("w:tblGrid"))
        assert sum(int(column.get(qn("w:w"))) for column in grid) <= room + 5


def test_every_picture_has_its_words_and_fits_the_page(word: Any) -> None:
    found = [(shape._inline.docPr.get("descr"), shape.width) for shape in word.inline_shapes]
    wanted = [
        plain(block.alternative) for block in blocks_of(DOCUMENT) if isinstance(block, Figure)
    ]
    words = [descr for descr, _ in found]
    assert [descr for descr in words if descr in wanted] == wanted
    page = word.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    assert all(width <= room for _, width in found)


def test_language_properties_and_page_numbers(word: Any) -> None:
    style = word.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert style.get(qn("w:val")) == "en-GB"
    assert word.core_properties.language == "en-GB"
    assert word.core_properties.title == "Performance pack"
    assert word.core_properties.author == "Copperdale Community Safety Partnership"
    footer = word.sections[0].footer._element
    codes = [element.text.strip() for element in footer.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert "OFFICIAL" in word.sections[0].footer.paragraphs[0].text


def test_links_in_the_contents_lead_to_bookmarks(word: Any) -> None:
    body = word.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    targets = {
        link.get(qn("w:anchor"))
        for link in body.iter(qn("w:hyperlink"))
        if link.get(qn("w:anchor"))
    }
    assert targets and targets <= marks


def test_numbered_lists_begin_at_their_beginning(word: Any) -> None:
    numbered = [p for p in word.paragraphs if p.style.name == "List Number"]
    assert numbered[0]._p.pPr.numPr is not None


@pytest.fixture
def template(tmp_path: Path) -> Path:
    made = open_document()
    made.add_paragraph("Example to be replaced")
    style = made.styles["Heading 1"]
    style.font.size, style.font.color.rgb = Pt(27), RGBColor(0x12, 0x34, 0x56)
    made.sections[0].header.paragraphs[0].text = "Our own header"
    path = tmp_path / "own.docx"
    made.save(str(path))
    return path


def test_the_partnerships_own_styles_and_header_are_kept(template: Path) -> None:
    document = replace(DOCUMENT, sections=DOCUMENT.sections[:1])
    word = open_document(io.BytesIO(docx.render(document, template=template)))
    assert word.styles["Heading 1"].font.size == Pt(27)
    assert word.styles["Heading 1"].font.color.rgb == RGBColor(0x12, 0x34, 0x56)
    assert word.sections[0].header.paragraphs[0].text == "Our own header"
    assert all("Example" not in paragraph.text for paragraph in word.paragraphs)
    assert any(p.text == "Summary" and p.style.name == "Heading 1" for p in word.paragraphs)


def test_a_file_that_is_no_template_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.docx"
    wrong.write_bytes(b"PK not a document")
    with pytest.raises(Problem, match="not a Word file"):
        docx.render(DOCUMENT, template=wrong)
