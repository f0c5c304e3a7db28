"""Files that are broken, locked, too large or not what they say: one clear message each."""

from __future__ import annotations

import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pptx import Presentation
from pypdf import PdfWriter
from tests.unit.papercheck.made_word import rezipped, saved
from typer.testing import CliRunner

from saferboard.cli.main import app
from saferboard.papercheck.reading import builder, kind, package
from saferboard.papercheck.reading.read import read, read_all, read_bytes
from saferboard.vocabulary.problem import Problem

WORDS = "There were 15 referrals, up from 10, a rise of 50%."


def made_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS)
    return saved(document)


def made_pptx() -> bytes:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = WORDS
    return saved(deck)


def made_xlsx() -> bytes:
    book = Workbook()
    book.active.append([WORDS])
    return saved(book)


def made_pdf() -> bytes:
    return bytes(weasyprint.HTML(string=f"<p>{WORDS}</p>").write_pdf())


MADE: dict[str, Callable[[], bytes]] = {
    "docx": made_docx,
    "pptx": made_pptx,
    "xlsx": made_xlsx,
    "pdf": made_pdf,
}


def ole(*streams: str) -> bytes:
    """The beginning of a container of the Office before 2007, with the names of its streams."""
    names = b"".join(one.encode("utf-16-le") + b"\x00" * 8 for one in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + names


def encrypted_pdf() -> bytes:
    writer = PdfWriter(io.BytesIO(made_pdf()))
    writer.encrypt("secret", algorithm="RC4-128")
    return saved_by(writer)


def saved_by(writer: PdfWriter) -> bytes:
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def archive(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", 8) as target:
        for name, words in parts.items():
            target.writestr(name.replace("__", "/").replace("_", "."), words)
    return held.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)

BAD = {
    "empty": (lambda: b"", "empty"),
    "only blanks": (lambda: b" \r\n\t " * 9, "empty"),
    "encrypted pdf": (encrypted_pdf, "PDF is encrypted"),
    "encrypted office": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "file is encrypted"),
    "old word": (lambda: ole("WordDocument"), "Word before 2007"),
    "old excel": (lambda: ole("Workbook"), "Excel before 2007"),
    "old powerpoint": (lambda: ole("PowerPoint Document"), "PowerPoint before 2007"),
    "rich text": (lambda: b"{\\rtf1 words}", "Rich Text"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x01" * 60, "picture"),
    "junk": (lambda: random.Random(7).randbytes(5000), "not a paper"),
    "zeros": (lambda: b"\x00" * 5000, "not a paper|empty"),
    "program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 9, "not a paper"),
    "open document": (
        lambda: archive(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument",
    ),
    "an archive": (lambda: archive(a_txt="words"), "archive"),
    "entities": (
        lambda: rezipped(made_docx(), changed={"word/document.xml": ("<?xml", f"{ENTITIES}<?xml")}),
        "entities",
    ),
    "broken xml": (
        lambda: rezipped(made_docx(), changed={"word/document.xml": ("</w:body>", "")}), "damaged",
    ),
    "strict": (
        lambda: rezipped(
            made_docx(),
            changed={
                "word/document.xml": (
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            },
        ),
        "Strict Open XML",
    ),
    "a document without words": (lambda: saved(docx.Document()), "no text"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_one_clear_message(case: str) -> None:
    data, message = BAD[case]
    with pytest.raises(Problem, match=message) as told:
        read_bytes("paper.docx", data())
    assert told.value.file == "paper.docx"
    assert told.value.remedy


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.95])
def test_a_truncated_file_is_a_problem_or_a_paper(form: str, kept: float) -> None:
    """A PDF may be mended from what is left of it; nothing else is said but a Problem."""
    data = MADE[form]()
    try:
        read_bytes(f"a.{form}", data[: int(len(data) * kept)])
    except Problem as problem:
        assert problem.remedy
    else:
        assert form == "pdf"


@pytest.mark.parametrize("form", MADE)
def test_damaged_bytes_never_crash(form: str) -> None:
    data, draw = MADE[form](), random.Random(f"{form} 11")
    for _ in range(40):
        broken = bytearray(data)
        for _ in range(draw.randint(1, 30)):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        try:
            read_bytes(f"a.{form}", bytes(broken))
        except Problem as problem:
            assert problem.remedy or problem.file


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=600), st.text(max_size=400).map(str.encode)))
def test_any_bytes_are_a_paper_or_a_problem(data: bytes) -> None:
    try:
        read_bytes("a.bin", data)
    except Problem as problem:
        assert problem.file == "a.bin"


TAGS = (
    "<table>", "</table>", "<tr>", "</tr>", "<td colspan=3>", "</td>", "<th rowspan=9>", "<p>",
    "<td rowspan='-1'>", "<caption>", "</caption>", "<h2>", "</h2>", "<li>", "<script>", "x 5",
    "</script>", "<sup>", "</a>", "<a href=#>", "<title>", "<br/>", "<!--", "&#xD800;",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_any_order_of_tags_is_a_paper_or_a_problem(parts: list[str]) -> None:
    try:
        read_bytes("a.html", ("<html><body>" + "".join(parts)).encode())
    except Problem as problem:
        assert "no text" in problem.message


def test_an_archive_bomb_is_refused_before_it_is_opened() -> None:
    bomb = rezipped(made_docx(), added={"word/more.xml": b"<a>" + b" " * (package.MOST_XML + 1)})
    assert len(bomb) < 1_000_000
    started = time.process_time()
    with pytest.raises(Problem, match="unpacks to 81 MB"):
        read_bytes("a.docx", bomb)
    assert time.process_time() - started < 2


def test_an_archive_that_lies_about_its_sizes_is_damaged() -> None:
    data = bytearray(rezipped(made_docx(), added={"word/more.xml": b"<a>" + b" " * 900_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Problem, match="damaged"):
        read_bytes("a.docx", bytes(data))


def test_a_huge_file_is_told_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saferboard.papercheck.reading.read.MOST_BYTES", 2_000_000)
    file = tmp_path / "a.txt"
    file.write_bytes(b"word " * 600_000)
    with pytest.raises(Problem, match="3 MB; 2 MB is the most"):
        read(file)
    assert kind.MOST_BYTES == 300_000_000


def test_a_paper_of_too_many_characters_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MOST_CHARACTERS", 1_000_000)
    with pytest.raises(Problem, match="more than 1 million characters"):
        read_bytes("a.txt", b"many words\n" * 200_000)


@pytest.mark.parametrize("form", MADE)
def test_the_name_is_never_believed(form: str) -> None:
    assert read_bytes("paper.txt", MADE[form]()).kind == form


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_encoding_of_text(encoding: str) -> None:
    words = "It cost £1,200 – up from “£900”."
    paper = read_bytes("a.txt", words.encode(encoding))
    assert [one.text for one in paper.passages] == [words]


def test_a_few_broken_bytes_do_not_spoil_a_text() -> None:
    """Cut in the middle of a letter, as a download that was broken off is."""
    paper = read_bytes("a.txt", ("£5 – five pounds. " * 50).encode()[:-1] + b"\xe2\x80")
    assert paper.passages[0].text.startswith("£5 – five pounds.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text("It rose from 100 to 150, up 90%.\n", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "locked.docx").write_bytes(ole("EncryptedPackage"))
    (tmp_path / "fine.docx").write_bytes(made_docx())
    return tmp_path


def test_the_other_papers_are_read_all_the_same(folder: Path) -> None:
    reading = read_all(sorted(folder.iterdir()))
    assert [one.name for one in reading.papers] == ["fine.docx", "good.txt"]
    assert [one.file for one in reading.unread] == ["broken.pdf", "locked.docx"]


def test_the_command_checks_the_others_and_says_which_it_could_not_read(folder: Path) -> None:
    result = CliRunner().invoke(
        app, ["check", "--json", "--severity", "error", *map(str, sorted(folder.iterdir()))]
    )
    assert result.exit_code == 2
    assert [one["file"] for one in json.loads(result.stdout)] == ["good.txt"]
    assert "broken.pdf: The PDF is damaged" in result.stderr
    assert "locked.docx: The file is encrypted." in result.stderr
