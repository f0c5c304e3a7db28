"""A paper's lines as a file of any format that officers send, made with the ordinary libraries."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches
from weasyprint import HTML

Lines = Sequence[str]


@dataclass(frozen=True)
class Block:
    """`kind` is heading, text, bullet, table or picture; `rows` only for tables."""

    kind: str
    words: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(lines: Lines) -> Iterator[Block]:
    """The Markdown of the unseen papers, taken apart."""
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if line.startswith("|"):
            rows = [cells(line)]
            while at < len(lines) and lines[at].startswith("|"):
                rows.append(cells(lines[at]))
                at += 1
            yield Block("table", rows=tuple(row for row in rows if set("".join(row)) != {"-"}))
        elif found := re.match(r"(#+) (.*)", line):
            yield Block("heading", found[2], len(found[1]))
        elif found := re.match(r"!\[(.*)\]\(", line):
            yield Block("picture", found[1])
        elif line.startswith("- "):
            yield Block("bullet", plain(line[2:]))
        elif line:
            yield Block("text", plain(line))


def cells(line: str) -> tuple[str, ...]:
    """The cells of a row of a table."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def plain(words: str) -> str:
    """Words without Markdown's marks."""
    return re.sub(r"\*\*|\[\^1\]:? ?", "", words)


def dot() -> bytes:
    """A picture of one grey pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def as_markdown(lines: Lines, path: Path) -> None:
    """As it stands."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def as_text(lines: Lines, path: Path) -> None:
    """Tables with tabs, as they come out of a word processor."""
    out = []
    for line in lines:
        if line.startswith("|"):
            row = cells(line)
            out.append("" if set("".join(row)) == {"-"} else "\t".join(row))
        else:
            out.append(plain(re.sub(r"^#+ |^!\[.*", "", line)))
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def html_of(lines: Lines) -> str:
    """A whole page."""
    out = []
    for block in blocks(lines):
        if block.kind == "table":
            head, *rows = block.rows
            out.append("<table><thead>" + _row(head, "th") + "</thead><tbody>")
            out += [_row(row, "td") for row in rows]
            out.append("</tbody></table>")
        elif block.kind == "heading":
            out.append(f"<h{block.level}>{escape(block.words)}</h{block.level}>")
        elif block.kind == "picture":
            out.append(f'<img src="data:," alt="{escape(block.words)}">')
        elif block.kind == "bullet":
            out.append(f"<ul><li>{escape(block.words)}</li></ul>")
        else:
            out.append(f"<p>{escape(block.words)}</p>")
    body = "\n".join(out)
    head = "<head><title>Paper</title></head>"
    return f'<!doctype html><html lang="en">{head}<body>{body}</body></html>'


def _row(row: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"


def as_html(lines: Lines, path: Path) -> None:
    """A web page."""
    path.write_text(html_of(lines), encoding="utf-8")


def as_pdf(lines: Lines, path: Path) -> None:
    """Printed pages."""
    style = "<style>body{font:10pt sans-serif} td,th{padding:1pt 6pt;border:.5pt solid}</style>"
    HTML(string=style + html_of(lines)).write_pdf(path)


def as_docx(lines: Lines, path: Path) -> None:
    """A Word document with native headings and tables."""
    document = Document()
    for block in blocks(lines):
        if block.kind == "heading":
            document.add_heading(block.words, level=min(9, block.level))
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
            for row in block.rows:
                for cell, words in zip(table.add_row().cells, row, strict=False):
                    cell.text = words
        elif block.kind == "picture":
            shape = document.add_picture(io.BytesIO(dot()))
            shape._inline.docPr.set("descr", block.words)
        else:
            style = "List Bullet" if block.kind == "bullet" else "Normal"
            document.add_paragraph(block.words, style=style)
    document.save(str(path))


def value_of(words: str) -> tuple[str | float, str]:
    """A cell's words as Excel holds them: a value and a format of numbers."""
    if re.fullmatch(r"£?-?[\d,]+", words) and any(char.isdigit() for char in words):
        return int(re.sub(r"[£,]", "", words)), "£#,##0" if "£" in words else "#,##0"
    if re.fullmatch(r"[+-]?[\d.]+%", words):
        places = len(words.rstrip("%").partition(".")[2])
        number = round(float(words.rstrip("%")) / 100, places + 2)
        return number, "0%" if not places else f"0.{'0' * places}%"
    return words, "General"


def as_xlsx(lines: Lines, path: Path) -> None:
    """A workbook: the words on one sheet, every table on its own, numbers as numbers."""
    book = Workbook()
    words = book.active
    assert words is not None
    words.title = "Report"
    tables = 0
    for block in blocks(lines):
        if block.kind != "table":
            words.append([block.words])
            continue
        tables += 1
        sheet = book.create_sheet(f"Table {tables}")
        for at, row in enumerate(block.rows, 1):
            for column, cell in enumerate(row, 1):
                value, shown = value_of(cell) if at > 1 else (cell, "General")
                place = sheet.cell(at, column, value if value != "" else None)
                place.number_format = shown
    book.save(path)


def as_pptx(lines: Lines, path: Path) -> None:
    """Slides: one for every heading, with its text, and one for every table."""
    deck = Presentation()
    title, body = "", list[str]()

    def finish() -> None:
        if title or body:
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = title
            slide.placeholders[1].text = "\n".join(body)
        body.clear()

    for block in blocks(lines):
        if block.kind == "heading":
            finish()
            title = block.words
        elif block.kind == "table":
            finish()
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            slide.shapes.title.text = title
            size = (len(block.rows), len(block.rows[0]))
            frame = slide.shapes.add_table(*size, Inches(0.5), Inches(1.5), Inches(9), Inches(4))
            for at, row in enumerate(block.rows):
                for column, cell in enumerate(row[: size[1]]):
                    frame.table.cell(at, column).text = cell
        elif block.words and block.kind != "picture":
            body.append(block.words)
    finish()
    deck.save(str(path))


WRITERS: dict[str, Callable[[Lines, Path], None]] = {
    "md": as_markdown,
    "txt": as_text,
    "html": as_html,
    "docx": as_docx,
    "pdf": as_pdf,
    "xlsx": as_xlsx,
    "pptx": as_pptx,
}
