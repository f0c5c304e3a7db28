"""Facts of people: what is withheld, what rests on it, time, places and earlier releases."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from saferboard.analytics.disclosure import ReleaseLog, suppress_facts
from saferboard.analytics.facts.fact import Fact, FactKind, Interval
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

DECEMBER = Month(2023, 12)


def safe(facts: Iterable[Fact], **more: Any) -> tuple[Fact, ...]:
    return suppress_facts(facts, **more).facts


def fact(
    value: float | None,
    period: Period | Month = DECEMBER,
    *,
    kind: FactKind = "count",
    part: str = "",
    area: str = "E09000099",
    measure: str = "prevent-referrals",
    against: Period | None = None,
    **more: object,
) -> Fact:
    span = period if isinstance(period, Period) else Period.of_months(period, period)
    return Fact(
        kind, measure, area, area, span, value, "referrals", part=part, against=against, **more
    )  # type: ignore[arg-type]


def hidden(facts: tuple[Fact, ...]) -> list[bool]:
    return [one.suppressed for one in facts]


def release(facts: list[Fact], log: ReleaseLog | None = None, draft: bool = False) -> ReleaseLog:
    return (log or ReleaseLog()).with_release(
        "board", date(2024, 1, 20), facts, sensitive={"prevent-referrals"}, draft=draft
    )


SENSITIVE = {"prevent-referrals"}


def test_a_small_count_of_people_has_no_value_and_says_why() -> None:
    (shown,) = safe([fact(3, n=3)], sensitive=SENSITIVE)
    assert (shown.value, shown.n, shown.suppressed) == (None, None, True)
    assert shown.missing == "fewer than 5"


def test_open_figures_are_never_suppressed() -> None:
    facts = [fact(1, measure="gun-crime"), fact(0, measure="gun-crime", part="x:y")]
    assert safe(facts, sensitive=SENSITIVE) == tuple(facts)


def test_threshold_zero_and_rounding_are_settings() -> None:
    facts = [fact(6), fact(0, DECEMBER + -2), fact(13, DECEMBER + -4)]
    assert hidden(safe(facts, sensitive=SENSITIVE)) == [False, False, False]
    strict = safe(facts, sensitive=SENSITIVE, threshold=7, zeros_always=True)
    assert hidden(strict) == [True, True, False]
    rounded = safe(facts, sensitive=SENSITIVE, rounding=5)
    assert [one.value for one in rounded] == [5, 0, 15]


def test_a_missing_value_stays_missing_and_is_not_called_suppressed() -> None:
    gap = fact(None, missing="not returned for June 2023")
    assert safe([gap, fact(3, DECEMBER + -1)], sensitive=SENSITIVE)[0] == gap


def test_everything_that_rests_on_a_withheld_count_goes_with_it() -> None:
    year, before = Period.year_to(DECEMBER), Period.year_to(DECEMBER).year_before()
    facts = [
        fact(40, year),
        fact(3, before),
        fact(1233.0, year, kind="change_percent", against=before, interval=Interval(1, 2),
             verdict="clear rise"),
        fact(0.1, before, kind="rate", n=3),
        fact(1.1, year, kind="rate", n=40),
        fact(7, before, kind="rank", part="london"),
        fact(390_000, before, kind="denominator"),
    ]  # fmt: skip
    shown = safe(facts, sensitive=SENSITIVE)
    assert hidden(shown) == [False, True, True, True, False, True, False]
    assert shown[2].interval is None
    assert shown[2].verdict is None


def test_a_month_cannot_be_had_from_its_quarter() -> None:
    quarter = Period.quarter_to(DECEMBER)
    facts = [fact(30, quarter), fact(9, DECEMBER + -2), fact(18, DECEMBER + -1), fact(3)]
    shown = safe(facts, sensitive=SENSITIVE)
    assert hidden(shown) == [False, True, False, True]
    assert shown[1].missing and "worked out" in shown[1].missing


def test_a_month_that_is_not_shown_cannot_be_had_either() -> None:
    facts = [fact(30, Period.quarter_to(DECEMBER)), fact(9, DECEMBER + -2), fact(18, DECEMBER + -1)]
    assert any(hidden(safe(facts, sensitive=SENSITIVE)))


def test_the_mean_of_the_months_does_not_give_one_back() -> None:
    months = [fact(10 + k, DECEMBER + -k) for k in range(1, 12)]
    mean = fact((sum(range(11, 22)) + 3) / 12, Period.year_to(DECEMBER), kind="mean", part="centre")
    shown = safe([*months, fact(3), mean], sensitive=SENSITIVE)
    assert shown[-2].suppressed
    assert sum(hidden(shown)) == 2


def test_a_ward_cannot_be_had_from_the_area() -> None:
    wards = {"whole": ("w1", "w2", "w3")}
    facts = [
        fact(50, area="whole"),
        *(fact(v, area=a) for a, v in (("w1", 2), ("w2", 21), ("w3", 27))),
    ]
    shown = safe(facts, sensitive=SENSITIVE, parts_of=wards)
    assert hidden(shown) == [False, True, True, False]
    alone = safe(facts, sensitive=SENSITIVE)
    assert hidden(alone) == [False, True, False, False]


def test_a_part_of_a_breakdown_cannot_be_had_from_the_total_or_another_breakdown() -> None:
    facts = [
        fact(50),
        fact(2, part="age:under 18"),
        fact(20, part="age:18 to 24"),
        fact(28, part="age:25 or over"),
        fact(30, part="sex:male"),
        fact(20, part="sex:female"),
    ]
    assert hidden(safe(facts, sensitive=SENSITIVE)) == [
        False, True, True, False, False, False,
    ]  # fmt: skip


def test_parts_that_do_not_add_up_tell_nothing_and_cost_nothing() -> None:
    facts = [fact(55), fact(2, part="age:under 18"), fact(48, part="age:18 or over")]
    assert hidden(safe(facts, sensitive=SENSITIVE)) == [False, True, False]


def test_a_zero_that_says_what_nobody_is_goes() -> None:
    facts = [fact(9), fact(9, part="sex:male"), fact(0, part="sex:female")]
    shown = safe(facts, sensitive=SENSITIVE)
    assert hidden(shown) == [False, True, True]


def test_a_percentage_with_a_few_people_behind_it_goes() -> None:
    facts = [
        fact(2.0, kind="percentage", n=100),
        fact(30.0, kind="percentage", n=100, part="b"),
        fact(98.0, kind="percentage", n=100, part="c"),
        fact(50.0, kind="percentage", n=4, part="d"),
    ]
    assert hidden(safe(facts, sensitive=SENSITIVE)) == [True, False, True, True]


def test_this_financial_year_to_date_less_the_last_is_a_month() -> None:
    november = fact(50, Period.financial_year_to_date(DECEMBER + -1))
    december = fact(53, Period.financial_year_to_date(DECEMBER))
    log = release([november])
    assert hidden(safe([december], sensitive=SENSITIVE)) == [False]
    assert hidden(safe([december], sensitive=SENSITIVE, released=log)) == [True]


def test_this_rolling_year_less_the_last_is_a_month_once_the_other_month_is_known() -> None:
    last, this = fact(60, Period.year_to(DECEMBER + -1)), fact(51, Period.year_to(DECEMBER))
    dropped = fact(12, DECEMBER + -12)  # so this December was 51 - 60 + 12 = 3
    unknown = release([last])
    assert hidden(safe([this], sensitive=SENSITIVE, released=unknown)) == [False]
    known = release([last, dropped])
    assert hidden(safe([this], sensitive=SENSITIVE, released=known)) == [True]


def test_what_is_out_already_is_not_withheld_in_vain() -> None:
    facts = [fact(30, Period.quarter_to(DECEMBER)), fact(9, DECEMBER + -2), fact(18, DECEMBER + -1)]
    log = release(facts[1:2])
    shown = safe([*facts, fact(3)], sensitive=SENSITIVE, released=log)
    assert hidden(shown) == [False, False, True, True]


def test_figures_revised_since_the_last_release_do_not_stop_a_pack() -> None:
    log = release([fact(58, Period.year_to(DECEMBER))])
    facts = [fact(60, Period.year_to(DECEMBER)), fact(3)]
    assert hidden(safe(facts, sensitive=SENSITIVE, released=log)) == [False, True]


def test_two_loads_that_disagree_do_not_stop_a_pack() -> None:
    facts = [fact(10, Period.quarter_to(DECEMBER)), fact(9, DECEMBER + -2), fact(8, DECEMBER + -1)]
    assert sum(hidden(safe(facts, sensitive=SENSITIVE))) <= 1


def test_drafts_are_not_releases_and_the_log_survives_its_json() -> None:
    facts = [fact(50), fact(None, DECEMBER + -1), fact(4, measure="gun-crime")]
    assert release(facts, draft=True) == ReleaseLog()
    log = release(facts)
    assert [count.value for count in log] == [50]
    assert ReleaseLog.from_json(log.to_json()) == log


def test_the_newest_value_of_a_released_figure_counts() -> None:
    log = release([fact(52)], release([fact(50)]))
    assert [count.value for count in log] == [52]
    assert len(log.releases) == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 9, "releases": []}'])
def test_a_log_that_cannot_be_read_is_a_problem(text: str) -> None:
    with pytest.raises(Problem, match="log of releases"):
        ReleaseLog.from_json(text, file="releases.json")
