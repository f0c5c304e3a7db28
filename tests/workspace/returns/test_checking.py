"""The checks of a return, against values worked out by hand, and how often they ask in vain."""

from __future__ import annotations

import random
import statistics
import uuid
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferboard.analytics.stats import dispersion
from saferboard.vocabulary.period import Month, Period
from saferboard.workspace.returns.checking import blocking, check, last_time
from saferboard.workspace.returns.entries import LONGEST, Asked, Entry, Kind, Past, Written
from saferboard.workspace.returns.jumps import (
    MEDIAN_OF_CHI,
    count_jumped,
    index_jumped,
    percentage_jumped,
    unrest,
)
from saferboard.workspace.returns.periods import (
    Cycle,
    due_day,
    periods_until,
    reminder_step,
)

Q1 = Period.of_months(Month(2024, 1), Month(2024, 3))
AREA = "E06000999"


def _asked(measure: str = "asb-calls", kind: Kind = "return-count", **more: object) -> Asked:
    return Asked(uuid.uuid4(), measure, measure, kind, AREA, **more)  # type: ignore[arg-type]


def _past(*values: float | None, base: float | None = None, broken: int = -1) -> list[Past]:
    """Quarters that end with December 2023, oldest first."""
    last, found = Month(2023, 12), []
    for back, value in enumerate(reversed(values)):
        end = last + -3 * back
        at = len(values) - 1 - back
        found.append(
            Past(Period.of_months(end + -2, end), value, base, at != broken, "", "Council", "x")
        )
    return found[::-1]


def _codes(asked: Asked, entry: Entry, past: list[Past] | None = None) -> list[str]:
    found = check([asked], Written({asked.line: entry}), Q1, {asked.key: past or []})
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (Entry("12"), []),
        (Entry("0"), []),
        (Entry("1,234"), []),
        (Entry(""), ["missing"]),
        (Entry("-3"), ["not-a-number"]),
        (Entry("twelve"), ["not-a-number"]),
        (Entry("12.5"), ["fraction"]),
        (Entry("12%"), ["percentage"]),
        (Entry("60000"), ["too-high"]),
        (Entry("12", "0"), ["not-a-base"]),
        (Entry("12", "x"), ["not-a-base"]),
        (Entry("<script>"), ["not-a-number"]),
        (Entry("12", reason="because"), ["reason"]),
        (Entry("12", reason="recording", answer="New system"), ["comparable"]),
    ],
)
def test_a_count_is_checked(entry: Entry, codes: list[str]) -> None:
    assert _codes(_asked(highest=50_000), entry) == codes


def test_ranges_and_bases_are_asked_for() -> None:
    share = _asked("confidence-police", "return-percentage", lowest=20, denominator_required=True)
    assert _codes(share, Entry("67%", "800")) == []
    assert _codes(share, Entry("67%")) == ["no-base"]
    assert _codes(share, Entry("12", "800")) == ["too-low"]
    assert _codes(share, Entry("101", "800")) == ["over-100"]
    assert _codes(share, Entry("101%", "800")) == ["not-a-number"]


def test_a_jump_is_a_query_and_an_answer_lifts_it() -> None:
    asked, past = _asked(), _past(400, 420, 390, 410)
    assert _codes(asked, Entry("430"), past) == []
    assert _codes(asked, Entry("749"), past) == ["jump"]
    assert _codes(asked, Entry("120"), past) == ["jump"]
    open_ones = check([asked], Written({asked.line: Entry("749")}), Q1, {asked.key: past})
    assert [one.severity for one in blocking(open_ones)] == ["query"]
    assert "October to December 2023" in open_ones[0].words and "410" in open_ones[0].words
    answered = Entry("749", reason="recording", answer="A new system", comparable="no")
    closed = check([asked], Written({asked.line: answered}), Q1, {asked.key: past})
    assert [one.answered for one in closed] == [True] and blocking(closed) == []
    half = Entry("749", reason="real")
    assert blocking(check([asked], Written({asked.line: half}), Q1, {asked.key: past}))


def test_an_error_cannot_be_answered_away() -> None:
    asked = _asked(highest=100)
    entry = Entry("200", reason="real", answer="It is so")
    found = check([asked], Written({asked.line: entry}), Q1, {})
    assert [one.code for one in blocking(found)] == ["too-high"]


def test_only_periods_as_long_as_this_one_and_before_it_are_last_time() -> None:
    year = Past(Period.year_to(Month(2023, 12)), 1600, None, True, "", "Council", "x")
    later = Past(
        Period.of_months(Month(2024, 4), Month(2024, 6)), 9, None, True, "", "Council", "x"
    )
    unknown = _past(410, None)
    found = last_time(Q1, [*unknown, year, later])
    assert found and found.value == 410 and found.period.end == date(2023, 9, 30)
    assert last_time(Q1, [year, later]) is None


def test_parts_that_are_more_than_the_whole_are_a_query() -> None:
    whole = _asked()
    parts = [_asked(breakdown="sex=Female"), _asked(breakdown="sex=Male")]
    values = dict(zip([whole, *parts], ("10", "6", "5"), strict=True))
    said = Written({one.line: Entry(value) for one, value in values.items()})
    (found,) = check([whole, *parts], said, Q1, {})
    assert (found.code, found.line) == ("parts", whole.line)
    assert "11" in found.words and "10" in found.words


def test_a_nil_return_is_nought_of_what_is_counted_and_nothing_of_what_is_not() -> None:
    calls, share = _asked(), _asked("confidence-police", "return-percentage")
    said = Written({calls.line: Entry("77")}, nil=True)
    assert said.entry(calls) == Entry("0", note="Nil return")
    assert said.entry(share) == Entry("", note="Nil return")
    assert check([calls, share], said, Q1, {}) == ()
    history = {calls.key: _past(400, 420, 390, 410)}
    assert [one.code for one in check([calls, share], said, Q1, history)] == ["jump"]


def test_the_unrest_of_a_series_is_that_of_its_successive_differences() -> None:
    values = [100.0, 120.0, 80.0, 110.0, 90.0, 130.0]
    by_hand = [400 / 220, 1600 / 200, 900 / 190, 400 / 200, 1600 / 220]
    assert unrest(values) == pytest.approx(statistics.median(by_hand) / 0.4549364)
    assert unrest([5, 5, 5, 5, 5, 5]) == 1.0
    assert unrest([5, 50, 5, 50]) == dispersion.ASSUMED
    assert unrest([0, 0, 0, 0, 0, 0]) == dispersion.ASSUMED


def test_the_median_of_chi_squared_is_what_is_said() -> None:
    draws = np.random.default_rng(1).standard_normal(400_000) ** 2
    assert float(np.median(draws)) == pytest.approx(MEDIAN_OF_CHI, rel=0.01)


def test_a_jump_in_the_past_does_not_hide_the_next_one() -> None:
    calm = [100.0, 104.0, 98.0, 101.0, 97.0, 103.0, 99.0, 1000.0, 102.0]
    assert count_jumped(190, 102, 91, 92, unrest(calm), 0.003)


def test_a_change_of_recording_begins_the_series_anew() -> None:
    past = _past(100, 104, 98, 300, 305, 296, 303, 299, broken=3)
    assert _codes(_asked(), Entry("302"), past) == []
    assert _codes(_asked(), Entry("180"), past) == ["jump"]


def test_small_changes_are_never_asked_about_and_percentages_and_indices_have_rules() -> None:
    assert not count_jumped(4, 0, 91, 92, 1.0, 0.2)
    assert percentage_jumped(50, 800, 63, 800, 0.003)
    assert not percentage_jumped(61, 800, 63, 800, 0.003)
    assert percentage_jumped(73, None, 63, 800, 0.003)
    assert not percentage_jumped(70, None, 63, None, 0.003)
    assert index_jumped(130, 100) and not index_jumped(110, 100)
    assert index_jumped(1, 0) and not index_jumped(0, 0)


@pytest.mark.simulation
@pytest.mark.parametrize(("phi", "most"), [(1.0, 0.005), (2.0, 0.015), (4.0, 0.03)])
def test_a_query_is_seldom_raised_in_vain(phi: float, most: float) -> None:
    draws = np.random.default_rng(3)
    hits = 0
    for _ in range(1500):
        mean = 120.0
        series = (
            draws.poisson(mean, 9)
            if phi == 1
            else draws.negative_binomial(mean / (phi - 1), 1 / phi, 9)
        )
        values = [float(one) for one in series]
        hits += count_jumped(values[-1], values[-2], 91, 92, unrest(values[:-1]), 0.003)
    assert hits / 1500 <= most


@pytest.mark.parametrize(
    ("cycle", "ends"),
    [
        (Cycle.MONTHLY, ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29"]),
        (Cycle.QUARTERLY, ["2024-01-31"]),
        (Cycle.SIX_MONTHLY, ["2024-04-30"]),
        (Cycle.ANNUAL, ["2024-10-31"]),
    ],
)
def test_periods_of_a_cycle(cycle: Cycle, ends: list[str]) -> None:
    found = list(periods_until(date(2023, 11, 1), cycle, date(2024, 1, 31)))
    expected = ends if cycle != Cycle.MONTHLY else ends[:3]
    assert [one.end.isoformat() for one in found] == expected
    assert due_day(found[0].end, 28) == found[0].end + (date(2024, 1, 29) - date(2024, 1, 1))


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("2024-04-13", None),
        ("2024-04-14", 14),
        ("2024-04-20", 14),
        ("2024-04-21", 7),
        ("2024-04-26", 7),
        ("2024-04-27", 1),
        ("2024-04-28", 0),
        ("2024-04-29", -1),
        ("2024-05-05", -1),
        ("2024-05-06", -8),
        ("2024-05-13", -15),
    ],
)
def test_reminders_come_14_7_and_1_days_before_on_the_day_and_every_week_after(
    today: str, step: int | None
) -> None:
    assert reminder_step(date(2024, 4, 28), date.fromisoformat(today)) == step


def test_a_year_of_days_gives_each_reminder_once_and_in_order() -> None:
    due = date(2024, 6, 30)
    steps = [reminder_step(due, date.fromordinal(due.toordinal() + day)) for day in range(-60, 60)]
    seen = [one for at, one in enumerate(steps) if one is not None and one != steps[at - 1]]
    assert seen == [14, 7, 1, 0, -1, -8, -15, -22, -29, -36, -43, -50, -57]


@given(st.dictionaries(st.sampled_from([*LONGEST, "odd"]), st.text(max_size=900)))
def test_whatever_is_sent_becomes_an_entry_within_bounds(held: dict[str, str]) -> None:
    entry = Entry.of(held)
    for name, longest in LONGEST.items():
        assert len(getattr(entry, name)) <= longest
    assert Entry.of(entry.stored()) == entry
    asked = _asked(highest=random.Random(1).random() * 100)
    check([asked], Written({asked.line: entry}), Q1, {asked.key: _past(1, 2, 3, 4, 5)})
