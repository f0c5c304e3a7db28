"""The lake on Spark gives the same rows as on DuckDB. `make test-spark`; never in `make test`."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.made_sources import NOW, SOURCES, street_csv, wide_csv
from tests.made_vintages import span, vintage

from saferboard.analytics.intake.add import add
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.writer import writing

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
        reason="needs the extra [spark] and Java",
    ),
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wide counts, street rows of a force whose name is a number, and one stop."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "wide.csv").write_text(wide_csv("2023-01", "2023-12", value=3))
    for month, rows in (("2022-12", 4), ("2023-01", 2)):
        (folder / f"{month}-north-street.csv").write_text(street_csv(month, rows))
    path = folder / "lake"
    assert add(path, sorted(folder.glob("*.csv")), SOURCES, now=NOW).ok
    stop = {
        "month": date(2023, 1, 1),
        "unit": "07",
        "at": "2023-01-01T00:30:00",
        "local_date": date(2023, 1, 1),
        "stripped": False,
    }
    with writing(path) as writer:
        load = vintage("stops", {"07": span("2023-01", "2023-01")})
        writer.publish([writer.stage(load, {"stop_searches": pa.Table.from_pylist([stop])})])
    return path


@pytest.fixture(scope="module")
def both(lake: Path) -> Iterator[tuple[Lake, Lake]]:
    with Lake.open(lake) as duck, Lake.open(lake, engine="spark") as spark:
        yield duck, spark


def sorted_rows(opened: Lake, table: str) -> list[str]:
    return sorted(map(repr, opened.run(opened.table(table)).to_pylist()))


@pytest.mark.parametrize(
    "table", ["recorded_offences", "street_crimes", "stop_searches", "denominators"]
)
def test_every_row_is_the_same(both: tuple[Lake, Lake], table: str) -> None:
    duck, spark = both
    assert sorted_rows(duck, table) == sorted_rows(spark, table)
    assert spark.table(table).columns == duck.table(table).columns


def test_a_query_with_a_lent_table_is_the_same(both: tuple[Lake, Lake]) -> None:
    answers = []
    for opened in both:
        names = opened.lend(pa.table({"unit": ["north"], "title": ["The north"]}))
        rows = opened.table("street_crimes").join(names, "unit")
        counted = rows.group_by(["title", "month"]).aggregate(n=rows.count()).order_by("month")
        answers.append(opened.run(counted).to_pylist())
    assert answers[0] == answers[1]
    assert [row["n"] for row in answers[0]] == [4, 2]


def test_only_the_loads_that_are_asked_for_are_read(both: tuple[Lake, Lake]) -> None:
    _, spark = both
    (name,) = [v.id for v in spark.vintages if v.source == "made-street"]
    assert spark.run(spark.rows("street_crimes", [name])).num_rows == 6
    assert spark.run(spark.rows("street_crimes", [])).num_rows == 0
