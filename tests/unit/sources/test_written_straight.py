"""Files written as they are read hold what the plain way gives: it is the oracle here."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, loads, rows_of, written

from saferboard.analytics.intake.source import Candidate, Desk, Load
from saferboard.analytics.sources.police_uk_outcomes import shape as outcomes
from saferboard.analytics.sources.police_uk_street import shape as street
from saferboard.analytics.store.desk import WriterDesk
from saferboard.analytics.store.staging import StagedTable
from saferboard.vocabulary.problem import Problem

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type"
)
WORDS = {
    street: ["Burglary", "Robbery", "Anti-social behaviour", "Smuggling", "Drugs", "O'Brien, so"],
    outcomes: ["Suspect charged", "Under investigation", "Local resolution", "Offender hanged"],
}


class Plain:
    """A desk that writes nothing as it comes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)

    def straight(self, *given: object) -> None:
        """Leave every file to the plain way."""


def both(shape: ModuleType, desk: Desk, files: Sequence[Candidate]) -> tuple[Load, Load]:
    """The load of the files written as they come, and the same the plain way."""
    quick = load(shape, desk, *files)
    plain = load(shape, Plain(desk), *files)  # type: ignore[arg-type]  # a desk but for one method
    (table,) = quick.tables
    assert isinstance(quick.tables[table], StagedTable)
    assert not isinstance(plain.tables[table], StagedTable)
    return quick, plain


def alike(quick: Load, plain: Load) -> None:
    """Two loads say the same of their files and hold the same rows, in whatever order."""
    (table,) = quick.tables
    assert quick.coverage == plain.coverage
    assert quick.rows == plain.rows
    assert quick.notes == plain.notes
    assert _sorted(quick, table) == _sorted(plain, table)


def _sorted(load: Load, table: str) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows_of(load, table))


@pytest.mark.parametrize("shape", [street, outcomes])
@pytest.mark.parametrize("seed", range(4))
def test_rows_notes_and_coverage_are_those_of_the_plain_way(
    tmp_path: Path, desk: Desk, shape: ModuleType, seed: int
) -> None:
    chance = random.Random(seed)
    kind = "street" if shape is street else "outcomes"
    files = []
    for month in ("2030-11", "2030-12", "2031-01", "2031-03"):
        for force in ("surrey", "city-of-london", "northern-ireland"):
            if chance.random() < 0.2:
                continue  # a month that is missing
            rows = [_row(chance, shape, month) for _ in range(chance.choice([0, 1, 40]))]
            header, cells = _shuffled(chance, shape, rows)
            text = "\r\n".join([header, *cells]) + chance.choice(["", "\r\n"])
            files.append(written(tmp_path, f"{month}-{force}-{kind}.csv", text))
    alike(*both(shape, desk, files))


def _row(chance: random.Random, shape: ModuleType, month: str) -> list[str]:
    placed = chance.random() < 0.8
    point = ["-0.1234567", "51.5"] if placed else ["", ""]
    where = ["On or near A “B” & C", "E01000001", "Little 001A"]
    label = chance.choice(WORDS[shape])
    row = [
        chance.choice(["", "ab12"]),
        month,
        chance.choice(["", "Surrey Police"]),
        "Surrey Police",
        *point,
        *(where if placed else ["No Location", "", ""]),
        f'"{label}"' if "," in label else label,
    ]
    return [*row, chance.choice(["", "Under investigation"]), ""] if shape is street else row


def _shuffled(
    chance: random.Random, shape: ModuleType, rows: list[list[str]]
) -> tuple[str, list[str]]:
    """The columns in the publisher's order or in another one."""
    names = (STREET if shape is street else OUTCOMES).split(",")
    order = list(range(len(names)))
    if chance.random() < 0.3:
        chance.shuffle(order)
    return ",".join(names[at] for at in order), [",".join(row[at] for at in order) for row in rows]


def test_the_real_files_of_two_years_are_those_of_the_plain_way(desk: Desk) -> None:
    folder = shared("police-uk", "city-of-london-2024-to-2025")
    files = [candidate(path) for path in sorted(folder.glob("*-street.csv"))]
    assert len(files) > 12
    alike(*both(street, desk, files))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a1,2031-02,S,S,-0.1,51.5,X,E01000001,L,Burglary,,", "a row in it says 2031-02"),
        ("a1,soon,S,S,-0.1,51.5,X,E01000001,L,Burglary,,", "no month that can be read"),
        ("a1,2031-01,S,S,51.5,-0.1,X,E01000001,L,Burglary,,", "outside the British Isles"),
        ("a1,2031-01,S,S,-0.1,,X,E01000001,L,Burglary,,", "outside the British Isles"),
    ],
)
def test_what_is_amiss_is_told_by_the_plain_way_and_nothing_stays(
    tmp_path: Path, desk: Desk, row: str, words: str
) -> None:
    assert isinstance(desk, WriterDesk)
    good = "a1,2031-02,S,S,-0.1,51.5,X,E01000001,L,Burglary,,"
    files = [
        written(tmp_path, "2031-01-surrey-street.csv", f"{STREET}\n{row}\n"),
        written(tmp_path, "2031-02-surrey-street.csv", f"{STREET}\n{good}\n"),
    ]
    before = set(desk.staging.rglob("*.parquet"))
    with pytest.raises(Problem) as caught:
        loads(street, desk, *files)
    assert words in caught.value.message
    assert caught.value.file == "2031-01-surrey-street.csv"
    assert set(desk.staging.rglob("*.parquet")) == before
