"""Slides: nothing runs over, charts are native, every picture has words, templates are kept."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.chart.plot import XyPlot
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn
from pptx.util import Inches
from tests.documents_figures import rates, trend
from tests.documents_fixture import everything, summary_table
from tests.documents_parts import head, label, text

from saferboard.documents.model import (
    Bullets,
    Cell,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Look,
    Note,
    Paragraph,
    Section,
    Table,
)
from saferboard.documents.render import pptx
from saferboard.documents.render.fitting import lines
from saferboard.documents.render.native_charts import add_chart
from saferboard.documents.themes.palette import Palette
from saferboard.vocabulary.problem import Problem

DOCUMENT = everything(2)


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


@pytest.fixture(scope="module")
def deck() -> Any:
    return opened(pptx.render(DOCUMENT))


def frames(deck: Any, kind: str) -> list[Any]:
    return [
        shape
        for slide in deck.slides
        for shape in slide.shapes
        if getattr(shape, f"has_{kind}", False)
    ]


def text_height(shape: Any) -> float:
    """Points that the words of a shape take, measured anew from what was written."""
    frame = shape.text_frame
    room = (shape.width - frame.margin_left - frame.margin_right) / 12700
    total = (frame.margin_top + frame.margin_bottom) / 12700
    for paragraph in frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        size = max(sizes, default=10)
        total += lines(paragraph.text, size, room) * size * 1.2
    return total


def assert_nothing_runs_over(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, (number, shape.name)
            assert shape.left + shape.width <= deck.slide_width, (number, shape.name)
            assert shape.top + shape.height <= deck.slide_height, (number, shape.name)
            if getattr(shape, "has_table", False) and shape.has_table:
                rows = sum(row.height for row in shape.table.rows)
                assert shape.top + rows <= deck.slide_height * 0.96, (number, shape.name)
            elif shape.has_text_frame and not shape.is_placeholder:
                assert text_height(shape) <= shape.height / 12700 + 1, (number, shape.name)


def test_nothing_runs_over_a_slide(deck: Any) -> None:
    assert_nothing_runs_over(deck)


WORDS = st.lists(
    st.text(st.characters(whitelist_categories=["Ll", "Lu"]), min_size=1, max_size=14),
    min_size=1,
    max_size=400,
).map(" ".join)


@settings(max_examples=12, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_no_length_of_words_runs_over(paragraphs: list[str]) -> None:
    blocks = (
        *(Paragraph(label(words)) for words in paragraphs),
        Bullets(tuple(label(words) for words in paragraphs)),
        Note("info", label("Note"), tuple(Paragraph(label(words)) for words in paragraphs)),
        Table(
            "t",
            text("Caption"),
            head("First", "Second"),
            tuple((Cell(label(words[:300])), Cell(text("x"))) for words in paragraphs),
        ),
    )
    document = Document("T", "", "O", "en-GB", "", (Section("a", text("A"), blocks),))
    assert_nothing_runs_over(opened(pptx.render(document)))


def test_words_that_are_cut_over_slides_are_all_there() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    document = replace(DOCUMENT, sections=(Section("a", text("A"), (Paragraph(label(words)),)),))
    deck = opened(pptx.render(document))
    assert len(deck.slides) > 2
    told = " ".join(
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.name == "Text"
    )
    assert told.split() == words.split()


def test_a_long_table_goes_on_with_its_header_on_every_slide(deck: Any) -> None:
    tables = [frame.table for frame in frames(deck, "table") if "at a glance" in frame.name]
    assert len(tables) > 1
    assert all(table.first_row for table in tables)
    assert {table.cell(0, 0).text_frame.text for table in tables} == {"Measure"}
    assert sum(len(table.rows) - 1 for table in tables) == 34


def test_a_table_wider_than_a_slide_is_cut_by_columns_with_its_first_on_each() -> None:
    names = ["Area", *(f"Extraordinarily{number}" for number in range(24))]
    row = (Cell(label("Here"), header=True), *(Cell(text("value")) for _ in names[1:]))
    table = Table("t", text("Wide"), head(*names), (row,))
    document = replace(DOCUMENT, sections=(Section("a", text("A"), (table,)),))
    tables = [frame.table for frame in frames(opened(pptx.render(document)), "table")]
    assert len(tables) > 1
    assert {table.cell(1, 0).text_frame.text for table in tables} == {"Here"}
    shown = [c.text_frame.text for table in tables for c in list(table.rows[0].cells)[1:]]
    assert shown == names[1:]


def test_charts_are_native_and_can_be_edited(deck: Any) -> None:
    charts = frames(deck, "chart")
    assert len(charts) == 7
    line = charts[0].chart
    assert line.plots[0].series[0].name == "Offences"
    assert line.plots[0].series[0].values[9] is None, "a missing month is a gap"
    assert line.part.chart_workbook.xlsx_part is not None


def test_a_funnel_is_points_between_lines_along_the_numbers(deck: Any) -> None:
    (funnel,) = [
        frame.chart.plots[0]
        for frame in frames(deck, "chart")
        if isinstance(frame.chart.plots[0], XyPlot)
    ]
    points, lower, upper = funnel.series
    along = [float(one.text) for one in points._element.find(qn("c:xVal")).iter(qn("c:v"))]
    assert along == [2000.0 + 900 * number for number in range(16)]
    assert points.format.line.fill.type == MSO_FILL.BACKGROUND
    assert (lower.marker.style, upper.marker.style) == (XL_MARKER_STYLE.NONE,) * 2


def test_limits_are_dashed_and_marks_stand_out(deck: Any) -> None:
    line = frames(deck, "chart")[0].chart.plots[0]
    dashes = {s.name: s.format.line.dash_style for s in line.series}
    assert dashes["Usual range, upper"] is not None and dashes["Offences"] is None
    bars = frames(deck, "chart")[1].chart.plots[0].series[0]
    marked = bars.points[0].format.fill.fore_color.rgb
    assert marked != bars.format.fill.fore_color.rgb


def test_intervals_are_drawn_as_error_bars(deck: Any) -> None:
    bars = frames(deck, "chart")[1].chart.plots[0].series[0]._element
    errors = bars.find(qn("c:errBars"))
    assert errors is not None
    plus = [float(point.text) for point in errors.find(qn("c:plus")).iter(qn("c:v"))]
    assert plus[0] == pytest.approx(0.5) and plus[3] == 0, "suppressed: no bar"


def test_letters_of_charts_have_ten_points_or_more(deck: Any) -> None:
    charts = frames(deck, "chart")
    assert len(charts) > 3
    for shape in charts:
        letters = shape.chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr"))
        sizes = {int(one.get("sz")) for one in letters if one.get("sz")}
        assert sizes and min(sizes) >= 1000, shape.name


def test_names_that_would_touch_are_left_out_but_for_the_marked_bar() -> None:
    figure = rates("many")
    chart = figure.chart
    times = 3
    whole = replace(
        chart,
        categories=tuple(f"{name} {n}" for n in range(times) for name in chart.categories),
        series=tuple(replace(one, points=one.points * times) for one in chart.series),
        marks={7: "the area"},
    )
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    place = (0, 0, Inches(6), Inches(5))
    frame = add_chart(slide.shapes, whole, place, Palette.of(Look()), 360.0)
    (step,) = frame.chart._chartSpace.iter(qn("c:tickLblSkip"))
    assert step.get("val") == "3"
    words = {one.text for one in frame.chart._chartSpace.iter(qn("a:t"))}
    (named,) = words & set(whole.categories)
    assert named == whole.categories[7]


def test_every_chart_table_and_picture_has_alternative_words(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.shape_type is not None and not shape.has_text_frame:
                found = next(shape._element.iter(qn("p:cNvPr"))).get("descr")
                assert found, (slide.shapes.title.text_frame.text, shape.name)


def test_every_slide_has_its_own_title_and_a_number(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles) and len(set(titles)) == len(titles)
    for slide in list(deck.slides)[1:]:
        kinds = {s.placeholder_format.type.name for s in slide.placeholders}
        assert "SLIDE_NUMBER" in kinds


def test_the_speaker_finds_notes_and_who_presents(deck: Any) -> None:
    slide = next(
        s for s in deck.slides if s.shapes.title.text_frame.text == "Residential burglary 0"
    )
    notes = slide.notes_slide.notes_text_frame.text
    assert "Presented by Superintendent" in notes and "Say first that 805" in notes


def test_language_and_properties(deck: Any) -> None:
    assert deck.core_properties.title == "Performance pack"
    for slide in deck.slides:
        for run in slide.shapes._spTree.iter(qn("a:r")):
            assert run.find(qn("a:rPr")).get("lang") == "en-GB"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A partnership's own master, narrow (4:3), with an example slide and a strip."""
    made = Presentation()
    layout = next(item for item in made.slide_layouts if item.name == "Title Only")
    layout.name = "Our own page"
    layout.placeholders[0].top = Inches(0.9)
    made.slides.add_slide(layout).shapes.title.text_frame.text = "Example to be replaced"
    path = tmp_path / "own.pptx"
    made.save(str(path))
    return path


def test_the_partnerships_own_template_is_used(template: Path) -> None:
    deck = opened(pptx.render(DOCUMENT, template=template))
    assert deck.slide_width == Presentation(str(template)).slide_width
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert "Example to be replaced" not in titles
    assert {slide.slide_layout.name for slide in list(deck.slides)[1:]} == {"Our own page"}
    assert_nothing_runs_over(deck)


def test_a_file_that_is_no_template_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pptx"
    wrong.write_text("not a presentation")
    with pytest.raises(Problem, match="not a PowerPoint file"):
        pptx.render(DOCUMENT, template=wrong)
    with pytest.raises(Problem, match="cannot be read"):
        pptx.render(DOCUMENT, template=tmp_path / "absent.pptx")


def test_words_between_two_charts_stay_between_them() -> None:
    section = Section(
        "a",
        text("A"),
        (trend("first"), Paragraph(text("Between")), rates("second"), summary_table("s", 3)),
        "measure",
    )
    deck = opened(pptx.render(Document("T", "", "O", "en-GB", "", (section,), Look())))
    names = [shape.name for slide in list(deck.slides)[1:] for shape in slide.shapes]
    first = next(i for i, name in enumerate(names) if name.startswith("Chart: Offences"))
    between = names.index("Text", first)
    second = next(i for i, name in enumerate(names) if name.startswith("Chart: Rate"))
    assert first < between < second


def long_measure(words: str) -> Section:
    """A measure with three charts and more words than two slides can hold."""
    return Section(
        "a",
        text("Burglary"),
        (
            Paragraph(text("Burglary fell"), role="headline"),
            KeyFigures((KeyFigure(text("Quarter"), text("many"), text("fewer than before")),)),
            trend("first"),
            Paragraph(text("A band is the usual range."), role="key"),
            Paragraph(label(f"Sentence {words}")),
            Note("info", text("Commentary"), (Paragraph(label(f"Remark {words}")),)),
            rates("second"),
            Bullets((label("Second of three"), label(f"Caveat {words}"))),
            trend("third"),
            Paragraph(text("Source: the police."), role="source"),
        ),
        "measure",
        "The chief inspector",
    )


@pytest.mark.parametrize("length", [1, 40, 900])
def test_a_measure_takes_two_slides_and_loses_no_word(length: int) -> None:
    words = " ".join(f"w{number}" for number in range(length))
    document = Document("T", "", "O", "en-GB", "", (long_measure(words),))
    deck = opened(pptx.render(document))
    assert_nothing_runs_over(deck)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == ["T", "Burglary", "Burglary (continued)", "Appendix 1: Burglary"]
    shown = "\n".join(s.text_frame.text for x in deck.slides for s in x.shapes if s.has_text_frame)
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    assert "Source: the police." in shown and "Second of three" in shown, "whatever the length"
    for start in ("Sentence", "Remark", "Caveat"):
        assert f"{start} {words}" in notes, "the page is there in full"
    assert "A band" not in shown, "a native chart has a legend of its own"
    assert len(frames(deck, "chart")) == 3


def test_a_measure_that_fits_has_no_second_copy_in_its_notes() -> None:
    section = long_measure("short")
    kept = tuple(
        b for b in section.blocks if not (isinstance(b, Figure) and "third" in b.chart.key)
    )
    document = Document("T", "", "O", "en-GB", "", (replace(section, blocks=kept),))
    deck = opened(pptx.render(document))
    assert deck.slides[1].notes_slide.notes_text_frame.text == "Presented by The chief inspector"


def test_a_table_is_kept_whole_where_smaller_rows_allow_it() -> None:
    rows = tuple(
        (Cell(text(f"Ward {letter}")), Cell(text("x"))) for letter in "abcdefghijklmnopqrstuvwx"
    )
    table = Table("t", text("Wards"), head("Ward", "Count"), rows)
    document = Document("T", "", "O", "en-GB", "", (Section("a", text("A"), (table,)),))
    assert len(frames(opened(pptx.render(document)), "table")) == 1


def test_a_small_table_stands_below_its_chart_and_a_large_one_on_the_next_slide() -> None:
    for rows, slides in ((3, 2), (20, 3)):
        table = replace(summary_table("s", rows), note=())
        section = Section("a", text("A"), (rates("first"), table))
        deck = opened(pptx.render(Document("T", "", "O", "en-GB", "", (section,))))
        assert len(deck.slides) == slides
        assert_nothing_runs_over(deck)


def test_a_measure_without_a_chart_takes_one_slide() -> None:
    section = long_measure(" ".join(f"w{number}" for number in range(300)))
    kept = tuple(block for block in section.blocks if not isinstance(block, Figure))
    document = Document("T", "", "O", "en-GB", "", (replace(section, blocks=kept),))
    deck = opened(pptx.render(document))
    assert len(deck.slides) == 2
    assert_nothing_runs_over(deck)
    shown = "\n".join(shape.text_frame.text for shape in deck.slides[1].shapes)
    assert "Source: the police." in shown and "many" in shown
    assert "w299" in deck.slides[1].notes_slide.notes_text_frame.text
