"""PDF: tags, ruled lines, layout, heads and feet of pages, what goes on over a page."""

from __future__ import annotations

import io
import shutil

import pypdfium2 as pdfium
import pytest
import weasyprint
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from saferboard.papercheck.paper import Grid, Paper
from saferboard.papercheck.reading.pdf import over_pages
from saferboard.papercheck.reading.pdf_page import Block, TableBlock
from saferboard.papercheck.reading.read import read_bytes

STYLE = (
    "<style>@page{@bottom-center{content:'Page ' counter(page) ' of ' counter(pages)}"
    "@top-center{content:'Board paper'}} .ruled{border-collapse:collapse}"
    ".ruled td,.ruled th{border:1px solid #333;padding:2px}</style>"
)
HEAD = "<thead><tr><th>Type</th><th>2022</th><th>2023</th><th>Change</th></tr></thead>"
MERGED = (
    "<table class=ruled><tr><th rowspan=2>Area</th><th colspan=2>Offences</th></tr>"
    "<tr><th>2022</th><th>2023</th></tr><tr><td>North, a name that goes over two lines as it is "
    "long and longer still</td><td>12</td><td>15</td></tr>"
    "<tr><td>South</td><td></td><td>9</td></tr></table>"
)


def made(body: str, *, tagged: bool = False) -> Paper:
    page = f"<html lang='en-GB'><head><title>T</title>{STYLE}</head><body>{body}</body></html>"
    data = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
    return read_bytes("a.pdf", bytes(data))


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def long_table(rows: int, style: str) -> str:
    body = "".join(
        f"<tr><td>Type {n}</td><td>{n * 10}</td><td>{n * 11}</td><td>+10%</td></tr>"
        for n in range(1, rows)
    )
    return f"<table class='{style}'>{HEAD}{body}</table>"


@pytest.mark.parametrize("tagged", [True, False])
def test_cells_keep_their_columns_where_some_are_empty_or_merged(tagged: bool) -> None:
    (grid,) = made(MERGED, tagged=tagged).grids
    assert cells(grid) == [
        ["Area", "Offences", ""],
        ["", "2022", "2023"],
        ["North, a name that goes over two lines as it is long and longer still", "12", "15"],
        ["South", "", "9"],
    ]
    assert grid.certain
    assert grid.header_rows == 2
    assert grid.marked is (True if tagged else None)


@pytest.mark.parametrize(
    ("tagged", "style", "certain"),
    [(True, "", True), (False, "ruled", True), (False, "", False)],
)
def test_a_table_over_pages_is_one(tagged: bool, style: str, certain: bool) -> None:
    paper = made(f"<h1>Title</h1>{long_table(120, style)}<p>After it.</p>", tagged=tagged)
    assert paper.pages > 2
    (grid,) = paper.grids
    assert len(grid.rows) == 120
    assert cells(grid)[-1] == ["Type 119", "1190", "1309", "+10%"]
    assert grid.rows[0][0].place.page == 1
    assert grid.rows[-1][0].place.page == paper.pages
    assert grid.certain is certain


def test_two_tables_on_two_pages_stay_two() -> None:
    other = long_table(5, "ruled").replace("Type</th>", "Ward</th>")
    paper = made(f"{long_table(5, 'ruled')}<div style='break-before:page'></div>{other}")
    assert [len(grid.rows) for grid in paper.grids] == [5, 5]


@pytest.mark.parametrize("tagged", [True, False])
def test_heads_and_feet_of_pages_are_told_once(tagged: bool) -> None:
    pages = "".join(f"<p style='break-after:page'>Words {word}.</p>" for word in "abcd")
    paper = made(pages, tagged=tagged)
    edges = [(p.text, p.kind) for p in paper.passages if p.place.part]
    assert edges == [("Board paper", "note"), ("Page 1 of 4", "note")]
    assert [p.text for p in paper.passages if not p.place.part] == [
        f"Words {word}." for word in "abcd"
    ]


def test_tags_say_what_is_a_heading_an_item_and_a_picture() -> None:
    picture = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    )
    body = f"<h1>One</h1><h3>Three</h3><ul><li>Item</li></ul><img alt='A map' src=\"{picture}\">"
    paper = made(body, tagged=True)
    assert [(p.kind, p.level, p.text) for p in paper.passages if not p.place.part] == [
        ("heading", 1, "One"),
        ("heading", 3, "Three"),
        ("item", 0, "Item"),
    ]
    assert [words for words, _ in paper.pictures] == ["A map"]
    assert paper.fields == {"title": "T", "language": "en-GB"}


def test_without_tags_large_letters_are_a_heading() -> None:
    paper = made(f"<h1>Robbery</h1><p>{'Many words of the body. ' * 30}</p>")
    (heading,) = [one for one in paper.passages if one.kind == "heading"]
    assert heading.text == "Robbery"
    assert paper.passages[heading.index + 1].text.startswith("Many words")
    assert paper.passages[heading.index + 1].place.heading == "Robbery"


@pytest.mark.parametrize("tagged", [True, False])
def test_broken_words_and_ligatures_are_mended(tagged: bool) -> None:
    long = "neighbourhood considerations regarding anticipatory responsibilities "
    paper = made(
        f"<p style='hyphens:auto;text-align:justify;width:9cm'>{long * 9}</p>"
        "<p>The \ufb01rst o\ufb03cer of 12\u202f345, com\u00admunity, \u22123.5% and 2022-23.</p>",
        tagged=tagged,
    )
    every = " ".join(p.text for p in paper.passages if not p.place.part)
    assert " ".join((long * 9).split()) in every
    assert "The first officer of 12\u202f345, community, -3.5% and 2022-23." in every


def test_a_hyphen_between_figures_at_the_end_of_a_line_stays() -> None:
    paper = made("<p style='width:3cm'>It was so in the year 2022-<br>23 and in no other.</p>")
    assert "2022-23" in " ".join(p.text for p in paper.passages)


def test_a_sentence_over_two_pages_is_one() -> None:
    filler = "<p style='height:20cm'>Filler.</p>"
    words = "It rose from 100 offences in the first year and then went on and on with words " * 12
    paper = made(f"{filler}<p>{words}</p>", tagged=True)
    assert any(" ".join(words.split()) == p.text for p in paper.passages)


def test_a_paper_that_is_partly_scanned_names_its_pages() -> None:
    page = weasyprint.HTML(string="<p>Words.</p>").write_pdf()
    writer = PdfWriter()
    for _ in range(3):
        writer.add_page(PdfReader(io.BytesIO(page)).pages[0])
        writer.add_blank_page(200, 200)
    held = io.BytesIO()
    writer.write(held)
    paper = read_bytes("a.pdf", held.getvalue())
    assert paper.pages == 6
    assert paper.notes == (
        "3 of 6 pages hold no text (blank, or pictures of pages) and were not checked: 2, 4, 6.",
    )


def test_a_page_of_pictures_alone_is_a_scan() -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    held = io.BytesIO()
    document.save(held)
    with pytest.raises(Exception, match="only page is a picture of a page"):
        read_bytes("a.pdf", held.getvalue())


def test_letters_of_a_drawing_are_not_words() -> None:
    """A chart in our packs sets every letter by itself; its alternative says what it shows."""
    letters = "".join(
        f"%3Ctext x='{9 * n}' y='20'%3E{c}%3C/text%3E" for n, c in enumerate("Harrow")
    )
    svg = f"%3Csvg xmlns='http://www.w3.org/2000/svg' width='99' height='30'%3E{letters}%3C/svg%3E"
    body = f"<p>Words.</p><img alt='A chart' src=\"data:image/svg+xml,{svg}\">"
    paper = made(body, tagged=True)
    assert [p.text for p in paper.passages if not p.place.part] == ["Words."]


@pytest.mark.browser
def test_a_browsers_pdf_keeps_its_columns_and_its_pages() -> None:
    """Chromium leaves out the tags of empty cells, and counts marks from 0 on every page."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("NO CHROMIUM: its PDF was not read")
    body = f"<h1>Title</h1>{MERGED}{long_table(90, 'ruled')}<p>After.</p>"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f"<html lang='en-GB'><head>{STYLE}</head><body>{body}</body></html>")
        data = page.pdf(tagged=True)
        browser.close()
    first, second = read_bytes("a.pdf", data).grids
    assert cells(first)[1:] == [
        ["", "2022", "2023"],
        ["North, a name that goes over two lines as it is long and longer still", "12", "15"],
        ["South", "", "9"],
    ]
    assert cells(second)[0] == ["Type", "2022", "2023", "Change"]
    assert len(second.rows) == 90
    assert first.certain and second.certain


def test_a_table_goes_on_past_a_note_at_the_foot_of_the_page() -> None:
    """As word processors write them: a footnote is tagged after the part of the table above it."""
    heads = ("Type", "2022")
    first = TableBlock((heads, ("A", "10")), (1, 1), header_rows=1, certain=True, tagged=True)
    note = Block("1 Counts of offences.", "note", page=1)
    second = TableBlock((("B", "20"),), (2,), certain=True, tagged=True)
    table, foot = over_pages([first, note, second])
    assert foot == note
    assert isinstance(table, TableBlock)
    assert (table.rows, table.pages) == ((heads, ("A", "10"), ("B", "20")), (1, 1, 2))
