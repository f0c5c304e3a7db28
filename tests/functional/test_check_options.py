"""Each option of `saferboard check` does what its help says, as the command is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.unit.measures.made import borough_csv, lookup_csv, make, months, usual_counts
from tests.unit.papercheck.told import SHEET
from typer.testing import CliRunner

from saferboard.cli.main import app

ERROR = "There were 150 referrals. In the year before there were 250. This is a decrease of 32%."
WARNING = "There has been a 7% increase, rising from 8% to 15%."
ADVICE = "We asked PQRS about it."
SMALL = "Six children were injured in the town."
MONTHS = months("2020-01", "2023-12")
COUNTS = usual_counts(MONTHS)
# Added up by hand from what the file is written from.
YEAR = sum(COUNTS[("Burglary", "Domestic Burglary", "Barnet")][36:48])


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def found(*arguments: object) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(run("--json", *arguments)[1])
    return held


def rules(*arguments: object) -> list[str]:
    return [one["rule"] for one in found(*arguments)]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "paper.txt"
    file.write_text("\n\n".join((ERROR, WARNING, ADVICE)), encoding="utf-8")
    return file


def written(folder: Path, text: str) -> Path:
    file = folder / "one.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_severity_is_the_least_that_is_shown(paper: Path) -> None:
    grades = {
        least: {one["severity"] for one in found("--severity", least, paper)}
        for least in ("error", "warning", "advice")
    }
    assert grades == {
        "error": {"error"},
        "warning": {"error", "warning"},
        "advice": {"error", "warning", "advice"},
    }
    assert found(paper) == found("--severity", "advice", paper)
    assert run("--severity", "grave", paper)[0] == 2


def test_only_may_be_repeated_and_hides_the_rest(paper: Path) -> None:
    one, other = "points-called-per-cent", "percentage-does-not-follow"
    assert rules("--only", one, paper) == [one]
    assert sorted(rules("--only", one, "--only", other, paper)) == [other, one]
    status, _, errors = run("--only", "no-such-rule", paper)
    assert status == 2
    assert "There is no rule “no-such-rule”." in errors


def test_exit_status_counts_the_errors_that_are_shown(paper: Path, tmp_path: Path) -> None:
    assert run(paper)[0] == 1
    assert run("--only", "points-called-per-cent", paper)[0] == 0
    assert run(written(tmp_path, WARNING))[0] == 0
    assert run("--severity", "error", written(tmp_path, WARNING))[0] == 0


def test_a_paper_that_cannot_be_read_outweighs_errors(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    status, output, errors = run("--json", paper, tmp_path / "broken.pdf")
    assert status == 2
    assert {one["file"] for one in json.loads(output)} == {"paper.txt"}
    assert "broken.pdf" in errors


def test_accepted_findings_hide_from_json_report_and_status(paper: Path, tmp_path: Path) -> None:
    every = found(paper)
    accepted, page = tmp_path / "accepted.yaml", tmp_path / "page.html"
    accepted.write_text(
        "".join(
            f"- digest: {one['digest']}\n  reason: said by a partner\n"
            for one in every
            if one["severity"] == "error"
        ),
        encoding="utf-8",
    )
    status, output, _ = run("--json", "--accepted", accepted, "--html", page, paper)
    assert status == 0
    assert json.loads(output) == [one for one in every if one["severity"] != "error"]
    assert "percentage-does-not-follow" not in page.read_text(encoding="utf-8")
    # The words change, and the finding is back.
    paper.write_text(paper.read_text("utf-8").replace("32%", "33%"), encoding="utf-8")
    assert run("--accepted", accepted, paper)[0] == 1


def test_json_names_a_line_in_text_and_a_place_elsewhere(tmp_path: Path) -> None:
    keys = {"file", "quote", "rule", "severity", "message", "expected"}
    (text,) = found(written(tmp_path, ERROR))
    assert keys | {"line"} <= set(text)
    assert text["line"] == 1
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B7"] = ERROR
    book.save(tmp_path / "book.xlsx")
    (cell,) = found("--only", "percentage-does-not-follow", tmp_path / "book.xlsx")
    assert keys | {"place"} <= set(cell)
    assert "cell B7" in cell["place"]


def test_facts_of_a_pack_are_checked_against(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(SHEET.to_json(), encoding="utf-8")
    words = "There were {} robberies in Alderbrook in October to December 2023."
    assert run("--facts", facts, written(tmp_path, words.format(251)))[0] == 0
    wrong = written(tmp_path, words.format(262))
    (one,) = found("--facts", facts, wrong)
    assert (one["rule"], one["expected"]) == ("figure-against-facts", "251")
    assert run("--facts", facts, wrong)[0] == 1
    assert run(wrong)[0] == 0
    assert run("--facts", tmp_path / "nowhere.json", wrong)[0] == 2


def test_area_looks_figures_up_in_the_data(tmp_path: Path) -> None:
    lake = make(
        tmp_path / "lake", {"one.csv": borough_csv(MONTHS, COUNTS), "lookup.csv": lookup_csv()}
    )
    words = "There were {} residential burglaries in Barnet in the 12 months to December 2023."
    key = "measure-differs-from-data"
    asked = ("--area", "Barnet", "--lake", lake, "--meeting", "2024-02-01")
    assert key not in rules(*asked, written(tmp_path, words.format(YEAR)))
    wrong = written(tmp_path, words.format(2 * YEAR))
    assert key in rules(*asked, wrong)
    assert key not in rules(wrong)
    status, _, errors = run("--area", "Nowhere at all", "--lake", lake, wrong)
    assert status == 2
    assert "Nowhere at all" in errors
    assert run("--area", "Barnet", "--lake", tmp_path / "none", wrong)[0] == 2
    _, said, _ = run(*asked, wrong)
    assert "1 differs" in said


def test_a_day_and_a_month_are_written_as_the_help_says(paper: Path) -> None:
    for option, value in (("--meeting", "1 March 2024"), ("--to", "December 2023")):
        status, _, errors = run(option, value, paper)
        assert status == 2
        assert "Problem:" in errors


def test_threshold_and_not_public_steer_small_counts(tmp_path: Path) -> None:
    file = written(tmp_path, SMALL)
    key = "small-count-of-people"
    assert key not in rules(file)
    assert key in rules("--threshold", 10, file)
    assert key not in rules("--threshold", 10, "--not-public", file)
    assert run("--threshold", 1, file)[0] == 2
