"""What keeps readers out: headings out of order, tables without heads, pictures without words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.walk import cut, row_words

STRUCTURED = frozenset({"docx", "html", "markdown", "pdf"})
"""Formats in which a heading is marked as one; elsewhere it is told from its looks."""

LONG = 40
MOST_NAMED = 12
_FILE_NAME = re.compile(
    r"^(?:[\w -]+\.(?:png|jpe?g|gif|bmp|emf|wmf|svg|tiff?)|"
    r"(?:picture|image|graphic|chart|photo|img)[ _-]?\d*)$",
    re.I,
)
_VAGUE = re.compile(
    r"^\W*(?:click(?:\s(?:here|this(?:\slink)?))?|here|(?:this|the)\slink|link|links?\shere|more|"
    r"read\smore|find\sout\smore|more\sinfo(?:rmation)?|see\shere|download|details|this\spage|"
    r"page|document|website)\W*$",
    re.I,
)
_NO_TITLE = re.compile(
    r"^(?:untitled.*|document\d*|presentation\d*|powerpoint presentation|book\d*|title|"
    r"microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pptx?|xlsx?|pdf|indd|pub))$",
    re.I,
)


def find_heading_order(pack: Pack) -> Iterator[Finding]:
    """A heading more than one level below the one before it."""
    for paper in pack.papers:
        if paper.kind not in STRUCTURED:
            continue
        before = 0
        for passage in paper.passages:
            if passage.kind != "heading":
                continue
            if before and passage.level > before + 1:
                yield Finding(
                    "heading-order",
                    "advice",
                    f"A heading of level {passage.level} follows one of level {before}.",
                    passage.text,
                    passage.place,
                    f"level {before + 1}",
                )
            before = passage.level


def find_no_headings(pack: Pack) -> Iterator[Finding]:
    """A long paper whose format has headings and that has none."""
    for paper in pack.papers:
        words = [one for one in paper.passages if one.kind in ("paragraph", "item")]
        headed = any(one.kind == "heading" for one in paper.passages)
        if paper.kind in STRUCTURED and not headed and len(words) >= LONG:
            yield _whole(
                paper, "no-headings", "advice",
                f"The paper has {len(words)} paragraphs and no heading that is marked as one.",
            )  # fmt: skip


def find_headless_tables(pack: Pack) -> Iterator[Finding]:
    """One finding for each paper: the first such table, with the places of the others."""
    for paper in pack.papers:
        guilty = [grid for grid in paper.grids if _headless(grid)]
        if not guilty:
            continue
        first, *others = guilty
        many = f"{len(guilty)} tables do" if others else "The table does"
        yield Finding(
            "table-without-headers",
            "warning",
            f"{many} not say which row is the header, so that a screen reader cannot name the "
            "columns.",
            row_words(first, 0)
            or next(cell.text for row in first.rows for cell in row if cell.text),
            _top(first),
            "a row that is marked as header",
            tuple(_first_cell(grid).place for grid in others[:MOST_NAMED]),
        )


def _headless(grid: Grid) -> bool:
    """Whether the format marks header rows and this table, of two rows and columns, has none or
    left them blank. A table with a row of one word after another is a layout."""
    blank = bool(grid.marked) and not _said(grid)
    if not (grid.marked is False or blank) or len(grid.rows) < 3 or len(grid.rows[0]) < 2:
        return False
    filled = sum(1 for row in grid.rows for cell in row if cell.text)
    return filled >= len(grid.rows) * len(grid.rows[0]) / 2


def _said(grid: Grid) -> bool:
    """Whether any of the header rows has words."""
    return any(cell.text for row in grid.rows[: max(1, grid.header_rows)] for cell in row)


def _top(grid: Grid) -> Place:
    """Where the header should be: a blank first row has a line of its own in a text."""
    return grid.rows[0][0].place if grid.place.line else _first_cell(grid).place


def _first_cell(grid: Grid) -> Passage:
    return next((cell for row in grid.rows for cell in row if cell.text), grid.rows[0][0])


def find_pictures(pack: Pack) -> Iterator[Finding]:
    """Pictures with no alternative, or with the name of a file for one."""
    for paper in pack.papers:
        for at, (words, place) in enumerate(paper.pictures, start=1):
            if words and not _FILE_NAME.match(words):
                continue
            said = f"only “{words}”" if words else "nothing"
            yield Finding(
                "picture-without-text",
                "warning",
                f"Picture {at} has {said} for those who do not see it.",
                words or f"picture {at}",
                place,
                "a sentence that says what the picture shows",
            )


def find_links(pack: Pack) -> Iterator[Finding]:
    """Links whose words say nothing by themselves."""
    for paper in pack.papers:
        for words, place in paper.links:
            if _VAGUE.match(words):
                yield Finding(
                    "vague-link",
                    "advice",
                    f"The link “{words}” does not say where it leads.",
                    words,
                    place,
                    "words that name the page",
                )


def find_title(pack: Pack) -> Iterator[Finding]:
    """Papers whose properties hold no title, or one that a program made up."""
    for paper in pack.papers:
        title = paper.fields.get("title")
        if title is None or (title.strip() and not _NO_TITLE.match(title.strip())):
            continue
        said = (
            f"The title in the file's properties is “{title}”"
            if title.strip()
            else ("The file's properties hold no title")
        )
        yield _whole(paper, "no-title", "advice", f"{said}: a screen reader reads it out first.")


def find_language(pack: Pack) -> Iterator[Finding]:
    """Papers that do not say which language they are in."""
    for paper in pack.papers:
        if paper.fields.get("language", "en").strip():
            continue
        yield _whole(
            paper, "no-language", "advice",
            "The file does not say that it is in English, so that it may be read out in another "
            "language's sounds.",
        )  # fmt: skip


def _whole(paper: Paper, key: str, severity: Severity, message: str) -> Finding:
    """A finding about a whole paper stands at its first words."""
    first = next((one for one in paper.passages if one.text), None)
    place = first.place if first else Place(paper.name)
    return Finding(key, severity, message, cut(first.text, 80) if first else paper.name, place)


RULES = (
    Rule(
        "heading-order",
        "Headings go down one level at a time.",
        "advice",
        11,
        "A heading 4 below a heading 2.",
        "Give the heading the level that comes next; its looks can stay.",
        find_heading_order,
    ),
    Rule(
        "no-headings",
        "A long paper has headings that are marked as such.",
        "advice",
        11,
        "A Word file of sixty paragraphs whose titles are bold words.",
        "Use the styles Heading 1 to Heading 3: they make the contents and let people jump.",
        find_no_headings,
    ),
    Rule(
        "table-without-headers",
        "Every table says which of its rows is the header.",
        "warning",
        11,
        "A table of a web page whose first row is made of ordinary cells.",
        "In Word: Table Design, tick Header Row, then Layout, Repeat Header Rows.",
        find_headless_tables,
    ),
    Rule(
        "picture-without-text",
        "Every picture has words for those who do not see it, or is marked as decoration.",
        "warning",
        11,
        "A chart pasted as a picture, without alternative text.",
        "In Word: right-click the picture, View Alt Text, and say what it shows.",
        find_pictures,
    ),
    Rule(
        "vague-link",
        "The words of a link say where it leads.",
        "advice",
        11,
        "For the strategy click here.",
        "Make the name of the page the link.",
        find_links,
    ),
    Rule(
        "no-title",
        "The file's properties hold a title.",
        "advice",
        11,
        "A PDF that is called “Microsoft Word - draft v3.docx” in the reader's window.",
        "In Word: File, Info, Title; it goes into the PDF.",
        find_title,
    ),
    Rule(
        "no-language",
        "The file says which language it is in.",
        "advice",
        11,
        "A web page without a lang attribute.",
        'In Word: Review, Language, Set Proofing Language; in HTML: lang="en-GB".',
        find_language,
    ),
)
