"""Charts: facts become marks; gaps stay gaps, the area is marked, every specification is valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import altair
import pytest
from shapely.geometry import Point, shape
from tests.results_parts import AREA, PEERS, SHEDS, TO, control, fact, ranked, trend

from saferboard.analytics.charts.areas import areas_chart
from saferboard.analytics.charts.control import control_chart
from saferboard.analytics.charts.hatching import hatched
from saferboard.analytics.charts.map import area_map, band_limits
from saferboard.analytics.charts.map_names import Projection, named_places
from saferboard.analytics.charts.pairs import pairs_chart
from saferboard.analytics.charts.trend import trend_chart
from saferboard.vocabulary.period import Period


def square(x: float, y: float, size: float = 0.02):
    ring = [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def wards(values):
    period = Period.year_to(TO)
    return [
        (f"W{at}", f"Ward {at}", fact("m", "rate", value, period, area=f"W{at}", per=1000))
        for at, value in enumerate(values)
    ]


def all_charts():
    outlines = {f"W{at}": square(0.02 * at, 51.5) for at in range(6)}
    areas = wards([1.0, 2.0, 3.0, 4.0, 5.0, None])
    pairs = [("Robbery", areas[0][2], areas[1][2]), ("Arson", areas[2][2], None)]
    return {
        "trend": trend_chart("t", "T", "offences", trend("m", 150.0, missing=20), (SHEDS,)),
        "areas": areas_chart("a", "A", ranked("m", "similar", "Similar", PEERS)),
        "control": control_chart("c", "C", "offences", control("m")),
        "map": area_map("m", "M", "per 1,000", areas, outlines, banded=True, unclear=["W1"]),
        "circles": area_map("n", "N", "offences", areas, outlines, banded=False),
        "pairs": pairs_chart("p", "P", pairs),
    }


@pytest.mark.parametrize("name", ["trend", "areas", "control", "map", "circles", "pairs"])
def test_every_specification_follows_the_vega_lite_schema(name):
    altair.Chart.from_dict(dict(all_charts()[name].spec), validate=True)


@pytest.mark.parametrize("name", ["trend", "areas", "control", "map", "circles", "pairs"])
def test_every_series_fits_its_categories(name):
    chart = all_charts()[name]
    assert chart.series
    for series in chart.series:
        assert len(series.points) == len(chart.categories)


def test_a_missing_month_is_a_gap_and_never_zero():
    chart = trend_chart("t", "T", "offences", trend("m", 150.0, months=36, missing=20))
    assert chart.series[0].points[20] is None
    assert chart.spec["data"]["values"][20]["value"] is None
    assert chart.marks[20] == "missing"


def test_exceptions_watch_months_and_the_provisional_month_are_marked():
    chart = trend_chart("t", "T", "offences", trend("m", 150.0))
    assert chart.marks[34] == "exception"
    assert chart.marks[33] == "watch"
    assert chart.marks[35] == "provisional"
    marks = [row["mark"] for row in chart.spec["data"]["values"]]
    assert marks[33:] == ["watch", "exception", "provisional"]
    unusual = chart.series[-1]
    assert unusual.role == "highlight"
    assert [at for at, point in enumerate(unusual.points) if point] == [33, 34]


def test_a_break_inside_the_months_is_a_rule_and_one_outside_is_not():
    inside = trend_chart("t", "T", "offences", trend("m", 150.0), (SHEDS,))
    before = replace(SHEDS, date=SHEDS.date.replace(year=2012))
    outside = trend_chart("t", "T", "offences", trend("m", 150.0), (before,))
    assert "break" in inside.marks.values()
    assert "break" not in outside.marks.values()
    assert len(inside.spec["layer"]) == len(outside.spec["layer"]) + 1


def test_an_unusual_period_is_a_ground_with_words_and_its_months_are_marked():
    points = trend("m", 150.0)
    first, last = points[3].month, points[6].month
    odd = replace(SHEDS, date=first.first_day, until=last.last_day)
    chart = trend_chart("t", "T", "offences", points, (odd,))
    plain = trend_chart("t", "T", "offences", points)
    assert [at for at, mark in chart.marks.items() if "not judged" in mark] == [3, 4, 5, 6]
    assert "break" not in chart.marks.values()
    assert len(chart.spec["layer"]) == len(plain.spec["layer"]) + 1
    away = replace(odd, date=date(2001, 1, 1), until=date(2001, 2, 1))
    assert trend_chart("t", "T", "offences", points, (away,)).spec == plain.spec


def test_a_series_without_limits_has_no_band():
    bare = tuple(replace(point, lower=None, upper=None) for point in trend("m", 150.0))
    chart = trend_chart("t", "T", "offences", bare)
    assert [series.role for series in chart.series] == ["main", "highlight"]


def test_the_area_is_marked_and_the_best_comes_first():
    chart = areas_chart("a", "A", ranked("m", "similar", "Similar", PEERS))
    place = chart.categories.index(AREA.name)
    assert chart.marks == {place: "this area"}
    values = [point.value for point in chart.series[0].points if point]
    assert values == sorted(values)
    assert [series.name for series in chart.series[1:]] == ["Likely from", "Likely to", "Average"]


def test_an_area_without_a_figure_is_left_out_of_the_bars():
    ranking = ranked("m", "similar", "Similar", PEERS)
    gone = replace(ranking.peers[0], fact=replace(ranking.peers[0].fact, value=None))
    chart = areas_chart("a", "A", replace(ranking, peers=(gone, *ranking.peers[1:])))
    assert gone.area_name not in chart.categories


def test_bands_hold_about_as_many_areas_each():
    limits = band_limits([float(value) for value in range(1, 26)])
    assert limits == (6.0, 11.0, 16.0, 21.0)
    assert band_limits([3.0, 3.0, 3.0]) == ()
    assert band_limits([]) == ()


def test_an_area_without_a_figure_is_in_no_band():
    outlines = {f"W{at}": square(0.02 * at, 51.5) for at in range(6)}
    areas = wards([1.0, 2.0, 3.0, 4.0, 5.0, None])
    chart = area_map("m", "M", "rate", areas, outlines, banded=True)
    bands = [feature["properties"]["band"] for feature in chart.spec["data"]["values"]]
    assert bands[5] == "no figure"
    assert bands[0].startswith("under ")
    assert bands[4].endswith(" and over")


def test_names_on_a_map_never_cover_one_another_or_a_figure() -> None:
    crowd = [
        {
            "name": f"Ward of a long name {number}",
            "longitude": 0.02 * (number % 10),
            "latitude": 51 + 0.008 * (number // 10),
            "value": 10 + number,
            "shown": str(10 + number),
        }
        for number in range(120)
    ]
    width, height, size = 520.0, 400.0, 10.5
    projection = Projection.fitted(
        [(place["longitude"], place["latitude"]) for place in crowd], width, height
    )
    named = named_places(crowd, projection, (width, height), largest_circle=1000)
    assert 0 < len(named) < len(crowd), "some have to be left out"

    def box(place: dict[str, Any], wide: float, high: float) -> tuple[float, ...]:
        x, y = projection.pixel(place["longitude"], place["latitude"])
        return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2

    def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
        return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

    boxes = [box(place, 0.5 * size * len(place["name"]), size) for place in named]
    figures = [box(place, 12, 11) for place in crowd]
    assert not any(meet(a, b) for a, b in combinations(boxes, 2))
    assert not any(meet(a, b) for a in boxes for b in figures)
    assert all(a[0] >= 0 and a[2] <= width and a[1] >= 0 and a[3] <= height for a in boxes)


def test_a_place_of_the_projection_comes_back() -> None:
    projection = Projection.fitted([(-0.3, 51.55), (-0.1, 51.67)], 500, 400)
    x, y = projection.pixel(-0.2, 51.6)
    assert projection.place(x, y) == pytest.approx((-0.2, 51.6))
    assert projection.pixel(-0.3, 51.67)[0] >= -1e-9


def test_hatching_lies_inside_its_area_and_covers_it() -> None:
    """Lines a twentieth of its height apart leave no circle of that size free."""
    area = {
        "type": "Polygon",
        "coordinates": [[[0, 51], [0.2, 51], [0.2, 51.1], [0, 51.1], [0, 51]]],
    }
    lines = shape(hatched(area, 0.005))
    assert shape(area).buffer(1e-9).covers(lines)
    assert lines.distance(Point(0.1, 51.05)) < 0.005
    assert hatched(area, 5.0) is None


def test_a_map_hatches_the_areas_that_do_not_differ() -> None:
    areas = wards([1.0, 2.0, 3.0, 4.0, 5.0, None])
    outlines = {code: square(0.02 * at, 51.5) for at, (code, _, _) in enumerate(areas)}
    code = areas[0][0]
    plainly = area_map("m", "Map", "per 1,000", areas, outlines, banded=True)
    marked = area_map("m", "Map", "per 1,000", areas, outlines, banded=True, unclear=[code])
    assert len(marked.spec["layer"]) == len(plainly.spec["layer"]) + 1
    (line,) = marked.spec["layer"][1]["data"]["values"]
    assert line["geometry"]["type"] == "MultiLineString"
