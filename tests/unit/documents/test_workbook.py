"""The workbook: raw values under their formats, words where there is no value, native charts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from tests.documents_fixture import everything
from tests.documents_parts import bound, head, label, text

from saferboard.documents.model import Cell, Document, Section, Table
from saferboard.documents.render import xlsx

DOCUMENT = everything(2)


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(DOCUMENT)))


def test_the_contents_link_to_every_sheet(book: Any) -> None:
    links = {
        cell.hyperlink.location.split("!")[0].strip("'")
        for row in book["Contents"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == set(book.sheetnames) - {"Contents"}


def test_there_is_a_sheet_for_every_table_and_every_chart(book: Any) -> None:
    assert len(book.sheetnames) == 2 + 1 + 2 * 2 + 4


def test_values_are_raw_with_their_own_format(book: Any) -> None:
    sheet = book["Summary table"]
    assert sheet["B5"].value == 201 and sheet["B5"].number_format == "#,##0"
    assert sheet["C5"].value == pytest.approx(-12.4)
    assert '"%"' in sheet["C5"].number_format


def test_suppressed_and_missing_values_are_words_and_never_zero(book: Any) -> None:
    rates = book["Measure 0 rate behind"]
    assert rates["B8"].value == "fewer than five"
    months = book["Measure 0 trend behind"]
    assert months["B14"].value == "not published"


def test_headers_are_frozen_and_printed_on_every_page(book: Any) -> None:
    sheet = book["Summary table"]
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert "Page &P of &N" in str(sheet.oddFooter.right.text)


def test_charts_are_native_and_have_alternative_words() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx.render(DOCUMENT))) as package:
        names = package.namelist()
        charts = [name for name in names if name.startswith("xl/charts/chart")]
        drawings = "".join(
            package.read(name).decode() for name in names if "/drawings/drawing" in name
        )
    assert len(charts) == 7
    assert drawings.count('descr="') == 7
    assert "A line over thirty months" in drawings


def test_sheet_names_are_made_fit_and_kept_apart() -> None:
    long = "a-very-long-key-for-a-table-that-no-sheet-could-be-named-by"
    tables = tuple(
        Table(
            f"{long}-{name}",
            label(f"Table {name}"),
            head("A", "B"),
            ((Cell(label("x"), header=True), Cell((bound("f", 1),))),),
        )
        for name in "xyz"
    )
    document = Document("T", "", "O", "en-GB", "", (Section("a", text("A"), tables),))
    names = openpyxl.load_workbook(io.BytesIO(xlsx.render(document))).sheetnames
    assert len({name.lower() for name in names}) == 5
    assert all(len(name) <= 31 for name in names)


def test_words_that_look_like_formulas_stay_words() -> None:
    cell = (Cell(label("=1+1"), header=True), Cell(label("@here")))
    table = Table("t", label("=cmd"), head("A", "B"), (cell,))
    document = replace(DOCUMENT, sections=(Section("a", text("A"), (table,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))["T"]
    assert sheet["A5"].value == "=1+1" and sheet["A5"].data_type == "s"
