"""The ONS workbook of mid-year estimates, in small and as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, workbook

from saferboard.analytics.intake.source import Candidate, Desk
from saferboard.analytics.sources.ons_population import shape
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

TITLE = "Persons by single year of age and sex for local authorities, mid-2031"
COVER = [["The data tables were originally published at 9.30am 15 July 2032."]]


def book(
    folder: Path,
    *,
    notes: int = 3,
    total: object = 190,
    cell: object = 1,
    years: tuple[int, ...] = (2031, 2030),
) -> Candidate:
    above = [[f"Note {n}"] for n in range(notes)]
    ages: list[object] = [str(age) if age % 2 else age for age in range(90)]
    people = [
        [f"MYE2: {TITLE}"],
        *above,
        ["Code ", "Name", "Geography", "All ages [note 1]", *ages, "90+"],
        ["E06000101", "Little ", "Unitary Authority", total, cell, *[2] * 89, 11],
        ["E11000009", "Big", "Metropolitan County", 1, 1, *[0] * 89, 0],
        [None],
        ["Source: Office for National Statistics"],
    ]
    by_year = [
        ["MYE4: Population estimates: Summary"],
        *above,
        ["Code", "Name", "Geography", *[f"Mid-{year}" for year in years]],
        ["E06000101", "Little", "Unitary Authority", *[190 - n for n in range(len(years))]],
    ]
    return workbook(
        folder,
        "pop.xlsx",
        {"Cover sheet": COVER, "MYE2 - Persons ": people, "MYE4": by_year},
    )


def test_residents_by_year_age_and_those_aged_10_to_17(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    little = [row for row in rows_of(found, "denominators") if row["area_code"] == "E06000101"]
    assert {
        row["year"]: row["value"]
        for row in little
        if row["of"] == "residents" and not row["breakdown"]
    } == {2031: 190, 2030: 189}
    (young,) = (row for row in little if row["of"] == "residents-10-17")
    assert (young["value"], young["year"]) == (16, 2031)
    ages = {row["breakdown"]: row["value"] for row in little if row["breakdown"]}
    assert ages["age=0"] == 1
    assert ages["age=90+"] == 11
    assert len(ages) == 91
    assert little[0]["area_name"] == "Little"
    assert little[0]["area_kind"] == "authority"


def test_the_day_of_publication_and_the_years_are_read(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    assert found.published == date(2032, 7, 15)
    assert found.coverage == {"ons": (Month(2030, 6), Month(2031, 6))}


@pytest.mark.parametrize("notes", [0, 7, 30])
def test_a_moved_header_is_found_by_its_words(tmp_path: Path, desk: Desk, notes: int) -> None:
    found = load(shape, desk, book(tmp_path, notes=notes))
    assert rows_of(found, "denominators", year=2030)[0]["value"] == 189


def test_a_header_that_is_nowhere_is_a_problem(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem, match="No row holds the columns") as refused:
        load(shape, desk, book(tmp_path, notes=70))
    assert refused.value.place == "sheet “MYE2 - Persons”"


def test_an_empty_table_is_a_problem(tmp_path: Path, desk: Desk) -> None:
    empty = workbook(tmp_path, "e.xlsx", {"MYE4": [["Code", "Name", "Geography", "Mid-2031"]]})
    with pytest.raises(Problem, match="nothing below it"):
        load(shape, desk, empty)


def test_a_cell_that_is_no_number_is_named(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem) as refused:
        load(shape, desk, book(tmp_path, cell="many"))
    assert refused.value.place == "sheet “MYE2 - Persons”, cell E6"


def test_a_negative_population_is_refused(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem, match="below zero"):
        load(shape, desk, book(tmp_path, cell=-1))


def test_sheets_that_disagree_are_noted_and_counted_once(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path, total=191))
    rows = rows_of(found, "denominators", area_code="E06000101", year=2031, of="residents")
    assert [row["value"] for row in rows if not row["breakdown"]] == [190]
    assert any("disagree" in note.words for note in found.notes)


def test_a_workbook_that_is_something_else_is_not_ours(tmp_path: Path) -> None:
    other = workbook(tmp_path, "o.xlsx", {"Sheet1": [["Code", "Name"], ["E06000101", "x"]]})
    assert shape.recognise(other) is None
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(other.path.read_bytes()[:400])
    assert shape.recognise(candidate(broken)) is None


def test_the_real_workbook(desk: Desk) -> None:
    found = load(shape, desk, candidate(shared("ons", "LAD23_Mid_Year_pop_2011_to_2023.xlsx")))
    rows = rows_of(found, "denominators", area_code="E09000003")
    whole = {r["year"]: r["value"] for r in rows if r["of"] == "residents" and not r["breakdown"]}
    assert sorted(whole) == list(range(2011, 2024))
    by_age = sum(
        float(str(row["value"]))
        for row in rows
        if str(row["breakdown"]).startswith("age=") and row["of"] == "residents"
    )
    assert by_age == whole[2023]
    by_sex = [
        float(str(row["value"]))
        for row in rows
        if row["breakdown"] in ("sex=female", "sex=male") and row["of"] == "residents"
    ]
    assert len(by_sex) == 2
    assert sum(by_sex) == whole[2023]
    assert found.published == date(2024, 7, 15)
    assert not found.notes


def ward_book(folder: Path, *, head: str = "Ward 2032 Code", total: object = 250) -> Candidate:
    ages = [f"{sex}{age}" for sex in "FM" for age in range(91)]
    header = ["LAD 2032 Code", "LAD 2032 Name", head, "Ward 2032 Name", "Total", *ages]
    row = ["E06000101", "Little", "E05009001", "North ", total, *[1] * 182]
    above = [["Mid-2031: population of 2032 wards"], ["Official statistics in development"], []]
    below = [[None], ["Source: Office for National Statistics"]]
    sheets = {
        "Contents": [["A contents"]],
        "Mid-2031 Ward 2032": [*above, header, row, *below],
        "Mid-2030 Ward 2032": [*above, header, [*row[:4], 240, *[1] * 182]],
    }
    return workbook(folder, "sape-wards.xlsx", sheets)


def test_residents_by_ward_come_with_the_wards_themselves(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, ward_book(tmp_path))
    values = {
        (row["year"], row["of"]): row["value"]
        for row in rows_of(found, "denominators", area_code="E05009001")
    }
    assert values == {
        (2031, "residents"): 250, (2031, "residents-10-17"): 16,
        (2030, "residents"): 240, (2030, "residents-10-17"): 16,
    }  # fmt: skip
    assert rows_of(found, "areas") == [
        {"code": "E05009001", "name": "North", "kind": "ward", "edition": "2032",
         "within": "E06000101"}
    ]  # fmt: skip
    assert found.coverage == {"ons": (Month(2030, 6), Month(2031, 6))}


def test_a_sheet_of_wards_with_another_header_or_a_word_for_a_number_is_refused(
    tmp_path: Path, desk: Desk
) -> None:
    with pytest.raises(Problem, match="Ward 2032 Code"):
        load(shape, desk, ward_book(tmp_path, head="Ward code"))
    with pytest.raises(Problem) as wrong:
        load(shape, desk, ward_book(tmp_path, total="many"))
    assert wrong.value.place == "sheet “Mid-2031 Ward 2032”, cell E5"
