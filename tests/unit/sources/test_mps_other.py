"""Violence against women and girls, custody and homicide of the Metropolitan Police."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.reading import loads, real, recognised_by, rows, sample, total, written

from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

TABLE = "published_counts"
REGISTER = pa.table(
    {
        "code": ["E05013637", "E05013545"],
        "name": ["Edgware", "Edgware"],
        "kind": ["ward"] * 2,
        "edition": ["2022"] * 2,
        "within": ["E09000003", "E09000015"],
    }
)


@pytest.mark.parametrize("key", ["mps-vawg", "mps-custody", "mps-homicide", "lfb-incidents"])
def test_each_sample_is_recognised_by_its_source_alone(tmp_path: Path, key: str) -> None:
    assert recognised_by(written(tmp_path / "as-it-came.csv", sample(key))) == [key]


def test_violence_against_women_is_counted_by_borough_and_by_ward(tmp_path: Path) -> None:
    path = written(tmp_path / "vawg.csv", sample("mps-vawg"))
    (load,) = loads("mps-vawg", path)
    barnet, harrow = "E09000003", "E09000015"
    edgware = {"area_kind": "ward", "area_name": "Edgware"}
    assert load.dataset == "vawg-location"
    assert total(load, TABLE, area_code=barnet, breakdown=None) == 12
    assert total(load, TABLE, **edgware, within=barnet, breakdown=None) == 11
    assert total(load, TABLE, **edgware, within=barnet, breakdown="committed=2023-01") == 2
    assert total(load, TABLE, **edgware, within=harrow, breakdown=None) == 4
    (row,) = rows(load, TABLE, area_code="E09000015", breakdown=None)
    assert (row["period_from"], row["period_to"]) == (date(2024, 6, 1), date(2024, 6, 30))


def test_ward_names_are_kept_whether_or_not_a_register_is_loaded(tmp_path: Path) -> None:
    path = written(tmp_path / "vawg.csv", sample("mps-vawg"))
    (load,) = loads("mps-vawg", path)
    (registered,) = loads("mps-vawg", path, areas=REGISTER)
    assert [note.kind for note in load.notes] == ["remark"]
    assert "ward names come without a code" in load.notes[0].words
    assert (rows(registered, TABLE), registered.notes) == (rows(load, TABLE), load.notes)


def test_the_two_real_tables_count_the_same_offences() -> None:
    place, offence = real("mps-vawg", "mps", "vawg-offences.parquet")
    assert (place.dataset, offence.dataset) == ("vawg-location", "vawg-classification")
    assert total(offence, TABLE, breakdown=None) == 1_612_003
    boroughs = total(place, TABLE, area_kind="authority", breakdown=None)
    others = total(place, TABLE, area_kind="other", breakdown=None)
    assert boroughs + others == 1_612_003
    assert place.coverage == offence.coverage


def test_custody_whole_and_broken_down(tmp_path: Path) -> None:
    (load,) = loads("mps-custody", written(tmp_path / "custody.csv", sample("mps-custody")))
    january = Month(2025, 1).first_day
    whole = rows(load, TABLE, period_from=january, breakdown=None)
    assert [(row["count"], row["area_code"], row["minor"]) for row in whole] == [
        (126.0, "E23000001", "No Further Action")
    ]
    assert total(load, TABLE, breakdown="gender=Female; age=Adult; ethnicity=Asian") == 56


def test_the_real_custody_and_homicide_files_add_up() -> None:
    (custody,) = real("mps-custody", "mps", "custody.parquet")
    assert total(custody, TABLE, breakdown=None) == 1_091_273
    (homicide,) = real("mps-homicide", "mps", "homicide.parquet")
    assert total(homicide, TABLE, breakdown=None) == 4512
    assert homicide.coverage["metropolitan"][0] == Month(2003, 1)


def test_homicide_knows_an_ampersand_and_a_year_of_two_figures(tmp_path: Path) -> None:
    (load,) = loads("mps-homicide", written(tmp_path / "homicide.csv", sample("mps-homicide")))
    (row,) = rows(load, TABLE, area_code="E09000002", breakdown=None)
    assert (row["count"], row["period_from"]) == (2.0, date(2003, 1, 1))
    assert row["offence"] == "homicide"


@pytest.mark.parametrize(
    ("key", "edit", "place"),
    [
        ("mps-custody", (",56", ",-56"), "line 2, column “Offence Count”"),
        ("mps-custody", ("2025,2,", "2025,13,"), "line 4, column “Current Disposal Month”"),
        ("mps-homicide", ("Mar-23", "Lent-23"), "line 4, column “Proceedings Date”"),
        ("mps-vawg", ("2024-06-01,4", "2024-06-01,4.5"), "line 5, column “Count”"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, key: str, edit: tuple[str, str], place: str
) -> None:
    with pytest.raises(Problem) as caught:
        loads(key, written(tmp_path / "bad.csv", sample(key).replace(*edit, 1)))
    assert caught.value.place == place
