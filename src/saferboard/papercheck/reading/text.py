"""Plain text and Markdown: line by line, tab-separated rows as tables that nobody vouches for."""

from __future__ import annotations

import re
from itertools import groupby

from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.builder import Builder

_HASHES = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"^\s*(?:[-*•❑▪●]|\d{1,2}[.)])\s+(?=\S)")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\([^)\s]*\)")
_MARKS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_TAGS = re.compile(
    r"</?(?:p|i|b|u|em|strong|ul|ol|li|br|div|span|sup|sub|table|tr|td|th)\b[^>]*>", re.I
)
_FIELD = re.compile(r"^(\w[\w-]*):(.*)$")
_CAPITALS = re.compile(r"^[A-Z][A-Z0-9 ,.&'’/()–-]{3,80}$")
MOST_HEADING = 90
MOST_FRONT = 60
LONGEST_ROW_HEADING = 60
BULLET_MARKS = "❑▪●•"


def read_text(name: str, text: str) -> Paper:
    """A text file or a Markdown file. Rows with tabs are uncertain tables (their layout was
    somebody's reading of a page); pipe tables are certain."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    markdown = _is_markdown(lines)
    builder = Builder(name, "markdown" if markdown else "text")
    forms = _forms(lines)
    numbered = list(enumerate(lines, start=1))[_front_matter(builder, lines) :]
    for form, group in groupby(numbered, key=lambda pair: forms[pair[0] - 1]):
        held = list(group)
        if form == "tabs":
            _tab_table(builder, held)
        elif form == "pipes":
            _pipe_table(builder, held)
        else:
            for number, line in held:
                _line(builder, number, line)
    return builder.paper()


def _front_matter(builder: Builder, lines: list[str]) -> int:
    """The lines between two rules at the top of a Markdown file, which say what it is called and
    in which language it is; how many there are."""
    if lines[0].strip() != "---":
        return 0
    end = next((at for at, line in enumerate(lines[1:MOST_FRONT], 1) if line.strip() == "---"), 0)
    held = [_FIELD.match(line) for line in lines[1:end]]
    if not end or not all(held):
        return 0
    given = {found[1].lower(): found[2].strip(" '\"") for found in held if found}
    builder.fields["title"] = given.get("title", "")
    builder.fields["language"] = given.get("lang", given.get("language", ""))
    return end + 1


def _is_markdown(lines: list[str]) -> bool:
    return any(_HASHES.match(line) or (_PIPE_RULE.match(line) and "|" in line) for line in lines)


def _form(line: str) -> str:
    if line.count("\t") >= 1 and line.strip():
        return "tabs"
    if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
        return "pipes"
    return "words"


def _forms(lines: list[str]) -> list[str]:
    """The form of every line. A short line between two rows of as many columns is a heading
    inside their table, and one empty line does not end a table of four columns or more: both
    are what a page break leaves."""
    forms = [_form(line) for line in lines]
    for at in range(1, len(lines) - 1):
        inside = forms[at - 1] == "tabs" == forms[at + 1] and forms[at] == "words"
        alike = lines[at - 1].count("\t") == lines[at + 1].count("\t") >= 2
        if (inside and alike and not lines[at].strip() and lines[at - 1].count("\t") >= 3) or (
            inside and alike and 0 < len(lines[at].strip()) <= LONGEST_ROW_HEADING
        ):
            forms[at] = "tabs"
    return forms


def bare(line: str) -> str:
    """A line without the marks of Markdown and the few tags that converters leave."""
    without = _LINK.sub(r"\1", _PICTURE.sub("", line))
    return _MARKS.sub("", _TAGS.sub(" ", without))


def _line(builder: Builder, number: int, line: str) -> None:
    place = builder.place(line=number)
    for found in _PICTURE.finditer(line):
        builder.picture(found[1], place)
    for found in _LINK.finditer(line):
        builder.link(found[1], place)
    if heading := _HASHES.match(line):
        builder.heading(bare(heading[2]), len(heading[1]), place)
    elif bullet := _BULLET.match(line):
        builder.text(bare(line[bullet.end() :]).lstrip(BULLET_MARKS + " "), place, "item")
    elif _CAPITALS.match(line.strip()) and len(line.strip()) <= MOST_HEADING:
        builder.heading(line, 2, place)
    else:
        builder.text(bare(line), place)


def _tab_table(builder: Builder, lines: list[tuple[int, str]]) -> None:
    rows = [_cells(builder, number, line.split("\t")) for number, line in lines if line.strip()]
    _numbered(builder, rows, lines[0][0], certain=False)


def _pipe_table(builder: Builder, lines: list[tuple[int, str]]) -> None:
    rows = [
        _cells(builder, number, line.strip().strip("|").split("|"))
        for number, line in lines
        if not _PIPE_RULE.match(line)
    ]
    marked = len(lines) > 1 and bool(_PIPE_RULE.match(lines[1][1])) and _has_words(rows[0])
    _numbered(builder, rows, lines[0][0], certain=True, marked=marked)


def _has_words(row: list[tuple[str, Place]]) -> bool:
    return any(words.strip() for words, _ in row)


def _cells(builder: Builder, number: int, words: list[str]) -> list[tuple[str, Place]]:
    table = builder.tables + 1
    return [
        (bare(word), builder.place(line=number, table=table, column=column))
        for column, word in enumerate(words, start=1)
    ]


def _numbered(
    builder: Builder,
    rows: list[list[tuple[str, Place]]],
    first: int,
    *,
    certain: bool,
    marked: bool | None = None,
) -> None:
    place = builder.place(line=first, table=builder.tables + 1)
    builder.table(rows, place, header_rows=1, certain=certain, marked=marked)
