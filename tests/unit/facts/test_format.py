"""A number becomes words in one place, in the form that a careful editor would choose."""

from dataclasses import replace

import pytest

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.facts.format import bind, bound, is_zero, ordinal, unit_words
from saferboard.vocabulary.period import Month, Period

YEAR = Period.year_to(Month(2023, 12))


def fact(kind, value, **more):
    return Fact(kind, "robbery", "E1", "Aford", YEAR, value, "offences", **more)


@pytest.mark.parametrize(
    ("kind", "value", "display", "code"),
    [
        ("count", 1861, "1,861", "#,##0"),
        ("count", 0, "0", "#,##0"),
        ("change_percent", -13.32, "−13.3%", '+#,##0.0"%";"−"#,##0.0"%";0.0"%"'),
        ("change_percent", 200.0, "+200%", '+#,##0"%";"−"#,##0"%";0"%"'),
        ("change_percent", 1234.56, "+1,235%", '+#,##0"%";"−"#,##0"%";0"%"'),
        ("change_percent", -0.04, "0.0%", '+#,##0.0"%";"−"#,##0.0"%";0.0"%"'),
        ("change_percent", 0.25, "+0.3%", '+#,##0.0"%";"−"#,##0.0"%";0.0"%"'),
        ("change_points", 1, "+1 point", '+#,##0" points";"−"#,##0" points";0" points"'),
        (
            "change_points",
            -1.9,
            "−1.9 points",
            '+#,##0.0" points";"−"#,##0.0" points";0.0" points"',
        ),
        ("change_points", 0, "0 points", '+#,##0" points";"−"#,##0" points";0" points"'),
        ("percentage", 67, "67%", '#,##0"%"'),
        ("percentage", 20.2, "20.2%", '#,##0.0"%"'),
        ("share", 13.64, "13.6%", '#,##0.0"%"'),
        ("rate", 4.776, "4.78", "#,##0.00"),
        ("rate", 45.61, "45.6", "#,##0.0"),
        ("rate", 293.4, "293", "#,##0"),
        ("difference", -440, "−440", '+#,##0;"−"#,##0;0'),
        ("difference", 12, "+12", '+#,##0;"−"#,##0;0'),
        ("rank", 14, "14th", "0"),
        ("index", 1.08, "1.08", "#,##0.00"),
        ("limit", 201.46, "201", "#,##0"),
        ("limit", 3.86, "3.9", "#,##0.0"),
        ("tally", 3, "3", "#,##0"),
        ("tally", 0.378, "0.4", "#,##0.0"),
        ("tally", 0.04, "0.04", "#,##0.00"),
        ("denominator", 389344, "389,344", "#,##0"),
    ],
)
def test_each_kind_has_one_form(kind, value, display, code):
    assert bind(fact(kind, value)) == (display, code)


def test_half_is_rounded_away_from_zero_as_a_reader_does_by_hand():
    assert bind(fact("change_percent", 2.25)).display == "+2.3%"
    assert bind(fact("change_percent", -2.25)).display == "−2.3%"


def test_a_sentence_shows_the_size_and_keeps_the_raw_value():
    part = bound(fact("change_percent", -13.32), "size")
    assert (part.display, part.value) == ("13.3%", -13.32)


def test_the_ends_of_an_interval_are_named_after_the_fact():
    rank = fact("rank", 14, part="london", interval=Interval(9, 20))
    low, high = bound(rank, "low"), bound(rank, "high")
    assert (low.fact, low.display, low.value) == (f"{rank.id}@low", "9th", 9)
    assert (high.fact, high.display) == (f"{rank.id}@high", "20th")


def test_a_missing_value_gives_the_reason_and_never_zero():
    gone = fact("count", None, missing="not published for June 2022")
    assert bind(gone) == ("not published for June 2022", "General")
    assert bound(gone).value is None
    assert bind(replace(gone, missing=None)).display == "not available"
    hidden = fact("count", None, suppressed=True, missing="fewer than 5")
    assert bind(hidden).display == "fewer than 5"
    assert bind(replace(hidden, missing=None)).display == "suppressed"


def test_the_base_of_a_survey_is_a_whole_number():
    assert bound(fact("percentage", 67, n=1203), "base").display == "1,203"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (103, "103rd"),
        (111, "111th"),
        (1012, "1,012th"),
    ],
)
def test_ordinals(number, words):
    assert ordinal(number) == words


def test_the_unit_of_a_rate():
    assert unit_words(fact("rate", 4.78, per=1000, of="residents")) == "per 1,000 residents"
    assert unit_words(fact("count", 4)) == ""


def test_the_unit_of_a_rate_is_in_words():
    young = fact("rate", 210.0, per=100000, of="residents-10-17")
    assert unit_words(young) == "per 100,000 residents aged 10 to 17"


def test_figures_side_by_side_have_as_many_places():
    now, before = fact("percentage", 22.0), fact("percentage", 20.9)
    assert bind(now).display == "22%"
    assert bind(now, beside=before).display == "22.0%"
    assert bind(before, beside=now).display == "20.9%"
    assert bind(now, beside=fact("percentage", 21.0)).display == "22%"


def test_what_rounds_to_nought_is_nought():
    assert is_zero(fact("change_percent", -0.04))
    assert not is_zero(fact("change_percent", -0.06))
    assert not is_zero(fact("count", None))
