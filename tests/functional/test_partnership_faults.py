"""A partnership's file with a fault: one clear message that names the field, and no pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.measures.made import lookup_csv, make, return_csv
from tests.unit.measures.test_return_ranks import line
from typer.testing import CliRunner

from saferboard.cli.main import app
from saferboard.vocabulary.problem import Problem

GOOD = "name: Barnet Safer\narea: {code: E09000003, name: Barnet}\nmeasures: [asb-calls]\n"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [line("asb-calls", "Barnet", f"{year}-01", f"{year}-12", 900) for year in (2022, 2023)]
    files = {"return.csv": return_csv(*rows), "lookup.csv": lookup_csv()}
    return make(tmp_path_factory.mktemp("faults"), files)


def pack(lake: Path, folder: Path, text: str, formats: str = "html"):
    (folder / "partnership.yaml").write_text(text, "utf-8")
    (folder / "not.png").write_text("not an image")
    (folder / "not.pptx").write_text("not a presentation")
    return CliRunner().invoke(
        app,
        ["pack", "performance", "--to", "2023-12", "--lake", str(lake), "--formats", formats,
         "--partnership", str(folder), "--out", str(folder / "out")],
    )  # fmt: skip


def test_without_a_fault_there_is_a_pack(lake: Path, tmp_path: Path) -> None:
    assert pack(lake, tmp_path, GOOD).exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "colour: red\n", "partnership.yaml, colour: There is no field of this name."),
        (
            GOOD + "appearance: {brand: red}\n",
            "appearance > brand: A colour is written as #1f4e5f.",
        ),
        (GOOD + "appearance: {logo: none.png}\n", "The logo cannot be read: No such file"),
        (GOOD + "appearance: {logo: not.png}\n", "The logo is called .png but is no such image."),
        (GOOD + "year_starts: 13\n", "year_starts: This has to be at most 12."),
        (GOOD + "contact: 123\n", "contact: This has to be text: put it in quotation marks."),
        (GOOD.replace("E09000003", "E0900"), "area > code: “E0900” is not a GSS code"),
        (GOOD.replace("E09000003", "E09999999"), "names an area with the code E09999999"),
        (GOOD.replace("name: Barnet Safer\n", ""), "name: This field is missing."),
        (GOOD.replace("asb-calls", "asb-call"), "measures: There is no measure called “asb-call”"),
        (
            GOOD + "presenters: [{name: Police, measures: [x]}]\n",
            "presenters > Police: There is no measure called “x”",
        ),
        (
            GOOD + "priorities: [{key: a, title: A, measures: [x]}]\n",
            "priorities > a: There is no measure called “x”",
        ),
        (GOOD + "peer_sets: [nearby]\n", "There is no area set called “nearby”"),
        (
            GOOD + "area_sets: [{key: a, title: A, members: [E0900]}]\n",
            "area_sets > 0 > members > 0: “E0900” is not a GSS code",
        ),
        ("name: [x", "cannot be read as YAML"),
        ("- a\n", "holds names and values"),
    ],
)
def test_a_fault_is_one_message_and_no_pack(
    lake: Path, tmp_path: Path, text: str, words: str
) -> None:
    made = pack(lake, tmp_path, text)
    assert isinstance(made.exception, Problem), made.output
    assert words in made.exception.sentence()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asb-calls: {text: a, athor: b}\n", "asb-calls > athor: There is no field of this name."),
        ("asb-calls: {date: soon}\n", "asb-calls > date: This has to be a day such as 2024-02-28."),
        ("asb-calls: [a]\n", "asb-calls: This has to be names and values."),
    ],
)
def test_a_fault_in_the_commentary_is_one_message_too(
    lake: Path, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "commentary").mkdir()
    (tmp_path / "commentary" / "2023-12.yaml").write_text(text)
    made = pack(lake, tmp_path, GOOD)
    assert isinstance(made.exception, Problem), made.output
    assert words in made.exception.sentence()
    assert not (tmp_path / "out").exists()


def test_words_about_a_misspelt_measure_are_not_lost_in_silence(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "commentary").mkdir()
    (tmp_path / "commentary" / "2023-12.yaml").write_text("asb-call: {text: It fell.}\n")
    made = pack(lake, tmp_path, GOOD)
    assert "Check commentary/2023-12.yaml, asb-call: there is no such measure" in made.output


def test_a_template_that_is_none_fails_its_own_format_only(lake: Path, tmp_path: Path) -> None:
    made = pack(lake, tmp_path, GOOD + "appearance: {pptx_template: not.pptx}\n", "html,pptx")
    assert made.exit_code == 1
    assert "The template is not a PowerPoint file" in made.output
    assert sorted(one.suffix for one in (tmp_path / "out").iterdir()) == [".html", ".json"]
