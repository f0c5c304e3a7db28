"""Commentary is kept across rebuilds, offered when older, and its numbers are checked."""

from __future__ import annotations

import pytest
from tests.results_parts import fact

from saferboard.analytics.packs.commentary import (
    add_template,
    commentary_file,
    read_commentary,
    unknown_numbers,
)
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

DECEMBER, SEPTEMBER = Month(2023, 12), Month(2023, 9)


def write(folder, month, text):
    file = commentary_file(folder, month)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_words_of_this_month_are_current(tmp_path):
    write(tmp_path, DECEMBER, "robbery:\n  text: A group was disrupted.\n  author: Inspector\n")
    remark = read_commentary(tmp_path, DECEMBER).of("robbery")
    assert remark.entry.text == "A group was disrupted."
    assert remark.stale_from is None
    assert remark.place == "commentary/2023-12.yaml, robbery"


def test_older_words_are_offered_and_marked_and_newer_ones_are_not_seen(tmp_path):
    write(tmp_path, SEPTEMBER, "robbery:\n  text: Old words.\narson:\n  text: Old fire.\n")
    write(tmp_path, DECEMBER, 'robbery:\n  text: New words.\narson:\n  text: ""\n')
    write(tmp_path, Month(2024, 3), "robbery:\n  text: Words of the future.\n")
    held = read_commentary(tmp_path, DECEMBER)
    assert held.of("robbery").entry.text == "New words."
    assert held.of("arson").stale_from == SEPTEMBER
    assert held.of("burglary") is None


def test_a_template_adds_places_and_changes_nothing_that_is_written(tmp_path):
    write(tmp_path, SEPTEMBER, "arson:\n  text: |\n    Old fire.\n")
    held = "# mine\nrobbery:\n  text: My own words.   # with a remark\n"
    write(tmp_path, DECEMBER, held)
    wanted = [("robbery", "Robbery: a clear rise"), ("arson", "Arson: stable")]
    file, added = add_template(tmp_path, DECEMBER, wanted)
    text = file.read_text("utf-8")
    assert added == 1
    assert text.startswith(held.rstrip())
    assert "# Arson: stable\narson:\n" in text
    assert "#   Old fire." in text
    assert read_commentary(tmp_path, DECEMBER).of("robbery").entry.text == "My own words."
    assert add_template(tmp_path, DECEMBER, wanted)[1] == 0
    assert file.read_text("utf-8") == text


def test_a_new_template_can_be_filled_in(tmp_path):
    file, added = add_template(tmp_path, DECEMBER, [("robbery", "Robbery: stable, at 5")])
    assert added == 1
    assert read_commentary(tmp_path, DECEMBER).remarks == {}
    file.write_text(file.read_text("utf-8").replace('text: ""', "text: |\n    Said.\n", 1), "utf-8")
    assert read_commentary(tmp_path, DECEMBER).of("robbery").entry.text.strip() == "Said."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("robbery:\n  text: a\n  autor: b\n", "robbery > autor"),
        ("robbery:\n text: a\n  author: b\n", "line 3, column 9"),
        ("robbery:\n  text: a\n  date: yesterday\n", "robbery > date"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path, text, place):
    file = write(tmp_path, DECEMBER, text)
    with pytest.raises(Problem) as caught:
        read_commentary(tmp_path, DECEMBER)
    assert caught.value.file == str(file)
    assert caught.value.place == place


YEAR = Period.year_to(DECEMBER)
FACTS = [
    fact("robbery", "count", 1861, YEAR),
    fact("robbery", "change_percent", -13.32, YEAR, against=YEAR.year_before()),
    fact("robbery", "percentage", 67.0, YEAR, part="survey", n=1203),
]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("We saw 1,861 offences, a fall of 13.3%.", ()),
        ("We saw 1861 offences, a fall of 13%.", ()),
        ("67% of 1,203 said so.", ()),
        ("We saw 1,904 offences.", ("1,904",)),
        ("A decrease of 32%, from 25 to 15.", ("32%", "25", "15")),
        ("In 2023, over 12 months, since 3 March and in 2022/23.", ()),
        ("A fall of £4,200 on 1 April 2023.", ("£4,200",)),
        ("Nothing to count.", ()),
    ],
)
def test_numbers_that_no_fact_knows_are_found(text, unknown):
    assert unknown_numbers(text, FACTS) == unknown
