"""Indices of deprivation: by column, and the workbook with populations."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, workbook, written

from saferboard.analytics.intake.source import Desk
from saferboard.analytics.sources.deprivation import shape
from saferboard.vocabulary.problem import Problem

TEXT = (
    "lsoa21_code,IMD_decile,Housing_and_Services_decile,IMD_rank,IMD_score,Luck_rank\n"
    "E01000001,8.0,10.0,26525.0,8.742,1\n"
    "E01000002,1.0,,7.0,42.5,2\n"
)


def test_deciles_ranks_and_scores_by_domain(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "imd2025_england.csv", TEXT))
    assert rows_of(found, "deprivation", area_code="E01000001", domain="overall") == [
        {
            "area_code": "E01000001",
            "area_kind": "lsoa21",
            "edition": "2025",
            "domain": "overall",
            "decile": 8,
            "rank": 26525,
            "score": 8.742,
        }
    ]
    (missing,) = rows_of(found, "deprivation", area_code="E01000002", domain="housing-and-services")
    assert missing["decile"] is None
    (note,) = found.notes
    assert "Luck_rank" in note.words


def test_without_a_year_in_its_name_the_lsoas_tell_the_edition(tmp_path: Path, desk: Desk) -> None:
    old = TEXT.replace("lsoa21", "lsoa11")
    (row, *_) = rows_of(load(shape, desk, written(tmp_path, "imd.csv", old)), "deprivation")
    assert (row["edition"], row["area_kind"]) == ("2019", "lsoa11")


def test_the_workbook_has_populations_too(tmp_path: Path, desk: Desk) -> None:
    names = [
        "LSOA code (2011)",
        "LSOA name (2011)",
        "Local Authority District code (2019)",
        "Local Authority District name (2019)",
    ]
    one = ["E01000001", "Little 001A", "E06000101", "Little"]
    book = workbook(
        tmp_path,
        "id.xlsx",
        {
            "Notes": [],
            "IMD 2019": [
                [
                    *names,
                    "Index of Multiple Deprivation (IMD) Score",
                    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
                    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10%)",
                    "Crime Score",
                ],
                [*one, 6.2, 29199, 9, -0.5],
            ],
            "Population figures": [
                [*names, "Total population: mid 2015 (excluding prisoners)"],
                [*one, 1296],
            ],
        },
    )
    found = load(shape, desk, book)
    rows = {row["domain"]: row for row in rows_of(found, "deprivation")}
    assert (rows["overall"]["rank"], rows["crime"]["score"]) == (29199, -0.5)
    (people,) = rows_of(found, "denominators")
    assert (people["value"], people["year"], people["area_kind"]) == (1296, 2015, "lsoa11")


def test_a_cell_of_words_is_named(tmp_path: Path, desk: Desk) -> None:
    bad = written(tmp_path, "imd2025.csv", TEXT.replace("42.5", "high"))
    with pytest.raises(Problem) as refused:
        load(shape, desk, bad)
    assert refused.value.place == "line 3, column “IMD_score”"


def test_the_real_index_of_2025(desk: Desk) -> None:
    found = load(shape, desk, candidate(shared("deprivation", "imd2025_england_lsoa21.csv")))
    overall = rows_of(found, "deprivation", domain="overall")
    assert len(overall) == 33_755
    assert {row["decile"] for row in overall} == set(range(1, 11))
    assert sorted(int(str(row["rank"])) for row in overall)[0] == 1
    assert not found.notes
