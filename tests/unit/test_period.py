"""Months and periods: arithmetic, labels and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

months = st.integers(1950 * 12, 2150 * 12).map(Month.from_ordinal)


@given(months, st.integers(-240, 240))
def test_adding_months_and_subtracting_gives_them_back(month: Month, steps: int) -> None:
    assert (month + steps) - month == steps
    assert Month.parse(str(month)) == month


@given(months)
def test_a_year_ends_where_its_month_ends_and_has_twelve(month: Month) -> None:
    year = Period.year_to(month)
    assert year.month_count == 12
    assert year.end == month.last_day
    assert year.days in (365, 366)
    assert year.year_before().end.year == month.year - 1


@pytest.mark.parametrize("text", ["2023-13", "2023", "Dec 2023", "", "202300"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        Month.parse(text)


@pytest.mark.parametrize(
    ("period", "label", "slug"),
    [
        (Period.quarter_to(Month(2023, 12)), "October to December 2023", "2023-10..2023-12"),
        (
            Period.quarter_to(Month(2024, 1)),
            "November 2023 to January 2024",
            "2023-11..2024-01",
        ),
        (Period.year_to(Month(2023, 12)), "12 months to December 2023", "2023-01..2023-12"),
        (Period.of_months(Month(2023, 5), Month(2023, 5)), "May 2023", "2023-05"),
        (
            Period(date(2016, 9, 9), date(2017, 9, 8)),
            "9 September 2016 to 8 September 2017",
            "2016-09-09..2017-09-08",
        ),
        (
            Period(date(2016, 9, 1), date(2016, 11, 30), "autumn 2016"),
            "autumn 2016",
            "2016-09..2016-11",
        ),
    ],
)
def test_labels_and_slugs(period: Period, label: str, slug: str) -> None:
    assert period.label() == label
    assert period.slug() == slug


def test_financial_year_to_date_begins_in_april() -> None:
    assert Period.financial_year_to_date(Month(2023, 12)).start == date(2023, 4, 1)
    assert Period.financial_year_to_date(Month(2024, 3)).start == date(2023, 4, 1)
    assert Period.financial_year_to_date(Month(2024, 4)).month_count == 1


def test_a_year_before_a_leap_february_is_whole_months() -> None:
    leap = Period.of_months(Month(2024, 2), Month(2024, 2))
    assert leap.year_before() == Period.of_months(Month(2023, 2), Month(2023, 2))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Problem):
        Period(date(2023, 2, 1), date(2023, 1, 1))
