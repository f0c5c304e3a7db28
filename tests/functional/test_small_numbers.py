"""No output says anything about a withheld number: two returns that differ in withheld counts
alone give the same terminal, the same JSON, the same facts and the same pack in five formats.

Stronger than looking for a planted number: a limit, a verdict, a picture or the order of a table
that depended on it would differ too.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.measures.made import (
    BOROUGHS,
    lookup_csv,
    make,
    months,
    residents_csv,
    return_csv,
)
from typer.testing import CliRunner

from saferboard.analytics.measures.as_json import summary_json
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.cli.main import app
from saferboard.vocabulary.period import Month

KEY = "prevent-referrals"
SPAN = months("2020-01", "2023-12")
PARTNERSHIP = f"""name: A partnership
area: {{code: E09000003, name: Barnet}}
measures: [{KEY}]
disclosure: {{threshold: THRESHOLD}}
"""
FORMATS = ("html", "pdf", "pptx", "docx", "xlsx")


def rows(planted: tuple[int, int]) -> list[str]:
    """Four years of 20 to 28 referrals a month; two small numbers in the last quarter, whose sum
    is always five."""
    values = [20 + (5 * at) % 9 for at in range(len(SPAN))]
    values[-3:-1] = planted
    return [
        f"{KEY},E09000003,,{month},{month},,{value},,,,yes,Prevent team,"
        for month, value in zip(SPAN, values, strict=True)
    ]


def lake_of(folder: Path, planted: tuple[int, int]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "partnership.yaml").write_text(PARTNERSHIP.replace("THRESHOLD", "5"))
    return make(folder, {"return.csv": return_csv(*rows(planted)), "lookup.csv": lookup_csv()})


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def without_loads(text: str, lake: Path) -> str:
    """The text with the names and hashes of loads blanked: they differ with the file."""
    with Lake.open(lake) as opened:
        for load in opened.vintages:
            text = text.replace(load.id, "LOAD")
            for file in load.files:
                text = text.replace(file.sha256, "HASH")
    return re.sub(r"[0-9a-f]{64}", "HASH", text)


def contents(file: Path) -> dict[str, bytes]:
    """The parts of a document: of an Office file each part by name, else the whole."""
    data = file.read_bytes()
    return parts_of(data, "") if file.suffix in (".pptx", ".docx", ".xlsx") else {"": data}


def parts_of(data: bytes, inside: str) -> dict[str, bytes]:
    """Every part but the one that says when it was made; of a workbook behind a chart too."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in sorted(parts.namelist()):
            if name.endswith(".xlsx"):
                found |= parts_of(parts.read(name), f"{inside}{name}/")
            elif name != "docProps/core.xml":
                found[inside + name] = parts.read(name)
    return found


@pytest.mark.parametrize("command", [("summary",), ("summary", "--json")])
def test_the_summary_is_the_same(tmp_path: Path, command: tuple[str, ...]) -> None:
    said = []
    for name, planted in (("a", (1, 4)), ("b", (3, 2))):
        lake = lake_of(tmp_path / name, planted)
        output = run(*command, "--to", "2023-12", "--lake", lake, "--partnership", tmp_path / name)
        said.append(without_loads(output, lake))
    assert said[0] == said[1]
    assert "fewer than 5" in said[0] or "null" in said[0]


def test_the_pack_is_the_same_in_every_format(tmp_path: Path) -> None:
    made = []
    for name, planted in (("a", (1, 4)), ("b", (3, 2))):
        lake = lake_of(tmp_path / name, planted)
        out = tmp_path / name / "out"
        run(
            "pack", "performance", "--to", "2023-12", "--lake", lake, "--out", out,
            "--partnership", tmp_path / name,
        )  # fmt: skip
        files = {file.suffix: contents(file) for file in sorted(out.iterdir())}
        assert set(files) == {".json", *(f".{one}" for one in FORMATS)}
        made.append(
            {
                (suffix, part): without_loads(data.decode("latin-1"), lake)
                for suffix, parts in files.items()
                for part, data in parts.items()
            }
        )
    assert made[0].keys() == made[1].keys()
    different = [key for key in made[0] if made[0][key] != made[1][key]]
    assert different == []


def calls_of_five(camden: int, harrow_before: int) -> list[str]:
    """Calls by borough and year; Camden's of 2023 and Harrow's of 2022 are small."""
    values = {
        2022: {"Barnet": 50, "Brent": 60, "Harrow": harrow_before, "Camden": 70, "Ealing": 80},
        2023: {"Barnet": 40, "Brent": 66, "Harrow": 90, "Camden": camden, "Ealing": 85},
    }
    return [
        f"asb-calls,{BOROUGHS[borough]},,{year}-01,{year}-12,,{value},,,,yes,Councils,"
        for year, held in values.items()
        for borough, value in held.items()
    ]


def test_a_rank_says_nothing_of_the_small_numbers_of_other_areas(tmp_path: Path) -> None:
    """What Barnet's place among five boroughs rests on: not Camden's four calls or two, nor
    Harrow's of the year before."""
    said, facts = [], []
    for name, planted in (("a", (4, 1)), ("b", (2, 3))):
        rows_ = return_csv(*calls_of_five(*planted))
        files = {"return.csv": rows_, "lookup.csv": lookup_csv(), "residents.csv": residents_csv()}
        lake = make(tmp_path / name, files)
        with Lake.open(lake) as opened:
            result = summarise(opened, "Barnet", to=Month(2023, 12), measures=["asb-calls"])
        assert result.measures[0].ranks[0].rank.value == 1
        said.append(without_loads(json.dumps(summary_json(result), ensure_ascii=False), lake))
        facts.append(without_loads(result.sheet.to_json(), lake))
    assert said[0] == said[1]
    assert facts[0] == facts[1]


@given(st.integers(1, 4), st.integers(1, 4), st.sampled_from([0, 5, 10, 14]))
@settings(max_examples=6, deadline=None)
def test_no_planted_number_is_in_the_json(
    tmp_path_factory: pytest.TempPathFactory, first: int, second: int, back: int
) -> None:
    """Small counts anywhere in the series: none of their months has a value, an expectation or a
    status, and no figure of the JSON is one of them."""
    values = [20 + (5 * at) % 9 for at in range(len(SPAN))]
    places = (len(SPAN) - 1 - back, len(SPAN) - 3 - back)
    for place, value in zip(places, (first, second), strict=True):
        values[place] = value
    lines = [
        f"{KEY},E09000003,,{month},{month},,{value},,,,yes,Prevent team,only {value} people"
        for month, value in zip(SPAN, values, strict=True)
    ]
    folder = tmp_path_factory.mktemp("planted")
    lake = make(folder, {"return.csv": return_csv(*lines), "lookup.csv": lookup_csv()})
    with Lake.open(lake) as opened:
        result = summarise(opened, "Barnet", to=Month(2023, 12), measures=[KEY])
    months_hidden = {SPAN[place] for place in places}
    for point in result.measures[0].months:
        if point.month in months_hidden:
            assert point.count.suppressed and point.count.value is None
            assert point.upper is None and point.status == "not judged"
    counts = [one.value for one in result.sheet if one.kind == "count" and one.measure == KEY]
    assert not {first, second} & set(counts)
    said = json.dumps(summary_json(result), ensure_ascii=False)
    assert f"only {first} people" not in said
    assert f"only {second} people" not in said


def test_a_release_is_remembered_and_the_next_pack_gives_no_difference_away(
    tmp_path: Path,
) -> None:
    """The year to November is released while its last three months are not small; then December
    comes, and the months before it have been corrected to nothing: what is the difference of two
    releases is withheld. Drafts are not remembered."""
    lake = lake_of(tmp_path, (3, 2))
    ask = (
        "pack", "performance", "--lake", lake, "--partnership", tmp_path, "--formats", "html",
    )  # fmt: skip
    run(*ask, "--to", "2023-09", "--out", tmp_path / "draft")
    log = tmp_path / "releases.json"
    assert not log.exists()
    said = run(*ask, "--to", "2023-09", "--out", tmp_path / "out", "--release")
    assert "Recorded as released" in said
    body = json.loads(log.read_text())
    (first,) = body["releases"]
    assert first["counts"]
    assert {count["measure"] for count in first["counts"]} == {KEY}
    assert all(count["value"] >= 5 for count in first["counts"])
    log.write_text("{}")
    broken = CliRunner().invoke(
        app, [str(one) for one in (*ask, "--to", "2023-12", "--out", tmp_path / "out")]
    )
    assert broken.exit_code != 0
    shutil.rmtree(tmp_path / "out")


def test_a_number_that_was_given_away_is_said_to_the_maker_only(tmp_path: Path) -> None:
    lake = lake_of(tmp_path, (3, 2))
    seen = {"measure": KEY, "area": "E09000003", "part": "", "value": 46.0}
    totals = [("2023-08-01", "2023-09-30"), ("2023-08-01", "2023-10-31")]
    values = [20 + (5 * at) % 9 for at in range(len(SPAN))]
    known = [float(values[-5] + values[-4]), float(values[-5] + values[-4] + 3)]
    counts = [
        {**seen, "start": start, "end": end, "value": value}
        for (start, end), value in zip(totals, known, strict=True)
    ]
    release = {"name": "board", "day": datetime(2023, 12, 1, tzinfo=UTC).date().isoformat()}
    (tmp_path / "releases.json").write_text(
        json.dumps({"schema": 1, "releases": [{**release, "counts": counts}]})
    )
    result = CliRunner().invoke(
        app,
        ["summary", "--json", "--to", "2023-12", "--lake", str(lake), "--partnership",
         str(tmp_path)],
    )  # fmt: skip
    assert result.exit_code == 0
    assert "2023-10: a number under 5 can be worked out" in result.stderr
    assert "worked out from what was released" not in result.stdout


def test_the_threshold_is_the_partnerships(tmp_path: Path) -> None:
    lake = lake_of(tmp_path, (9, 20))
    ask = ("summary", "--json", "--to", "2023-12", "--lake", lake, "--partnership", tmp_path)
    shown = json.loads(run(*ask))[0]["exceptions"][0]
    assert shown["value"] == 9
    (tmp_path / "partnership.yaml").write_text(PARTNERSHIP.replace("THRESHOLD", "10"))
    withheld = json.loads(run(*ask))[0]["exceptions"][0]
    assert withheld["value"] is None
    assert withheld["missing"] == "fewer than 10"
    rounded = PARTNERSHIP.replace("{threshold: THRESHOLD}", "{threshold: 5, round_to: 5}")
    (tmp_path / "partnership.yaml").write_text(rounded)
    assert json.loads(run(*ask))[0]["exceptions"][0]["value"] == 10
    (tmp_path / "partnership.yaml").write_text(PARTNERSHIP.replace("THRESHOLD", "6"))
    refused = CliRunner().invoke(app, [str(one) for one in ask])
    assert refused.exit_code != 0
