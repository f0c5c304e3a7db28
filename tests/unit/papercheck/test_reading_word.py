"""Word: merged cells, tables in cells, text boxes, notes, heads of pages, tracked changes."""

from __future__ import annotations

from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from tests.unit.papercheck import made_word as made

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.paper import Paper
from saferboard.papercheck.reading.read import read_bytes


def read(document: Any) -> Paper:
    return read_bytes("a.docx", made.saved(document))


def texts(paper: Paper, *kinds: str) -> list[str]:
    return [one.text for one in paper.passages if not kinds or one.kind in kinds]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    document = made.blank()
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Area", "Figures"
    outer.cell(1, 0).text = "North"
    inner = outer.cell(1, 1).add_table(2, 2)
    for at, words in enumerate(("Year", "Count", "2023", "57")):
        inner.cell(at // 2, at % 2).text = words
    paper = read(document)
    assert [[cell.text for cell in row] for row in paper.grids[0].rows] == [
        ["Area", "Figures"],
        ["North", ""],
    ]
    assert [[cell.text for cell in row] for row in paper.grids[1].rows] == [
        ["Year", "Count"],
        ["2023", "57"],
    ]
    assert texts(paper).count("57") == 1


def test_merged_cells_have_their_words_once() -> None:
    document = made.blank()
    table = document.add_table(4, 3)
    values = ("", "Years", "", "Violence", "10", "11", "", "20", "21", "Total", "30", "32")
    for at, words in enumerate(values):
        table.cell(at // 3, at % 3).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    (grid,) = read(document).grids
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["", "Years", ""],
        ["Violence", "10", "11"],
        ["", "20", "21"],
        ["Total", "30", "32"],
    ]
    assert grid.header_rows == 1
    assert grid.marked is True
    table._tbl.tblPr.remove(table._tbl.tblPr.find(qn("w:tblLook")))
    assert read(document).grids[0].marked is False


def test_a_repeated_row_of_heads_is_marked_as_such() -> None:
    document = made.blank()
    table = document.add_table(3, 2)
    for at, words in enumerate(("Offences by type", "", "Type", "Count", "Robbery", "12")):
        table.cell(at // 2, at % 2).text = words
    for row in table.rows[:2]:
        mark = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(mark)
    (grid,) = read(document).grids
    assert (grid.header_rows, grid.marked) == (2, True)


def test_heads_are_told_from_what_the_rows_hold() -> None:
    document = made.blank()
    table = document.add_table(4, 3)
    values = ("Table 1", "", "", "Type", "2022", "2023", "Robbery", "10", "12", "Fraud", "7", "9")
    for at, words in enumerate(values):
        table.cell(at // 3, at % 3).text = words
    (grid,) = read(document).grids
    assert grid.header_rows == 2


def test_text_boxes_are_read_once_at_their_paragraph() -> None:
    document = made.blank()
    document.add_paragraph("First.")
    paragraph = document.add_paragraph("Beside the box.")
    paragraph._p.append(made.text_box("Robbery rose to 57."))
    paper = read(document)
    assert texts(paper) == ["First.", "Beside the box.", "Robbery rose to 57."]
    assert paper.passages[2].place.words() == "paragraph 2, text box"
    assert paper.pictures == ()


def test_notes_stand_where_the_text_points_to_them() -> None:
    document = made.blank()
    paragraph = document.add_paragraph("The rate rose.")
    paragraph._p.append(made.reference("footnote", 2))
    document.add_paragraph("Then more.")._p.append(made.reference("endnote", 2))
    data = made.with_notes(made.saved(document), footnote="Up from 4 to 5.", endnote="The end.")
    paper = read_bytes("a.docx", data)
    assert texts(paper) == ["The rate rose.", "Up from 4 to 5.", "Then more.", "The end."]
    assert paper.passages[1].kind == "note"
    assert paper.passages[1].place.words() == "paragraph 1, footnote 1"
    assert paper.passages[3].place.words() == "paragraph 2, endnote 1"


def test_heads_and_feet_of_pages_are_read_once() -> None:
    document = made.blank()
    document.add_paragraph("Words.")
    document.sections[0].header.paragraphs[0].text = "Board paper, March 2024"
    document.sections[0].footer.paragraphs[0].text = "Official"
    paper = read(document)
    assert {(p.text, p.place.part) for p in paper.passages[1:]} == {
        ("Board paper, March 2024", "page header"),
        ("Official", "page footer"),
    }


def test_raised_digits_never_join_a_number() -> None:
    document = made.blank()
    paragraph = document.add_paragraph("There were 57")
    paragraph._p.append(made.run("12", raised=True))
    assert texts(read(document)) == ["There were 57¹²"]


def test_hidden_words_are_left_out_and_told() -> None:
    document = made.blank()
    document.add_paragraph("Seen.")._p.append(made.run(" Not for the board.", hidden=True))
    paper = read(document)
    assert texts(paper) == ["Seen."]
    assert any("1 passage holds hidden text" in note for note in paper.notes)


def test_own_styles_are_headings_by_what_they_are_based_on() -> None:
    document = made.blank()
    style = document.styles.add_style("Report Section", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Robbery", style="Report Section")
    document.add_paragraph("An item", style="List Bullet")
    paper = read(document)
    assert [(p.kind, p.level) for p in paper.passages] == [("heading", 2), ("item", 0)]


def test_pictures_with_and_without_words(tmp_path: Any) -> None:
    document = made.blank()
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
        "789c63f8cfc00000030101009a38c8200000000049454e44ae426082"
    )
    document.add_paragraph("Words.")
    file = tmp_path / "a.png"
    file.write_bytes(picture)
    document.add_picture(str(file), width=Inches(1))
    document.add_picture(str(file), width=Inches(1))
    described = document.inline_shapes[1]._inline.docPr
    described.set("descr", "A map of the area")
    assert [words for words, _ in read(document).pictures] == ["", "A map of the area"]


def test_what_the_file_says_of_itself() -> None:
    document = made.blank()
    document.add_paragraph("Words.")
    document.core_properties.title = "Performance"
    paper = read(document)
    assert paper.fields == {"title": "Performance", "language": "en-US"}


BEFORE = "There were 100 offences, up from 80, a rise of 25%."


def tracked() -> bytes:
    """`up from 80` was changed to `up from 50`, which makes the percentage wrong."""
    document = made.blank()
    paragraph = document.add_paragraph("There were 100 offences, up from ")
    paragraph._p.append(made.change("del", made.run("80", deleted=True)))
    paragraph._p.append(made.change("ins", made.run("50")))
    paragraph._p.append(made.run(", a rise of 25%."))
    document.add_paragraph("There were 15 calls, up from 10, a rise of 90%.")
    return made.saved(document)


def test_findings_say_in_which_state_they_are_there() -> None:
    paper = read_bytes("a.docx", tracked())
    assert paper.original is not None
    assert texts(paper.original)[0] == BEFORE
    found = check(Pack((paper,)), only=("percentage-does-not-follow",))
    assert [(one.place.paragraph, one.state) for one in found] == [
        (1, "with tracked changes accepted"),
        (2, ""),
    ]


def test_a_finding_of_the_original_alone_is_told_too() -> None:
    document = made.blank()
    paragraph = document.add_paragraph("There were 100 offences, up from ")
    paragraph._p.append(made.change("del", made.run("50", deleted=True)))
    paragraph._p.append(made.change("ins", made.run("80")))
    paragraph._p.append(made.run(", a rise of 25%."))
    found = check(Pack((read(document),)), only=("percentage-does-not-follow",))
    assert [one.state for one in found] == ["with tracked changes rejected"]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    document = made.blank()
    first = document.add_paragraph("It rose from 10 ")
    properties = OxmlElement("w:rPr")
    properties.append(made.change("del"))
    first._p.get_or_add_pPr().append(properties)
    document.add_paragraph("to 20.")
    paper = read(document)
    assert texts(paper) == ["It rose from 10 to 20."]
    assert paper.original is not None
    assert texts(paper.original) == ["It rose from 10", "to 20."]


def test_a_deleted_row_is_gone_and_was_there() -> None:
    document = made.blank()
    table = document.add_table(3, 2)
    for at, words in enumerate(("Type", "Count", "Robbery", "12", "Fraud", "9")):
        table.cell(at // 2, at % 2).text = words
    table.rows[1]._tr.get_or_add_trPr().append(made.change("del"))
    paper = read(document)
    assert len(paper.grids[0].rows) == 2
    assert paper.original is not None
    assert len(paper.original.grids[0].rows) == 3


def test_moved_words_stand_once_in_each_state() -> None:
    document = made.blank()
    document.add_paragraph()._p.append(made.change("moveFrom", made.run("Moved words.")))
    document.add_paragraph("Between.")
    document.add_paragraph()._p.append(made.change("moveTo", made.run("Moved words.")))
    paper = read(document)
    assert texts(paper) == ["Between.", "Moved words."]
    assert paper.original is not None
    assert texts(paper.original) == ["Moved words.", "Between."]


@pytest.mark.parametrize(
    "code",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_files_with_macros_and_templates_are_read(code: str) -> None:
    document = made.blank()
    document.add_paragraph("Words.")
    data = made.rezipped(
        made.saved(document),
        added={"word/vbaProject.bin": b"Sub AutoOpen()"},
        changed={
            "[Content_Types].xml": (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                code,
            )
        },
    )
    paper = read_bytes("a.docm", data)
    assert texts(paper) == ["Words."]
    assert any("macros" in note and "neither run nor read" in note for note in paper.notes)


def test_fields_show_their_result_and_links_their_words() -> None:
    document = made.blank()
    paragraph = document.add_paragraph("Page ")
    instruction = OxmlElement("w:r")
    code = OxmlElement("w:instrText")
    code.text = "PAGE"
    instruction.append(code)
    paragraph._p.append(instruction)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to("https://example.org", made.RELATION, True))
    link.append(made.run("click here"))
    paragraph._p.append(link)
    paper = read(document)
    assert texts(paper) == ["Page click here"]
    assert [words for words, _ in paper.links] == ["click here"]
