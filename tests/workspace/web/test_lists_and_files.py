"""Lists that sort and turn pages, and tables that leave."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import RequestFactory

from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.listing import listing


def _asked(query: str, total: int = 120) -> object:
    request = RequestFactory().get(f"/{query}")
    return listing(request, by=("name", "start"), first="-start").of(total)


@pytest.mark.parametrize(
    ("query", "order", "page", "first", "last"),
    [
        ("", "-start", 1, 1, 50),
        ("?sort=name&page=2", "name", 2, 51, 100),
        ("?sort=-name&page=3", "-name", 3, 101, 120),
        ("?sort=password", "-start", 1, 1, 50),
        ("?page=99", "-start", 3, 101, 120),
        ("?page=-1", "-start", 1, 1, 50),
        ("?page=1e9", "-start", 1, 1, 50),
        ("?page=0", "-start", 1, 1, 50),
    ],
)
def test_a_list_shows_what_is_asked(
    query: str, order: str, page: int, first: int, last: int
) -> None:
    shown = _asked(query)
    assert (shown.order, shown.page, shown.first, shown.last) == (order, page, first, last)


def test_the_same_heading_turns_the_order_round_and_keeps_the_filter() -> None:
    request = RequestFactory().get("/?sort=name")
    shown = listing(request, by=("name",), first="name", filters={"agency": "a b"})
    assert shown.sorted_by("name") == "?agency=a+b&sort=-name"
    assert shown.at_page(2) == "?agency=a+b&sort=name&page=2"


def test_an_empty_list_has_one_page() -> None:
    shown = _asked("?page=4", total=0)
    assert (shown.page, shown.pages, shown.last) == (1, 1, 0)


def test_a_table_leaves_without_formulas_and_numbers_stay_numbers() -> None:
    rows = [["=cmd|' /C calc'!A0", -5], ["@SUM(1)", None], ["O’Neill, “B”", 1.5], ["-2 points", 0]]
    answer = csv_answer("naïve list.csv", ["Name", "Value"], rows)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Name", "Value"],
        ["'=cmd|' /C calc'!A0", "-5"],
        ["'@SUM(1)", ""],
        ["O’Neill, “B”", "1.5"],
        ["'-2 points", "0"],
    ]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert 'filename="na_ve list.csv"' in answer["Content-Disposition"]
