"""Ward and LSOA files of the Metropolitan Police: quirks 9 and 14 of the data catalogue."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from tests.reading import loads, real, recognised_by, rows, sample, total, written

from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

WARDS = sample("mps-ward")
LSOAS = sample("mps-lsoa")
REGISTER = pa.table(
    {
        "code": ["E05013637", "E05013545", "E05013570"],
        "name": ["Edgware", "Edgware", "Heathrow Villages"],
        "kind": ["ward"] * 3,
        "edition": ["2022"] * 3,
        "within": ["E09000003", "E09000015", "E09000017"],
    }
)


def test_quirk_09_a_nearly_empty_first_month_is_not_covered(tmp_path: Path) -> None:
    (load,) = loads("mps-ward", written(tmp_path / "wards.csv", WARDS))
    assert load.coverage["metropolitan"][0] == Month(2024, 3)
    (note,) = [note for note in load.notes if note.kind == "missing-month"]
    assert note.total == 1.0
    assert min(row["month"] for row in rows(load)) == Month(2024, 3).first_day
    full = WARDS.replace("Harrow,1,", "Harrow,19,")
    (load,) = loads("mps-ward", written(tmp_path / "full.csv", full))
    assert load.coverage["metropolitan"][0] == Month(2024, 2)


def test_quirk_09_the_real_history_and_recent_ward_files_meet() -> None:
    (history,) = real("mps-ward", "mps", "ward", "recorded-crime-ward-historical.parquet")
    (recent,) = real("mps-ward", "mps", "ward", "recorded-crime-ward.parquet")
    assert history.coverage["metropolitan"][-1] == Month(2024, 2)
    assert recent.coverage["metropolitan"][0] == Month(2024, 3)
    assert history.generation == recent.generation == "3"
    barnet = {row["area_code"] for row in rows(recent, within="E09000003")}
    assert len(barnet) == 24


def test_quirk_09_wards_do_not_sum_to_their_borough() -> None:
    (wards,) = real("mps-ward", "mps", "ward", "ward_21_23.csv")
    assert wards.generation == "2"
    (borough,) = real("mps-borough", "mps", "borough", "to-2024-01", "FEB2022-FEB2024.csv")
    months = [Month(2023, number).first_day for number in range(1, 12)]
    placed = sum(total(wards, within="E09000003", month=month) for month in months)
    every = sum(total(borough, area_code="E09000003", month=month) for month in months)
    assert 0.01 < 1 - placed / every < 0.06


def test_quirk_09_the_lsoa_file_names_boroughs_by_code_and_leaves_offences_out() -> None:
    (load,) = real("mps-lsoa", "mps", "lsoa", "recorded-crime-lsoa.parquet")
    table = load.tables["recorded_offences"]
    assert isinstance(table, pa.Table)
    assert len(pc.unique(table["within"])) == 32
    assert pc.unique(table["area_kind"]).to_pylist() == ["lsoa21"]
    assert not {"rape", "other-sexual-offences", "nfib-fraud"} & set(
        pc.unique(table["offence"]).to_pylist()
    )
    assert any("not total recorded crime" in note.words for note in load.notes)


def test_an_lsoa_file_is_of_2011_until_a_code_of_2021_stands_in_it(tmp_path: Path) -> None:
    (load,) = loads("mps-lsoa", written(tmp_path / "lsoa.csv", LSOAS))
    assert {row["area_kind"] for row in rows(load)} == {"lsoa21"}
    older = LSOAS.replace("E01035722", "E01004736")
    (load,) = loads("mps-lsoa", written(tmp_path / "older.csv", older))
    assert {(row["area_kind"], row["area_edition"]) for row in rows(load)} == {("lsoa11", "2011")}


def test_quirk_14_a_ward_is_its_code_and_its_borough(tmp_path: Path) -> None:
    path = written(tmp_path / "wards.csv", WARDS)
    (load,) = loads("mps-ward", path)
    found = {row["area_code"]: row["within"] for row in rows(load, area_name="Edgware")}
    assert found == {"E05013637": "E09000003", "E05013545": "E09000015"}
    assert {row["area_edition"] for row in rows(load)} == {None}


def test_a_register_of_wards_changes_nothing_that_is_stored(tmp_path: Path) -> None:
    """What a look-up says is found when figures are made, so that it may come later."""
    path = written(tmp_path / "wards.csv", WARDS)
    (load,) = loads("mps-ward", path)
    (registered,) = loads("mps-ward", path, areas=REGISTER)
    assert rows(registered) == rows(load)
    assert registered.notes == load.notes


def test_ward_names_without_codes_are_kept_with_their_borough(tmp_path: Path) -> None:
    blank = WARDS.replace("E05013637", "").replace("E05013545", "")
    (load,) = loads("mps-ward", written(tmp_path / "wards.csv", blank))
    found = {(row["area_code"], row["within"]) for row in rows(load, area_name="Edgware")}
    assert found == {(None, "E09000003"), (None, "E09000015")}
    assert any("2 ward names come without a code" in note.words for note in load.notes)


@pytest.mark.parametrize("key", ["mps-ward", "mps-lsoa"])
def test_a_changed_header_is_refused_with_what_was_expected(tmp_path: Path, key: str) -> None:
    text = {"mps-ward": WARDS, "mps-lsoa": LSOAS}[key]
    changed = text.replace("MinorText", "Kind").replace("Minor Category", "Kind")
    path = written(tmp_path / "changed.csv", changed)
    assert recognised_by(path) == [key]
    with pytest.raises(Problem, match="not one that this publisher has used"):
        loads(key, path)
