"""Charts as pictures: drawn once, in the theme, with nothing fetched."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageStat
from tests.documents_figures import rates, trend, ward_map
from tests.documents_fixture import everything

from saferboard.documents.model import Look
from saferboard.documents.render import pictures as module
from saferboard.documents.render.pictures import NARROW_WIDTH, Pictures
from saferboard.documents.render.side import Beside
from saferboard.documents.themes.palette import readable
from saferboard.vocabulary.problem import Problem


def grey(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def width(svg: str) -> float:
    found = re.search(r'viewBox="0 0 ([\d.]+)', svg)
    assert found
    return float(found[1])


def test_the_theme_gives_roles_their_looks() -> None:
    svg = Pictures(Look(brand="#004488")).svg(trend("a").chart)
    assert 'stroke="#004488"' in svg and "stroke-dasharray" in svg
    assert "Source Sans Pro" in svg


def test_a_narrow_drawing_fits_a_telephone_and_a_map_has_only_one() -> None:
    drawn = Pictures()
    for chart in (trend("a").chart, rates("b").chart):
        assert width(drawn.svg(chart, "narrow")) <= NARROW_WIDTH + 2
        assert width(drawn.svg(chart)) > NARROW_WIDTH
    chart = ward_map("c").chart
    assert width(drawn.svg(chart, "narrow")) == width(drawn.svg(chart))


def test_single_marks_carry_no_roles_and_ids_are_the_charts_own() -> None:
    svg = Pictures().svg(trend("a").chart)
    assert "aria-" not in svg and "role=" not in svg
    assert all(name.startswith("a-wide-") for name in re.findall(r'\bid="([^"]+)', svg))


def test_pictures_drawn_ahead_are_those_drawn_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = everything(1)
    ahead, single = Pictures(document.look), Pictures(document.look)
    ahead.draw(document)
    chart = trend("measure-0-trend", start=180).chart
    assert ahead.svg(chart) == single.svg(chart)
    # Ahead they are drawn with small files of the same letters, whose edges differ by a shade.
    difference = ImageChops.difference(grey(ahead.png(chart)), grey(single.png(chart)))
    assert difference.getextrema()[1] < 80
    assert ImageStat.Stat(difference).mean[0] < 0.2
    monkeypatch.setattr(module, "draw_svg", lambda _: pytest.fail("drawn twice"))
    ahead.draw(document)


def test_a_png_is_twice_the_size_of_its_drawing() -> None:
    drawn, chart = Pictures(), trend("a").chart
    png = drawn.png(chart)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == pytest.approx(2 * width(drawn.svg(chart)), abs=2)


def test_nothing_is_fetched_for_a_chart() -> None:
    chart = trend("a").chart
    outside = replace(chart, spec={**chart.spec, "data": {"url": "https://example.org/x.csv"}})
    with pytest.raises(ValueError):
        Pictures().svg(outside)


def test_a_side_process_gives_results_and_passes_problems_on() -> None:
    assert Beside.start(round, 2.6).result() == 3
    with pytest.raises(Problem, match="teal"):
        Beside.start(readable, "teal").result()
