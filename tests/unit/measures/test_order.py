"""The order of printing: every measure stands in it, and parts of a measure have no page."""

from __future__ import annotations

from datetime import date

from saferboard.analytics.measures.register import check, definitions, has_page


def test_the_order_names_every_measure_once() -> None:
    assert check((), today=date(2026, 11, 21)) == []
    assert next(iter(definitions())) == "total-recorded-crime"


def test_parts_of_a_measure_have_a_line_and_no_page() -> None:
    assert has_page("hate-crime")
    assert not has_page("hate-crime-faith")
