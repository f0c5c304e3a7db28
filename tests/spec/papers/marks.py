"""The marks in the papers of `unseen/` and `fresh/`: `{{kind@key:words}}` says what the words are.

`@key` joins two places that state the same quantity; two digits as key name the other paper of
the pack. A paper is clean when its marks are taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

UNSEEN = Path(__file__).parent / "unseen"
FRESH = Path(__file__).parent / "fresh"
MARK = re.compile(r"\{\{([a-z]+)(?:@([a-z0-9]+))?:([^{}]*)\}\}")


@dataclass(frozen=True)
class Mark:
    """`line` counts from 0, `start` and `end` are places in the clean line."""

    kind: str
    key: str
    words: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class MarkedPaper:
    """A clean paper as `lines`, and the `marks` that were taken off it."""

    name: str
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The clean paper."""
        return "\n".join(self.lines) + "\n"

    def lines_with(self, words: str) -> tuple[int, ...]:
        """Where `words` stand, as lines from 0."""
        return tuple(at for at, line in enumerate(self.lines) if words in line)

    def lines_of_key(self, key: str) -> tuple[int, ...]:
        """Where the quantity `key` is stated."""
        return tuple(mark.line for mark in self.marks if mark.key == key)

    def table_at(self, line: int) -> range:
        """The rows of the table that `line` belongs to; the line itself outside tables."""
        if not self.lines[line].startswith("|"):
            return range(line, line + 1)
        first = last = line
        while first and self.lines[first - 1].startswith("|"):
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].startswith("|"):
            last += 1
        return range(first, last + 1)


def read_marked(path: Path) -> MarkedPaper:
    """The paper at `path` without its marks, and the marks."""
    clean, marks = [], []
    for at, raw in enumerate(path.read_text(encoding="utf-8").splitlines()):
        line, done = "", 0
        for found in MARK.finditer(raw):
            line += raw[done : found.start()]
            kind, key, words = found.groups()
            marks.append(Mark(kind, key or "", words, at, len(line), len(line) + len(words)))
            line += words
            done = found.end()
        clean.append(line + raw[done:])
    return MarkedPaper(path.stem, tuple(clean), tuple(marks))


def papers_in(folder: Path = UNSEEN) -> tuple[MarkedPaper, ...]:
    """The papers of a folder, by name."""
    return tuple(read_marked(path) for path in sorted(folder.glob("[0-9]*.md")))
