"""The funnel, from the files of a publisher to the five formats: the limits are those that the
formula gives by hand, a page says what they mean, and the slide's chart can be edited."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from pptx import Presentation
from pptx.chart.plot import XyPlot
from tests.five_formats import assert_same_figures
from tests.unit.measures.made import borough_csv, lookup_csv, make, months, return_csv, seasonal

from saferboard.analytics.measures.results import Funnel, MeasureResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.packs.funnels import funnel_in, funnel_sentence
from saferboard.analytics.packs.make import material_of
from saferboard.analytics.packs.performance.compose import compose
from saferboard.analytics.store.lake import Lake
from saferboard.documents.model import Document, Figure, plain
from saferboard.documents.render.formats import RENDERERS, render_all
from saferboard.vocabulary.period import Month

LEVELS = {
    "Barnet": 60, "Brent": 64, "Harrow": 44, "Camden": 58, "Ealing": 62, "Enfield": 55,
    "Bromley": 53, "Croydon": 66, "Sutton": 47, "Merton": 51, "Barking and Dagenham": 57,
    "Westminster": 190,
}  # fmt: skip
CODES = {
    "Barnet": "E09000003", "Brent": "E09000005", "Harrow": "E09000015", "Camden": "E09000007",
    "Ealing": "E09000009", "Enfield": "E09000010", "Bromley": "E09000006", "Croydon": "E09000008",
    "Sutton": "E09000029", "Merton": "E09000024", "Barking and Dagenham": "E09000002",
    "Westminster": "E09000033",
}  # fmt: skip
SPAN = months("2019-01", "2023-12")
PEOPLE = 300000
KEY = "personal-robbery"


def residents() -> str:
    head = (
        "Code,Name,Year,Source,Population,Inland_Area _Hectares,Total_Area_Hectares,"
        "Population_per_hectare,Square_Kilometres,Population_per_square_kilometre"
    )
    rows = [f"{code},{name},2023,ONS MYE,{PEOPLE},1,1,1,1,1" for name, code in CODES.items()]
    return "\n".join([head, *rows]) + "\n"


def files(levels: dict[str, int]) -> dict[str, str]:
    counts = {
        ("Robbery", "Robbery of Personal Property", name): seasonal(level, SPAN)
        for name, level in levels.items()
    }
    calls = [
        f"asb-calls,{CODES[name]},,2023-01,2023-12,,{20 * level},,,,yes,Councils,"
        for name, level in levels.items()
    ]
    return {
        "borough.csv": borough_csv(SPAN, counts),
        "residents.csv": residents(),
        "lookup.csv": lookup_csv(),
        "return.csv": return_csv(*calls),
    }


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("funnel"), files(LEVELS))


def measured(lake: Path, area: str, *keys: str, funnels: bool = True) -> tuple[MeasureResult, ...]:
    with Lake.open(lake) as held:
        return summarise(
            held, area, to=Month(2023, 12), measures=list(keys) or [KEY], funnels=funnels
        ).measures


def funnel_of(result: MeasureResult) -> Funnel:
    held = funnel_in(result)
    assert held is not None
    return held[1]


def test_limits_are_those_of_the_formula_by_hand(lake: Path) -> None:
    (one,) = measured(lake, "Barnet")
    funnel = funnel_of(one)
    counts = {name: sum(seasonal(level, SPAN)[-12:]) for name, level in LEVELS.items()}
    target = sum(counts.values()) / (PEOPLE * len(counts))
    z = {name: math.log(x / PEOPLE / target) * math.sqrt(x) for name, x in counts.items()}
    low, high = np.quantile(list(z.values()), [0.1, 0.9])
    n = len(counts)
    phi = sum(min(max(one, low), high) ** 2 for one in z.values()) / n
    weights = list(counts.values())
    room = sum(weights) - sum(w * w for w in weights) / sum(weights)
    tau2 = max(0.0, (n * phi - (n - 1)) / room)
    assert [area.rate.n for area in funnel.areas] == sorted(counts.values())
    for area in funnel.areas:
        reach = math.sqrt(1 / counts[area.area_name] + tau2)
        per = area.rate.per or 0
        for fact, quantile in ((area.inner, 1.959964), (area.outer, 3.090232)):
            assert fact.interval is not None
            assert fact.interval.low == pytest.approx(per * target * math.exp(-quantile * reach))
            assert fact.interval.high == pytest.approx(per * target * math.exp(quantile * reach))


def test_what_the_limits_say_stands_in_plain_words(lake: Path) -> None:
    (inside,) = measured(lake, "Barnet")
    assert "inside the limits: the difference from the set is no more than chance" in plain(
        funnel_sentence(inside)
    )
    (outside,) = measured(lake, "Westminster")
    said = plain(funnel_sentence(outside))
    assert "above the 99.8% limits: higher than chance" in said
    (low,) = measured(lake, "Harrow")
    assert funnel_of(low).own is not None


def test_a_return_of_ten_areas_has_a_funnel_too(lake: Path) -> None:
    (one,) = measured(lake, "Barnet", "asb-calls")
    assert len(funnel_of(one).areas) == 12


def test_a_funnel_is_made_only_where_it_is_asked_for_and_ten_areas_have_data(
    lake: Path, tmp_path: Path
) -> None:
    (unasked,) = measured(lake, "Barnet", funnels=False)
    assert funnel_in(unasked) is None
    few = {name: LEVELS[name] for name in list(LEVELS)[:9]}
    (one,) = measured(make(tmp_path, files(few)), "Barnet")
    assert funnel_in(one) is None
    assert funnel_sentence(one) == ()


@pytest.fixture(scope="module")
def pack(lake: Path) -> tuple[Document, dict[str, bytes]]:
    with Lake.open(lake) as held:
        result = summarise(
            held, "Westminster", to=Month(2023, 12), measures=[KEY, "asb-calls"], funnels=True
        )
    document = compose(material_of(result, None))
    return document, {str(key): data for key, data in render_all(document, list(RENDERERS)).items()}


def test_the_page_is_in_all_five_formats_with_a_table_behind_each_plot(
    pack: tuple[Document, dict[str, bytes]],
) -> None:
    document, rendered = pack
    (section,) = [one for one in document.sections if one.anchor == "funnels"]
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    assert len(figures) == 2
    for figure in figures:
        assert figure.chart.kind == "funnel"
        assert figure.table is not None
        assert len(figure.table.body) == len(figure.chart.across) == 12
        along = [place.value for place in figure.chart.across]
        assert along == sorted(along)
    assert_same_figures(document, rendered)


def test_the_slide_and_the_workbook_have_charts_of_points_that_can_be_edited(
    pack: tuple[Document, dict[str, bytes]],
) -> None:
    _, rendered = pack
    shown = [
        shape.chart
        for slide in Presentation(io.BytesIO(rendered["pptx"])).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    scattered = [chart for chart in shown if isinstance(chart.plots[0], XyPlot)]
    assert len(scattered) == 2
    areas, own, together, *limits = scattered[0].plots[0].series
    assert len(areas.values) == 12
    assert (own.name, len(own.values)) == ("Westminster", 1)
    assert len(set(together.values)) == 1
    assert [one.name for one in limits] == [
        "95% limit, lower", "95% limit, upper", "99.8% limit, lower", "99.8% limit, upper",
    ]  # fmt: skip
    assert all(low < high for low, high in zip(limits[0].values, limits[1].values, strict=True))
    book = openpyxl.load_workbook(io.BytesIO(rendered["xlsx"]))
    kinds = [type(chart).__name__ for sheet in book.worksheets for chart in sheet._charts]
    assert kinds.count("ScatterChart") == 2
