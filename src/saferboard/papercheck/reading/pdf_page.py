"""What a page of a PDF holds before it is made into a paper: blocks, whoever found them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saferboard.papercheck.paper import PassageKind


@dataclass(frozen=True)
class Block:
    """Words of one kind; `level` for headings. `edge` marks the head or foot of a page."""

    text: str
    kind: PassageKind = "paragraph"
    level: int = 0
    page: int = 0
    edge: bool = False


@dataclass(frozen=True)
class TableBlock:
    """Rows of words with the page of each; `header_rows` 0 where nothing says which are heads;
    `certain` whether the file or its ruled lines say that this is a table."""

    rows: tuple[tuple[str, ...], ...]
    pages: tuple[int, ...]
    header_rows: int = 0
    certain: bool = False
    tagged: bool = False
    caption: str = ""

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


@dataclass(frozen=True)
class PictureBlock:
    """A picture with the words for those who do not see it."""

    alternative: str
    page: int


PageBlock = Block | TableBlock | PictureBlock


def continued(first: TableBlock, second: TableBlock) -> TableBlock | None:
    """The two as one table where the second goes on with the first on the next page: as wide,
    without heads of its own or with the same ones again."""
    if first.width != second.width or (first.caption and second.caption):
        return None
    heads = first.rows[: max(1, first.header_rows)]
    again = second.rows[: len(heads)] == heads
    if not again and second.header_rows:
        return None
    skip = len(heads) if again else 0
    return replace(
        first,
        rows=(*first.rows, *second.rows[skip:]),
        pages=(*first.pages, *second.pages[skip:]),
        certain=first.certain and second.certain,
    )
