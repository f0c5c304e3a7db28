"""Home Office tables: fraud bodies among the forces, corrections, quarters, outcomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, rows_of, written

from saferboard.analytics.intake.source import Candidate, Desk
from saferboard.analytics.sources.home_office_crime import shape as crime
from saferboard.analytics.sources.home_office_outcomes import shape as outcomes
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

CRIME = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
    "Offence Subgroup,Offence Code,Number of Offences"
)


def crimes(folder: Path, *rows: str) -> Candidate:
    return written(folder, "prc.csv", "\n".join([CRIME, *rows]) + "\n")


def test_quirk_27_fraud_bodies_are_no_forces(tmp_path: Path, desk: Desk) -> None:
    found = load(
        crime,
        desk,
        crimes(
            tmp_path,
            "2031/32,1,Surrey,Wounding,Violence against the person,Violence with injury,5D,40",
            "2031/32,1,Action Fraud,Fraud,Fraud offences,Fraud: Action Fraud,AF,20000",
        ),
    )
    kinds = {row["unit"]: row["area_kind"] for row in rows_of(found, "published_counts")}
    assert kinds == {"surrey": "force", "action-fraud": "other"}
    (note,) = (note for note in found.notes if note.kind == "remark")
    assert (note.total, "Action Fraud" in note.words) == (20000, True)


def test_quirk_27_counts_below_zero_are_corrections_and_kept(tmp_path: Path, desk: Desk) -> None:
    row = "2031/32,{},Surrey,Theft,Theft offences,Shoplifting,46,{}"
    found = load(crime, desk, crimes(tmp_path, row.format(1, 10), row.format(2, -3)))
    counts = [row["count"] for row in rows_of(found, "published_counts")]
    assert sorted(float(str(count)) for count in counts) == [-3, 10]
    (note,) = (note for note in found.notes if note.kind == "negative")
    assert note.total == -3


def test_quirk_27_in_the_real_table(desk: Desk) -> None:
    found = load(crime, desk, candidate(shared("home-office", "prc_pfa_long.parquet")))
    notes = {note.kind: note for note in found.notes}
    assert "426 counts" in notes["negative"].words
    assert "unknown-label" not in notes
    rows = found.tables["published_counts"]
    forces = desk.run(
        rows.filter(rows["area_kind"] == "force").select("area_code").distinct()
    ).num_rows
    assert forces == 43
    (row,) = desk.run(
        rows.filter(rows["offence"] == "theft-of-vehicle").aggregate(n=rows["count"].sum())
    ).to_pylist()
    assert row["n"] > 1_000_000
    assert sum(found.rows.values()) == 321_893


def test_quarters_of_a_financial_year_become_days(tmp_path: Path, desk: Desk) -> None:
    row = "2031/32,{},Surrey,Theft from vehicle,Theft offences,Vehicle offences,45,{}"
    found = load(crime, desk, crimes(tmp_path, *[row.format(q, q) for q in (1, 2, 3, 4)]))
    spans = {
        row["count"]: (row["period_from"], row["period_to"])
        for row in rows_of(found, "published_counts", offence="theft-from-vehicle")
    }
    assert spans == {
        1: (date(2031, 4, 1), date(2031, 6, 30)),
        2: (date(2031, 7, 1), date(2031, 9, 30)),
        3: (date(2031, 10, 1), date(2031, 12, 31)),
        4: (date(2032, 1, 1), date(2032, 3, 31)),
    }
    assert found.coverage["surrey"][-1] == Month(2032, 3)


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ("2031/32,5,Surrey,X,Theft offences,Shoplifting,46,1", "Surrey, 2031/32, quarter 5"),
        ("soon,1,Surrey,X,Theft offences,Shoplifting,46,1", "Surrey, soon, quarter 1"),
        ("2031/32,1,Surrey,X,Theft offences,Shoplifting,46,few", "Surrey, 2031/32, quarter 1"),
    ],
)
def test_rows_without_quarter_or_count_are_refused(
    tmp_path: Path, desk: Desk, bad: str, place: str
) -> None:
    with pytest.raises(Problem) as refused:
        load(crime, desk, crimes(tmp_path, bad))
    assert refused.value.place == place


def test_unknown_labels_are_shown_with_totals(tmp_path: Path, desk: Desk) -> None:
    row = "2031/32,1,Borsetshire,Time travel,New offences,Time travel,1000,7"
    found = load(crime, desk, crimes(tmp_path, row))
    (note,) = (note for note in found.notes if note.kind == "unknown-label")
    assert note.total == 7
    (kept,) = rows_of(found, "published_counts")
    assert (kept["offence"], kept["area_kind"]) == (None, "other")


def test_the_table_of_partnerships(desk: Desk) -> None:
    found = load(crime, desk, candidate(shared("home-office", "recrime-geo-pfa.csv")))
    assert rows_of(found, "area_links", from_code="E22000187") == [
        {
            "from_code": "E22000187",
            "from_kind": "csp",
            "to_code": "E23000001",
            "to_kind": "force",
            "fit": "exact",
        }
    ]
    (note,) = found.notes
    assert note.total == 1


def outcome_file(folder: Path, types: list[object], counts: list[float]) -> Candidate:
    many = len(types)
    table = pa.table(
        {
            "Financial Year": ["2031/32"] * many,
            "Financial Quarter": [1.0] * many,
            "Force": ["London, City of"] * many,
            "Offence Group": ["Robbery"] * many,
            "Outcome Group": ["Charged/Summonsed"] * many,
            "Outcome Type": types,
            "n": counts,
            "territorial": [True] * many,
        }
    )
    pq.write_table(table, folder / "outcomes.parquet")
    return candidate(folder / "outcomes.parquet")


def test_outcomes_that_differ_in_nothing_are_added_up(tmp_path: Path, desk: Desk) -> None:
    found = load(outcomes, desk, outcome_file(tmp_path, [1.0, 1.0, 14.0], [5, 2, 9]))
    rows = {row["breakdown"]: row["count"] for row in rows_of(found, "published_counts")}
    assert rows == {"outcome-type=1; positive=yes": 7, "outcome-type=14; positive=no": 9}
    (row, _) = rows_of(found, "published_counts", unit="city-of-london")
    assert row["area_code"] == "E23000034"


def test_the_real_outcomes_keep_their_total(desk: Desk) -> None:
    file = shared("home-office", "outcomes_2024_25.parquet")
    found = load(outcomes, desk, candidate(file))
    rows = found.tables["published_counts"]
    (row,) = desk.run(rows.aggregate(n=rows["count"].sum())).to_pylist()
    assert row["n"] == pq.read_table(file, columns=["n"])["n"].to_numpy().sum()
