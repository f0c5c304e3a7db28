"""The ONS workbook by Community Safety Partnership: moved headers, marks, two kinds of rates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, workbook

from saferboard.analytics.intake.source import Candidate, Desk
from saferboard.analytics.sources.ons_csp_crime import shape
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

NAMES = [
    "Police Force\nArea code",
    "Police Force\nArea name",
    "Community Safety\nPartnership code",
    "Community Safety\n Partnership name ",
    "Local Authority code",
    "Local Authority name",
]
SURREY = ["E23000031", "Surrey"]
TOWN = [*SURREY, "E22000901", "Town, City of ", "E07000901", "Town, City of "]
TOTAL = [*SURREY, None, None, None, None]
# The code beside this row is another force's, as in the real workbook.
LOST = ["E23000032", "Surrey", None, "unassigned Surrey", None, None]


def book(
    folder: Path,
    *,
    notes: int = 3,
    title: str = "year ending December 2031 [note 1][note 2]",
    cell: object = -2,
) -> Candidate:
    above = [[f"Note {n}"] for n in range(notes)]
    counts = [*NAMES, "Total recorded crime\n (excluding fraud)", "Residential\nburglary [note 4]"]
    rates = [
        *NAMES,
        "Population figures\n (mid-2030) \n- rounded to 100",
        "Household figures\n (mid-2029)\n - rounded to 100",
        "Total recorded crime\n (excluding fraud)",
        "Residential burglary (per 1,000 population)",
        "Residential burglary (per 1,000 household)",
    ]
    return workbook(
        folder,
        "pfa.xlsx",
        {
            "Notes": [["Notes"]],
            "Table C2": [
                [f"Table C2: Number of crimes by Community Safety Partnership area, {title}"],
                *above,
                counts,
                [*TOTAL, 1005, 98],
                [*TOWN, 1000, 100],
                [*LOST, 5, cell],
                [None] * 8,
            ],
            "Table C3 ": [
                ["Table C3: Percentage change, for year ending December 2030 and 2031"],
                *above,
                counts,
                [*TOWN, 5.5, "[u]"],
            ],
            "Table C4 ": [
                [f"Table C4: Recorded crime rate per 1,000 population, {title}"],
                *above,
                rates,
                [*TOTAL, 20000, 9000, 50.25, 4.9, 10.9],
                [*TOWN, 20000, 9000, 50.0, 5.0, 11.1],
                [*LOST, "[x]", "[X]", "[x]", "[x]", "[x]"],
            ],
        },
    )


def test_quirk_26_notes_above_marks_and_blanks(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    (town,) = rows_of(found, "published_counts", area_kind="csp", offence="total-recorded-crime")
    assert town["area_name"] == "Town, City of"
    assert town["minor"] == "Total recorded crime"
    assert (town["period_from"], town["period_to"]) == (date(2031, 1, 1), date(2031, 12, 31))
    assert (town["count"], town["rate"], town["per"], town["of"]) == (1000, 50, 1000, "residents")
    assert found.coverage["ons"][-1] == Month(2031, 12)


def test_quirk_26_residential_burglary_is_per_household(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    rows = rows_of(found, "published_counts", area_kind="csp", offence="residential-burglary")
    counted = [row for row in rows if row["count"] is not None]
    assert [(row["count"], row["rate"], row["of"]) for row in counted] == [
        (100, 11.1, "households")
    ]
    # The rate per resident is there too, on a row without a count: nothing is counted twice.
    (other,) = (row for row in rows if row["count"] is None)
    assert (other["rate"], other["of"], other["breakdown"]) == (5.0, "residents", "base=residents")
    bases = {row["of"]: row for row in rows_of(found, "denominators", area_kind="csp")}
    assert (bases["residents"]["value"], bases["residents"]["year"]) == (20000, 2030)
    assert (bases["households"]["value"], bases["households"]["year"]) == (9000, 2029)


def test_quirk_26_force_totals_and_the_unassigned_stand_apart(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    rows = rows_of(found, "published_counts", offence="total-recorded-crime")
    assert {(row["area_kind"], row["area_code"], row["unit"]) for row in rows} == {
        ("force", "E23000031", "surrey"),
        ("csp", "E22000901", "surrey"),
        ("other", None, "surrey"),
    }
    (lost,) = (row for row in rows if row["area_kind"] == "other")
    assert (lost["rate"], lost["note"]) == (None, "[x]")


def test_corrections_below_zero_are_kept_and_noted(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    (note,) = (note for note in found.notes if note.kind == "negative")
    assert note.total == -2


def test_which_authority_lies_in_which_partnership(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, book(tmp_path))
    links = {(row["from_code"], row["to_code"]) for row in rows_of(found, "area_links")}
    assert links == {("E07000901", "E22000901"), ("E22000901", "E23000031")}


@pytest.mark.parametrize("notes", [0, 12, 40])
def test_a_moved_header_is_found(tmp_path: Path, desk: Desk, notes: int) -> None:
    found = load(shape, desk, book(tmp_path, notes=notes))
    assert rows_of(found, "published_counts", area_kind="csp", minor="Total recorded crime")


def test_a_sheet_without_its_year_is_refused(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem, match="which year"):
        load(shape, desk, book(tmp_path, title="latest figures"))


def test_a_cell_of_words_is_named(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem) as refused:
        load(shape, desk, book(tmp_path, cell="few"))
    assert refused.value.place == "sheet “Table C2”, cell H8"


def test_the_real_workbook(desk: Desk) -> None:
    name = "policeforceareatablesyedecember2024.xlsx"
    found = load(shape, desk, candidate(shared("ons", name)))
    barnet = rows_of(found, "published_counts", area_code="E22000187")
    now = [row for row in barnet if row["period_to"] == date(2024, 12, 31)]
    (burglary,) = (
        row for row in now if row["offence"] == "residential-burglary" and row["count"] is not None
    )
    (homes,) = rows_of(found, "denominators", area_code="E22000187", of="households")
    # The publisher's rate follows from its own count and households (rounded to 100).
    assert burglary["of"] == "households"
    expected = 1000 * float(str(burglary["count"])) / float(str(homes["value"]))
    assert float(str(burglary["rate"])) == pytest.approx(expected, rel=0.01)
    csps = {row["area_code"] for row in rows_of(found, "published_counts", area_kind="csp")}
    assert len(csps) > 300
    assert not [note for note in found.notes if note.kind == "unknown-label"]
    forces = rows_of(found, "published_counts", area_kind="force", offence="total-recorded-crime")
    counted = [row for row in forces if row["count"] is not None]
    assert len(counted) == len({(row["area_code"], row["period_to"]) for row in counted})


def test_sheets_that_are_not_read_are_named(tmp_path: Path, desk: Desk) -> None:
    """Knife and firearm tables by force have a form of their own: their absence is said."""
    made = workbook(
        tmp_path,
        "knives.xlsx",
        {
            "Cover": [["Cover"]],
            "Table C2": [
                ["Table C2: Number of crimes, year ending December 2031"],
                [*NAMES, "Total recorded crime"],
                [*TOWN, 1000],
            ],
            "Table P5": [["Table P5: Number of knife offences"], ["Force", "All"], ["Surrey", 3]],
        },
    )
    (note,) = (one for one in load(shape, desk, made).notes if one.words.startswith("Sheets"))
    assert "Table P5" in note.words
    assert "C2" not in note.words
    assert note.total == 1
