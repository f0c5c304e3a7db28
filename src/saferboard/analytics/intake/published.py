"""Rows of `published_counts` from files that list a count for each combination of words: by
area and month, whole and broken down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from saferboard.analytics.intake.area_names import Place
from saferboard.vocabulary.period import Month

_NOT_SAID = "not recorded"


def area_columns(places: Sequence[Place], which: NDArray[np.int64]) -> pa.Table:
    """Kind, code, name and authority for each row; `which` is the number of its place."""
    at = pa.array(which)
    return pa.table(
        {
            "area_kind": pa.array([place.kind for place in places], pa.string()).take(at),
            "area_code": pa.array([place.code for place in places], pa.string()).take(at),
            "area_name": pa.array([place.name for place in places], pa.string()).take(at),
            "within": pa.array([place.within for place in places], pa.string()).take(at),
        }
    )


def published_counts(
    *,
    unit: str,
    topic: str,
    areas: pa.Table,
    months: pa.Array,
    labels: Mapping[str, pa.ChunkedArray | pa.Array],
    breakdown: Mapping[str, pa.ChunkedArray | pa.Array],
    counts: pa.Array,
) -> pa.Table:
    """Counts summed over equal rows: once for each area, month and label (`breakdown` null),
    and once more for each combination of words (`sex=Male; age=Adult`): never add the two.
    `areas` has a row for each count, `months` has first days, `labels` has any of offence,
    major and minor."""
    rows = areas.append_column("period_from", months).append_column("count", counts)
    for name in ("offence", "major", "minor"):
        rows = rows.append_column(name, labels.get(name, pa.nulls(len(counts), pa.string())))
    parts = [_summed(rows)]
    if breakdown:
        parts.append(_summed(rows.append_column("breakdown", _words(breakdown))))
    table = pa.concat_tables(parts, promote_options="default")
    size = table.num_rows
    return (
        table.append_column("period_to", _last_days(table["period_from"]))
        .append_column("unit", pa.array([unit] * size, pa.string()))
        .append_column("topic", pa.array([topic] * size, pa.string()))
    )


def months_in(months: pa.Array) -> tuple[Month, ...]:
    """Every month from the first to the last that stands in a column of first days; in files
    of single events a month between two others without any is a month of none."""
    found = [Month.of(one) for one in pc.unique(months).to_pylist()]
    first, last = min(found), max(found)
    return tuple(first + step for step in range(last - first + 1))


def _summed(rows: pa.Table) -> pa.Table:
    keys = [name for name in rows.column_names if name != "count"]
    summed = rows.group_by(keys, use_threads=False).aggregate([("count", "sum")])
    summed = summed.rename_columns([*keys, "count"])
    if "breakdown" not in keys:
        summed = summed.append_column("breakdown", pa.nulls(summed.num_rows, pa.string()))
    return summed.set_column(
        summed.column_names.index("count"), "count", summed["count"].cast(pa.float64())
    )


def _words(breakdown: Mapping[str, pa.ChunkedArray | pa.Array]) -> pa.ChunkedArray | pa.Array:
    parts = [
        pc.binary_join_element_wise(f"{name}=", pc.fill_null(column, _NOT_SAID), "")
        for name, column in breakdown.items()
    ]
    return pc.binary_join_element_wise(*parts, "; ")


def _last_days(first_days: pa.ChunkedArray) -> pa.Array:
    coded = first_days.combine_chunks().dictionary_encode()
    last = [Month.of(one).last_day for one in coded.dictionary.to_pylist()]
    return pa.array(last, pa.date32()).take(coded.indices)
