"""The answers of `saferboard check` that are files: Word copies, reports; accepted findings."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.unit.papercheck import made_word as made
from typer.testing import CliRunner

from saferboard.cli.main import app

RIGHT = "There were 100 calls, up from 80, a rise of 25%."
WRONG = "There were 15 referrals, up from 10, a rise of 90%."


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def paper(folder: Path, *, notes: str = "") -> Path:
    """A Word paper with a wrong sentence in its text, in a cell, and in a footnote."""
    document = made.blank()
    document.add_paragraph(RIGHT)
    paragraph = document.add_paragraph("First words. ")
    paragraph.add_run("There were 15 referrals, ").bold = True
    paragraph.add_run("up from 10, a rise of 90%.")
    paragraph.add_run(" Last words.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Area", "What happened"
    table.cell(1, 0).text, table.cell(1, 1).text = "North", WRONG.replace("15", "16")
    document.add_paragraph("See the note.")._p.append(made.reference("footnote", 2))
    data = made.saved(document)
    file = folder / "paper.docx"
    file.write_bytes(made.with_notes(data, footnote=notes) if notes else data)
    return file


def comments(file: Path) -> list[tuple[str, str]]:
    """The words of each comment and those that it stands at."""
    document: Any = docx.Document(io.BytesIO(file.read_bytes()))
    found = []
    for comment in document.comments:
        inside: list[str] = []
        on = False
        for node in document.element.body.iter():
            if node.tag == qn("w:commentRangeStart"):
                on = on or node.get(qn("w:id")) == str(comment.comment_id)
            elif node.tag == qn("w:commentRangeEnd") and node.get(qn("w:id")) == str(
                comment.comment_id
            ):
                on = False
            elif node.tag == qn("w:t") and on:
                inside.append(node.text or "")
        assert comment.author == "Paper check"
        found.append((comment.text, "".join(inside)))
    return found


ONLY = ("--only", "percentage-does-not-follow")


def test_comments_stand_at_the_words_they_are_about(tmp_path: Path) -> None:
    file = paper(tmp_path)
    before = file.read_bytes()
    status, _, said = run(*ONLY, "--comments", tmp_path / "out", file)
    assert status == 1
    assert "1 copy with comments in" in said
    first, second = comments(tmp_path / "out" / "paper.docx")
    assert first[0].startswith("Error. ")
    assert "Expected: 50%." in first[0]
    assert first[1] == WRONG
    assert second[1] == WRONG.replace("15", "16")
    assert file.read_bytes() == before


def test_a_comment_about_a_footnote_stands_where_the_note_hangs(tmp_path: Path) -> None:
    file = paper(tmp_path, notes=WRONG.replace("15", "17"))
    run(*ONLY, "--comments", tmp_path / "out", file)
    words, at = comments(tmp_path / "out" / "paper.docx")[-1]
    assert "About paragraph 3, footnote 1:" in words
    assert at == "See the note."


def test_a_copy_is_never_written_over_its_paper(tmp_path: Path) -> None:
    file = paper(tmp_path)
    before = file.read_bytes()
    status, _, said = run("--comments", tmp_path, file)
    assert status == 2
    assert "written over the paper" in said
    assert file.read_bytes() == before


def test_tracked_changes_and_macros_stay_in_the_copy(tmp_path: Path) -> None:
    document = made.blank()
    paragraph = document.add_paragraph("There were 15 referrals, up from ")
    paragraph._p.append(made.change("del", made.run("8", deleted=True)))
    paragraph._p.append(made.change("ins", made.run("10")))
    paragraph._p.append(made.run(", a rise of 90%."))
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = made.rezipped(made.saved(document), changed={"[Content_Types].xml": (plain, macros)})
    file = tmp_path / "paper.docm"
    file.write_bytes(data)
    run(*ONLY, "--comments", tmp_path / "out", file)
    copy = (tmp_path / "out" / "paper.docm").read_bytes()
    opened = made.rezipped(copy, changed={"[Content_Types].xml": (macros, plain)})
    body = docx.Document(io.BytesIO(opened)).element.body
    assert len(list(body.iter(qn("w:ins")))) == len(list(body.iter(qn("w:del")))) == 1
    assert len(list(body.iter(qn("w:commentRangeStart")))) >= 1


def test_what_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    file = paper(tmp_path)
    status, _, said = run("--html", file / "report.html", file)
    assert status == 2
    assert "cannot be written" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("digest: x", "not a list"),
        ("- digest: 0123456789abcdef", "entry 1: .*reason"),
        ("- {digest: 0123456789abcdef, reason: ' '}", "entry 1: .*reason"),
        ("- {digest: 0123456789abcdef, reason: so}\n- {digest: short, reason: so}", "entry 2"),
        ("- [", "not YAML"),
        ("- words", "entry 1"),
    ],
)
def test_a_bad_file_of_accepted_findings_is_a_problem(
    tmp_path: Path, words: str, message: str
) -> None:
    file = tmp_path / "accepted.yaml"
    file.write_text(words, encoding="utf-8")
    status, _, said = run("--accepted", file, paper(tmp_path))
    assert status == 2
    assert __import__("re").search(message, said)


def test_accepted_digests_that_are_not_found_are_told(tmp_path: Path) -> None:
    file = paper(tmp_path)
    found = json.loads(run("--json", *ONLY, file)[1])
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(
        f"- {{digest: {found[0]['digest']}, reason: quoted}}\n"
        "- {digest: 0123456789abcdef, reason: long gone}\n"
    )
    _, _, said = run("--accepted", accepted, file)
    assert "Not found any more" in said
    assert "0123456789abcdef" in said
    assert found[0]["digest"] not in said


def test_json_says_the_state_of_tracked_changes(tmp_path: Path) -> None:
    document = made.blank()
    paragraph = document.add_paragraph("There were 15 referrals, up from 10, a rise of ")
    paragraph._p.append(made.change("ins", made.run("90")))
    paragraph._p.append(made.change("del", made.run("50", deleted=True)))
    paragraph._p.append(made.run("%."))
    file = tmp_path / "a.docx"
    file.write_bytes(made.saved(document))
    (one,) = json.loads(run("--json", *ONLY, file)[1])
    assert one["state"] == "with tracked changes accepted"
    assert one["place"] == "paragraph 1"
