"""A paper that our own renderers made gives no findings; one wrong figure in it is found."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents_fixture import everything

from saferboard.documents.render import docx, html, pdf, pptx, xlsx
from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.reading.read import read_bytes
from saferboard.papercheck.reading.text import read_text

RENDERERS = {
    "html": html.render,
    "docx": docx.render,
    "pptx": pptx.render,
    "xlsx": xlsx.render,
    "pdf": pdf.render,
}


@cache
def rendered(form: str) -> bytes:
    return RENDERERS[form](everything(measures=1))


@pytest.mark.parametrize("form", RENDERERS)
def test_our_own_paper_has_no_findings(form: str) -> None:
    paper = read_bytes(f"pack.{form}", rendered(form))
    assert paper.kind == form
    assert paper.grids
    assert check(Pack((paper,))) == ()


counts = st.integers(60, 5000)
not_years = counts.filter(lambda count: not 1950 <= count <= 2059)
"""“From 1950 to 60” may be about years: the checker leaves such figures alone."""


def table(rows: list[tuple[int, int]], *, off_at: int = -1, off: int = 0) -> str:
    """A table of two years with changes and totals, one of its figures altered by `off`."""
    lines = ["| Type | 2022 | 2023 | % change |", "|---|---|---|---|"]
    shown = [*rows, (sum(a for a, _ in rows), sum(b for _, b in rows))]
    for at, (before, after) in enumerate(shown):
        name = "Total" if at == len(rows) else f"Type {'ABCDEFGH'[at]}"
        change = 100 * (after / before - 1)
        later = after + (off if at == off_at else 0)
        lines.append(f"| {name} | {before:,} | {later:,} | {change:+.1f}% |")
    return "\n".join(lines)


def findings(text: str) -> tuple[Finding, ...]:
    # What a figure means is another matter: a change that is right may be no clear change.
    return check(Pack((read_text("a.md", text),)), severity="warning")


@given(st.lists(st.tuples(counts, counts), min_size=4, max_size=8))
def test_a_table_that_is_right_has_no_findings(rows: list[tuple[int, int]]) -> None:
    assert findings(table(rows)) == ()


@given(
    st.lists(st.tuples(counts, counts), min_size=4, max_size=8),
    st.integers(0, 3),
    st.integers(20, 900),
)
def test_one_altered_figure_in_a_table_is_found(
    rows: list[tuple[int, int]], at: int, off: int
) -> None:
    found = findings(table(rows, off_at=at, off=off))
    assert "table-total" in {one.rule for one in found}


@given(counts, counts)
def test_a_sentence_that_is_right_has_no_findings(before: int, after: int) -> None:
    change = 100 * (after / before - 1)
    word = "an increase" if change >= 0 else "a decrease"
    if before == after:
        return
    text = (
        f"There were {after:,} cases in the 12 months up to December 2023. In the 12 months prior "
        f"there were {before:,}. This is {word} of {abs(change):.1f}%."
    )
    assert findings(text) == ()


@given(not_years, not_years, st.integers(2, 40))
def test_an_altered_percentage_in_a_sentence_is_found(before: int, after: int, off: int) -> None:
    if before == after:
        return
    change = 100 * (after / before - 1)
    word = "increase" if change > 0 else "decrease"
    text = f"It went from {before} to {after} offences, a {word} of {abs(change) + off:.1f}%."
    found = findings(text)
    assert [one.rule for one in found] == ["percentage-does-not-follow"]
