"""The monthly dashboard of the Metropolitan Police: quirks 11 to 16 of the data catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from tests.reading import loads, real, recognised_by, rows, sample, total, written

from saferboard.analytics.intake.source import Load
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

REAL = "monthly-crime-dashboard"
TAIL = "21-22,21-22_01"
HEADER, _, ROWS = sample("mps-dashboard").partition("\n")


def _file(folder: Path, rows_: str = ROWS, header: str = HEADER) -> Path:
    return written(folder / "dashboard.csv", header + "\n" + rows_.strip())


def _subject(path: Path, dataset: str, areas: pa.Table | None = None) -> Load:
    (load,) = [one for one in loads("mps-dashboard", path, areas=areas) if one.dataset == dataset]
    return load


def test_quirk_11_boroughs_and_wards_are_told_apart(tmp_path: Path) -> None:
    load = _subject(_file(tmp_path), "knife-crime")
    kinds = {row["area_code"]: row["area_kind"] for row in rows(load) if row["area_code"]}
    assert kinds == {"E09000003": "authority", "E05013637": "ward", "E05013545": "ward"}
    march = Month(2022, 3).first_day
    assert total(load, area_kind="authority", month=march, offence="knife-crime") == 30


def test_quirk_12_a_month_without_a_row_is_covered_and_zero(tmp_path: Path) -> None:
    load = _subject(_file(tmp_path), "knife-crime")
    assert load.coverage["metropolitan"] == (Month(2022, 3), Month(2022, 4), Month(2022, 5))
    assert rows(load, area_code="E09000003", month=Month(2022, 4).first_day) == []


def test_quirk_12_a_file_of_one_subject_does_not_cover_another(tmp_path: Path) -> None:
    found = {load.dataset: load for load in loads("mps-dashboard", _file(tmp_path))}
    assert sorted(found) == ["gun-crime", "hate-crime", "knife-crime", "miscellaneous"]
    knife = {row["offence"] for row in rows(found["knife-crime"])}
    assert knife == {"knife-crime", "knife-crime-with-injury"}


def test_quirk_12_a_month_absent_from_the_whole_file_is_missing_not_zero(tmp_path: Path) -> None:
    only = "\n".join(line for line in ROWS.splitlines() if "/04/2022" not in line)
    load = _subject(_file(tmp_path, only), "knife-crime")
    assert load.coverage["metropolitan"] == (Month(2022, 3), Month(2022, 5))
    assert [note.words for note in load.notes if note.kind == "missing-month"] == [
        "April 2022 is not in the file."
    ]


def test_quirk_13_one_thing_under_two_types_is_one_offence(tmp_path: Path) -> None:
    load = _subject(_file(tmp_path), "gun-crime")
    found = {
        (row["counted"], row["count"]) for row in rows(load, offence="lethal-barrel-discharge")
    }
    assert found == {("offences", 4), ("positive-outcomes", 2)}
    # Nested, not added: gun crime holds the discharges.
    assert total(load, offence="gun-crime", counted="offences") == 6


def test_quirk_13_the_publishers_spelling_is_known() -> None:
    for load in real("mps-dashboard", "mps", "dashboard", f"{REAL}-to-2025-07.parquet"):
        assert load.dataset != "other"
        assert not rows(load, offence=None)
        assert not [note for note in load.notes if note.kind.startswith("unknown")]
        nested = {row["minor"] for row in rows(load, offence="domestic-abuse-violence-with-injury")}
        if load.dataset == "domestic-abuse":
            assert len(nested) == 2, "offences and outcomes are written differently"


def test_quirk_14_a_ward_name_of_two_boroughs_keeps_code_and_borough(tmp_path: Path) -> None:
    load = _subject(_file(tmp_path), "knife-crime")
    edgware = {row["area_code"]: row["within"] for row in rows(load, area_name="Edgware")}
    assert edgware == {"E05013637": "E09000003", "E05013545": "E09000015"}


def test_quirk_14_extra_areas_are_kept_and_placed_nowhere(tmp_path: Path) -> None:
    load = _subject(_file(tmp_path), "knife-crime")
    others = rows(load, area_kind="other")
    assert sum(row["count"] for row in others) == 11
    assert {row["area_code"] for row in others} == {None}
    assert not [note for note in load.notes if note.kind == "unknown-area"]


def test_quirk_14_trailing_blanks_behind_codes_are_nothing() -> None:
    (load,) = real("mps-dashboard", "mps", "dashboard", f"{REAL}-knife-2026.parquet")
    wards = rows(load, area_kind="ward", offence="knife-crime", counted="offences")
    codes = {row["area_code"] for row in wards}
    assert all(code == code.strip() for code in codes)
    assert {"E05013545", "E05013637"} <= codes
    assert 600 < len(codes) < 750


def test_quirk_15_outcomes_stand_in_their_own_month_and_may_pass_the_offences(
    tmp_path: Path,
) -> None:
    load = _subject(_file(tmp_path), "knife-crime")
    may = {
        row["counted"]: row["count"]
        for row in rows(load, month=Month(2022, 5).first_day, offence="knife-crime")
    }
    assert may == {"offences": 25, "positive-outcomes": 40}


@pytest.mark.parametrize("day", ["01/03/2022", "2022-03-01", "2022-03-01 00:00:00"])
def test_quirk_16_dates_in_both_forms(tmp_path: Path, day: str) -> None:
    load = _subject(_file(tmp_path, ROWS.replace("01/03/2022", day)), "knife-crime")
    assert load.coverage["metropolitan"][0] == Month(2022, 3)
    assert load.published == date(2026, 3, 18)


def test_quirk_16_the_case_and_order_of_the_header_do_not_matter(tmp_path: Path) -> None:
    tno = (
        HEADER.replace("Area Name,Area Code", "Area name,Area code")
        .replace("Crime Type", "offence group")
        .replace("Crime Subtype", "Offence Subgroup")
    )
    line = (
        f"01/03/2022,Borough,Barnet,Barnet,E09000003,BURGLARY,RES BURGLARY OF A HOME,Offences,"
        f"{TAIL},99,18/03/2026"
    )
    accepted = line.replace("BURGLARY,RES BURGLARY OF A HOME", "OTHER ACCEPTED CRIME,OTHER")
    load, other = loads("mps-dashboard", _file(tmp_path, f"{line}\n{accepted}", tno))
    assert other.dataset == "other-accepted-crime", "not notifiable: no part of a total"
    assert (load.dataset, total(load, offence="residential-burglary")) == (
        "notifiable-offences",
        99,
    )
    older = (
        "Area Type,Month_Year,Borough_SNT,Area Name,Area Code,Crime Type,Crime Subtype,Measure,"
        "Financial Year,Count"
    )
    line = "Borough,01/03/2015,Barnet,Barnet,E09000003,Gun Crime,Gun Crime,Offences,14-15,3"
    (load,) = loads("mps-dashboard", _file(tmp_path, line, older))
    assert (load.dataset, load.published, total(load)) == ("gun-crime", None, 3)


def test_csv_parquet_and_workbook_say_the_same(tmp_path: Path) -> None:
    path = _file(tmp_path)
    table = [line.split(",") for line in f"{HEADER}\n{ROWS.rstrip()}".splitlines()]
    book = xlsxwriter.Workbook(tmp_path / "dashboard.xlsx")
    book.add_worksheet("Notes").write(0, 0, "Read me first")
    sheet = book.add_worksheet("MPS_MonthlyCrimeDashboard_Other")
    for number, line in enumerate(table):
        for position, cell in enumerate(line):
            counted = number and position == 10
            sheet.write(number, position, int(cell) if counted else cell)
    book.close()
    columns = [pa.array(list(column)) for column in zip(*table[1:], strict=True)]
    names = [name.lower().replace(" ", "_") for name in table[0]]
    pq.write_table(pa.table(columns, names=names), tmp_path / "dashboard.parquet")
    expected = [load.tables["recorded_offences"] for load in loads("mps-dashboard", path)]
    for other in ("dashboard.xlsx", "dashboard.parquet"):
        found = loads("mps-dashboard", tmp_path / other)
        assert recognised_by(tmp_path / other) == ["mps-dashboard"]
        assert [load.tables["recorded_offences"] for load in found] == expected


def test_the_latest_refresh_of_a_row_stands(tmp_path: Path) -> None:
    first = ROWS.strip().splitlines()[0]
    later = first.replace(",30,18/03/2026", ",31,18/04/2026")
    load = _subject(_file(tmp_path, ROWS + later), "knife-crime")
    march = Month(2022, 3).first_day
    assert total(load, area_kind="authority", month=march) == 31
    assert [note.total for note in load.notes if note.kind == "overlap"] == [1.0]
    with pytest.raises(Problem, match="same area, month and label as line 2") as caught:
        loads("mps-dashboard", _file(tmp_path, ROWS + first))
    assert caught.value.place == "line 17"


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        ((",30,", ",-30,"), "line 2, column “Count”", "negative"),
        ((",30,", ",30.5,"), "line 2, column “Count”", "whole number"),
        (("01/03/2022", "31/02/2022"), "line 2, column “Month_Year”", "day is out of range"),
        (("01/03/2022", "spring"), "line 2, column “Month_Year”", "not a date"),
        (("Offences", "Rumours"), "line 2, column “Measure”", "neither offences"),
        ((",30,18/03/2026", ",30"), "line 2", "11 cells"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, edit: tuple[str, str], place: str, words: str
) -> None:
    with pytest.raises(Problem) as caught:
        loads("mps-dashboard", _file(tmp_path, ROWS.replace(*edit, 1)))
    assert (caught.value.file, caught.value.place) == ("dashboard.csv", place)
    assert words in caught.value.message


def test_an_unknown_label_is_a_subject_of_its_own_with_its_total(tmp_path: Path) -> None:
    load = _subject(_file(tmp_path, ROWS.replace("Hate crime", "Acid attacks")), "other")
    assert total(load, offence=None) == 8
    assert [(n.kind, n.total) for n in load.notes if "Acid" in n.words] == [("unknown-label", 8.0)]
