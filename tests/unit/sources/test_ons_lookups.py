"""ONS look-ups: any edition, many-to-many links marked, never a way to add populations up."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, written

from saferboard.analytics.intake.source import Desk
from saferboard.analytics.sources.ons_lookups import shape
from saferboard.vocabulary.problem import Problem

LSOA = """\ufeffLSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId
E01000001,Little 001A,E01000001,Little 001A,U,E06000101,Little,,1
E01000002,Little 001B,E01039001,Little 001E,S,E06000101,Little,,2
E01000002,Little 001B,E01039002,Little 001F,S,E06000101,Little,,3
"""
WARD = """\ufeffLSOA21CD,LSOA21NM,LSOA21NMW,WD31CD,WD31NM,WD31NMW,LAD31CD,LAD31NM,LAD31NMW,ObjectId
E01000001,Little 001A,,E05000101,Mill,,E06000101,Little,,1
E01039001,Little 001E,,E05000102,Hill,,E06000101,Little,,2
"""
PARTNERSHIP = """\ufeffLAD27CD,LAD27NM,CSP27CD,CSP27NM,PFA27CD,PFA27NM,ObjectId
E06000101,Little,E22000901,Little,E23000901,Border,1
E06000102,Wide,E22000902,Wide East,E23000901,Border,2
E06000102,Wide,E22000903,Wide West,E23000901,Border,3
E06000103,Next,E22000902,Wide East,E23000901,Border,4
"""


def test_areas_carry_kind_edition_and_authority(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "a.csv", LSOA))
    assert rows_of(found, "areas", code="E01039002") == [
        {
            "code": "E01039002",
            "name": "Little 001F",
            "kind": "lsoa21",
            "edition": "2021",
            "within": "E06000101",
        }
    ]
    assert rows_of(found, "areas", kind="authority") == [
        {
            "code": "E06000101",
            "name": "Little",
            "kind": "authority",
            "edition": "2022",
            "within": None,
        }
    ]


def test_the_years_of_the_columns_may_be_any(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "a.csv", WARD))
    (link,) = rows_of(found, "area_links", from_code="E01000001", to_kind="ward")
    assert (link["to_code"], link["edition"], link["fit"]) == ("E05000101", "2031", "best")
    (up,) = rows_of(found, "area_links", from_code="E05000102", to_kind="authority")
    assert up["fit"] == "exact"


def test_a_split_lsoa_is_one_of_many_and_the_others_are_exact(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "a.csv", LSOA))
    fits = {
        (row["from_code"], row["to_code"]): row["fit"]
        for row in rows_of(found, "area_links", from_kind="lsoa11", to_kind="lsoa21")
    }
    assert fits == {
        ("E01000001", "E01000001"): "exact",
        ("E01000002", "E01039001"): "one of many",
        ("E01000002", "E01039002"): "one of many",
    }


def test_quirk_28_many_to_many_links_are_never_used_to_add_populations(
    tmp_path: Path, desk: Desk
) -> None:
    """Adding over every link counts Wide twice; the links marked exact do not."""
    people = {"E06000101": 100, "E06000102": 1000, "E06000103": 10}
    found = load(shape, desk, written(tmp_path, "a.csv", PARTNERSHIP))
    links = rows_of(found, "area_links", from_kind="authority", to_kind="csp")
    assert len(links) == 4
    over_all = sum(people[str(row["from_code"])] for row in links)
    over_exact = sum(people[str(row["from_code"])] for row in links if row["fit"] == "exact")
    assert over_all == 2110  # the trap
    assert over_exact == 110
    assert {row["fit"] for row in links if row["from_code"] == "E06000102"} == {"one of many"}
    assert any("more than one csp" in note.words for note in found.notes)
    # Authority to force is one link each, although the file repeats the pair.
    assert len(rows_of(found, "area_links", from_kind="authority", to_kind="force")) == 3


def test_quirk_28_in_the_real_look_up(desk: Desk) -> None:
    name = "Local_Authority_District_to_CSPs_to_Police_Force_Areas_(December__2023)_Lookup_.csv"
    found = load(shape, desk, candidate(shared("ons", name)))
    links = rows_of(found, "area_links", from_kind="authority", to_kind="csp")
    assert len(links) == 332
    assert len({row["from_code"] for row in links}) == 318
    assert len({row["to_code"] for row in links}) == 314
    several: dict[object, set[object]] = defaultdict(set)
    for row in links:
        several[row["from_code"]].add(row["to_code"])
    marked = {row["from_code"] for row in links if row["fit"] == "one of many"}
    assert marked == {code for code, to in several.items() if len(to) > 1}
    assert Counter(row["kind"] for row in rows_of(found, "areas"))["csp"] == 314


def test_other_tables_with_codes_are_not_look_ups(tmp_path: Path) -> None:
    counted = "LSOA21CD,LAD24CD,Offences\nE01000001,E06000101,3\n"
    assert shape.recognise(written(tmp_path, "a.csv", counted)) is None
    assert shape.recognise(written(tmp_path, "b.csv", "Borough,Major Category\nX,Y\n")) is None


def test_a_code_that_is_none_is_refused_with_its_line(tmp_path: Path, desk: Desk) -> None:
    bad = written(tmp_path, "bad.csv", LSOA.replace("E01039002", "Little"))
    with pytest.raises(Problem) as refused:
        load(shape, desk, bad)
    assert refused.value.place == "line 4, column “LSOA21CD”"


def test_a_line_cut_short_is_refused(tmp_path: Path, desk: Desk) -> None:
    bad = written(tmp_path, "bad.csv", LSOA + "E01000003,Little")
    with pytest.raises(Problem) as refused:
        load(shape, desk, bad)
    assert refused.value.place == "line 5"
