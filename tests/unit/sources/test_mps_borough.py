"""Borough files of the Metropolitan Police: quirks 1 to 8 and 10 of the data catalogue."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from tests.reading import loads, real, recognised_by, rows, sample, total, written
from tests.shared_data import shared

from saferboard.analytics.intake.offence_labels import offence_of, read_labels
from saferboard.vocabulary.period import Month

FIRST = sample("mps-borough", "sample-1.csv")
SECOND = sample("mps-borough", "sample-2.csv")
THIRD = sample("mps-borough", "sample-3.csv")
FOURTH = sample("mps-borough", "sample-4.csv")


def _file(folder: Path, text: str) -> Path:
    return written(folder / "as-it-came.csv", text)


@pytest.mark.parametrize(
    ("text", "generation"), [(FIRST, "1"), (SECOND, "2"), (THIRD, "3"), (FOURTH, "4")]
)
def test_quirk_01_four_header_generations_give_one_offence(
    tmp_path: Path, text: str, generation: str
) -> None:
    path = _file(tmp_path, text)
    assert recognised_by(path) == ["mps-borough"]
    (load,) = loads("mps-borough", path)
    assert load.generation == generation
    found = {row["minor"] for row in rows(load, offence="theft-from-vehicle")}
    assert len(found) == 1
    assert not [note for note in load.notes if note.kind.startswith("unknown")]


def test_quirk_01_a_history_file_and_its_recent_file_say_it_differently() -> None:
    folder = shared("mps", "borough", "to-2018-12")
    labels = {}
    for path in folder.iterdir():
        (load,) = loads("mps-borough", path)
        found = rows(load, offence="theft-from-vehicle", area_name="Barnet")
        labels[path.name] = {str(row["minor"]) for row in found}
        months = {row["month"] for row in found}
        assert len(months) == len(load.coverage["metropolitan"])
    assert sorted(map(sorted, labels.values())) == [
        ["Theft From M/V"],
        ["Theft From Motor Vehicle"],
    ]


def test_quirk_02_eight_labels_of_residential_burglary_are_summed(tmp_path: Path) -> None:
    eight = [
        "Burglary in a Dwelling",
        "Burglary - Residential",
        "Domestic Burglary",
        "BURGLARY - RESIDENTIAL",
        "BURGLARY IN A DWELLING",
        "DOMESTIC BURGLARY",
        "RES BURGLARY OF A HOME",
        "RES BURGLARY OF UNCONNECTED BUILDING",
    ]
    assert {offence_of("Burglary", label) for label in eight} == {"residential-burglary"}
    (load,) = loads("mps-borough", _file(tmp_path, THIRD))
    by_month = {
        month: total(load, offence="residential-burglary", month=Month.parse(month).first_day)
        for month in ("202401", "202402", "202403")
    }
    assert by_month == {"202401": 126, "202402": 131, "202403": 132}


def test_quirk_03_violence_with_injury_before_it_had_that_name(tmp_path: Path) -> None:
    (load,) = loads("mps-borough", _file(tmp_path, FIRST))
    assert total(load, offence="violence-with-injury", month=Month(2016, 12).first_day) == 102
    assert offence_of("Violence Against the Person", "Grievous Bodily Harm") == (
        "violence-with-injury"
    )


def test_quirk_03_stalking_stands_apart_from_the_third_generation(tmp_path: Path) -> None:
    (load,) = loads("mps-borough", _file(tmp_path, THIRD))
    assert total(load, offence="stalking-harassment") == 213
    assert total(load, offence="violence-without-injury") == 273


def test_quirk_04_the_restatement_of_2024_is_another_load_with_other_figures() -> None:
    before = shared("mps", "borough", "to-2024-01")
    after = shared("mps", "borough", "to-2025-11")

    def residential_2023(folder: Path) -> float:
        found = [load for path in folder.iterdir() for load in loads("mps-borough", path)]
        return sum(
            row["count"]
            for load in found
            for row in rows(load, offence="residential-burglary", area_name="Barnet")
            if row["month"].year == 2023
        )

    assert residential_2023(before) == 1861
    assert 1700 < residential_2023(after) < 1800


def test_quirk_05_no_row_for_zero_and_zero_cells_make_none(tmp_path: Path) -> None:
    (load,) = loads("mps-borough", _file(tmp_path, FIRST))
    months = {row["month"] for row in rows(load, minor="Burglary in a Dwelling")}
    assert months == {Month(2016, 11).first_day, Month(2016, 12).first_day}
    # Covered all the same: absent from a covered month means zero.
    assert load.coverage == {"metropolitan": (Month(2016, 11), Month(2016, 12), Month(2017, 1))}


def test_quirk_06_airports_and_unknown_are_kept_and_are_no_authority(tmp_path: Path) -> None:
    (load,) = loads("mps-borough", _file(tmp_path, SECOND))
    (airports,) = {(r["area_kind"], r["area_code"]) for r in rows(load, count=3)}
    assert airports == ("other", None)
    (later,) = loads("mps-borough", _file(tmp_path, THIRD))
    assert {r["area_kind"] for r in rows(later, area_name="Unknown")} == {"other"}
    assert not [note for note in later.notes if note.kind == "unknown-area"]


def test_quirk_06_every_real_file_has_32_boroughs() -> None:
    for path in sorted(shared("mps", "borough").rglob("*.csv")):
        (load,) = real("mps-borough", "mps", "borough", path.parent.name, path.name)
        robberies = rows(load, area_kind="authority", offence="personal-robbery")
        codes = {row["area_code"] for row in robberies}
        assert len(codes) == 32, path
        assert "E09000001" not in codes, "the City has a force of its own"
        assert load.notes == (), path


def test_quirk_07_commas_inside_quotes_and_fraud_of_the_bureau(tmp_path: Path) -> None:
    (load,) = loads("mps-borough", _file(tmp_path, FOURTH))
    assert total(load, offence="public-fear-alarm-distress") == 183
    (third,) = loads("mps-borough", _file(tmp_path, THIRD))
    assert total(third, offence="nfib-fraud") == 5
    assert total(third, offence="fraud-and-forgery") == 0


def test_quirk_08_overlap_and_a_left_out_seam_show_in_the_coverage(tmp_path: Path) -> None:
    history = written(tmp_path / "history.csv", SECOND)
    gap = SECOND.replace("202111,202112,202201", "202203,202204,202205")
    (first,) = loads("mps-borough", history)
    (second,) = loads("mps-borough", written(tmp_path / "recent.csv", gap))
    assert second.coverage["metropolitan"][0] - first.coverage["metropolitan"][-1] == 2
    inside = SECOND.replace("202111,202112,202201", "202111,202112,202202")
    (broken,) = loads("mps-borough", written(tmp_path / "hole.csv", inside))
    assert Month(2022, 1) not in broken.coverage["metropolitan"]
    assert [note.kind for note in broken.notes] == ["gap"]


def test_quirk_10_burglary_in_other_buildings_is_not_counted_twice(tmp_path: Path) -> None:
    double = FIRST.replace("Other Buildings,40,50,0", "Other Buildings,40,50,55")
    (load,) = loads("mps-borough", _file(tmp_path, double))
    assert total(load, offence="business-burglary", month=Month(2016, 12).first_day) == 50
    assert total(load, offence="business-burglary", month=Month(2017, 1).first_day) == 60
    (note,) = load.notes
    assert (note.kind, note.total) == ("overlap", 55.0)


def test_an_unknown_label_is_kept_and_shown_with_its_total(tmp_path: Path) -> None:
    (load,) = loads(
        "mps-borough", _file(tmp_path, FOURTH.replace("THEFT FROM A VEHICLE", "THEFT OF DRONES"))
    )
    assert total(load, offence=None) == 453
    (note,) = load.notes
    assert (note.kind, note.total) == ("unknown-label", 453.0)
    assert "THEFT OF DRONES" in note.words


def test_an_unknown_area_is_kept_and_found_once_the_look_ups_are_there(tmp_path: Path) -> None:
    look_ups = pa.table(
        {
            "code": ["E07999901"],
            "name": ["Northmarsh"],
            "kind": ["authority"],
            "edition": ["2024"],
            "within": [None],
        }
    )
    path = _file(tmp_path, FOURTH.replace("Barnet", "Northmarsh"))
    (load,) = loads("mps-borough", path)
    assert {row["area_kind"] for row in rows(load)} == {"other"}
    assert [(note.kind, note.total) for note in load.notes] == [("unknown-area", 636.0)]
    (known,) = loads("mps-borough", path, areas=look_ups)
    assert {row["area_code"] for row in rows(known)} == {"E07999901"}
    assert known.notes == ()


def test_a_label_with_two_meanings_is_a_fault_of_the_list() -> None:
    with pytest.raises(ValueError, match="means both"):
        read_labels("Theft: {Bicycle Theft: bicycle-theft, BICYCLE-THEFT: other-theft}")
    with pytest.raises(ValueError, match="not an offence key"):
        read_labels("Theft: {Bicycle Theft: bike-theft}")
