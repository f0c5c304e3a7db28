"""Registers with gaps: a field that other rows fill in, a column that nobody filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from saferboard.papercheck.claims.register import OFTEN_LATER, Register, registers
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Paper, Passage
from saferboard.papercheck.rules.walk import cut

CELL, COLUMN = "empty-field", "empty-column"
LEAST_ROWS = 2
LEAST_MEMBERS = 3
MOST_MEMBERS = 5
MOSTLY = 0.5


def find_cells(pack: Pack) -> Iterator[Finding]:
    for paper in pack.papers:
        held = registers(paper)
        asked = _asked(held)
        for register in held:
            yield from _gaps(register, asked)


def _asked(held: list[Register]) -> set[str]:
    """The heads under which at least half of all rows of the paper have an entry."""
    rows: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    for register in held:
        for column in register.required():
            key = _key(register.heads[column])
            rows[key] += len(register.entries)
            filled[key] += sum(1 for entry in register.entries if entry.cells[column].text)
    return {key for key, count in rows.items() if filled[key] >= MOSTLY * count}


def _gaps(register: Register, asked: set[str]) -> Iterator[Finding]:
    """One finding for each row that leaves out a field which most rows have. Progress is asked
    for only where most rows of the same table report it; a plan of reports and a list of
    updates ask for everything."""
    everything = _plan_of_reports(register) or len(register.heads) == 2
    columns = [
        column
        for column in register.required()
        if everything
        or (_mostly(register, column) if _later(register, column) else False)
        or (not _later(register, column) and _key(register.heads[column]) in asked)
    ]
    for entry in register.entries:
        missing = [
            register.heads[column].text for column in columns if not entry.cells[column].text
        ]
        if missing:
            named = next(cell for cell in entry.cells if cell.text)
            yield Finding(
                CELL,
                "warning",
                f"{', '.join(_short(head) for head in missing)}: not filled in.",
                f"{_short(named.text)} | {' | '.join(_short(head) for head in missing)}",
                named.place,
                f"an entry for {_short(missing[0]).lower()}",
            )


def _later(register: Register, column: int) -> bool:
    return bool(OFTEN_LATER.match(register.heads[column].text))


def _mostly(register: Register, column: int) -> bool:
    filled = sum(1 for entry in register.entries if entry.cells[column].text)
    return filled >= MOSTLY * len(register.entries)


def _plan_of_reports(register: Register) -> bool:
    """A forward plan: reports with an issue type, the heads of which the law asks for."""
    return any(head.text.lower().startswith("issue type") for head in register.heads)


def _nobody(register: Register, column: int) -> bool:
    return not any(entry.cells[column].text for entry in register.entries)


def _no_names(paper: Paper) -> Iterator[Finding]:
    """A list of members whose roles are filled in and whose column of names is empty."""
    for grid in paper.grids:
        for at, row in enumerate(grid.rows):
            heads = [cell.text.strip().casefold() for cell in row]
            if "name" not in heads or not {"role", "position", "organisation"} & set(heads):
                continue
            column = heads.index("name")
            below = [
                entry
                for entry in grid.rows[at + 1 : at + 1 + MOST_MEMBERS]
                if sum(1 for cell in entry[column + 1 :] if cell.text) >= 2
            ]
            if len(below) >= LEAST_MEMBERS and not any(entry[column].text for entry in below):
                yield Finding(
                    COLUMN,
                    "warning",
                    f"No row has an entry under {row[column].text}.",
                    cut(" | ".join(cell.text for cell in row if cell.text)),
                    row[column].place,
                    "the names",
                )


def find_columns(pack: Pack) -> Iterator[Finding]:
    for paper in pack.papers:
        yield from _no_names(paper)
        for register in registers(paper):
            if len(register.entries) < LEAST_ROWS or len(register.heads) < 3:
                continue
            empty = [column for column in register.required() if _nobody(register, column)]
            if empty and not _plan_of_reports(register):
                heads = ", ".join(_short(register.heads[column].text) for column in empty)
                yield Finding(
                    COLUMN,
                    "warning",
                    f"No row has an entry under {heads}.",
                    cut(" | ".join(head.text for head in register.heads if head.text)),
                    register.heads[empty[0]].place,
                )


def _key(head: Passage) -> str:
    return head.text.split("(")[0].strip().casefold()


def _short(words: str) -> str:
    return words if len(words) <= 50 else f"{words[:50]}…"


RULES = (
    Rule(
        CELL,
        "A row of a register fills in the fields that its head asks for and other rows have.",
        "warning",
        5,
        "An action with an end date and no start date, in a plan whose other actions have both.",
        "Fill it in, or write why there is nothing.",
        find_cells,
    ),
    Rule(
        COLUMN,
        "A column that asks for progress, a date or a lead has an entry in some row.",
        "warning",
        5,
        "A plan of twelve actions whose column “Progress” is empty.",
        "Fill it in or leave the column out.",
        find_columns,
    ),
)
