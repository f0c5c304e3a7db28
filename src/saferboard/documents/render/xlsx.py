"""A workbook with the data behind everything: a sheet for each table and each chart.

Cells hold the raw values, shown by the number format that came with each figure. What has no
value (missing, suppressed) is there as the words that a reader sees. Charts stand beside their
data and can be edited.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from saferboard.documents.model import (
    Bound,
    Cell,
    Chart,
    Document,
    Figure,
    Inlines,
    Paragraph,
    Section,
    Table,
    plain,
)
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.render.plain_charts import (
    CURVES,
    LINE_DASHES,
    LINE_WEIGHTS,
    drawn_series,
    lengths,
    value_title,
)
from saferboard.documents.themes.chart_theme import line_colours
from saferboard.documents.themes.palette import INK, PANEL, QUIET_INK, RULE, Palette
from saferboard.documents.walk import leaves, lines_of, nested

FONT = "Arial"
_SHEET_NAME = 31
_CHART_COLUMNS = 12
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_CHARTS = {"line": "line", "bar": "bar", "interval": "bar", "column": "column",
           "funnel": "scatter"}  # fmt: skip


def render(
    document: Document, *, template: Path | None = None, pictures: Pictures | None = None
) -> bytes:
    """The document's figures as an Excel workbook. It takes neither template nor pictures:
    they are there because all five renderers are called alike."""
    del template, pictures
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        Workbook(book, document).write()
    return out.getvalue()


@dataclass(frozen=True)
class Entry:
    """A line of the contents: the sheet, what it holds, where it stands in the document."""

    sheet: str
    holds: str
    section: str


class Workbook:
    """Writes the sheets: contents, the words of the pack, then a sheet for each table."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book = book
        self.document = document
        self.palette = Palette.of(document.look)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def write(self) -> None:
        document = self.document
        self.book.set_properties(
            {
                "title": document.title,
                "subject": document.subtitle,
                "author": document.organisation,
                "keywords": ", ".join(document.keywords),
            }
        )
        contents = self._sheet("Contents")
        entries = [self._words()]
        for section in document.sections:
            for block in nested(section.blocks):
                if isinstance(block, Table):
                    entries.append(self._table(block, section, None))
                elif isinstance(block, Figure) and block.table:
                    entries.append(self._table(block.table, section, block))
        self._contents(contents, entries)
        contents.activate()

    def _contents(self, sheet: Any, entries: Sequence[Entry]) -> None:
        document = self.document
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 2, 40)
        sheet.write_string(0, 0, document.title, self._format(bold=True, font_size=18))
        about = (document.subtitle, document.organisation, document.date, document.marking)
        row = 1
        for words in filter(None, about):
            sheet.write_string(row, 0, words, self._format(font_color=QUIET_INK))
            row += 1
        sheet.set_row(0, 28)
        self._print(sheet, row + 1, wide=False)
        row += 1
        for column, name in enumerate(("Sheet", "What it holds", "Section")):
            sheet.write_string(row, column, name, self._header())
        link = self._link()
        for entry in entries:
            row += 1
            sheet.write_url(row, 0, f"internal:'{entry.sheet}'!A1", link, entry.sheet)
            sheet.write_string(row, 1, entry.holds, self._format(text_wrap=True))
            sheet.write_string(row, 2, entry.section, self._format(text_wrap=True))

    def _words(self) -> Entry:
        """Headlines, sentences and key figures in order, each figure of a line in its cell."""
        sheet = self._sheet("Headlines and sentences")
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        sheet.set_column(2, 12, 13)
        for column, name in enumerate(("Section", "Words", "Figures in them")):
            sheet.write_string(0, column, name, self._header())
        sheet.freeze_panes(1, 1)
        row = 0
        for section in self.document.sections:
            for parts in lines_of(section):
                row += 1
                title = plain(section.title)
                sheet.write_string(row, 0, title, self._format(text_wrap=True))
                sheet.write_string(row, 1, plain(parts), self._format(text_wrap=True))
                figures = [part for part, _ in leaves(parts) if isinstance(part, Bound)]
                for column, figure in enumerate(figures, 2):
                    self._value(sheet, row, column, figure, {})
        self._print(sheet, 0, wide=True)
        return Entry("Headlines and sentences", "The words of the pack, line by line", "")

    def _table(self, table: Table, section: Section, figure: Figure | None) -> Entry:
        caption = plain(table.caption)
        sheet = self._sheet(table.key.replace("-", " ").capitalize())
        sheet.write_string(0, 0, caption, self._format(bold=True, font_size=14))
        sheet.set_row(0, 22)
        sheet.write_url(1, 0, "internal:'Contents'!A1", self._link(), "Back to contents")
        sheet.write_string(
            1,
            1,
            f"{self.document.title}: {plain(section.title)}",
            self._format(font_color=QUIET_INK),
        )
        top = 3
        for number, cells in enumerate(table.head):
            self._row(sheet, top + number, cells, head=True, marked=False)
        first = top + len(table.head)
        for number, cells in enumerate(table.body):
            marked = number in table.emphasis
            self._row(sheet, first + number, cells, head=False, marked=marked)
        last = first + len(table.body)
        self._columns(sheet, table)
        sheet.freeze_panes(first, 1)
        for parts in filter(None, (table.note, *_sources(section))):
            last += 1
            sheet.write_string(last, 0, plain(parts), self._format(font_color=QUIET_INK))
        self._print(sheet, first - 1, wide=table.wide)
        if figure is not None:
            self._chart(sheet, figure, max(last, first + 18), _columns_of(table))
        return Entry(sheet.get_name(), caption, plain(section.title))

    def _row(
        self, sheet: Any, row: int, cells: Sequence[Cell], *, head: bool, marked: bool
    ) -> None:
        column = 0
        for cell in cells:
            look: dict[str, Any] = {"bottom": 1, "bottom_color": RULE, "valign": "top"}
            if marked:
                look |= {"bold": True, "bg_color": self.palette.accent_ground}
            if head:
                look = {"bold": True, "bg_color": PANEL, "bottom": 2, "bottom_color": INK,
                        "text_wrap": True, "valign": "bottom"}  # fmt: skip
            look["align"] = {"centre": "center"}.get(cell.align, cell.align)
            figures = [part for part, _ in leaves(cell.parts) if isinstance(part, Bound)]
            alone = len(figures) == 1 and plain(cell.parts) == figures[0].display
            if alone:
                self._value(sheet, row, column, figures[0], look)
            else:
                sheet.write_string(row, column, plain(cell.parts), self._format(**look))
            for extra in range(1, cell.span):
                sheet.write_blank(row, column + extra, None, self._format(**look))
            column += cell.span

    def _value(
        self, sheet: Any, row: int, column: int, figure: Bound, look: dict[str, Any]
    ) -> None:
        """The raw value under its own format; words where there is no value."""
        if isinstance(figure.value, int | float) and not isinstance(figure.value, bool):
            sheet.write_number(
                row, column, figure.value, self._format(**look, num_format=figure.code)
            )
        else:
            sheet.write_string(
                row, column, figure.display, self._format(**look, italic=True, font_color=QUIET_INK)
            )

    def _columns(self, sheet: Any, table: Table) -> None:
        rows = (*table.head, *table.body)
        for number in range(_columns_of(table)):
            words = [plain(row[number].parts) for row in rows if number < len(row)]
            longest = max((len(word) for word in words[len(table.head) :]), default=8)
            sheet.set_column(number, number, min(46, max(11, longest + 2)))

    def _chart(self, sheet: Any, figure: Figure, last: int, columns: int) -> None:
        """A native chart beside the table and, further right, the plain data that it shows."""
        chart = figure.chart
        start = columns + 1 + (_CHART_COLUMNS if chart.kind in _CHARTS else 1)
        sheet.write_string(2, start, "Data of the chart", self._format(font_color=QUIET_INK))
        sheet.write_string(3, start, chart.category_title or "Category", self._header())
        sheet.set_column(start, start, 18)
        for number, series in enumerate(chart.series, start + 1):
            sheet.set_column(number, number, 12)
            sheet.write_string(3, number, series.name, self._header())
            for at, point in enumerate(series.points):
                if point is not None:
                    self._value(sheet, 4 + at, number, point, {})
        for at, name in enumerate(chart.categories):
            sheet.write_string(4 + at, start, name, self._format())
        along = start + 1 + len(chart.series)
        if chart.across:
            sheet.write_string(3, along, chart.category_title, self._header())
            for at, place in enumerate(chart.across):
                self._value(sheet, 4 + at, along, place, {})
        if chart.kind not in _CHARTS:
            return
        native = self.book.add_chart({"type": _CHARTS[chart.kind]})
        self._series(native, chart, sheet.get_name(), start)
        self._chart_look(native, chart, figure)
        high = 17 * len(chart.categories) + 120 if _CHARTS[chart.kind] == "bar" else 340
        native.set_size({"width": 720, "height": min(900, max(300, high))})
        sheet.insert_chart(
            3,
            columns + 1,
            native,
            {"description": plain(figure.alternative), "object_position": 2},
        )
        sheet.set_landscape()
        sheet.print_area(0, 0, last, start - 2)

    def _series(self, native: Any, chart: Chart, sheet: str, start: int) -> None:
        colours = line_colours(self.palette)
        last = 3 + len(chart.categories)
        drawn = drawn_series(chart)
        places = start + 1 + len(chart.series) if chart.across else start
        for number, series in enumerate(chart.series, start + 1):
            if series not in drawn:
                continue
            colour = colours[series.role]
            entry: dict[str, Any] = {
                "name": [sheet, 3, number],
                "categories": [sheet, 4, places, last, places],
                "values": [sheet, 4, number, last, number],
            }
            if chart.kind in CURVES:
                dash = LINE_DASHES.get(series.role, "solid")
                weight = LINE_WEIGHTS.get(series.role, 1.0)
                entry["line"] = {"color": colour, "width": weight, "dash_type": dash}
                entry["marker"] = {"type": "none"}
                fill = {"color": colour}
                if series.role == "highlight":
                    entry["line"] = {"none": True}
                    entry["marker"] = {"type": "diamond", "size": 9, "fill": fill}
                elif chart.across and series.role == "main":
                    entry["line"] = {"none": True}
                    entry["marker"] = {"type": "circle", "size": 5, "fill": fill}
            else:
                alone = len(drawn) == 1
                plain_colour = colours["muted"] if alone and chart.marks else colour
                entry["fill"] = {"color": plain_colour}
                entry["gap"] = 45
                entry["points"] = [
                    {"fill": {"color": self.palette.accent}}
                    if alone and at in chart.marks
                    else None
                    for at in range(len(chart.categories))
                ]
                reach = lengths(chart)
                if reach is not None and series is drawn[0]:
                    entry["y_error_bars"] = {
                        "type": "custom",
                        "plus_values": reach[0],
                        "minus_values": reach[1],
                        "end_style": 0,
                    }
            native.add_series(entry)

    def _chart_look(self, native: Any, chart: Chart, figure: Figure) -> None:
        font = {"name": FONT, "size": 9, "color": INK}
        value = {
            "name": value_title(chart), "name_font": {**font, "bold": False}, "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": "#DFE5E8"}},
            "line": {"none": True},
        }  # fmt: skip
        category: dict[str, Any] = {"num_font": font, "line": {"color": QUIET_INK}}
        if _CHARTS[chart.kind] == "bar":
            category |= {"reverse": True, "interval_unit": 1}
            value["label_position"] = "high"
        elif chart.kind == "line" and len(chart.categories) > 8:
            category["interval_unit"] = 3 if len(chart.categories) < 20 else 6
        elif chart.across:
            category |= {"name": chart.category_title, "name_font": value["name_font"], "min": 0}
        upright = _CHARTS[chart.kind] != "bar"
        native.set_x_axis(category if upright else value)
        native.set_y_axis(value if upright else category)
        native.set_title({"name": plain(figure.caption), "overlay": False,
                          "name_font": {**font, "size": 12, "bold": True}})  # fmt: skip
        shown = [s for s in chart.series if not (chart.kind == "interval" and s.role == "limit")]
        native.set_legend(
            {"none": True} if len(shown) == 1 else {"position": "bottom", "font": font}
        )
        native.show_blanks_as("gap")

    def _print(self, sheet: Any, header: int, *, wide: bool) -> None:
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        words = " | ".join(filter(None, (self.document.organisation, self.document.marking)))
        sheet.set_footer(f"&L{words.replace('&', '&&')}&RPage &P of &N")

    def _sheet(self, wanted: str) -> Any:
        """A sheet whose name is allowed and not yet taken."""
        name = wanted.translate(_FORBIDDEN).strip("' ")[:_SHEET_NAME].strip()
        base, number = name, 2
        while name.lower() in self._names:
            tail = f" {number}"
            name = base[: _SHEET_NAME - len(tail)] + tail
            number += 1
        self._names.add(name.lower())
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        return sheet

    def _header(self) -> Any:
        return self._format(bold=True, bg_color=PANEL, bottom=2, text_wrap=True, valign="bottom")

    def _link(self) -> Any:
        return self._format(font_color=self.palette.brand, underline=1)

    def _format(self, **look: Any) -> Any:
        look = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", **look}
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]


def _columns_of(table: Table) -> int:
    return sum(cell.span for cell in table.head[0])


def _sources(section: Section) -> Iterator[Inlines]:
    for block in nested(section.blocks):
        if isinstance(block, Paragraph) and block.role == "source":
            yield block.parts
