"""Of two returns about one period the one that was loaded last counts, whatever their ids."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from saferboard.analytics.measures.returns import Returns, Row
from saferboard.vocabulary.period import Month, Period

Q1 = Period.of_months(Month(2024, 1), Month(2024, 3))


def _row(value: float, load: str, day: int) -> Row:
    return Row(
        Q1, value, None, "", True, "Council", "", load, date(2024, 3, 31),
        datetime(2024, 4, day, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_correction_counts_whichever_way_the_ids_sort(names: tuple[str, str]) -> None:
    rows = [_row(430, names[0], 10), _row(455, names[1], 12)]
    assert Returns(rows, date(2024, 12, 31)).value(Q1) == 455
    assert Returns(rows[::-1], date(2024, 12, 31)).value(Q1) == 455
