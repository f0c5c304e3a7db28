"""Check that every slip in slips.csv still points at the line that it was read on.

The papers are public, but this repository holds no names of people, so the list keeps the
sha256 of a line instead of its text. The quote of a slip is always one whole line of the paper:
stripped, every run of white space made one space, casefolded, UTF-8; the hash is the first 16
hex digits of its sha256, `quote_length` is its length after collapsing and before casefolding.

    python tests/spec/papers/find.py [slips.csv] [folder of papers] [--show]

Exit status 0 when every quote is found, 1 otherwise. `--show` prints each slip with its line.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SLIPS = Path(__file__).with_name("slips.csv")
PAPERS = Path(__file__).resolve().parents[4] / "shared" / "papers"


@dataclass(frozen=True)
class Slip:
    """One row of slips.csv."""

    file: str
    line: int
    check: int
    kind: str
    quote_hash: str
    quote_length: int
    expected: str
    why: str
    certain: bool


def collapse(text: str) -> str:
    """The text stripped, with every run of white space made one space."""
    return " ".join(text.split())


def quote_hash(text: str) -> str:
    """First 16 hex digits of the sha256 of the collapsed, casefolded text."""
    return hashlib.sha256(collapse(text).casefold().encode("utf-8")).hexdigest()[:16]


def read_slips(path: Path = SLIPS) -> list[Slip]:
    """The rows of slips.csv, typed."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Slip(
                file=row["file"],
                line=int(row["line"]),
                check=int(row["check"]),
                kind=row["kind"],
                quote_hash=row["quote_hash"],
                quote_length=int(row["quote_length"]),
                expected=row["expected"],
                why=row["why"],
                certain=row["certain"] == "yes",
            )
            for row in csv.DictReader(handle)
        ]


def find(slips: list[Slip], papers: Path = PAPERS) -> Iterator[tuple[Slip, str | None]]:
    """Each slip with the text of its line, or None when the line is not the one that was read."""
    lines: dict[str, list[str]] = {}
    for slip in slips:
        if slip.file not in lines:
            text = (papers / slip.file).read_text(encoding="utf-8")
            lines[slip.file] = text.split("\n")
        paper = lines[slip.file]
        quote = collapse(paper[slip.line - 1]) if 1 <= slip.line <= len(paper) else ""
        same = quote_hash(quote) == slip.quote_hash and len(quote) == slip.quote_length
        yield slip, quote if same else None


def main(arguments: list[str]) -> int:
    """Check every row; say which quotes are lost."""
    show = "--show" in arguments
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    slips = read_slips(paths[0] if paths else SLIPS)
    lost = 0
    for slip, quote in find(slips, paths[1] if len(paths) > 1 else PAPERS):
        if quote is None:
            lost += 1
            sys.stdout.write(f"lost: {slip.file}:{slip.line} {slip.kind}\n")
        elif show:
            sys.stdout.write(
                f"{slip.file[:3]}:{slip.line} check {slip.check} {slip.kind}\n"
                f"    {quote}\n    {slip.why} -> {slip.expected}\n"
            )
    sys.stdout.write(f"{len(slips) - lost} of {len(slips)} quotes found\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
