"""The packs from end to end on the sample partnership: the commands that a user types."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.five_formats import assert_same_figures, html_facts
from typer.testing import CliRunner

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.intake.add import add
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.packs.commentary import read_commentary
from saferboard.analytics.packs.make import material_of
from saferboard.analytics.packs.outlines import outlines
from saferboard.analytics.packs.performance.compose import compose
from saferboard.analytics.packs.wards import ward_breakdown
from saferboard.analytics.sample.write import write_sample
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.cli.main import app
from saferboard.documents.model import bound_in
from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.period import Month

TO = "2025-06"
KEYS = ("personal-robbery", "theft-from-vehicle", "asb-calls", "confidence-police")
MEASURES = [part for key in KEYS for part in ("--measure", key)]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def run(*arguments: object):
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its store, made once."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, to=Month.parse(TO))
    report = add(folder / "lake", [folder / "data"], sources(), now=NOW)
    assert report.ok
    return folder


@pytest.fixture(scope="module")
def pack(sample: Path) -> Path:
    """The pack of four measures in all five formats, made by the command."""
    result = run(
        "pack", "performance", "--to", TO, "--out", sample / "out", "--lake", sample / "lake",
        "--partnership", sample, "--baseline", "2023", *MEASURES,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "4 measures for Kestrelby. Made:" in result.output
    return sample / "out"


def composed(sample: Path):
    partnership = load_partnership(sample)
    with Lake.open(sample / "lake") as lake:
        summary = summarise(
            lake, partnership, to=Month.parse(TO), measures=KEYS, baseline=2023, wards=True,
            funnels=True,
            sets_folder=sample / "area_sets",
        )  # fmt: skip
        codes = {
            row.key
            for one in summary.measures
            if (wards := ward_breakdown(one))
            for row in wards.rows
        }
        material = material_of(
            summary,
            partnership,
            commentary=read_commentary(sample, summary.to),
            outlines=outlines(lake, codes),
        )
    return compose(material)


def test_the_five_formats_say_the_same(sample: Path, pack: Path):
    files = {
        one: (pack / f"performance-kestrelby-{TO}.{one}").read_bytes()
        for one in ("html", "pdf", "pptx", "docx", "xlsx")
    }
    document = composed(sample)
    assert len(list(bound_in(document))) > 400
    assert_same_figures(document, files)


def test_every_figure_that_is_read_is_a_fact_of_the_file_beside_it(pack: Path):
    sheet = FactSheet.from_json((pack / "facts.json").read_text("utf-8"))
    shown = html_facts((pack / f"performance-kestrelby-{TO}.html").read_bytes())
    assert {name.partition("@")[0] for name, _ in shown} <= {fact.id for fact in sheet}
    about = json.loads((pack / "facts.json").read_text("utf-8"))["about"]
    assert (about["pack"], about["to"]) == ("performance", TO)


def test_nothing_but_the_files_is_left(pack: Path):
    names = {one.name for one in pack.iterdir()}
    made = {f"performance-kestrelby-{TO}.{one}" for one in ("html", "pdf", "pptx", "docx", "xlsx")}
    assert names == {*made, "facts.json"}


def test_a_rebuild_gives_the_same_facts_and_keeps_commentary(sample: Path, pack: Path):
    first = (pack / "facts.json").read_bytes()
    words = (sample / "commentary" / f"{TO}.yaml").read_bytes()
    again = run(
        "pack", "performance", "--to", TO, "--out", sample / "again", "--lake", sample / "lake",
        "--partnership", sample, "--baseline", "2023", "--formats", "html", *MEASURES,
    )  # fmt: skip
    assert again.exit_code == 0, again.output
    assert (sample / "again" / "facts.json").read_bytes() == first
    assert (sample / "commentary" / f"{TO}.yaml").read_bytes() == words
    html = (sample / "again" / f"performance-kestrelby-{TO}.html").read_text("utf-8")
    assert "Robbery lead, Skerrymoor Police" in html


def test_wards_have_a_map_and_say_what_to_load_for_rates(pack: Path):
    html = (pack / f"performance-kestrelby-{TO}.html").read_text("utf-8")
    assert 'id="figure-map-personal-robbery"' in html
    assert "Counts only" in html


def test_a_page_for_each_ward(sample: Path):
    result = run(
        "pack", "ward", "--all", "--to", TO, "--out", sample / "wards", "--lake",
        sample / "lake", "--partnership", sample, "--formats", "html", *MEASURES,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    html = (sample / "wards" / f"ward-kestrelby-{TO}.html").read_text("utf-8")
    with Lake.open(sample / "lake") as lake:
        areas = lake.table("areas")
        rows = lake.run(areas.filter(areas.kind == "ward", areas.within.notnull())).to_pylist()
    own = load_partnership(sample).area.code
    names = {row["name"] for row in rows if row["within"] == own}
    assert len(names) > 5
    assert {name for name in names if f">{name}</h2>" not in html} == set()


def test_one_ward_by_name_and_a_ward_that_is_not_there(sample: Path):
    common = ("--to", TO, "--lake", sample / "lake", "--partnership", sample, *MEASURES)
    one = run("pack", "ward", "--ward", "ember end", "--out", sample / "one", "--formats", "html",
              *common)  # fmt: skip
    assert one.exit_code == 0, one.output
    assert (sample / "one" / f"ward-kestrelby-ember-end-{TO}.html").exists()
    gone = run("pack", "ward", "--ward", "Nowhere", "--out", sample / "none", *common)
    assert gone.exit_code == 1
    assert "not a ward of this area" in str(gone.exception)
    assert not (sample / "none").exists()


def test_a_shire_district_with_nothing_but_street_crime_gets_a_pack(tmp_path: Path, sample: Path):
    """Only data.police.uk and the look-ups: no partnership's file, no other crime data."""
    report = add(
        tmp_path / "lake",
        [sample / "data" / "reference", sample / "data" / "police-uk"],
        sources(),
        now=NOW,
    )
    assert report.ok
    result = run(
        "pack", "performance", "--area", "Brackwater", "--to", TO, "--out", tmp_path / "out",
        "--lake", tmp_path / "lake", "--formats", "html,xlsx",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    sheet = FactSheet.from_json((tmp_path / "out" / "facts.json").read_text("utf-8"))
    year = [
        fact
        for fact in sheet
        if fact.measure == "asb" and fact.kind == "count" and fact.period.month_count == 12
    ]
    assert any(fact.value for fact in year)
    html = (tmp_path / "out" / f"performance-brackwater-{TO}.html").read_text("utf-8")
    assert "Brackwater Community Safety Partnership" in html
    assert "data.police.uk" in html
    assert 'id="violence-and-sexual-offences"' in html


def test_places_for_commentary_are_added_once(tmp_path: Path, sample: Path):
    shutil.copy(sample / "partnership.yaml", tmp_path)
    shutil.copy(sample / "logo.png", tmp_path)
    arguments = ("pack", "commentary", "--to", TO, "--lake", sample / "lake", "--partnership",
                 tmp_path, "--measure", "personal-robbery")  # fmt: skip
    first = run(*arguments)
    assert first.exit_code == 0, first.output
    text = (tmp_path / "commentary" / f"{TO}.yaml").read_text("utf-8")
    assert "# Robbery of personal property: a clear rise" in text
    second = run(*arguments)
    assert "nothing was changed" in second.output
    assert (tmp_path / "commentary" / f"{TO}.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("performance", "--formats", "odt"), "not a format that packs are made in"),
        (("performance", "--area", "Nowhere"), "Nowhere"),
        (("performance", "--area", "Kestrelby", "--measure", "nothing"), "nothing"),
        (("performance", "--area", "Kestrelby", "--as-known", "yesterday"), "is not a day"),
        (("performance",), "No area was named"),
        (("ward",), "Say which wards"),
        (("ward", "--all", "--ward", "Abbey"), "Say which wards"),
    ],
)
def test_a_slip_is_one_clear_problem_and_nothing_is_made(sample, tmp_path, arguments, words):
    options = {"--to": TO, "--out": tmp_path / "out", "--lake": sample / "lake"}
    given = [
        part for key, value in options.items() if key not in arguments for part in (key, value)
    ]
    result = run("pack", *arguments, *given)
    assert result.exit_code == 1
    assert words in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_figures_older_than_the_pack_are_printed_and_marked(sample: Path, tmp_path: Path):
    result = run(
        "pack", "performance", "--to", "2025-12", "--out", tmp_path, "--lake", sample / "lake",
        "--area", "Kestrelby", "--measure", "personal-robbery", "--formats", "html",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    html = (tmp_path / "performance-kestrelby-2025-12.html").read_text("utf-8")
    assert "Older than the rest of this pack" in html
    assert "12 months to June 2025" in html
