"""`saferboard check`, as it is run: exit status, JSON, report, accepted findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saferboard.cli.main import app

WRONG = "There were 150 referrals. In the year before there were 250. This is a decrease of 32%.\n"
DOUBTFUL = "There has been a 7% increase, rising from 8% to 15%.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "doubtful.md").write_text(f"# Title\n\n{DOUBTFUL}", encoding="utf-8")
    (tmp_path / "right.txt").write_text("It rose from 100 to 150, up 50%.\n", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return result.exit_code, result.output


def test_exit_status_says_what_was_found(folder: Path) -> None:
    assert run(folder / "right.txt")[0] == 0
    assert run(folder / "doubtful.md")[0] == 0
    assert run(folder / "wrong.txt")[0] == 1
    assert run(folder / "broken.pdf")[0] == 2
    assert run(folder / "nowhere.txt")[0] == 2
    assert run("--only", "nonsense", folder / "right.txt")[0] == 2


def test_terminal_says_where_and_what(folder: Path) -> None:
    _, output = run(folder / "wrong.txt", folder / "doubtful.md")
    lines = [line.strip() for line in output.splitlines()]
    assert lines[0] == "wrong.txt  1 error, no warnings, no pieces of advice"
    assert lines[1] == "line 1: error percentage-does-not-follow"
    assert lines.index("doubtful.md  no errors, 1 warning, no pieces of advice") > 1
    assert "2 papers: 1 error, 1 warning, no pieces of advice." in output


def test_json_has_the_keys_of_the_contract(folder: Path) -> None:
    status, output = run("--json", folder / "wrong.txt")
    (one,) = json.loads(output)
    assert status == 1
    assert {key: one[key] for key in ("file", "line", "rule", "severity", "expected")} == {
        "file": "wrong.txt",
        "line": 1,
        "rule": "percentage-does-not-follow",
        "severity": "error",
        "expected": "40%",
    }
    assert one["quote"] == WRONG.strip()


def test_severity_and_only_choose(folder: Path) -> None:
    both = (folder / "wrong.txt", folder / "doubtful.md")
    assert len(json.loads(run("--json", "--severity", "error", *both)[1])) == 1
    chosen = json.loads(run("--json", "--only", "points-called-per-cent", *both)[1])
    assert [one["rule"] for one in chosen] == ["points-called-per-cent"]


def test_accepted_findings_are_left_out(folder: Path) -> None:
    (one,) = json.loads(run("--json", folder / "wrong.txt")[1])
    accepted = folder / "accepted.yaml"
    accepted.write_text(f"- digest: {one['digest']}\n  reason: quoted from a partner\n")
    assert run("--accepted", accepted, folder / "wrong.txt")[0] == 0
    accepted.write_text(f"- digest: {one['digest']}\n  reason: ''\n")
    assert run("--accepted", accepted, folder / "wrong.txt")[0] == 2


def test_report_holds_the_paper_and_the_finding(folder: Path) -> None:
    report = folder / "report.html"
    run("--html", report, folder / "wrong.txt", folder / "right.txt")
    page = report.read_text(encoding="utf-8")
    assert "It rose from 100 to 150" in page
    assert 'id="finding-1"' in page
    assert "<script" not in page
