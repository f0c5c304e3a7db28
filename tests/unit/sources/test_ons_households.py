"""Households of the census, borough profiles with their quirks, and population by year."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, written

from saferboard.analytics.intake.source import Desk
from saferboard.analytics.sources.ons_households import shape
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

PROFILES = (
    "Code,Area_name,Inner/_Outer_London,GLA_Population_Estimate_2017,"
    "GLA_Household_Estimate_2017,Average_Band_D_Council_Tax_charge_(£),_2015/16\n"
    'E09000101,Caf\u00e9 Town,Inner London,"8,800",5326,931.2\n'
    "E09000102,Second,Outer London,.,n/a,NaN\n"
    "E12000009,Region,,100,50,\n"
    ",,,,,\n"
    "Footnote: £ at 2015 prices,,,,,\n"
)
PROFILES = PROFILES.replace("(£),_2015/16", "(£)_2015/16")


def test_quirk_29_borough_profiles_cp1252_marks_and_footnotes(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, written(tmp_path, "p.csv", PROFILES.encode("cp1252")))
    values = {(row["area_name"], row["of"]): row["value"] for row in rows_of(found, "denominators")}
    # `.` and `n/a` are missing: there is no row, and above all no zero.
    assert values == {
        ("Café Town", "residents"): 8800,
        ("Café Town", "households"): 5326,
        ("Region", "residents"): 100,
        ("Region", "households"): 50,
    }
    words = " ".join(note.words for note in found.notes)
    assert "Second (residents, 2017)" in words
    assert "1 rows without a code" in words


def test_the_same_profiles_in_utf_8(tmp_path: Path, desk: Desk) -> None:
    one = load(shape, desk, written(tmp_path, "a.csv", PROFILES.encode("utf-8")))
    two = load(shape, desk, written(tmp_path, "b.csv", PROFILES.encode("cp1252")))
    assert rows_of(one, "denominators") == rows_of(two, "denominators")


def test_quirk_29_in_the_real_profiles(desk: Desk) -> None:
    found = load(shape, desk, candidate(shared("ons", "london-borough-profiles.csv")))
    rows = rows_of(found, "denominators", area_code="E09000003")
    assert {row["of"]: row["value"] for row in rows} == {"residents": 389600, "households": 151423}
    assert len(rows_of(found, "denominators")) == 66


def test_census_households_take_their_year_from_the_name(tmp_path: Path, desk: Desk) -> None:
    text = "ltla23_code,households\nE06000101,40930.0\nW06000024,25783.0\n"
    found = load(shape, desk, written(tmp_path, "households21_england_wales.csv", text))
    assert [(r["year"], r["value"], r["basis"]) for r in rows_of(found, "denominators")] == [
        (2021, 40930, "census"),
        (2021, 25783, "census"),
    ]
    assert found.coverage == {"ons": (Month(2021, 3),)}
    with pytest.raises(Problem, match="of which year"):
        load(shape, desk, written(tmp_path, "households.csv", text))


def test_projections_are_marked_and_cover_nothing(tmp_path: Path, desk: Desk) -> None:
    text = (
        "Code,Name,Year,Source,Population,Inland_Area _Hectares,Total_Area_Hectares\r\n"
        "E09000101,First,2010,ONS MYE,6581,290.4,314.9\r\n"
        "E09000101,First,2050,GLA Population Projections,9000,290.4,314.9\r\n"
    )
    found = load(shape, desk, written(tmp_path, "d.csv", text))
    assert [(r["year"], r["basis"]) for r in rows_of(found, "denominators")] == [
        (2010, "mid-year estimate"),
        (2050, "projection"),
    ]
    assert found.coverage == {"ons": (Month(2010, 6),)}


def test_a_word_among_the_figures_is_named(tmp_path: Path, desk: Desk) -> None:
    text = "ltla23_code,households\nE06000101,40930.0\nW06000024,several\n"
    with pytest.raises(Problem) as refused:
        load(shape, desk, written(tmp_path, "households21.csv", text))
    assert refused.value.place == "line 3, column “households”"


def test_a_file_without_any_code_is_refused(tmp_path: Path, desk: Desk) -> None:
    text = "ltla23_code,households\nLittle,40930\n"
    with pytest.raises(Problem, match="No row has a GSS code"):
        load(shape, desk, written(tmp_path, "households21.csv", text))


def test_the_real_households(desk: Desk) -> None:
    file = shared("census", "households21_england_wales_ltla23.csv")
    found = load(shape, desk, candidate(file))
    assert len(rows_of(found, "denominators", of="households", year=2021)) == 318
