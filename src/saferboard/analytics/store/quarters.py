"""Tables of forces by quarter of a financial year, in expressions that any engine runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saferboard.analytics.store.relation import Relation

if TYPE_CHECKING:
    import ibis


def with_days(rows: Relation) -> Relation:
    """`rows` with `period_from` and `period_to`, from `fy` (`2024/25`: it starts in April) and
    `quarter` (1 to 4). Null where either is none of these."""
    import ibis  # slow to load: see relation.py

    year = rows["fy"].left(4).try_cast("int64")
    quarter = rows["quarter"].try_cast("float64").cast("int64")
    good = quarter.between(1, 4) & year.between(1900, 2200)
    year = good.ifelse(year + (quarter == 4).cast("int64"), None)
    month = good.ifelse((quarter % 4) * 3 + 1, None)
    start = ibis.date(year.cast("int32"), month.cast("int32"), 1)
    last = (start + ibis.interval(months=3) - ibis.interval(days=1)).cast("date")
    return rows.mutate(period_from=start, period_to=last)


def by_force(
    rows: Relation, *, topic: str, major: str, minor: str, breakdown: ibis.Value, count: str
) -> Relation:
    """Rows of forces and quarters in the columns of `published_counts`: `major`, `minor` and
    `count` name columns, `breakdown` is one, and `topic` is what was counted."""
    import ibis

    return rows.select(
        "unit",
        "period_from",
        "period_to",
        "offence",
        "area_code",
        area_kind=rows["is_force"].ifelse("force", "other"),
        area_name=rows["force"],
        topic=ibis.literal(topic),
        major=rows[major],
        minor=rows[minor],
        breakdown=breakdown,
        count=rows[count],
    )


def labelled(rows: Relation, label: str, offences: Relation) -> Relation:
    """`rows` with the offence of their label, by a table of label and offence."""
    return rows.left_join(offences, rows[label] == offences["label"])
