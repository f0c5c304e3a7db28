"""`add` as a whole: what is read, what is refused, what is left alone."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.made_sources import LATER, NOW, SOURCES, WIDE, months, street_csv, wide_csv

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.report import AddReport
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.problem import Problem


def put(lake: Path, *paths: Path) -> AddReport:
    return add(lake, paths, SOURCES, now=NOW)


def total(lake: Path, table: str = "recorded_offences", column: str = "count") -> int | None:
    with Lake.open(lake) as opened:
        rows = opened.table(table)
        return opened.run(rows.aggregate(n=rows[column].sum())).to_pylist()[0]["n"]


def street_rows(lake: Path) -> int:
    with Lake.open(lake) as opened:
        return opened.run(opened.table("street_crimes")).num_rows


def why(report: AddReport) -> str:
    return " | ".join(one.problem.sentence() for one in report.refused)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return tmp_path / "lake"


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    path = tmp_path / "wide.csv"
    path.write_text(wide_csv("2023-01", "2023-12", value=3))
    return path


def test_a_file_becomes_a_load(lake: Path, wide: Path) -> None:
    report = put(lake, wide)
    assert report.ok
    (vintage,) = report.read
    assert vintage.id.startswith("made-wide-2023-12-")
    assert vintage.tables == {"recorded_offences": 24}
    assert vintage.coverage == {"north": months("2023-01", "2023-12")}
    assert vintage.published_assumed
    assert vintage.published.isoformat() == "2023-12-31"
    assert vintage.files[0].rows == 2
    assert total(lake) == 72


def test_the_same_bytes_twice_change_nothing(lake: Path, wide: Path) -> None:
    put(lake, wide)
    before = (lake / "manifest.json").read_bytes()
    again = add(lake, [wide], SOURCES, now=LATER)
    assert again.ok
    assert not again.read
    assert "same bytes" in again.skipped[0].why
    assert (lake / "manifest.json").read_bytes() == before


def test_a_loose_file_and_the_same_file_in_a_zip_count_once(lake: Path, tmp_path: Path) -> None:
    loose = tmp_path / "2022-01-north-street.csv"
    loose.write_text(street_csv("2022-01", 5))
    packed = tmp_path / "archive.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(loose, "2022-01/2022-01-north-street.csv")
    assert len(put(lake, loose, packed).skipped) == 1
    assert street_rows(lake) == 5
    assert not put(lake, packed).read
    assert street_rows(lake) == 5


def test_a_newer_file_leaves_the_older_load(lake: Path, wide: Path, tmp_path: Path) -> None:
    put(lake, wide)
    newer = tmp_path / "newer.csv"
    newer.write_text(wide_csv("2023-02", "2024-01", value=4))
    put(lake, newer)
    with Lake.open(lake) as opened:
        assert [str(v.last_month) for v in opened.vintages] == ["2023-12", "2024-01"]
        old = opened.rows("recorded_offences", {opened.vintages[0].id})
        assert opened.run(old.aggregate(n=old["count"].sum())).to_pylist() == [{"n": 72}]


def test_good_files_are_in_although_a_bad_one_is_refused(
    lake: Path, wide: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(
        wide_csv("2023-01", "2023-03").replace("north,Place 1,Burglary,1", "north,P,B,-4")
    )
    report = put(lake, bad, wide)
    assert not report.ok
    assert [one.name for one in report.refused] == ["bad.csv"]
    assert "line 3" in why(report)
    assert "-4" in why(report)
    assert total(lake) == 72


def test_a_bad_file_of_a_group_does_not_keep_the_others_out(lake: Path, tmp_path: Path) -> None:
    good = tmp_path / "2022-01-north-street.csv"
    good.write_text(street_csv("2022-01", 3))
    bad = tmp_path / "2022-02-north-street.csv"
    bad.write_text(street_csv("2022-02", 3) + "one,two,three\n")
    report = put(lake, good, bad)
    assert [one.name for one in report.refused] == [bad.name]
    assert "line 5" in why(report)
    assert street_rows(lake) == 3


def test_gzip_is_read(lake: Path, tmp_path: Path) -> None:
    packed = tmp_path / "wide.csv.gz"
    packed.write_bytes(gzip.compress(wide_csv("2023-01", "2023-02").encode()))
    assert put(lake, packed).ok
    assert total(lake) == 4


def test_an_unknown_file_says_its_header_and_the_nearest(lake: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("Unit,Place,202301\nnorth,P,1\n")
    report = put(lake, strange)
    assert "Unit, Place, 202301" in why(report)
    assert "the columns Label are missing" in why(report)


def test_two_sources_that_claim_a_file_are_both_named(lake: Path, wide: Path) -> None:
    twin = replace(WIDE, key="made-twin")
    report = add(lake, [wide], [WIDE, twin], now=NOW)
    assert "made-wide and made-twin" in why(report)


def test_documents_and_system_files_are_passed_over(lake: Path, tmp_path: Path, wide: Path) -> None:
    folder = tmp_path / "download"
    folder.mkdir()
    wide.rename(folder / "wide.csv")
    (folder / "README.md").write_text("# Read me")
    (folder / ".DS_Store").write_bytes(b"\0\1")
    report = put(lake, folder)
    assert report.ok
    assert {Path(one.name).name for one in report.skipped} == {"README.md", ".DS_Store"}


def test_files_that_disagree_are_both_refused(lake: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(wide_csv("2023-01", "2023-12", value=1))
    other.write_text(wide_csv("2023-01", "2023-12", value=2))
    report = put(lake, one, other)
    assert {refused.name for refused in report.refused} == {"one.csv", "other.csv"}
    assert "one.csv and other.csv" in why(report)
    assert not report.read
    assert not (lake / "manifest.json").exists()


def test_files_of_one_force_and_month_that_differ_are_refused(lake: Path, tmp_path: Path) -> None:
    for folder, rows in (("a", 3), ("b", 4)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2022-01-north-street.csv").write_text(street_csv("2022-01", rows))
    report = put(lake, tmp_path / "a", tmp_path / "b")
    assert len(report.refused) == 2
    assert not report.read


def book(folder: Path) -> bytes:
    made = openpyxl.Workbook()
    for row in range(200):
        made.active.append([f"cell {row}", row])
    made.save(folder / "whole.xlsx")
    return (folder / "whole.xlsx").read_bytes()


def test_a_damaged_file_is_called_damaged_and_not_unknown(lake: Path, tmp_path: Path) -> None:
    whole = book(tmp_path)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[: len(whole) // 2])
    torn = tmp_path / "torn.xlsx"
    with zipfile.ZipFile(torn, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook")
        parts.writestr("[Content_Types].xml", "<Types")
    parquet = tmp_path / "cut.parquet"
    parquet.write_bytes(b"PAR1" + b"\x15\x04" * 40)
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    for path, said in (
        (cut, "This workbook is damaged"),
        (torn, "This workbook is damaged"),
        (parquet, "This Parquet file is damaged"),
        (old, "This is a workbook in the old form"),
    ):
        words = why(put(lake, path))
        assert said in words
        assert path.name in words
    assert not Lake.open(lake).vintages


def test_an_empty_file_is_refused(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "empty" in why(put(lake, tmp_path / "empty.csv"))


def test_a_path_that_is_not_there_is_refused(lake: Path, tmp_path: Path) -> None:
    assert "no such file" in why(put(lake, tmp_path / "nowhere"))


def test_a_lake_that_cannot_be_made_is_a_problem(tmp_path: Path, wide: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Problem, match="cannot be written"):
        put(tmp_path / "file", wide)
