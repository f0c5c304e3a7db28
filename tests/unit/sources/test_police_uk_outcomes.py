"""Outcomes are events: a crime comes again, and only some outcomes are positive."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from tests.shared_data import shared
from tests.unit.sources.given import Candidate, candidate, load, rows_of, written

from saferboard.analytics.intake.source import Desk
from saferboard.analytics.sources.police_uk_outcomes import shape
from saferboard.analytics.sources.police_uk_street import shape as street
from saferboard.vocabulary.problem import Problem

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type"
)


def outcome(said: str, *, id: str = "a1", month: str = "2031-01", where: str = "-0.1,51.5") -> str:
    place = f"{where},On or near X,E01000001,Little 001A"
    return f"{id},{month},Surrey Police,Surrey Police,{place},{said}"


def file(folder: Path, *lines: str) -> Candidate:
    return written(folder, "2031-01-surrey-outcomes.csv", "\n".join([HEADER, *lines]) + "\n")


def test_quirk_22_outcomes_are_events_of_their_own_vocabulary(tmp_path: Path, desk: Desk) -> None:
    found = load(
        shape,
        desk,
        file(
            tmp_path,
            outcome("Suspect charged"),
            outcome("Offender sent to prison"),
            outcome("Unable to prosecute suspect", id="b2"),
        ),
    )
    events = rows_of(found, "street_outcomes")
    assert Counter(row["crime_id"] for row in events) == {"a1": 2, "b2": 1}
    positive = {row["outcome"]: row["positive"] for row in events}
    # The court's result is a later event of a crime that was charged: not counted again.
    assert positive == {
        "Suspect charged": True,
        "Offender sent to prison": False,
        "Unable to prosecute suspect": False,
    }


def test_quirk_22_words_of_the_street_files_alone_are_not_ours(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, file(tmp_path, outcome("Suspect charged"), outcome("Sent to Mars")))
    (note,) = (note for note in found.notes if note.kind == "unknown-label")
    assert note.total == 1
    (strange,) = rows_of(found, "street_outcomes", outcome="Sent to Mars")
    assert strange["positive"] is None


def test_quirk_22_every_word_of_the_real_files_is_known(tmp_path: Path, desk: Desk) -> None:
    archive = shared("police-uk", "cambridgeshire-outcomes-2019-to-2020.zip")
    with ZipFile(archive) as opened:
        opened.extractall(tmp_path, [name for name in opened.namelist() if "/2019-0" in name])
    files = [candidate(path) for path in sorted(tmp_path.rglob("*.csv"))]
    found = load(shape, desk, *files)
    assert not [note for note in found.notes if note.kind == "unknown-label"]
    events = rows_of(found, "street_outcomes")
    ids = Counter(row["crime_id"] for row in events if row["crime_id"])
    assert max(ids.values()) > 1
    assert any(row["positive"] for row in events)


def test_no_outcome_is_in_two_lists() -> None:
    text = (Path(shape.__file__).parent / "labels.yaml").read_text(encoding="utf-8")
    listed = [label for labels in yaml.safe_load(text).values() for label in labels]
    assert len(listed) == len(set(listed)) == len(shape.positive())


def test_a_month_that_is_not_the_files_is_refused(tmp_path: Path, desk: Desk) -> None:
    bad = file(tmp_path, outcome("Suspect charged"), outcome("Suspect charged", month="2030-12"))
    with pytest.raises(Problem, match="2030-12") as refused:
        load(shape, desk, bad)
    assert refused.value.place == "line 3"


def test_quirk_24_outcomes_of_the_api_hold_the_crime_inside(tmp_path: Path, desk: Desk) -> None:
    place = {"latitude": "51.5", "longitude": "-0.1", "street": {"id": 1, "name": "X"}}
    entry = {
        "category": {"code": "charged", "name": "Suspect charged"},
        "date": "2031-01",
        "person_id": None,
        "crime": {
            "category": "drugs",
            "persistent_id": "p1",
            "location": place,
            "location_type": "Force",
        },
    }
    one = written(tmp_path, "outcomes.json", json.dumps([entry]))
    assert street.recognise(one) is None
    found = load(shape, desk, one)
    (event,) = rows_of(found, "street_outcomes")
    assert (event["crime_id"], event["positive"], event["longitude"]) == ("p1", True, -0.1)
