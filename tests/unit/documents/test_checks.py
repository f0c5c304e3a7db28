"""Checks of composed documents: each fault is found and named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.documents_figures import columns
from tests.documents_fixture import everything
from tests.documents_parts import head, text

from saferboard.documents.checks import composed, found
from saferboard.documents.model import (
    Block,
    Bound,
    Cell,
    Document,
    Heading,
    Label,
    Link,
    Paragraph,
    Prose,
    Quoted,
    Section,
    Table,
    Tag,
    Text,
    plain,
)
from saferboard.vocabulary.problem import Problem


def document(*blocks: Block, anchor: str = "one") -> Document:
    return Document(
        "Title", "", "Partnership", "en-GB", "", (Section(anchor, text("Section"), blocks),)
    )


def faults(*blocks: Block) -> list[str]:
    return list(found(document(*blocks)))


def test_the_whole_fixture_is_fit_to_publish() -> None:
    composed(everything())


def test_a_digit_typed_into_text_is_a_fault_and_elsewhere_is_not() -> None:
    typed = faults(Paragraph((Text("It rose by 12%."),)))
    assert typed == ["“It rose by 12%.” in section one holds a figure that comes from no fact"]
    assert not faults(
        Paragraph(
            (
                Bound("a", 12, "12"),
                Label("12 months"),
                Prose("1 in 5", "glossary"),
                Quoted("7", "paper"),
            )
        )
    )


def test_digits_hidden_in_links_tags_cells_and_speakers_notes_are_found() -> None:
    assert faults(Paragraph((Link((Text("see 3"),), "https://example.org"),)))
    assert faults(Paragraph((Tag("Up 5", "bad", "▲"),)))
    cell = Table("t", text("A table"), head("A"), ((Cell((Text("5"),)),),))
    assert faults(cell)
    noted = replace(
        document(),
        sections=(Section("a", text("A"), (), speaker=(Paragraph((Text("Say 4"),)),)),),
    )
    assert list(found(noted))


def test_keys_and_anchors_are_there_once_and_well_formed() -> None:
    twice = faults(columns("same"), columns("same"))
    assert any("chart “same” is there 2 times" in fault for fault in twice)
    assert any("table “same-behind” is there 2 times" in fault for fault in twice)
    assert any("anchor “Two words”" in fault for fault in found(document(anchor="Two words")))


def test_headings_go_down_one_step_at_a_time() -> None:
    assert not faults(Heading(3, text("A")), Heading(4, text("B")), Heading(3, text("C")))
    assert faults(Heading(4, text("Too deep")))
    assert faults(Heading(2, text("As high as the section")))


def test_a_figure_needs_words_and_a_table_and_series_that_fit() -> None:
    good = columns("a")
    assert not faults(good)
    assert any("no words" in fault for fault in faults(replace(good, alternative=())))
    assert any("no table" in fault for fault in faults(replace(good, table=None)))
    short = replace(good, chart=replace(good.chart, categories=("one",)))
    assert any("does not fit" in fault for fault in faults(short))


def bad_table(**changes: object) -> list[str]:
    body = ((Cell(text("a"), header=True), Cell(text("b"))),)
    good = Table("t", text("Caption"), head("A", "B"), body)
    return faults(replace(good, **changes))  # type: ignore[arg-type]


def test_tables_need_captions_headers_and_even_rows() -> None:
    assert not bad_table()
    assert any("no caption" in fault for fault in bad_table(caption=()))
    assert any("no header row" in fault for fault in bad_table(head=()))
    assert any("empty header cell" in fault for fault in bad_table(head=head("A", " ")))
    assert any("another length" in fault for fault in bad_table(body=((Cell(text("a")),),)))
    assert any("not there" in fault for fault in bad_table(emphasis=frozenset({4})))


def test_links_lead_somewhere() -> None:
    assert any("nowhere" in fault for fault in faults(Paragraph((Link(text("x"), "#gone"),))))
    assert any(
        "address" in fault for fault in faults(Paragraph((Link(text("x"), "javascript:x"),)))
    )
    assert not faults(Paragraph((Link(text("x"), "#one"),)))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Problem) as problem:
        composed(document(Paragraph((Text("1"),)), Heading(5, text("deep"))))
    assert "no fact" in problem.value.message and "level 5" in problem.value.message


def test_a_column_with_nothing_under_its_title_is_left_out() -> None:
    rows = ((Cell(text("a")), Cell(()), Cell(text("b"))), (Cell(text("c")), Cell(()), Cell(())))
    table = Table("t", text("T"), head("One", "Two", "Three"), rows)
    kept = table.without_empty_columns()
    assert [plain(cell.parts) for cell in kept.head[0]] == ["One", "Three"]
    assert [[plain(cell.parts) for cell in row] for row in kept.body] == [["a", "b"], ["c", ""]]
    spanning = replace(table, body=((Cell(text("a"), span=3),),))
    assert spanning.without_empty_columns() is spanning
