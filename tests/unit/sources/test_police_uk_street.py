"""Street-level crime: CSV files in the publisher's form, extracts, and answers of the API."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.shared_data import shared
from tests.unit.sources.given import candidate, load, loads, rows_of, unzipped, written

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.source import Candidate, Desk
from saferboard.analytics.sources.police_uk_street import shape
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.tables import catalogue
from saferboard.analytics.tables.catalogue import STREET_CRIMES
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

# What finds the area of a point, and the query that hands it points; a map is drawn from
# outlines of areas.
_TAKE_POINTS = {
    "measures/places.py",
    "measures/compile.py",
    "charts/hatching.py",
    "charts/map.py",
    "charts/map_names.py",
}
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
POINT = "-0.1,51.5,On or near Mill Lane,E01000001,Little 001A"
NO_POINT = ",,No Location,,"


def crime(
    month: str = "2031-01",
    *,
    id: str = "a1",
    where: str = POINT,
    kind: str = "Burglary",
    force: str = "Surrey Police",
    within: str | None = None,
) -> str:
    return f"{id},{month},{force},{within or force},{where},{kind},Under investigation,"


def file(folder: Path, name: str, *rows: str, header: str = HEADER) -> Candidate:
    return written(folder, name, "\n".join([header, *rows]) + "\n")


def test_rows_arrive_in_the_columns_of_the_lake(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, file(tmp_path, "2031-01-surrey-street.csv", crime()))
    assert rows_of(found, "street_crimes") == [
        {
            "crime_id": "a1",
            "month": date(2031, 1, 1),
            "unit": "surrey",
            "reported_by": "Surrey Police",
            "falls_within": "Surrey Police",
            "longitude": -0.1,
            "latitude": 51.5,
            "location": "On or near Mill Lane",
            "lsoa_code": "E01000001",
            "lsoa_name": "Little 001A",
            "crime_type": "burglary",
            "crime_label": "Burglary",
            "last_outcome": "Under investigation",
        }
    ]
    assert found.coverage == {"surrey": (Month(2031, 1),)}
    assert found.rows == {"2031-01-surrey-street.csv": 1}


def test_quirk_17_exact_repeats_within_a_file_are_kept(tmp_path: Path, desk: Desk) -> None:
    row = crime(id="", kind="Anti-social behaviour")
    found = load(shape, desk, file(tmp_path, "2031-01-surrey-street.csv", row, row, row))
    assert len(rows_of(found, "street_crimes")) == 3


def test_quirk_17_in_the_real_archive_one_row_in_thirteen_repeats(desk: Desk) -> None:
    one = shared("police-uk", "city-of-london-2024-to-2025", "2024-01-city-of-london-street.csv")
    found = load(shape, desk, candidate(one))
    lines = one.read_text().splitlines()[1:]
    assert len(rows_of(found, "street_crimes")) == len(lines)
    assert len(set(lines)) < len(lines)


def test_quirk_18_no_crime_id_and_no_lsoa_are_null_and_kept(tmp_path: Path, desk: Desk) -> None:
    railway = "British Transport Police"
    found = load(
        shape,
        desk,
        file(
            tmp_path,
            "2031-01-btp-street.csv",
            crime(id="", force=railway),
            crime(id="", force=railway, where="-0.1,51.5,Mill Lane (Station),,"),
        ),
        file(
            tmp_path,
            "2031-01-northern-ireland-street.csv",
            crime(id="n1", force="Police Service of Northern Ireland", where="-5.9,54.6,X,,"),
            # The same Crime ID twice is legitimate: one crime, two rows of the publisher.
            crime(id="n1", force="Police Service of Northern Ireland", where="-5.9,54.6,X,,"),
        ),
    )
    rows = rows_of(found, "street_crimes")
    assert [row["crime_id"] for row in rows if row["unit"] == "btp"] == [None, None]
    assert [row["lsoa_code"] for row in rows].count(None) == 3
    assert len(rows) == 4
    assert set(found.coverage) == {"btp", "northern-ireland"}


def test_quirk_19_no_location_has_no_point_and_is_counted(tmp_path: Path, desk: Desk) -> None:
    found = load(
        shape, desk, file(tmp_path, "2031-01-surrey-street.csv", crime(), crime(where=NO_POINT))
    )
    (lost,) = rows_of(found, "street_crimes", location="No Location")
    assert lost["longitude"] is None
    assert lost["lsoa_code"] is None
    (note,) = (note for note in found.notes if note.kind == "not-placed")
    assert note.total == 1
    assert "50.0%" in note.words


def test_quirk_20_rows_outside_the_force_keep_their_own_area(tmp_path: Path, desk: Desk) -> None:
    outside = "-3.1,51.6,On or near Far Street,W01000001,Far 001A"
    found = load(
        shape, desk, file(tmp_path, "2031-01-surrey-street.csv", crime(), crime(where=outside))
    )
    codes = [row["lsoa_code"] for row in rows_of(found, "street_crimes", unit="surrey")]
    assert codes == ["E01000001", "W01000001"]


def test_quirk_20_one_load_holds_both_editions_of_lsoas(tmp_path: Path, desk: Desk) -> None:
    """The publisher switched in early 2023: the code says which edition, the load does not."""
    found = load(
        shape,
        desk,
        file(tmp_path, "2022-12-surrey-street.csv", crime("2022-12")),
        file(
            tmp_path,
            "2023-04-surrey-street.csv",
            crime("2023-04", where="-0.1,51.5,On or near X,E01035000,Little 001F"),
        ),
    )
    codes = {row["lsoa_code"]: row["month"] for row in rows_of(found, "street_crimes")}
    assert codes == {"E01000001": date(2022, 12, 1), "E01035000": date(2023, 4, 1)}


def test_quirk_21_missing_and_short_months_are_noted(tmp_path: Path, desk: Desk) -> None:
    files = []
    for month in (1, 2, 3, 4, 5, 6, 8):
        rows = 10 if month == 5 else 200
        name = f"2031-{month:02d}-surrey-street.csv"
        files.append(file(tmp_path, name, *[crime(f"2031-{month:02d}")] * rows))
    found = load(shape, desk, *files)
    notes = {note.kind: note.words for note in found.notes}
    assert "no file for 2031-07" in notes["missing-month"]
    assert "2031-05 has 10 rows where 200 are usual" in notes["short-month"]
    assert Month(2031, 7) not in found.coverage["surrey"]


def test_a_file_without_a_row_covers_its_month(tmp_path: Path, desk: Desk) -> None:
    found = load(
        shape,
        desk,
        file(tmp_path, "2031-01-surrey-street.csv", crime()),
        file(tmp_path, "2031-02-surrey-street.csv"),
    )
    assert found.coverage["surrey"] == (Month(2031, 1), Month(2031, 2))


def test_overlapping_archives_are_two_releases(tmp_path: Path, desk: Desk) -> None:
    """Each holds January; the archive that ends later is the newer load."""
    old = file(tmp_path, "a.zip!2031-01/2031-01-surrey-street.csv", crime(id="old"))
    more = file(tmp_path, "b.zip!2031-01/2031-01-surrey-street.csv", crime(id="new"))
    last = file(tmp_path, "b.zip!2031-02/2031-02-surrey-street.csv", crime("2031-02"))
    first, second = loads(shape, desk, more, last, old)
    assert [row["crime_id"] for row in rows_of(first, "street_crimes")] == ["old"]
    assert second.coverage == {"surrey": (Month(2031, 1), Month(2031, 2))}


def test_a_renamed_file_of_one_force_and_month_is_as_good(tmp_path: Path, desk: Desk) -> None:
    found = load(shape, desk, file(tmp_path, "download (3).csv", crime(), crime()))
    assert found.dataset == "street"
    assert found.coverage == {"surrey": (Month(2031, 1),)}


def test_an_extract_of_many_months_covers_no_force(tmp_path: Path, desk: Desk) -> None:
    header = HEADER.removesuffix(",Context")
    early = crime("2011-05", force="", within="Surrey Police").removesuffix(",")
    late = crime("2031-02").removesuffix(",")
    found = load(shape, desk, file(tmp_path, "points.csv", early, late, header=header))
    assert found.dataset == "street-extract"
    assert "surrey" not in found.coverage
    assert {row["unit"] for row in rows_of(found, "street_crimes")} == {"surrey"}
    assert any("extract" in note.words for note in found.notes)


def test_unknown_categories_are_shown_with_their_totals(tmp_path: Path, desk: Desk) -> None:
    rows = [crime(kind="Time travel"), crime(kind="Time travel"), crime()]
    found = load(shape, desk, file(tmp_path, "2031-01-surrey-street.csv", *rows))
    (note,) = (note for note in found.notes if note.kind == "unknown-label")
    assert (note.total, "Time travel" in note.words) == (2, True)
    (kept, _) = rows_of(found, "street_crimes", crime_label="Time travel")
    assert kept["crime_type"] is None


@pytest.mark.parametrize(
    ("row", "message", "place"),
    [
        (crime("2031-02"), "says 2031-01, and a row in it says 2031-02", "line 3"),
        (crime("January"), "no month that can be read", "line 3"),
        (crime(where="51.5,-0.1,X,E01000001,Y"), "outside the British Isles", "line 3"),
        (crime(where="-0.1,,X,E01000001,Y"), "outside the British Isles", "line 3"),
        (crime(where="530000,180000,X,E01000001,Y"), "outside the British Isles", "line 3"),
    ],
)
def test_bad_rows_are_refused_with_file_and_line(
    tmp_path: Path, desk: Desk, row: str, message: str, place: str
) -> None:
    good = file(tmp_path, "2031-01-essex-street.csv", crime(force="Essex Police"))
    bad = file(tmp_path, "2031-01-surrey-street.csv", crime(), row)
    with pytest.raises(Problem, match=message) as refused:
        loads(shape, desk, good, bad)
    assert refused.value.file == bad.name
    assert refused.value.place == place


def test_a_row_of_no_force_needs_the_publishers_name(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Problem, match="which force"):
        load(shape, desk, file(tmp_path, "x.csv", crime(force="Borsetshire Police")))


def test_a_header_with_a_wrong_column_is_not_ours(tmp_path: Path) -> None:
    wrong = file(tmp_path, "2031-01-surrey-street.csv", crime(), header=HEADER + ",Extra")
    assert shape.recognise(wrong) is None
    less = HEADER.replace("Falls within,", "")
    assert shape.recognise(file(tmp_path, "b.csv", crime(), header=less)) is None


def entry(**changed: Any) -> dict[str, Any]:
    return {
        "category": "violent-crime",
        "location_type": "Force",
        "location": {
            "latitude": "51.9",
            "longitude": "-2.09",
            "street": {"id": 1, "name": "On or near Elm Street"},
        },
        "context": "",
        "outcome_status": {"category": "Local resolution", "date": "2031-02"},
        "persistent_id": "p1",
        "id": 1,
        "location_subtype": "",
        "month": "2031-01",
    } | changed


def answer(folder: Path, *entries: dict[str, Any]) -> Candidate:
    return written(folder, "answer.json", json.dumps(list(entries)))


def test_quirk_24_the_api_names_the_same_things_differently(tmp_path: Path, desk: Desk) -> None:
    none = {"category": "anti-social-behaviour", "persistent_id": "", "outcome_status": None}
    found = load(shape, desk, answer(tmp_path, entry(), entry(**none), entry(location=None)))
    first, second, third = rows_of(found, "street_crimes")
    assert (first["crime_type"], first["crime_label"]) == (
        "violence-and-sexual-offences",
        "Violence and sexual offences",
    )
    assert (first["crime_id"], first["last_outcome"]) == ("p1", "Local resolution")
    assert (first["longitude"], first["location"]) == (-2.09, "On or near Elm Street")
    assert (second["crime_id"], second["last_outcome"]) == (None, None)
    assert third["longitude"] is None
    (unit,) = found.coverage
    assert unit.startswith("api-area-")  # an area's answer is never a force's month


def test_quirk_24_in_a_real_answer(desk: Desk) -> None:
    found = load(shape, desk, candidate(shared("police-uk", "api-street-cheltenham-2021-05.json")))
    rows = rows_of(found, "street_crimes")
    assert len(rows) == 469
    assert not [row for row in rows if row["crime_type"] is None]


def test_answers_that_are_none_are_refused(tmp_path: Path, desk: Desk) -> None:
    text = json.dumps([entry()])
    cut = written(tmp_path, "cut.json", text[:-20])
    with pytest.raises(Problem, match="cut short"):
        load(shape, desk, cut)
    framed = written(tmp_path, "framed.json", json.dumps({"crimes": [entry()]}))
    with pytest.raises(Problem, match="not a list"):
        load(shape, desk, framed)
    with pytest.raises(Problem, match="“month” is missing") as refused:
        load(shape, desk, answer(tmp_path, entry(), entry(month=None)))
    assert refused.value.place == "entry 2"
    off = {"latitude": "5190", "longitude": "-209"}
    with pytest.raises(Problem, match="outside the British Isles"):
        load(shape, desk, answer(tmp_path, entry(location=off)))


def test_the_real_extract_of_burglary_points(tmp_path: Path, desk: Desk) -> None:
    name = "burglary-points-barnet-brent-harrow-2010-12-to-2025-02.csv.gz"
    found = load(shape, desk, unzipped(shared("police-uk", name), tmp_path))
    assert found.dataset == "street-extract"
    assert sum(found.rows.values()) == 108_996
    assert not [note for note in found.notes if note.kind == "unknown-label"]


def test_two_files_that_disagree_about_a_month_are_both_refused(tmp_path: Path) -> None:
    name = "2031-01-surrey-street.csv"
    one = file(tmp_path / "a", name, crime(id="a"))
    two = file(tmp_path / "b", name, crime(id="b"))
    other = file(tmp_path / "c", "2031-02-surrey-street.csv", crime("2031-02"))
    paths = [one.path.parent, two.path.parent, other.path]
    report = add(tmp_path / "lake", paths, sources(), now=datetime(2031, 3, 1, tzinfo=UTC))
    assert len(report.refused) == 2
    assert all("not the same" in refused.problem.message for refused in report.refused)
    (vintage,) = report.read
    assert vintage.coverage == {"surrey": (Month(2031, 2),)}


def test_quirk_17_the_same_file_again_counts_once(tmp_path: Path) -> None:
    one = file(tmp_path, "2031-01-surrey-street.csv", crime(id=""), crime(id=""))
    for _ in range(2):
        report = add(tmp_path / "lake", [one.path], sources(), now=datetime(2031, 3, 1, tzinfo=UTC))
    assert not report.read
    lake = Lake.open(tmp_path / "lake")
    rows = lake.run(lake.table("street_crimes")).num_rows
    lake.close()
    assert rows == 2


def test_quirk_25_points_are_snapped_and_time_is_the_month(tmp_path: Path, desk: Desk) -> None:
    """A point stands for eight addresses or more: whoever reads the table is told so, it holds
    no day or hour, and of the analysis only what finds the area of a point takes points at all."""
    columns = {one.name: one for one in STREET_CRIMES.columns}
    assert "snapped" in columns["longitude"].about
    assert "snapped" in columns["latitude"].about
    assert columns["month"].about == "First day of the month"
    assert not {"day", "date", "time", "hour"} & set(columns)
    found = load(shape, desk, file(tmp_path, "2031-01-surrey-street.csv", crime()))
    assert {row["month"].day for row in rows_of(found, "street_crimes")} == {1}
    analytics = Path(catalogue.__file__).parent.parent
    users = {
        f"{path.parent.name}/{path.name}"
        for part in ("measures", "stats", "charts", "packs", "facts", "disclosure")
        for path in (analytics / part).rglob("*.py")
        if re.search(r"\b(latitudes?|haversine)\b", path.read_text("utf-8"))
    }
    assert users <= _TAKE_POINTS
    for name in ("hatching.py", "map.py", "map_names.py"):
        assert "street_crimes" not in (analytics / "charts" / name).read_text("utf-8")
