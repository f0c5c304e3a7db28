"""The same definitions give the same summary on Spark as on DuckDB. `make test-spark`."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
from tests.unit.measures.made import (
    borough_csv,
    lookup_csv,
    make,
    months,
    residents_csv,
    return_csv,
    usual_counts,
)

from saferboard.analytics.measures.as_json import summary_json
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
        reason="needs the extra [spark] and Java",
    ),
]

SPAN = months("2019-01", "2023-12")
STREET_HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOME_HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type"
)
FORCE = "Hertfordshire Constabulary"
PLACE = f"{FORCE},{FORCE},-0.4,51.6,On or near A Street,E01035000,Three Rivers 001A"


def _force_files() -> dict[str, str]:
    """Two years of one district: nuisance, vehicle crime and an outcome of every third."""
    files = {}
    for at, month in enumerate(months("2022-01", "2023-12")):
        crimes, outcomes = [STREET_HEAD], [OUTCOME_HEAD]
        crimes += [f",{month},{PLACE},Anti-social behaviour,,"] * (40 + at % 5)
        for number in range(6 + at % 4):
            crime = f"{at:032x}{number:032x}"
            crimes.append(f"{crime},{month},{PLACE},Vehicle crime,,")
            if number % 3 == 0:
                outcomes.append(f"{crime},{month},{PLACE},Suspect charged")
        for kind, lines in (("street", crimes), ("outcomes", outcomes)):
            name = f"{month}/{month}-hertfordshire-{kind}.csv"
            files[name] = "\n".join(lines) + "\n"
    return files


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five boroughs with residents, one district with street crime, and a partner's return."""
    calls = [
        f"asb-calls,E09000003,,{month},{month},,{700 + at % 9},,,,yes,Community safety team,"
        for at, month in enumerate(SPAN)
    ]
    files = {
        "borough.csv": borough_csv(SPAN, usual_counts(SPAN, 1.4)),
        "lookup.csv": lookup_csv(),
        "residents.csv": residents_csv(),
        "return.csv": return_csv(*calls),
        **_force_files(),
    }
    return make(tmp_path_factory.mktemp("spark-measures"), files)


@pytest.mark.parametrize(
    ("area", "measures"),
    [
        (
            "Barnet",
            ["residential-burglary", "burglary", "personal-robbery", "total-recorded-crime",
             "asb-calls"],
        ),
        (Area("E07000102", "Three Rivers", "authority"),
         ["asb", "vehicle-crime", "positive-outcome-rate-vehicle-crime"]),
    ],
)  # fmt: skip
def test_every_figure_is_the_same(lake: Path, area: str | Area, measures: list[str]) -> None:
    answers = {}
    for engine in ("duckdb", "spark"):
        with Lake.open(lake, engine=engine) as opened:
            result = summarise(opened, area, to=Month(2023, 12), measures=measures)
        assert all(one.missing is None for one in result.measures), [
            (one.measure, one.missing) for one in result.measures
        ]
        answers[engine] = (summary_json(result), result.sheet.to_json())
    assert answers["spark"] == answers["duckdb"]
