"""Slides, a paper, a sheet and a PDF that LibreOffice wrote are read as those of other programs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches

from saferboard.papercheck.check import check_files

OFFICE = shutil.which("soffice")
WRONG = "There were 150 referrals. In the year before there were 250. This is a decrease of 32%."
ROWS = (
    ("Ward", "2022", "2023", "Change"),
    ("Hill", "100", "110", "10%"),
    ("Dale", "50", "60", "25%"),
    ("North", "200", "100", "-50%"),
)
SECONDS = 180

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Slides with a wrong sentence, a wrong row and a wrong note, as LibreOffice keeps them."""
    folder = tmp_path_factory.mktemp("office")
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    assert slide.shapes.title is not None
    slide.shapes.title.text = "Robbery"
    slide.placeholders[1].text_frame.text = WRONG
    table = slide.shapes.add_table(4, 4, Inches(1), Inches(4), Inches(8), Inches(2)).table
    for at, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    slide.notes_slide.notes_text_frame.text = "Calls doubled from 100 to 150."
    deck.save(str(folder / "paper.pptx"))
    _converted(folder, "paper.pptx", "odp")
    (folder / "paper.pptx").unlink()
    _converted(folder, "paper.odp", "pptx")
    yield folder / "paper.pptx"


def _converted(folder: Path, name: str, form: str) -> None:
    assert OFFICE is not None
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", form, "--outdir", folder, folder / name],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )


def _found(file: Path) -> set[tuple[str, str]]:
    _, findings = check_files([file], severity="error")
    return {(one.rule, one.place.words()) for one in findings}


def test_slides_and_their_notes(slides: Path) -> None:
    assert _found(slides) == {
        ("percentage-does-not-follow", "page 1"),
        ("percentage-does-not-follow", "page 1, speaker’s notes"),
        ("table-change", "page 1, table 1, row 3, column 4"),
    }


def test_its_pdf_keeps_words_and_table(slides: Path) -> None:
    _converted(slides.parent, slides.name, "pdf")
    assert _found(slides.with_suffix(".pdf")) == {
        ("percentage-does-not-follow", "page 1"),
        ("table-change", "page 1, table 1, row 3, column 4"),
    }


def test_a_paper(slides: Path) -> None:
    page = slides.with_name("words.html")
    cells = "".join(f"<tr>{''.join(f'<td>{words}</td>' for words in row)}</tr>" for row in ROWS)
    page.write_text(
        f"<html><title>T</title><body><p>{WRONG}</p><table>{cells}</table></body></html>",
        encoding="utf-8",
    )
    _converted(page.parent, page.name, "odt")
    _converted(page.parent, "words.odt", "docx")
    rules = {rule for rule, _ in _found(page.with_suffix(".docx"))}
    assert rules == {"percentage-does-not-follow", "table-change"}


def test_a_sheet(slides: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    file = slides.with_name("sheet.xlsx")
    book.save(file)
    _converted(file.parent, file.name, "ods")
    file.unlink()
    _converted(file.parent, "sheet.ods", "xlsx")
    assert _found(file) == {("table-change", "sheet Sheet, cell D3")}
