"""The web page: one file, in order, with every figure tied to its fact."""

from __future__ import annotations

import itertools
import re

import pytest
from tests.documents_fixture import everything
from tests.five_formats import charted, html_facts, html_words

from saferboard.documents.model import Bound, bound_in
from saferboard.documents.render import html

DOCUMENT = everything(2)


@pytest.fixture(scope="module")
def page() -> str:
    return html.render(DOCUMENT).decode()


def test_every_figure_carries_its_fact_in_the_order_of_the_document(page: str) -> None:
    wanted = [(part.fact, part.display) for part in bound_in(DOCUMENT)]
    assert html_facts(page.encode()) == wanted


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    assert "<script" not in page
    assert not re.findall(r'(?:src|url)\s*[=(]\s*["\']?(?!data:)(?:https?:|//|file:)', page)
    assert "<link" not in page


def test_language_title_landmarks_and_skip_link(page: str) -> None:
    assert '<html lang="en-GB">' in page
    assert "<title>Performance pack – Copperdale Community Safety Partnership</title>" in page
    for landmark in ("<header", "<nav", "<main", "<footer"):
        assert page.count(landmark) == 1
    assert page.index('class="skip"') < page.index("<header")


def test_headings_step_down_one_at_a_time(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_links_inside_lead_somewhere(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids


def test_tables_have_captions_and_header_cells_with_scope(page: str) -> None:
    assert page.count("<table") == page.count("<caption")
    assert "<th>" not in page
    assert page.count("<th ") == len(re.findall(r'<th scope="(?:col|row|colgroup)"', page))


def test_every_chart_has_words_and_a_table_behind_it(page: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert len(figures) == 8
    for figure in figures:
        named = re.findall(r'role="img" aria-labelledby="([^"]+)"', figure)
        assert named and all(f'id="{name}"' in figure for name in named)
        assert "<details>" in figure and "<table" in figure
    words = html_words(page.encode())
    assert all(display in words for display in charted(DOCUMENT))


def test_words_are_escaped() -> None:
    from dataclasses import replace

    from saferboard.documents.model import Label, Paragraph, Section

    bad = '<img src=x onerror="alert(1)">'
    section = Section(
        "a", (Label(bad),), (Paragraph((Label(bad), Bound(bad, 1, bad))),), presenter=bad
    )
    written = html.render(
        replace(DOCUMENT, title=bad, organisation=bad, contact=bad, sections=(section,))
    ).decode()
    assert "<img src=x" not in written
