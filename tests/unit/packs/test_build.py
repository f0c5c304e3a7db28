"""Building: all or nothing, every figure traced, the same facts the same bytes."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.results_parts import TO, fact

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.packs import build as module
from saferboard.analytics.packs.build import build, formats_of, with_facts
from saferboard.documents.model import Bound, Document, Paragraph, Section, Text
from saferboard.documents.render import formats
from saferboard.vocabulary.period import Period
from saferboard.vocabulary.problem import Problem

COUNT = fact("robbery", "count", 828, Period.year_to(TO))
SHEET = FactSheet([COUNT], {}, {"area": "E1"})


def document(part=None):
    shown = part or Bound(COUNT.id, 828, "828", "#,##0")
    blocks = (Paragraph((Text("There were "), shown, Text(" offences."))),)
    section = Section("robbery", (Text("Robbery"),), blocks)
    return Document("Pack", "Sub", "Partnership", "en-GB", "Today", (section,))


def test_files_and_facts_stand_in_the_folder(tmp_path):
    built = build(document(), SHEET, tmp_path / "out", "pack", formats=("html", "xlsx"))
    assert [file.name for file in built.files] == ["pack.html", "pack.xlsx", "facts.json"]
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(
        file.name for file in built.files
    )
    held = FactSheet.from_json((tmp_path / "out" / "facts.json").read_text("utf-8"))
    assert held[COUNT.id] == COUNT


def test_a_rebuild_gives_the_same_bytes_of_facts(tmp_path):
    build(document(), SHEET, tmp_path, "pack", formats=("html",))
    first = (tmp_path / "facts.json").read_bytes()
    build(document(), SHEET, tmp_path, "pack", formats=("html",))
    assert (tmp_path / "facts.json").read_bytes() == first


def test_a_failed_build_leaves_what_was_there(tmp_path, monkeypatch):
    build(document(), SHEET, tmp_path, "pack", formats=("html",))
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}

    def full(*_, **__):
        raise OSError(28, "No space left on device", "pack.html")

    monkeypatch.setattr(module, "render_all", full)
    with pytest.raises(Problem, match=r"No space left on device.*still there"):
        build(document(), SHEET, tmp_path, "pack", formats=("html",))
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_file_that_cannot_be_put_in_place_leaves_all_as_they_were(tmp_path):
    build(document(), SHEET, tmp_path, "pack", formats=("html",))
    (tmp_path / "pack.html").write_text("of last quarter")
    (tmp_path / "pack.xlsx").mkdir()
    with pytest.raises(Problem, match=r"^.*/pack\.xlsx: .*Is a directory.*still there"):
        build(document(), SHEET, tmp_path, "pack", formats=("docx", "html", "xlsx"))
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "facts.json", "pack.html", "pack.xlsx",
    ]  # fmt: skip
    assert (tmp_path / "pack.html").read_text() == "of last quarter"


def test_a_file_where_the_folder_should_be_is_said_to_be_one(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(Problem, match="is a file, not a folder"):
        build(document(), SHEET, tmp_path / "out", "pack", formats=("html",))
    assert (tmp_path / "out").read_text() == "mine"


def test_a_figure_of_no_fact_is_refused(tmp_path):
    made_up = Bound("robbery/nowhere/2023/count", 1, "1")
    with pytest.raises(Problem, match="comes from no fact"):
        build(document(made_up), SHEET, tmp_path, "pack", formats=("html",))
    assert list(tmp_path.iterdir()) == []


def test_a_figure_with_another_value_is_refused(tmp_path):
    with pytest.raises(Problem, match="is not the value of its fact"):
        build(document(Bound(COUNT.id, 829, "829")), SHEET, tmp_path, "pack", formats=("html",))


def test_a_digit_in_the_program_s_own_words_is_refused(tmp_path):
    with pytest.raises(Problem, match="holds a figure that comes from no fact"):
        build(document(Text("829")), SHEET, tmp_path, "pack", formats=("html",))


def test_a_folder_that_cannot_be_written_to_is_a_problem(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(Problem, match="Nothing can be written here"):
        build(document(), SHEET, tmp_path / "out", "pack", formats=("html",))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("html", ("html",)), ("pdf, HTML,pdf", ("pdf", "html")), ("docx,", ("docx",))],
)
def test_formats_are_read(text, wanted):
    assert formats_of(text) == wanted


@pytest.mark.parametrize("text", ["", "odt", "html,odt"])
def test_an_unknown_format_is_refused(text):
    with pytest.raises(Problem, match=r"Choose from html, pdf, pptx, docx, xlsx"):
        formats_of(text)


def test_what_composing_adds_stands_in_the_sheet():
    more = replace(COUNT, part="of", kind="tally")
    sheet = with_facts(SHEET, [more], {"pack": "performance"})
    assert more.id in sheet
    assert sheet.about == {"area": "E1", "pack": "performance"}


def test_a_format_that_cannot_be_made_keeps_no_other_back(tmp_path, monkeypatch):
    """Without Pango the PDF is a Problem, and the other formats are written (ADR 0006)."""
    lost = Problem("The PDF cannot be made.")

    def no_paper(*_, **__):
        raise lost

    monkeypatch.setattr(formats.Beside, "start", lambda *_: SimpleNamespace(result=no_paper))
    built = build(document(), SHEET, tmp_path, "pack", formats=("pdf", "xlsx"))
    assert [file.name for file in built.files] == ["pack.xlsx", "facts.json"]
    assert built.failed == {"pdf": lost}


def test_where_no_format_can_be_made_nothing_is_written(tmp_path, monkeypatch):
    def no_paper(*_, **__):
        raise Problem("The PDF cannot be made.")

    monkeypatch.setitem(formats.RENDERERS, "pdf", no_paper)
    with pytest.raises(Problem, match="cannot be made"):
        build(document(), SHEET, tmp_path, "pack", formats=("pdf",))
    assert list(tmp_path.iterdir()) == []
