"""`saferboard init`: plain questions, areas from the look-ups, and nothing overwritten unasked."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saferboard.analytics.intake.add import add
from saferboard.analytics.measures.area_sets import shipped_sets
from saferboard.analytics.sources.registry import sources
from saferboard.cli.main import app
from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.problem import Problem

_DISTRICTS = """\
LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM,ObjectId
E07000901,Upper Fennick,E22000901,Upper Fennick,E23000028,Fenwick County,1
E07000902,Lower Fennick,E22000902,Lower Fennick,E23000028,Fenwick County,2
E07000903,Marl,E22000903,Marl and Wold,E23000028,Fenwick County,3
E07000904,Wold,E22000903,Marl and Wold,E23000028,Fenwick County,4
"""
_WARDS = """\
LSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId
E01990901,Marl 001A,,E05990901,Marl Top,,E07000903,Marl,,1
E01990902,Marl 001B,,E05990902,Marl End,,E07000903,Marl,,2
"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data store that holds look-ups of four made-up districts in one force."""
    folder = tmp_path_factory.mktemp("look-ups")
    (folder / "districts.csv").write_text(_DISTRICTS, encoding="utf-8-sig")
    (folder / "wards.csv").write_text(_WARDS, encoding="utf-8-sig")
    report = add(
        folder / "lake",
        [folder / "districts.csv", folder / "wards.csv"],
        sources(),
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert len(report.read) == 2
    return folder / "lake"


def _run(lake: Path, out: Path, *options: str, typed: str | None = None) -> tuple[int, str]:
    """The exit status (1 for a Problem) and what was printed."""
    result = CliRunner().invoke(
        app, ["init", "--lake", str(lake), "--out", str(out), *options], input=typed
    )
    if isinstance(result.exception, Problem):
        return 1, result.exception.sentence()
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_answers_from_a_pipe_make_a_partnership(lake: Path, tmp_path: Path) -> None:
    typed = [
        "fennick",  # two areas are called so
        "9",  # no such choice: asked again
        "2",
        "",  # the force that the look-ups name
        "",  # its name in file names
        "8",  # no such area set: asked again
        "1",
        "",  # the name that is offered
        "2024",
        "Anti-social behaviour",
        "Our own aim",
        "",
        "soon",  # not a year: asked again
        "2019",
        "community.safety@fennick.example",
    ]
    status, output = _run(lake, tmp_path, typed="\n".join(typed) + "\n")
    assert status == 0, output
    made = load_partnership(tmp_path)
    assert made.area.code in ("E07000901", "E07000902")
    assert made.name == f"{made.area.name} Community Safety Partnership"
    assert made.force == "Essex Police"  # the force whose area has the code in the look-up
    assert made.police_unit == "essex"
    assert made.peer_sets == ("force-authorities",)
    assert made.area_sets[0].members == ("E07000901", "E07000902", "E07000903", "E07000904")
    assert [one.title for one in made.priorities] == ["Anti-social behaviour", "Our own aim"]
    assert "asb" in made.priorities[0].measures and made.priorities[1].measures == ()
    assert made.baseline_years == (2019,)
    assert made.contact == "community.safety@fennick.example"
    assert "is not a choice" in output and "is not a year" in output


def test_options_alone_make_a_partnership_without_a_question(lake: Path, tmp_path: Path) -> None:
    options = ["--yes", "--area-name", "Marl", "--name", "Safer Marl", "--baseline", "2019"]
    status, output = _run(lake, tmp_path, *options, "--brand", "#123456", "--priority", "Roads")
    assert status == 0, output
    made = load_partnership(tmp_path)
    assert (made.name, made.area.code, made.wards) == ("Safer Marl", "E07000903", "2024")
    assert made.appearance.brand == "#123456"
    assert [one.key for one in made.priorities] == ["roads"]


def test_a_partnership_of_two_authorities_can_be_chosen(lake: Path, tmp_path: Path) -> None:
    status, output = _run(lake, tmp_path, "--yes", "--area-name", "Marl and Wold")
    assert status == 0, output
    assert load_partnership(tmp_path).area.kind == "csp"


def test_without_look_ups_a_code_and_a_name_are_enough(tmp_path: Path) -> None:
    nowhere = tmp_path / "no-lake"
    status, words = _run(nowhere, tmp_path, "--yes", "--area-code", "E07000901")
    assert status == 1 and "--area-name" in words
    status, words = _run(
        nowhere, tmp_path, "--yes", "--area-code", "e07000901", "--area-name", "Upper Fennick"
    )
    assert status == 0, words
    assert load_partnership(tmp_path).area.code == "E07000901"
    assert not nowhere.exists(), "reading an empty data store must not make one"


def test_shipped_sets_that_hold_the_area_are_offered(tmp_path: Path) -> None:
    key, found = next(iter(shipped_sets().items()))
    code = found.set.members[0]
    status, words = _run(tmp_path / "none", tmp_path, "--yes", "--area-code", code)
    assert status == 0, words
    assert key in load_partnership(tmp_path).peer_sets


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--area-code", "Marl"], "not a GSS code"),
        (["--area-name", "Marll"], "Did you mean Marl"),
        ([], "No area was named"),
        (["--area-name", "Marl", "--peers", "moon"], "No area set “moon”"),
        (["--area-name", "Marl", "--brand", "blue"], "#1f4e5f"),
        (["--area-name", "Marl", "--logo", "none.png"], "no such logo"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    lake: Path, tmp_path: Path, options: list[str], words: str
) -> None:
    status, said = _run(lake, tmp_path, "--yes", *options)
    assert status == 1
    assert words in said
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept_unless_force_or_a_yes(lake: Path, tmp_path: Path) -> None:
    file = tmp_path / "partnership.yaml"
    file.write_text("mine\n")
    status, words = _run(lake, tmp_path, "--yes", "--area-name", "Marl")
    assert status == 1 and "--force" in words
    status, _ = _run(lake, tmp_path, "--area-name", "Marl", typed="n\n")
    assert status == 1
    assert file.read_text() == "mine\n"
    status, words = _run(lake, tmp_path, "--yes", "--force", "--area-name", "Marl")
    assert status == 0, words
    assert load_partnership(tmp_path).area.name == "Marl"


def test_who_stops_in_the_middle_is_told_what_that_leaves(lake: Path, tmp_path: Path) -> None:
    status, said = _run(lake, tmp_path, typed="Marl\n")  # then the end of what answers
    assert status == 1
    assert "Stopped before the last answer: no partnership file was written." in said
    assert "as it was" not in said
    assert list(tmp_path.iterdir()) == []
    file = tmp_path / "partnership.yaml"
    file.write_text("mine\n")
    status, said = _run(lake, tmp_path, typed="y\nMarl\n")
    assert status == 1
    assert "The one that is there is as it was." in said
    assert file.read_text() == "mine\n"


@pytest.mark.parametrize("typed", [None, "0123abcd\n"])
def test_the_look_up_is_fetched_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str | None
) -> None:
    """Only the network is replaced: what a fetch would load comes from a made-up file."""
    (tmp_path / "districts.csv").write_text(_DISTRICTS, encoding="utf-8-sig")
    asked: list[tuple[list[str], list[str]]] = []

    def from_disk(what: list[str], *, setting: list[str], lake: Path) -> None:
        asked.append((what, setting))
        now = datetime(2026, 1, 1, tzinfo=UTC)
        add(lake, [tmp_path / "districts.csv"], sources(), now=now)

    module = import_module("saferboard.cli.init")
    monkeypatch.setattr(module, "fetch", from_disk)
    out = tmp_path / "out"
    if typed is None:
        options = ["--yes", "--fetch-item", "0123abcd", "--area-name", "Wold"]
        status, words = _run(tmp_path / "lake", out, *options)
    else:
        typed += "Wold\ny\n" + "\n" * 8
        status, words = _run(tmp_path / "lake", out, typed=typed)
    assert status == 0, words
    assert asked == [([module.LOOKUP], ["item=0123abcd"])]
    assert load_partnership(out).area.code == "E07000904"


def test_the_look_up_that_init_fetches_is_one_that_a_source_offers() -> None:
    module = import_module("saferboard.cli.init")
    assert module.LOOKUP in {spec.key for one in sources() for spec in one.fetches}
