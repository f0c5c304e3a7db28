"""The London Fire Brigade's incidents, mobilisations and stations."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading import loads, real, rows, sample, total, written

from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

TABLE = "published_counts"


def test_incidents_are_counted_by_borough_ward_and_kind(tmp_path: Path) -> None:
    (load,) = loads("lfb-incidents", written(tmp_path / "lfb.csv", sample("lfb-incidents")))
    borough = {"area_code": "E09000003", "breakdown": None}
    assert total(load, TABLE, **borough) == 3
    assert total(load, TABLE, minor="Lift Release", **borough) == 1
    assert total(load, TABLE, minor="Primary Fire", **borough) == 1
    assert total(load, TABLE, area_code="E05013637", breakdown=None) == 2
    assert total(load, TABLE, area_code="E09000003", breakdown="property=Dwelling") == 2
    assert load.coverage == {"london-fire-brigade": (Month(2020, 1), Month(2020, 2))}


def test_an_incident_that_stands_twice_counts_once(tmp_path: Path) -> None:
    text = sample("lfb-incidents")
    twice = text + text.splitlines()[1]
    (load,) = loads("lfb-incidents", written(tmp_path / "lfb.csv", twice))
    assert total(load, TABLE, area_code="E09000003", breakdown=None) == 3
    assert [(note.kind, note.total) for note in load.notes] == [("overlap", 1.0)]


def test_a_date_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    text = sample("lfb-incidents").replace("03 Feb 2020", "30 Feb 2020")
    with pytest.raises(Problem) as caught:
        loads("lfb-incidents", written(tmp_path / "lfb.csv", text))
    assert caught.value.place == "line 4, column “DateOfCall”"


@pytest.mark.parametrize(
    ("parts", "dataset", "read"),
    [
        (("incidents_sample.csv",), "lfb-incidents", 5),
        (("fainass", "LFB Incident data.csv"), "lfb-incidents", 20),
        (("mobilisation_sample.csv",), "lfb-mobilisations", 5),
        (("fainass", "LFB Mobilisation data.csv"), "lfb-mobilisations", 20),
        (("Londons_fire_stations.csv",), "lfb-stations", 271),
    ],
)
def test_every_real_file_loads(parts: tuple[str, ...], dataset: str, read: int) -> None:
    (load,) = real("lfb-incidents", "lfb", *parts)
    assert load.dataset == dataset
    assert sum(load.rows.values()) == read
    if dataset == "lfb-stations":
        codes = [row["code"] for row in rows(load, "areas")]
        assert len(set(codes)) == len(codes) == read
    elif dataset == "lfb-mobilisations":
        assert total(load, TABLE, breakdown=None) == read
    else:
        kinds = {row["area_kind"] for row in rows(load, TABLE)}
        assert kinds == {"authority", "ward"}
        assert total(load, TABLE, breakdown=None, area_kind="authority") == read
