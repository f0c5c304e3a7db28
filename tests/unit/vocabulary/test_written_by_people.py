"""YAML that people write: a mistake is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from saferboard.analytics.measures.area_sets import parse_set
from saferboard.analytics.measures.register import parse
from saferboard.analytics.packs.commentary import read_commentary
from saferboard.papercheck.accepted import accepted_in
from saferboard.vocabulary.data_file import NamedTwice, parsed
from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

GOOD = "name: A\narea:\n  code: E07000903\n  name: Marl\n"


@pytest.mark.parametrize(
    ("text", "name", "place", "other"),
    [
        (f"{GOOD}name: B\n", "name", "line 5, column 1", 1),
        (f"{GOOD}  code: E07000904\n", "code", "line 5, column 3", 3),
        (f'{GOOD}contact: a\n"contact": b\n', "contact", "line 6, column 1", 5),
    ],
)
def test_a_field_that_stands_twice_is_refused_with_both_lines(
    tmp_path: Path, text: str, name: str, place: str, other: int
) -> None:
    file = tmp_path / "partnership.yaml"
    file.write_text(text)
    with pytest.raises(Problem) as caught:
        load_partnership(file)
    said = caught.value
    assert f"“{name}” is here a second time: it is on line {other} too" in said.message
    assert (said.file, said.place) == (str(file), place)
    assert "Keep one of the two" in said.remedy


def test_equal_names_in_different_places_are_no_mistake() -> None:
    assert parsed("a: {n: 1}\nb: {n: 2}\nc: [{n: 1}, {n: 1}]\n")["c"] == [{"n": 1}, {"n": 1}]
    assert parsed("a: &x {n: 1}\nb: {<<: *x, n: 2}\n")["b"] == {"n": 2}
    with pytest.raises(NamedTwice):
        parsed("c:\n- {n: 1, n: 1}\n")


def test_every_file_that_people_write_is_read_so(tmp_path: Path) -> None:
    twice = "x:\n  text: a\n  text: b\n"
    (tmp_path / "commentary").mkdir()
    (tmp_path / "commentary" / "2023-12.yaml").write_text(twice)
    (tmp_path / "accepted.yaml").write_text("- digest: a\n  digest: b\n")
    with pytest.raises(Problem, match="“text” is here a second time"):
        read_commentary(tmp_path, Month(2023, 12))
    with pytest.raises(Problem, match="“digest” is here a second time"):
        accepted_in(tmp_path / "accepted.yaml")
    with pytest.raises(Problem, match="“title” is here a second time"):
        parse_set("mine", "title: a\ntitle: b\nmembers: []\n", "mine.yaml")
    with pytest.raises(Problem, match="“unit” is here a second time"):
        parse("mine", "unit: a\nunit: b\n", "mine.yaml")


@pytest.mark.parametrize("wards", ["'22'", "'May 2022'", "'1850'"])
def test_the_year_of_wards_is_a_year(tmp_path: Path, wards: str) -> None:
    (tmp_path / "partnership.yaml").write_text(f"{GOOD}wards: {wards}\n")
    with pytest.raises(Problem, match="is not a year such as 2022") as caught:
        load_partnership(tmp_path)
    assert caught.value.place == "wards"
