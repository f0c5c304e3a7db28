"""Where something stands in a paper, as exactly as its format can say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """`line` is 1-based for text files; `page` for PDF and slides; `sheet` and `cell` (B7)
    for workbooks; `paragraph` counts body paragraphs of a DOCX; `table`, `row`, `column`
    are 1-based within the paper, the table, the row. `part` names what stands outside the
    run of the text: `footnote 3`, `page header`, `text box`, `speaker’s notes`."""

    file: str
    line: int = 0
    page: int = 0
    sheet: str = ""
    cell: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    heading: str = ""
    part: str = ""

    def words(self) -> str:
        """`line 120`, `page 3, table 2, row 4`, `sheet Grants, cell B7`."""
        parts = [
            f"line {self.line}" if self.line else "",
            f"page {self.page}" if self.page else "",
            f"sheet {self.sheet}" if self.sheet else "",
            f"cell {self.cell}" if self.cell else "",
            f"paragraph {self.paragraph}" if self.paragraph and not self.line else "",
            f"table {self.table}" if self.table and not self.cell else "",
            f"row {self.row}" if self.row and not self.cell else "",
            f"column {self.column}" if self.column and not self.cell else "",
            self.part,
        ]
        return ", ".join(part for part in parts if part)
