"""`saferboard data`: what it prints, and its exit status."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.made_sources import wide_csv
from tests.made_vintages import span, vintage
from typer.testing import CliRunner

from saferboard.analytics.intake.report_words import notes_text
from saferboard.analytics.store.vintage import LoadNote
from saferboard.analytics.store.writer import writing
from saferboard.cli.main import app
from saferboard.vocabulary.problem import Problem

_HEADER = "MajorText,MinorText,BoroughName,202401,202402,202403"
_ROWS = "BURGLARY,DOMESTIC BURGLARY,Nowhere,3,4,5\nMADE UP,MADE UP,Nowhere,1,1,1"


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data store, named by the environment."""
    path = tmp_path / "lake"
    monkeypatch.setenv("SAFERBOARD_LAKE", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    return path


@pytest.fixture
def borough(tmp_path: Path) -> Path:
    """A small file in a form of the publisher."""
    path = tmp_path / "borough.csv"
    path.write_text(f"{_HEADER}\n{_ROWS}\n")
    return path


def run(*words: str | Path, status: int = 0, said: str = "") -> str:
    result = CliRunner().invoke(app, ["data", *map(str, words)], input=said)
    if isinstance(result.exception, Problem):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.output


def names() -> list[str]:
    return [one["id"] for one in json.loads(run("list", "--json"))]


def test_add_says_what_was_read_and_which_labels_are_unknown(lake: Path, borough: Path) -> None:
    words = run("add", borough)
    assert "Read into the data store: 1 load." in words
    assert "2024-01 to 2024-03, 6 rows from 1 file" in words
    assert "MADE UP" in words
    assert "its 3 are kept" in words


def test_add_again_reads_nothing_and_is_content(lake: Path, borough: Path) -> None:
    run("add", borough)
    words = run("add", borough)
    assert "Left alone: 1 file" in words
    assert "the same bytes are in the data store as mps-borough-2024-03-" in words


def test_add_exits_with_one_when_a_file_was_refused(
    lake: Path, borough: Path, tmp_path: Path
) -> None:
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n")
    words = run("add", borough, tmp_path / "strange.csv", status=1)
    assert "Read into the data store: 1 load." in words
    assert "Refused: 1 file." in words
    assert "strange.csv, line 1: No source recognises this file. Its header is: a, b." in words


def test_add_as_json(lake: Path, borough: Path, tmp_path: Path) -> None:
    report = json.loads(run("add", borough, tmp_path / "none", "--json", status=1))
    assert report["read"][0]["tables"] == {"recorded_offences": 6}
    assert "no such file" in report["refused"][0]["problem"]


def test_add_with_limits_of_its_own(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "wide.csv.gz").write_bytes(gzip.compress(b"x" * 6_000_000))
    assert "bomb" in run("add", tmp_path / "wide.csv.gz", status=1)
    words = run("add", tmp_path / "wide.csv.gz", "--max-ratio", "100000", status=1)
    assert "bomb" not in words


def test_list_of_an_empty_store_says_how_to_begin(lake: Path) -> None:
    assert "saferboard data add" in run("list")
    assert json.loads(run("list", "--json")) == []


def test_list_shows_whole_names_and_assumed_dates(lake: Path, borough: Path) -> None:
    run("add", borough)
    words = run("list")
    assert names()[0] in words
    assert "2024-03-31 (assumed)" in words


def test_show_tells_everything(lake: Path, borough: Path) -> None:
    run("add", borough)
    (name,) = names()
    words = run("show", name)
    assert "metropolitan: 2024-01 to 2024-03" in words
    assert "borough.csv: 2 rows" in words
    assert "unknown-label" in words
    assert json.loads(run("show", name, "--json"))["id"] == name


def test_show_names_months_that_are_left_out(lake: Path) -> None:
    months = (*span("2022-01", "2022-03"), *span("2022-06", "2022-07"))
    with writing(lake) as writer:
        writer.publish([writer.stage(vintage("holed", {"north": months}), {})])
    assert "north: 2022-01 to 2022-07, without 2022-04, 2022-05" in run("show", "holed")
    assert "missing-month: holed: north: 2022-04, 2022-05" in run("check")


def test_show_of_an_unknown_load_says_where_the_names_are(lake: Path) -> None:
    with pytest.raises(Problem, match=r"no load “x”.*data list"):
        run("show", "x")


def test_check_of_a_sound_store(lake: Path, borough: Path) -> None:
    run("add", borough)
    assert "as it was written" in run("check")


def test_check_finds_changed_and_lost_files(lake: Path, borough: Path) -> None:
    run("add", borough)
    (file,) = lake.rglob("*.parquet")
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert "the bytes have changed" in run("check", status=1)
    file.unlink()
    (finding,) = json.loads(run("check", "--json", status=1))
    assert finding["kind"] == "damaged"
    assert "gone" in finding["words"]


def test_check_reports_loads_that_share_months(lake: Path, borough: Path, tmp_path: Path) -> None:
    run("add", borough)
    later = tmp_path / "later.csv"
    later.write_text(borough.read_text().replace("202401,202402,202403", "202402,202403,202404"))
    run("add", later)
    assert "shares 2 months" in run("check")


def test_remove_asks_first(lake: Path, borough: Path) -> None:
    run("add", borough)
    (name,) = names()
    assert "Nothing was removed" in run("remove", name, said="n\n", status=1)
    assert names() == [name]
    assert "Nothing was removed" in run("remove", name, said="", status=1)  # nobody answers
    assert names() == [name]
    words = run("remove", name, said="y\n")
    assert "6 rows from 1 file" in words
    assert f"Removed: {name}" in words
    assert names() == []
    assert not list(lake.rglob("*.parquet"))


def test_a_removed_file_can_be_added_again(lake: Path, borough: Path) -> None:
    run("add", borough)
    (name,) = names()
    run("remove", name, "--yes")
    run("add", borough)
    assert names() == [name]


def test_the_store_is_named_by_an_option_too(lake: Path, borough: Path, tmp_path: Path) -> None:
    run("add", borough, "--lake", tmp_path / "other")
    assert not lake.exists()
    assert (tmp_path / "other" / "manifest.json").exists()


def test_a_file_of_another_form_is_named_with_the_nearest(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text(wide_csv("2023-01", "2023-02"))
    assert "Its header is: Unit, Place, Label" in run("add", tmp_path / "wide.csv", status=1)


def test_notes_carry_their_totals() -> None:
    notes = [LoadNote("unknown-label", "“X” is not known.", 1234), LoadNote("remark", "Fine.")]
    assert notes_text(notes) == ["unknown-label: “X” is not known. (1,234)", "remark: Fine."]


def test_the_beginning_of_a_name_is_enough(lake: Path, borough: Path) -> None:
    run("add", borough)
    (name,) = names()
    assert name in run("show", name[:12])
    with pytest.raises(Problem, match="beginning of a name"):
        run("remove", name[:12], "--yes")
    assert f"Removed: {name}" in run("remove", name[:12], said="y\n")
    assert names() == []


def test_a_beginning_of_several_names_lists_them(lake: Path, tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        file = tmp_path / f"{year}.csv"
        file.write_text(f"{_HEADER}\n{_ROWS}\n".replace("2024", year))
        run("add", file)
    with pytest.raises(Problem, match="beginning of 2 loads"):
        run("remove", "mps-borough", "--yes")
    assert len(names()) == 2


def test_no_name_is_cut_in_a_narrow_terminal(
    lake: Path, borough: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", borough)
    monkeypatch.setenv("COLUMNS", "60")
    words = run("list")
    assert names()[0] in words
    assert "…" not in words


def test_the_form_is_not_written_where_nobody_may(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be written") as caught:
        run("template", tmp_path / "no" / "folder" / "x.csv")
    assert "x.csv" in caught.value.sentence()


def test_a_data_store_that_is_not_there_is_not_said_to_be_whole(lake: Path) -> None:
    with pytest.raises(Problem, match="no data store"):
        run("check")
