"""Small made files of every format, damaged ones too, become papers that know their places."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
import weasyprint
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from PIL import Image, ImageDraw
from pptx import Presentation
from pypdf import PdfWriter

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.reading.cleaning import clean
from saferboard.papercheck.reading.read import read, read_all, read_bytes
from saferboard.vocabulary.problem import Problem

SENTENCE = "Robbery rose from 100 to 150 offences, an increase of 40%."
ROWS = (("Type", "2022", "2023", "% change"), ("Burglary", "10", "12", "+20%"))


def words(paper: Paper) -> list[str]:
    return [passage.text for passage in paper.passages]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("o\ufb03cer \ufb01le", "officer file"),
        ("com\u00admunity", "community"),
        ("12\u2009345 and 1\u202f234\u00a0567", "12\u202f345 and 1\u202f234\u202f567"),
        ("\u22123.5%", "-3.5%"),
        ("12,5% of 1,250 and 3,25 %", "12.5% of 1,250 and 3.25 %"),
        ("from 1,234% to 5,678", "from 1,234% to 5,678"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\u00a0b  c\nd", "a b c d"),
        ("page 12\u00a0345", "page 12\u202f345"),
        ("19.6%\u00b9\u00b2", "19.6%\u00b9\u00b2"),
    ],
)
def test_cleaning(raw: str, plain: str) -> None:
    assert clean(raw) == plain


def test_text_with_damage_knows_its_lines() -> None:
    text = "PRIORITY ONE\n\n- ❑ First **point**\n\nA\t1\t2\nNorth\t3\t4\nPart\nSouth\t5\t6\n\nEnd."
    paper = read_bytes("a.txt", text.encode())
    assert paper.kind == "text"
    assert [(p.kind, p.text, p.place.line) for p in paper.passages if p.kind != "cell"] == [
        ("heading", "PRIORITY ONE", 1),
        ("item", "First point", 3),
        ("paragraph", "End.", 10),
    ]
    (grid,) = paper.grids
    assert not grid.certain
    assert [row[0].text for row in grid.rows] == ["A", "North", "Part", "South"]
    assert grid.rows[3][2].place.line == 8
    assert paper.passages[1].place.heading == "PRIORITY ONE"


def test_markdown_tables_are_certain() -> None:
    text = f"# Title\n\n{SENTENCE}\n\n| A | B |\n|---|--:|\n| x | 1 |\n\n![](a.png)"
    paper = read_bytes("a.md", text.encode())
    assert paper.kind == "markdown"
    (grid,) = paper.grids
    assert grid.certain
    assert grid.rows[1][1].text == "1"
    assert [alternative for alternative, _ in paper.pictures] == [""]


def test_html_leaves_scripts_out_and_reads_tables() -> None:
    page = (
        "<!doctype html><html><head><title>t</title><script>var x='no'</script></head><body>"
        f"<h1>Title</h1><p>{SENTENCE}</p><table><caption>C</caption><tr><th>A<th>B</tr>"
        "<tr><th>x</th><td>1</td></tr></table><img src=a.png alt='A map'></body></html>"
    )
    paper = read_bytes("a.html", page.replace("<th>A<th>B", "<th>A</th><th>B</th>").encode())
    assert paper.kind == "html"
    assert SENTENCE in words(paper)
    assert not any("var x" in one for one in words(paper))
    (grid,) = paper.grids
    assert (grid.caption, grid.header_rows, grid.rows[1][1].text) == ("C", 1, "1")
    assert paper.pictures[0][0] == "A map"


def made_docx(*, tracked: bool = False) -> bytes:
    document = docx.Document()
    document.add_heading("Title", 1)
    paragraph = document.add_paragraph(SENTENCE)
    table = document.add_table(rows=2, cols=4)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("After the table.")
    if tracked:
        inserted, run, text = (OxmlElement(f"w:{tag}") for tag in ("ins", "r", "t"))
        text.text = " Inserted words."
        run.append(text)
        inserted.append(run)
        deleted, gone, lost = (OxmlElement(f"w:{tag}") for tag in ("del", "r", "delText"))
        lost.text = "Deleted words."
        gone.append(lost)
        deleted.append(gone)
        for change in (inserted, deleted):
            change.set(qn("w:author"), "someone")
            paragraph._p.append(change)
    return saved(document)


def saved(made: object) -> bytes:
    held = io.BytesIO()
    made.save(held)  # type: ignore[attr-defined]
    return held.getvalue()


def test_docx_in_the_order_of_its_body() -> None:
    paper = read_bytes("a.docx", made_docx())
    texts = words(paper)
    assert texts.index("Title") < texts.index(SENTENCE) < texts.index("Burglary")
    assert texts.index("Burglary") < texts.index("After the table.")
    (grid,) = paper.grids
    assert grid.certain
    assert grid.rows[1][3].place.words() == "paragraph 2, table 1, row 2, column 4"


def test_docx_tracked_changes_are_read_in_both_states() -> None:
    paper = read_bytes("a.docx", made_docx(tracked=True))
    assert f"{SENTENCE} Inserted words." in words(paper)
    assert not any("Deleted words." in one for one in words(paper))
    assert paper.original is not None
    assert f"{SENTENCE}Deleted words." in words(paper.original)
    assert not any("Inserted words." in one for one in words(paper.original))
    assert any("tracked changes" in note for note in paper.notes)
    assert read_bytes("a.docx", made_docx()).original is None


def test_pptx_slides_are_pages() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Robbery"
    shape = slide.shapes.add_table(2, 4, 0, 2_000_000, 5_000_000, 1_000_000)
    for row, cells in zip(shape.table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    slide.notes_slide.notes_text_frame.text = SENTENCE
    paper = read_bytes("a.pptx", saved(deck))
    assert paper.pages == 1
    assert paper.passages[0].kind == "heading"
    assert paper.grids[0].rows[1][3].text == "+20%"
    assert [p.text for p in paper.passages if p.kind == "note"] == [SENTENCE]
    assert paper.passages[-1].place.page == 1


def test_xlsx_shows_what_a_reader_sees() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Grants"
    sheet.append(["Type", "2022", "Share"])
    sheet.append(["Burglary", 1234, 0.125])
    sheet["B2"].number_format = "#,##0"
    sheet["C2"].number_format = "0.0%"
    paper = read_bytes("a.xlsx", saved(book))
    (grid,) = paper.grids
    assert [cell.text for cell in grid.rows[1]] == ["Burglary", "1,234", "12.5%"]
    assert grid.rows[1][2].place.words() == "sheet Grants, cell C2"


def made_pdf(body: str) -> bytes:
    return bytes(weasyprint.HTML(string=f"<html><body>{body}</body></html>").write_pdf())


def test_pdf_text_layer_by_pages() -> None:
    data = made_pdf(f"<p>{SENTENCE}</p><p style='break-before:page'>Second page.</p>")
    paper = read_bytes("a.pdf", data)
    assert paper.pages == 2
    assert SENTENCE in words(paper)
    assert next(p for p in paper.passages if p.text == "Second page.").place.page == 2


def test_pdf_rows_in_columns_are_an_uncertain_table() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in (*ROWS, ("Robbery of a person", "587", "757", "+29.0%"))
    )
    long = "Words that fill a line and go on to the next one without a stop, " * 3
    paper = read_bytes("a.pdf", made_pdf(f"<p>{long}</p><table>{rows}</table><p>{SENTENCE}</p>"))
    (grid,) = paper.grids
    assert not grid.certain
    assert [cell.text for cell in grid.rows[2]] == ["Robbery of a person", "587", "757", "+29.0%"]
    assert grid.rows[2][3].place.words() == "page 1, table 1, row 3, column 4"
    assert long.strip() in words(paper)
    assert SENTENCE in words(paper)


def test_scanned_pdf_says_so_and_counts_its_pages() -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(3):
        document.new_page(200, 200)
    with pytest.raises(Problem, match="3 pages are pictures"):
        read_bytes("scan.pdf", saved(document))


def test_a_pdf_of_pictures_of_pages_is_scanned_too() -> None:
    """Seven pages of letters that are drawn, as a scanner leaves them."""
    pages = [Image.new("L", (620, 877), 255) for _ in range(7)]
    for page in pages:
        ImageDraw.Draw(page).text((50, 50), "Burglary fell by 10%", fill=0)
    held = io.BytesIO()
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:])
    with pytest.raises(Problem, match="its 7 pages are pictures of pages") as told:
        read_bytes("scan.pdf", held.getvalue())
    assert "recognise its text first" in told.value.sentence()


def test_encrypted_pdf_is_a_problem() -> None:
    writer = PdfWriter(io.BytesIO(made_pdf("<p>x</p>")))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    with pytest.raises(Problem, match="encrypted"):
        read_bytes("a.pdf", held.getvalue())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nothing more", "damaged"),
        (b"PK\x03\x04 nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "encrypted, or made"),
        (b"\x00\x01\x02\x03" * 50, "not a paper"),
        (made_docx()[:-400], "damaged"),
    ],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, message: str) -> None:
    with pytest.raises(Problem, match=message):
        read_bytes("a.docx", data)


def test_an_archive_of_other_things_is_a_problem() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "words")
    with pytest.raises(Problem, match="archive"):
        read_bytes("a.docx", held.getvalue())


def test_a_damaged_part_inside_is_a_problem() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(Problem, match="damaged"):
        read_bytes("a.docx", held.getvalue())


def test_the_name_is_not_believed(tmp_path: Path) -> None:
    lying = tmp_path / "paper.pdf"
    lying.write_bytes(made_docx())
    assert read(lying).kind == "docx"


def test_papers_of_one_name_keep_their_folders(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "paper.txt").write_text("words", encoding="utf-8")
    held = read_all([tmp_path / "a" / "paper.txt", tmp_path / "b" / "paper.txt"])
    assert len({paper.name for paper in held.papers}) == 2


def test_utf_16_and_windows_text() -> None:
    assert words(read_bytes("a.txt", "£5 – five".encode("utf-16"))) == ["£5 – five"]
    assert words(read_bytes("a.txt", "£5 – five".encode("cp1252"))) == ["£5 – five"]
