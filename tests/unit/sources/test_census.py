"""Residents by ethnicity, sex and age."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, written

from saferboard.analytics.intake.source import Desk
from saferboard.analytics.sources.census import shape
from saferboard.analytics.sources.police_uk_stops.words import ethnicities
from saferboard.vocabulary.problem import Problem

ETHNICITY = """ltla21_code,ltla21_name,ethnic_group,value
E06000101,Little,"White: Roma (number)",12.0
E06000101,Little,"White: Roma (percent)",0.1
E06000101,Little,"Asian, Asian British or Asian Welsh: Indian (number)",100.0
E06000101,Little,"Martian (number)",3.0
"""


def test_numbers_are_read_and_percentages_passed_over(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "ethnicity31_ltla21.csv", ETHNICITY))
    rows = {row["breakdown"]: row["value"] for row in rows_of(found, "denominators", year=2031)}
    assert rows == {
        "ethnicity=White: Roma": 12,
        "ethnicity=Asian: Indian": 100,
        "ethnicity=Martian": 3,
    }
    (note,) = found.notes
    assert (note.kind, note.total) == ("unknown-label", 3)


def test_groups_have_the_words_of_stop_and_search(desk: Desk) -> None:
    found = load(shape, desk, candidate(shared("census", "ethnicity21_ltla21.csv")))
    barnet = rows_of(found, "denominators", area_code="E09000003")
    groups = {str(row["breakdown"]).removeprefix("ethnicity=") for row in barnet}
    assert len(groups) == 19
    assert set(ethnicities().values()) - {"Not stated"} == groups - {"White: Roma"}
    assert not found.notes


def test_sexes_and_age_bands(tmp_path: Path, desk: Desk) -> None:
    header = (
        "ltla21_code,total_population,total_females,total_males,younger_females,"
        "working_age_females,older_females,younger_males,working_age_males,older_males"
    )
    text = f"{header}\nE06000101,10,6,4,1,2,3,1,2,1\n"
    found = load(shape, desk, written(tmp_path, "age_gender21_x.csv", text))
    rows = {row["breakdown"]: row["value"] for row in rows_of(found, "denominators")}
    assert rows[""] == 10
    assert rows["sex=female"] == 6
    assert rows["sex=male; age=working age"] == 2
    assert len(rows) == 9


def ages(row: str, name: str = "ltla21_name") -> str:
    return f"ltla21_code,{name},total_population,{','.join(map(str, range(90)))},90+\n{row}\n"


def test_single_ages_and_those_aged_10_to_17(tmp_path: Path, desk: Desk) -> None:
    text = ages(f"E06000101,Little,91,{','.join(['1'] * 91)}")
    found = load(shape, desk, written(tmp_path, "population20_ltla21.csv", text))
    (young,) = rows_of(found, "denominators", of="residents-10-17")
    assert (young["value"], young["year"], young["basis"]) == (8, 2020, "mid-year estimate")


def test_a_missing_age_leaves_no_sum(tmp_path: Path, desk: Desk) -> None:
    cells = ["1"] * 91
    cells[12] = "n/a"
    text = ages(f"E06000101,Little,90,{','.join(cells)}")
    found = load(shape, desk, written(tmp_path, "population20_ltla21.csv", text))
    assert not rows_of(found, "denominators", of="residents-10-17")
    assert not rows_of(found, "denominators", breakdown="age=12")


def test_a_year_has_to_be_somewhere(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem, match="of which year"):
        load(shape, desk, written(tmp_path, "ethnicity.csv", ETHNICITY))


def test_a_table_of_something_else_is_refused(tmp_path: Path, desk: Desk) -> None:
    text = ETHNICITY.replace("E06000101", "Little")
    with pytest.raises(Problem, match="GSS"):
        load(shape, desk, written(tmp_path, "ethnicity21.csv", text))
    assert shape.recognise(written(tmp_path, "x.csv", "ltla21_code,value\nE06000101,1\n")) is None
