"""`saferboard data fetch`: from a publisher on this machine into the data store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.intake.publisher import Asked, Reply, publishing
from tests.unit.sources.given import written
from typer.testing import CliRunner

from saferboard.analytics.intake.fetches import errands, specs_by_key
from saferboard.analytics.sources.registry import sources
from saferboard.cli.main import app
from saferboard.vocabulary.problem import Problem

CRIME = {
    "category": "burglary",
    "location_type": "Force",
    "location": {"latitude": "51.05", "longitude": "0.05", "street": {"id": 1, "name": "X"}},
    "context": "",
    "outcome_status": None,
    "persistent_id": "p1",
    "id": 1,
    "location_subtype": "",
    "month": "2031-01",
}
OUTLINE = [[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]]


def run(*words: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, ["data", *map(str, words)])
    if isinstance(result.exception, Problem):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.output


def outline(folder: Path) -> Path:
    feature = {
        "type": "Feature",
        "properties": {"WD31CD": "E05000101", "WD31NM": "Mill"},
        "geometry": {"type": "Polygon", "coordinates": OUTLINE},
    }
    body = {"type": "FeatureCollection", "features": [feature]}
    return written(folder, "wards.geojson", json.dumps(body)).path


def test_list_shows_every_key_and_what_it_needs() -> None:
    words = run("fetch", "--list")
    for key in specs_by_key(sources()):
        assert f"data fetch {key}" in words
    assert "police-uk-archive --month 2024-01" in words


def test_an_area_and_a_month_are_fetched_and_read(tmp_path: Path) -> None:
    lake, cache = tmp_path / "lake", tmp_path / "cache"
    run("add", outline(tmp_path), "--lake", lake)

    def answer(asked: Asked, number: int) -> Reply:
        return Reply(200, json.dumps([CRIME]).encode(), {"Content-Type": "application/json"})

    with publishing(answer) as publisher:
        words = run(
            "fetch", "police-uk-street-area", "--area", "E05000101", "--month", "2031-01",
            "--lake", lake, "--cache", cache, "--mirror", publisher.address,
        )  # fmt: skip
    (asked,) = publisher.asked
    assert asked.path.startswith("/api/crimes-street/all-crime?date=2031-01&poly=51.")
    assert "51.10000,0.10000" in asked.path
    assert "Read into the data store: 1 load" in words
    loads = json.loads(run("list", "--json", "--lake", lake))
    assert "police-uk-street" in {load["source"] for load in loads}


def test_no_add_only_downloads(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    with publishing(lambda asked, number: Reply(200, b"[]")) as publisher:
        words = run(
            "fetch", "police-uk-stops-force", "--force", "surrey", "--month", "2031-01",
            "--month", "2031-02", "--no-add", "--lake", lake, "--cache", tmp_path / "cache",
            "--mirror", publisher.address,
        )  # fmt: skip
    assert [one.path for one in publisher.asked] == [
        "/api/stops-force?force=surrey&date=2031-01",
        "/api/stops-force?force=surrey&date=2031-02",
    ]
    assert words.count("police-uk-stops-force-surrey-2031-0") == 2
    assert not lake.exists()


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="--month"):
        run("fetch", "police-uk-archive")
    with pytest.raises(Problem, match="--set edition"):
        run("fetch", "ons-csp-crime")
    with pytest.raises(Problem, match="is called") as refused:
        run("fetch", "police-uk-archiv")
    assert "police-uk-archive" in str(refused.value.remedy)
    with pytest.raises(Problem, match="not a month"):
        run("fetch", "police-uk-archive", "--month", "January")
    with pytest.raises(Problem, match="no outline of E05000999"):
        run(
            "fetch", "police-uk-street-area", "--area", "E05000999", "--month", "2031-01",
            "--lake", tmp_path / "lake",
        )  # fmt: skip


def test_addresses_are_filled_and_named() -> None:
    (archive,) = errands(["police-uk-archive"], sources(), {"month": ["2031-01"]})
    assert archive.url == "https://data.police.uk/data/archive/2031-01.zip"
    assert archive.name == "2031-01.zip"
    (mirrored,) = errands(
        ["police-uk-archive"], sources(), {"month": ["2031-01"]}, mirror="http://localhost:1/"
    )
    assert mirrored.url == "http://localhost:1/data/archive/2031-01.zip"
    (odd,) = errands(
        ["police-uk-stops-force"], sources(), {"month": ["2031-01"], "force": ["a&b c"]}
    )
    assert "force=a%26b%20c&" in odd.url
