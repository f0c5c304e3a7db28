"""Stop and search: London's days from UTC, two vocabularies, places without a borough."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, loads, recognised, rows_of, unzipped, written

from saferboard.analytics.intake.source import Candidate, Desk
from saferboard.analytics.sources.police_uk_stops import shape
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)
NEW_ETHNICITY = "Black/African/Caribbean/Black British - African"
OLD_ETHNICITY = "Black or Black British - African (B2)"


def stop(
    at: str,
    *,
    where: str = "51.5,-0.1",
    ethnicity: str = NEW_ETHNICITY,
    outcome: str = "Arrest",
    linked: str = "",
) -> str:
    return (
        f"Person search,{at},False,,{where},Male,18-24,{ethnicity},Black,"
        f"Misuse of Drugs Act 1971 (section 23),Controlled drugs,{outcome},{linked},"
    )


def file(folder: Path, name: str, *rows: str) -> Candidate:
    return written(folder, name, "\n".join([HEADER, *rows]) + "\n")


def test_quirk_23_the_day_is_londons_and_the_month_the_files(tmp_path: Path, desk: Desk) -> None:
    """In summer, a stop in the first hour of 1 July happens at 23:30 UTC on 30 June."""
    found = load(
        shape,
        desk,
        file(
            tmp_path,
            "2031-07-metropolitan-stop-and-search.csv",
            stop("2031-06-30T23:30:00+00:00"),
            stop("2031-07-31T22:59:00+00:00"),
        ),
        file(
            tmp_path,
            "2031-12-metropolitan-stop-and-search.csv",
            stop("2031-12-31T23:30:00+00:00"),
        ),
    )
    days = {str(row["at"]): row["local_date"] for row in rows_of(found, "stop_searches")}
    assert days == {
        "2031-06-30 23:30:00": date(2031, 7, 1),
        "2031-07-31 22:59:00": date(2031, 7, 31),
        "2031-12-31 23:30:00": date(2031, 12, 31),
    }
    months = [row["month"] for row in rows_of(found, "stop_searches")]
    assert sorted(str(month) for month in months) == ["2031-07-01", "2031-07-01", "2031-12-01"]
    assert found.coverage == {"metropolitan": (Month(2031, 7), Month(2031, 12))}


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2019-03-31T00:59:59", date(2019, 3, 31)),
        ("2019-06-01T23:00:00", date(2019, 6, 2)),
        ("2019-10-26T23:30:00", date(2019, 10, 27)),
        ("2019-10-27T23:30:00", date(2019, 10, 27)),
    ],
)
def test_quirk_23_the_clocks_change_when_londons_do(
    tmp_path: Path, desk: Desk, utc: str, day: date
) -> None:
    name = f"{day:%Y-%m}-metropolitan-stop-and-search.csv"
    found = load(shape, desk, file(tmp_path, name, stop(f"{utc}+00:00")))
    assert rows_of(found, "stop_searches")[0]["local_date"] == day


def test_quirk_23_both_vocabularies_become_one(tmp_path: Path, desk: Desk) -> None:
    found = load(
        shape,
        desk,
        file(
            tmp_path,
            "2031-01-metropolitan-stop-and-search.csv",
            stop("2031-01-02T10:00:00+00:00", ethnicity=OLD_ETHNICITY, outcome="Suspect arrested"),
            stop("2031-01-03T10:00:00+00:00", outcome="Nothing found - no further action"),
            stop("2031-01-04T10:00:00+00:00", ethnicity="", outcome="", linked="True"),
            stop("2031-01-05T10:00:00+00:00", ethnicity="Not Stated (NS)", linked="False"),
        ),
    )
    rows = sorted(rows_of(found, "stop_searches"), key=lambda row: str(row["at"]))
    assert [row["ethnicity_self"] for row in rows] == [
        "Black: African",
        "Black: African",
        None,
        "Not stated",
    ]
    assert [row["outcome"] for row in rows] == [
        "Arrest",
        "A no further action disposal",
        None,
        "Arrest",
    ]
    assert rows[0]["outcome_label"] == "Suspect arrested"
    assert [row["linked"] for row in rows] == [None, None, True, False]
    assert not [note for note in found.notes if note.kind == "unknown-label"]


def test_quirk_23_stops_without_a_point_are_counted(tmp_path: Path, desk: Desk) -> None:
    found = load(
        shape,
        desk,
        file(
            tmp_path,
            "2031-01-metropolitan-stop-and-search.csv",
            stop("2031-01-02T10:00:00+00:00", where=","),
            stop("2031-01-02T10:00:00+00:00"),
        ),
    )
    (note,) = (note for note in found.notes if note.kind == "not-placed")
    assert note.total == 1


def test_words_that_are_not_known_are_shown(tmp_path: Path, desk: Desk) -> None:
    found = load(
        shape,
        desk,
        file(
            tmp_path,
            "2031-01-metropolitan-stop-and-search.csv",
            stop("2031-01-02T10:00:00+00:00", outcome="Told off", ethnicity="Martian"),
        ),
    )
    words = " ".join(note.words for note in found.notes if note.kind == "unknown-label")
    assert "Told off" in words
    assert "Martian" in words
    assert rows_of(found, "stop_searches")[0]["outcome"] == "Told off"


def test_quirk_21_the_short_month_of_the_real_archive(tmp_path: Path, desk: Desk) -> None:
    """December 2022 has 5,706 rows where about 15,000 are usual; 2022-01 and 2022-11 are absent."""
    archive = shared("police-uk", "metropolitan-stop-and-search-2016-to-2023.zip")
    with ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    files = [candidate(path) for path in sorted(tmp_path.rglob("2022-*.csv"))]
    found = load(shape, desk, *files)
    notes = {note.kind: note for note in found.notes}
    assert notes["short-month"].total == 5706
    assert "2022-12" in notes["short-month"].words
    assert "no file for 2022-11" in notes["missing-month"].words


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([stop("2031-02-10T10:00:00+00:00")] * 3, "of other months"),
        ([stop("yesterday")], "no time in UTC|no month"),
        ([stop("2031-01-02T10:00:00+05:00")], "no time in UTC|no month"),
        ([stop("2031-01-02T10:00:00+00:00", where="-0.1,51.5")], "outside the British Isles"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, desk: Desk, rows: list[str], message: str) -> None:
    bad = file(tmp_path, "2031-01-surrey-stop-and-search.csv", *rows)
    with pytest.raises(Problem, match=message) as refused:
        load(shape, desk, bad)
    assert refused.value.file == bad.name


def test_without_a_name_nobody_knows_which_force(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem, match="which force"):
        load(shape, desk, file(tmp_path, "stops.csv", stop("2031-01-02T10:00:00+00:00")))


def entry(**changed: Any) -> dict[str, Any]:
    return {
        "age_range": "over 34",
        "outcome": "A no further action disposal",
        "involved_person": True,
        "self_defined_ethnicity": "White - Irish",
        "gender": "Male",
        "legislation": "Police and Criminal Evidence Act 1984 (section 1)",
        "outcome_linked_to_object_of_search": False,
        "datetime": "2031-06-30T23:45:00+00:00",
        "removal_of_more_than_outer_clothing": False,
        "outcome_object": {"id": "bu", "name": "A no further action disposal"},
        "location": {"latitude": "51.4", "longitude": "0.1", "street": {"id": 1, "name": "X"}},
        "operation": False,
        "officer_defined_ethnicity": "White",
        "type": "Person search",
        "operation_name": None,
        "object_of_search": "Stolen goods",
    } | changed


def test_quirk_24_the_api_has_other_fields_and_leaves_stops_out(tmp_path: Path, desk: Desk) -> None:
    text = json.dumps([entry(), entry(outcome=False, outcome_object={})])
    found = load(shape, desk, written(tmp_path, "stops.json", text))
    first, second = rows_of(found, "stop_searches")
    assert (first["local_date"], first["month"]) == (date(2031, 7, 1), date(2031, 7, 1))
    assert (first["ethnicity_self"], first["linked"]) == ("White: Irish", False)
    assert second["outcome"] is None
    assert any("leaves out stops" in note.words for note in found.notes)
    (unit,) = found.coverage
    assert unit.startswith("api-area-")


def test_quirk_24_in_a_real_answer(tmp_path: Path, desk: Desk) -> None:
    name = "api-stops-metropolitan-2024-09.json.gz"
    found = load(shape, desk, unzipped(shared("police-uk", name), tmp_path))
    assert len(rows_of(found, "stop_searches")) == 3253
    assert not [note for note in found.notes if note.kind == "unknown-label"]


def test_a_time_without_a_zone_is_refused(tmp_path: Path, desk: Desk) -> None:
    text = json.dumps([entry(), entry(datetime="2031-06-30T23:45:00")])
    with pytest.raises(Problem) as refused:
        load(shape, desk, written(tmp_path, "stops.json", text))
    assert refused.value.place == "entry 2"


def test_files_of_one_archive_are_one_load(tmp_path: Path, desk: Desk) -> None:
    one = file(tmp_path, "2031-01-surrey-stop-and-search.csv", stop("2031-01-02T10:00:00+00:00"))
    two = file(tmp_path, "2031-01-essex-stop-and-search.csv", stop("2031-01-02T10:00:00+00:00"))
    assert recognised(shape, one).shape.facts["unit"] == "surrey"
    assert len(loads(shape, desk, one, two)) == 1
