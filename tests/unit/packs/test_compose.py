"""The packs composed from every odd case: fit to publish, every figure traced to a fact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.results_fixture import measures, partnership, summary
from tests.results_parts import AREA, TO, WARDS

from saferboard.analytics.packs.commentary import Commentary, Entry, Remark
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.performance.compose import compose
from saferboard.analytics.packs.tallies import Tallies
from saferboard.analytics.packs.ward.compose import compose as compose_wards
from saferboard.documents.checks import found
from saferboard.documents.model import Document, Note, Table, bound_in, plain
from saferboard.documents.walk import nested
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem


def material(remarks=None, results=None, outlines=None) -> Material:
    return Material(
        summary(results),
        partnership(),
        Commentary(remarks or {}),
        Tallies(AREA, TO),
        outlines=outlines or {},
    )


def section(document: Document, anchor: str):
    return next(one for one in document.sections if one.anchor == anchor)


def text_of(document: Document, anchor: str) -> str:
    said = []
    for block in nested(section(document, anchor).blocks):
        for name in ("parts", "title", "caption"):
            if hasattr(block, name):
                said.append(plain(getattr(block, name)))
        for item in getattr(block, "items", ()):
            if isinstance(item, tuple) and not hasattr(item[0], "blocks"):
                said.append(plain(item) if not isinstance(item[0], tuple) else plain(item[0]))
        if isinstance(block, Table):
            said += [plain(cell.parts) for row in block.body for cell in row]
    return "\n".join(said)


@pytest.fixture(scope="module")
def performance() -> tuple[Material, Document]:
    held = material()
    return held, compose(held)


def test_the_performance_pack_is_fit_to_publish(performance):
    assert list(found(performance[1])) == []


def test_every_figure_is_a_fact_with_that_value(performance):
    held, document = performance
    facts = {fact.id: fact for fact in (*held.summary.sheet, *held.tallies.facts())}
    count = 0
    for part in bound_in(document):
        count += 1
        fact_id, _, facet = part.fact.partition("@")
        assert fact_id in facts, part
        if not facet:
            assert part.value == facts[fact_id].value, part
    assert count > 500


def test_its_parts_come_in_the_order_of_the_issue(performance):
    anchors = [one.anchor for one in performance[1].sections]
    keys = [one.measure for one in measures() if one.missing is None]
    police = [
        key for key in keys if key not in ("asb-calls", "prevent-referrals", "confidence-police")
    ]
    assert anchors == [
        "stands-out",
        "summary",
        "summary-ranks",
        *police,
        "asb-calls",
        "prevent-referrals",
        "confidence-police",
        "wards-residential-burglary",
        "wards-personal-robbery",
        "glossary",
        "methods",
        "data-notes",
    ]


def test_the_summary_counts_what_is_behind_a_rating(performance):
    said = text_of(performance[1], "summary")
    assert "■ R Red 0 better, 2 worse, 0 no clear change" in said
    assert "Negative: quarter and 12 months." in said
    assert "● G Green 1 better, 0 worse, 1 no clear change" in said
    assert "Positive: 12 months." in said
    assert "488 −13.3% ↓ possible fall" in said
    assert "fewer than 5 – no comparison" in said
    assert "autumn 2023: 67% +1 point – no clear change" in said


def test_each_row_prints_its_own_period_and_says_when_it_is_older(performance):
    said = text_of(performance[1], "summary-ranks")
    assert "autumn 2023 ◆ older" in said
    assert "12 months to December 2023" in said
    assert "3rd of 7 (likely 2nd to 5th)" in said
    assert "Nov 299 ◆ unusually high" in said


def test_what_stands_out_says_how_many_chance_would_give(performance):
    said = text_of(performance[1], "stands-out")
    assert "Robbery of personal property: 828 offences" in said
    assert "8 of those months stood out, and chance alone would give 0.07." in said


def test_the_page_of_a_measure_leads_with_what_the_change_means(performance):
    said = text_of(performance[1], "personal-robbery")
    first = said.splitlines()[0]
    assert first.startswith("Robbery of personal property: a clear rise, to 828 offences")
    assert "Similar areas: 3rd of 7 (likely 2nd to 5th); a year before 5th ▼ worse" in said
    assert "Source: Police borough level crime. Data as published on 31 January 2024" in said
    assert section(performance[1], "personal-robbery").presenter == "The police"
    assert section(performance[1], "personal-robbery").speaker


def test_what_it_means_begins_like_a_sentence(performance):
    alone = text_of(performance[1], "confidence-police")
    assert "What this means. The difference is no larger" in alone
    both = text_of(performance[1], "personal-robbery")
    assert "What this means. Quarter: this rise is larger" in both


def test_a_rating_from_signs_says_so():
    one = measures()[0]
    signs = replace(one, rag=replace(one.rag, basis="signs, as in 2017"))
    assert "(signs, as in 2017)" in text_of(compose(material(results=(signs,))), "summary")


def test_a_note_is_said_once_on_a_page():
    provisional = replace(measures()[3].quarter.current, provisional=True)
    quarter = replace(measures()[3].quarter, current=provisional)
    document = compose(material(results=(replace(measures()[3], quarter=quarter),)))
    said = text_of(document, "violence-with-injury")
    assert said.count("The latest month is provisional") == 1


def test_a_control_chart_is_drawn_where_a_rule_fires():
    quiet = replace(measures()[1], control=replace(measures()[1].control, signals={}))
    still = compose(material(results=(quiet,)))
    fired = compose(material(results=(measures()[1],)))
    assert "control-personal-robbery" in _charts(fired)
    assert "control-personal-robbery" not in _charts(still)
    assert "no rule fires" in text_of(still, "personal-robbery")


def test_the_year_to_date_is_not_told_twice_where_it_is_the_quarter():
    one = measures()[0]
    same = replace(one, financial_year=replace(one.financial_year, period=one.quarter.period))
    told = text_of(compose(material(results=(one,))), one.measure)
    assert "Financial year to date" in told
    assert "Financial year to date" not in text_of(compose(material(results=(same,))), one.measure)


def test_figures_of_two_publications_are_both_named(performance):
    said = text_of(performance[1], "shoplifting")
    assert "Data as published on 31 January 2024" in said
    assert "Figures of the year before as published on 28 February 2023" in said


def test_the_glossary_holds_the_table_of_detectable_rises(performance):
    rows = [
        [plain(cell.parts) for cell in row]
        for block in section(performance[1], "glossary").blocks
        if isinstance(block, Table)
        for row in block.body
    ]
    assert ["50", "65.2%"] in rows
    assert ["100", "44.0%"] in rows
    assert ["500", "18.5%"] in rows
    assert ["1,000", "12.9%"] in rows


def test_the_data_notes_name_loads_gaps_unknown_labels_breaks_and_what_is_missing(performance):
    said = text_of(performance[1], "data-notes")
    assert "31 January 2024 (assumed)" in said
    assert "Burglary, business and community: September 2022." in said
    unknown = "“Moonlighting” is not a label that we know. In all: 12."
    assert f"police-borough. {unknown}" in said
    assert "1 April 2023: caution" in said
    assert "2 figures are hidden" in said or "1 figure is hidden" in said
    assert "Primary fires: no load feeds it: load a fire and rescue return." in said


def test_wards_without_a_population_have_no_rate_and_say_what_to_load(performance):
    said = text_of(performance[1], "wards-residential-burglary")
    assert "load ward-populations.csv" in said
    assert "31 offences of the area could not be placed in a ward" in said
    heads = _heads(section(performance[1], "wards-residential-burglary"))
    assert "Share of the area" in heads
    assert not any(head.startswith("Rate") for head in heads)
    assert any(
        head == "Rate per 1,000 residents"
        for head in _heads(section(performance[1], "wards-personal-robbery"))
    )


def test_a_ward_with_a_rate_has_its_place_and_whether_it_differs(performance):
    said = text_of(performance[1], "wards-personal-robbery")
    assert "5.50\n4.75 (4.35 to 5.15)\n8th (6th to 8th)" in said
    assert "not different" in said
    assert "▲ higher" in said
    assert "All wards together: 4.00 per 1,000 residents." in said
    heads = _heads(section(performance[1], "wards-personal-robbery"))
    assert heads[-2:] == ["Rank of 8 (likely range)", "Against all wards"]


def test_a_ward_page_has_its_place_among_the_wards():
    document = compose_wards(material())
    said = text_of(document, "ward-e05900003")
    assert "4th of 8 (2nd to 6th)" in said
    assert "not different" in said


def _heads(one):
    return [
        plain(cell.parts)
        for block in one.blocks
        if isinstance(block, Table)
        for cell in block.head[0]
    ]


def test_commentary_stands_with_its_author_and_unknown_numbers_are_flagged():
    entry = Entry(
        text="A group was disrupted; 828 offences, not 999.",
        author="Detective Inspector",
        organisation="The police",
        date="2024-02-20",
    )
    document = compose(material({"personal-robbery": Remark(entry, "commentary/2023-12.yaml")}))
    said = text_of(document, "personal-robbery")
    assert "Detective Inspector, The police, 20 February 2024" in said
    assert "Not among the figures of this page, so not checked: 999." in said
    assert list(found(document)) == []


def test_older_commentary_is_marked_as_such():
    remark = Remark(Entry(text="Old words."), "commentary/2023-09.yaml", Month(2023, 9))
    document = compose(material({"personal-robbery": remark}))
    notes = [
        block
        for block in nested(section(document, "personal-robbery").blocks)
        if isinstance(block, Note) and block.kind == "stale"
    ]
    assert [plain(note.title) for note in notes] == [
        "Commentary written for September 2023, not renewed"
    ]


def test_a_pack_of_one_measure_with_nothing_but_a_count_is_fit_to_publish():
    bare = replace(
        measures()[0],
        ranks=(),
        months=(),
        exceptions=(),
        rag=None,
        rate=None,
        previous_rate=None,
        breakdowns=(),
        breaks=(),
        financial_year=None,
        baseline=None,
    )
    assert list(found(compose(material(results=(bare,))))) == []


def test_the_ward_pack_has_a_page_for_each_ward_and_is_fit_to_publish():
    document = compose_wards(material())
    assert list(found(document)) == []
    titles = [plain(one.title) for one in document.sections]
    assert titles[1:-1] == list(WARDS)


def test_one_ward_is_found_by_name_or_code():
    document = compose_wards(material(), "elm park")
    assert [one.anchor for one in document.sections][1:-1] == ["ward-e05900004"]
    assert document.title == "Ward pack: Elm Park"
    assert compose_wards(material(), "E05900004").sections == document.sections


def test_a_ward_that_does_not_exist_is_refused_with_the_names():
    with pytest.raises(Problem, match=r"not a ward of this area.*Abbey \(E05900000\)"):
        compose_wards(material(), "Nowhere")


def test_without_ward_figures_there_is_no_ward_pack():
    bare = tuple(replace(one, breakdowns=()) for one in measures())
    with pytest.raises(Problem, match="No ward figures are loaded for Alderwick"):
        compose_wards(material(results=bare))


def test_a_map_is_drawn_only_where_every_ward_has_an_outline():
    ring = [[0.0, 51.0], [0.0, 51.1], [0.1, 51.1], [0.1, 51.0], [0.0, 51.0]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    some = compose(material(outlines={"E05900000": outline}))
    every = compose(material(outlines={f"E0590000{at}": outline for at in range(len(WARDS))}))
    assert "map-residential-burglary" not in _charts(some)
    assert "map-residential-burglary" in _charts(every)
    assert list(found(every)) == []


def _charts(document):
    return [
        block.chart.key
        for one in document.sections
        for block in nested(one.blocks)
        if hasattr(block, "chart")
    ]
