"""The parts of a document. Frozen values: composed once, arranged by five renderers.

A number in a document is `Bound` (it came from a fact and was formatted once) or `Quoted`
(somebody wrote it). Renderers print `display` as it stands: they never compute and never
format a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Tone = Literal["good", "bad", "mixed", "neutral", "watch", "none"]


# --- inline -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Connecting words written by the program. Holds no digits: those are Bound."""

    text: str


@dataclass(frozen=True)
class Label:
    """The name of a thing: a measure, area, period, source. May hold digits (“12 months to
    December 2023”), which are part of the name and not a figure."""

    text: str


@dataclass(frozen=True)
class Prose:
    """Words that a person wrote and keeps in a file (`origin`): glossary, method notes."""

    text: str
    origin: str


@dataclass(frozen=True)
class Bound:
    """A figure from a fact. `value` is raw, `display` what every reader sees, `code` how a
    spreadsheet or a native chart shows the raw value (`#,##0`, `0.0%`)."""

    fact: str
    value: float | int | str | None
    display: str
    code: str = "General"


@dataclass(frozen=True)
class Quoted:
    """A figure or words as somebody wrote them, and where (file, page, paragraph)."""

    text: str
    place: str


@dataclass(frozen=True)
class Strong:
    parts: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    """`target` is `#anchor` for a place in the document, or a full address."""

    parts: tuple[Inline, ...]
    target: str


@dataclass(frozen=True)
class Tag:
    """A short mark that carries words, a tone and a shape, so that it is read in black and
    white: `shape` is a single printable character (●, ▲, ▼, ■, ◆, –)."""

    text: str
    tone: Tone
    shape: str = ""


Inline = Text | Label | Prose | Bound | Quoted | Strong | Link | Tag
Inlines = tuple[Inline, ...]


# --- blocks -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """`level` 1 is the document's title; sections start at 2. `anchor` is unique."""

    level: int
    parts: Inlines
    anchor: str = ""


# `key` says how the picture above it is read: where a chart is drawn natively, with a legend of
# its own, it may be left out.
ParagraphRole = Literal["body", "headline", "lead", "meaning", "source", "note", "byline", "key"]


@dataclass(frozen=True)
class Paragraph:
    parts: Inlines
    role: ParagraphRole = "body"


@dataclass(frozen=True)
class Bullets:
    items: tuple[Inlines, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Cell:
    parts: Inlines
    header: bool = False
    align: Literal["left", "right", "centre"] = "left"
    tone: Tone = "none"
    span: int = 1


@dataclass(frozen=True)
class Table:
    """`head` rows are header rows. `caption` is printed above. `key` is unique in the
    document and names the sheet in a workbook. `emphasis` lists body rows to mark."""

    key: str
    caption: Inlines
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    emphasis: frozenset[int] = frozenset()
    note: Inlines = ()
    wide: bool = False

    def without_empty_columns(self) -> Table:
        """The same without the columns that have a title and nothing under it; a table whose
        cells span columns stays as it is."""
        rows = (*self.head, *self.body)
        if any(cell.span > 1 for row in rows for cell in row):
            return self
        kept = [at for at in range(len(self.head[0])) if any(row[at].parts for row in self.body)]
        head, body = (
            tuple(tuple(row[at] for at in kept) for row in part) for part in (self.head, self.body)
        )
        return replace(self, head=head, body=body)


SeriesRole = Literal["main", "comparison", "limit", "centre", "highlight", "muted"]


@dataclass(frozen=True)
class ChartSeries:
    """One line or set of bars. `points` has one Bound per category, or None where there is
    no value (a missing month is a gap, never zero)."""

    name: str
    points: tuple[Bound | None, ...]
    role: SeriesRole = "main"


@dataclass(frozen=True)
class Chart:
    """A chart twice: `spec` (Vega-Lite, for pictures and browsers) and the plain data that
    native charts and the table behind the chart are made from. `marks` names the category
    positions to emphasise and why (“exception”, “watch”, “this area”, “break”). A funnel has
    in `across` how far along each category stands, in rising order, and its points are placed
    by that."""

    key: str
    kind: Literal["line", "bar", "column", "interval", "map", "funnel"]
    spec: Mapping[str, Any]
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    category_title: str = ""
    value_title: str = ""
    marks: Mapping[int, str] = field(default_factory=dict)
    across: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart with its caption, a text alternative that says what it shows, and a table of
    the same numbers (`table`), which every chart must carry."""

    chart: Chart
    caption: Inlines
    alternative: Inlines
    table: Table | None = None


@dataclass(frozen=True)
class Picture:
    """An image file that was given (a logo). `alternative` empty means decoration."""

    data: bytes
    media_type: str
    alternative: str


@dataclass(frozen=True)
class Note:
    """A boxed remark: a caveat, a break in the series, something missing."""

    kind: Literal["info", "caution", "break", "missing", "stale"]
    title: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class KeyFigure:
    """One large number with its label and what changed."""

    label: Inlines
    value: Inlines
    detail: Inlines
    tag: Tag | None = None


@dataclass(frozen=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Definitions:
    """Terms and their meanings: a glossary or a list of sources."""

    items: tuple[tuple[Inlines, tuple[Block, ...]], ...]


Block = Heading | Paragraph | Bullets | Table | Figure | Picture | Note | KeyFigures | Definitions

Layout = Literal["cover", "summary", "measure", "prose", "table", "map"]


@dataclass(frozen=True)
class Section:
    """A page or slide's worth: `title` becomes the heading (level 2) and the slide's title.
    `speaker` holds notes for whoever presents it; `presenter` says who that is."""

    anchor: str
    title: Inlines
    blocks: tuple[Block, ...]
    layout: Layout = "prose"
    presenter: str = ""
    speaker: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Look:
    """A partnership's colours and logo. Colours are `#rrggbb`; the renderer keeps text
    contrast at 4.5:1 whatever is asked for."""

    brand: str = "#1f4e5f"
    accent: str = "#b5532a"
    logo: Picture | None = None


@dataclass(frozen=True)
class Document:
    """`facts` maps the name of the fact sheet's file beside the document, if there is one."""

    title: str
    subtitle: str
    organisation: str
    language: str
    date: str
    sections: tuple[Section, ...]
    look: Look = Look()
    marking: str = ""
    contact: str = ""
    keywords: tuple[str, ...] = ()


def plain(parts: Inlines) -> str:
    """The words of `parts` as a reader sees them."""
    words: list[str] = []
    for part in parts:
        match part:
            case Bound():
                words.append(part.display)
            case Strong() | Link():
                words.append(plain(part.parts))
            case Tag():
                words.append(f"{part.shape} {part.text}".strip())
            case Text() | Label() | Prose() | Quoted():
                words.append(part.text)
    return "".join(words)


def inlines(block: Block) -> Iterator[Inline]:
    """Every leaf inline of `block` in reading order, charts left out (their tables are in)."""
    match block:
        case Heading() | Paragraph():
            yield from _leaves(block.parts)
        case Bullets():
            for item in block.items:
                yield from _leaves(item)
        case Table():
            yield from _leaves(block.caption)
            for row in (*block.head, *block.body):
                for cell in row:
                    yield from _leaves(cell.parts)
            yield from _leaves(block.note)
        case Figure():
            yield from _leaves(block.caption)
            yield from _leaves(block.alternative)
            if block.table:
                yield from inlines(block.table)
        case Note():
            yield from _leaves(block.title)
            for inner in block.blocks:
                yield from inlines(inner)
        case KeyFigures():
            for figure in block.items:
                yield from _leaves((*figure.label, *figure.value, *figure.detail))
                if figure.tag:
                    yield figure.tag
        case Definitions():
            for term, meaning in block.items:
                yield from _leaves(term)
                for inner in meaning:
                    yield from inlines(inner)
        case Picture():
            return


def bound_in(document: Document) -> Iterator[Bound]:
    """Every figure of the document in reading order: what the five formats must agree on."""
    for section in document.sections:
        for part in _leaves(section.title):
            if isinstance(part, Bound):
                yield part
        for block in section.blocks:
            for part in inlines(block):
                if isinstance(part, Bound):
                    yield part


def _leaves(parts: Inlines) -> Iterator[Inline]:
    for part in parts:
        if isinstance(part, Strong | Link):
            yield from _leaves(part.parts)
        else:
            yield part
