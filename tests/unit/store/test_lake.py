"""Reading and writing the lake: snapshots, typed emptiness, older columns, removal."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.made_vintages import span, vintage

from saferboard.analytics.store import manifest
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.writer import Writer, writing
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.vocabulary.problem import Problem


def offences(value: int, unit: str = "north", month: date = date(2023, 1, 1)) -> pa.Table:
    row = {"unit": unit, "area_kind": "other", "month": month, "counted": "offences"}
    return pa.Table.from_pylist([{**row, "count": value}])


def street(unit: str, month: date, rows: int = 2) -> pa.Table:
    row = {"unit": unit, "month": month, "crime_type": "burglary"}
    return pa.Table.from_pylist([row] * rows)


def put(lake: Path, name: str, **tables: pa.Table) -> None:
    with writing(lake) as writer:
        load = vintage(name, {"north": span("2023-01", "2023-01")})
        writer.publish([writer.stage(load, tables)])


def total(opened: Lake) -> int | None:
    rows = opened.table("recorded_offences")
    return opened.run(rows.aggregate(n=rows["count"].sum())).to_pylist()[0]["n"]


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return tmp_path / "lake"


def test_a_missing_folder_is_an_empty_lake_with_typed_tables(lake: Path) -> None:
    with Lake.open(lake) as opened:
        assert opened.vintages == ()
        for name, table in TABLES.items():
            found = opened.run(opened.table(name))
            assert found.num_rows == 0
            assert found.column_names == [*(c.name for c in table.columns), "vintage"]
    assert not lake.exists()


def test_rows_come_back_with_their_load_and_their_types(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    with Lake.open(lake) as opened:
        (row,) = opened.run(opened.table("recorded_offences")).to_pylist()
    assert row["count"] == 5
    assert row["vintage"] == "a"
    assert row["month"] == date(2023, 1, 1)
    assert row["offence"] is None


def test_only_the_files_of_the_loads_that_are_asked_for_are_read(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    put(lake, "b", recorded_offences=offences(7))
    (broken,) = (lake / "tables").rglob("vintage=a/*.parquet")
    broken.write_bytes(b"not parquet")
    with Lake.open(lake) as opened:
        rows = opened.rows("recorded_offences", ["b"])
        assert opened.run(rows).column("count").to_pylist() == [7]


def test_the_folders_are_source_load_force_and_year(lake: Path) -> None:
    with writing(lake) as writer:
        load = vintage("a", {"north": span("2022-12", "2023-01")})
        both = pa.concat_tables(
            [street("north", date(2022, 12, 1)), street("07", date(2023, 1, 1), 3)]
        )
        writer.publish([writer.stage(load, {"street_crimes": both})])
    found = sorted(p.relative_to(lake).as_posix() for p in lake.rglob("*.parquet"))
    assert found == [
        "tables/street_crimes/source=made/vintage=a/unit=07/year=2023/part-0.parquet",
        "tables/street_crimes/source=made/vintage=a/unit=north/year=2022/part-0.parquet",
    ]
    with Lake.open(lake) as opened:
        rows = opened.run(opened.table("street_crimes"))
        assert sorted(rows.column("unit").to_pylist()) == ["07", "07", "07", "north", "north"]


def test_a_reader_keeps_its_snapshot_while_loads_come_and_go(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    with Lake.open(lake) as opened:
        put(lake, "b", recorded_offences=offences(7))
        with writing(lake) as writer:
            writer.remove(["a"])
        assert total(opened) == 5
        with Lake.open(lake) as fresh:
            assert total(fresh) == 7
    put(lake, "c", recorded_offences=offences(1))
    assert not list(lake.rglob("vintage=a")), "the next writer sweeps what readers held"


def test_a_removed_load_is_gone_at_once_when_nobody_reads(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    with writing(lake) as writer:
        (gone,) = writer.remove(["a"])
    assert gone.id == "a"
    assert not list(lake.rglob("*.parquet"))


def test_a_load_that_is_not_there_cannot_be_removed(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    with writing(lake) as writer, pytest.raises(Problem, match="no load “x”"):
        writer.remove(["a", "x"])
    with Lake.open(lake) as opened:
        assert total(opened) == 5


def test_columns_that_came_later_are_empty_in_older_loads(lake: Path) -> None:
    put(lake, "old", recorded_offences=offences(5))
    put(lake, "new", recorded_offences=offences(7))
    (file,) = (lake / "tables").rglob("vintage=old/*.parquet")
    table = pa.parquet.read_table(file).drop_columns(["within"])
    pa.parquet.write_table(table, file)
    body = json.loads((lake / "manifest.json").read_text())
    for load in body["loads"]:
        if load["id"] == "old":
            load["stored"]["recorded_offences"]["columns"].remove("within")
    (lake / "manifest.json").write_text(json.dumps(body))
    with Lake.open(lake) as opened:
        rows = opened.run(opened.table("recorded_offences")).to_pylist()
    assert sorted((row["count"], row["within"]) for row in rows) == [(5, None), (7, None)]


def test_a_damaged_manifest_is_a_problem_and_stays_as_it_is(lake: Path) -> None:
    lake.mkdir()
    (lake / "manifest.json").write_text("{half")
    with pytest.raises(Problem, match="cannot be read"):
        Lake.open(lake)
    with pytest.raises(Problem, match="cannot be read"), writing(lake):
        pass
    assert (lake / "manifest.json").read_text() == "{half"


def test_a_manifest_of_a_newer_form_is_refused(lake: Path) -> None:
    lake.mkdir()
    (lake / "manifest.json").write_text('{"form": 99, "loads": []}')
    with pytest.raises(Problem, match="form 99"):
        Lake.open(lake)


def test_the_manifest_comes_back_as_it_was(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    held = manifest.read(lake)
    manifest.write(lake, held)
    assert manifest.read(lake) == held


def test_an_unknown_engine_is_a_problem(lake: Path) -> None:
    with pytest.raises(Problem, match="no engine"):
        Lake.open(lake, engine="abacus")


def test_a_lent_table_can_be_joined(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    with Lake.open(lake) as opened:
        names = opened.lend(pa.table({"unit": ["north"], "title": ["The north"]}))
        rows = opened.table("recorded_offences").join(names, "unit")
        assert opened.run(rows.select("title")).to_pylist() == [{"title": "The north"}]


def test_a_second_writer_says_that_it_waits_and_then_writes(lake: Path) -> None:
    waited, inside = threading.Event(), threading.Event()

    def second() -> None:
        with writing(lake, waiting=waited.set):
            inside.set()

    with writing(lake):
        other = threading.Thread(target=second)
        other.start()
        assert waited.wait(10)
        assert not inside.is_set()
    other.join(10)
    assert inside.is_set()


def test_readers_read_while_a_writer_writes(lake: Path) -> None:
    put(lake, "a", recorded_offences=offences(5))
    with writing(lake) as writer:
        load = vintage("b", {"north": span("2023-02", "2023-02")})
        staged = writer.stage(load, {"recorded_offences": offences(7)})
        with Lake.open(lake) as opened:
            assert total(opened) == 5
        writer.publish([staged])
        with Lake.open(lake) as opened:
            assert total(opened) == 12


@pytest.fixture
def writer(lake: Path) -> Iterator[Writer]:
    with writing(lake) as opened:
        yield opened


def refused(writer: Writer, table: pa.Table, name: str = "recorded_offences") -> str:
    with pytest.raises(Problem) as caught:
        writer.stage(vintage("bad", {}), {name: table})
    return caught.value.sentence()


def test_a_negative_count_is_refused_with_the_row(writer: Writer) -> None:
    words = refused(writer, pa.concat_tables([offences(3), offences(-2, "south")]))
    assert "“count” is below zero in 1 row" in words
    assert "south" in words


def test_a_missing_value_is_refused(writer: Writer) -> None:
    table = pa.concat_tables([offences(3), offences(3)])
    holed = table.set_column(
        table.column_names.index("counted"), "counted", pa.array(["offences", None])
    )
    assert "“counted” is empty in 1 row" in refused(writer, holed)
    assert "“count” of “recorded_offences” is missing" in refused(
        writer, table.drop_columns(["count"])
    )


def test_a_missing_force_is_refused_where_it_is_a_folder(writer: Writer) -> None:
    rows = pa.concat_tables([street("north", date(2023, 1, 1)), street("x", date(2023, 1, 1), 1)])
    holed = rows.set_column(0, "unit", pa.array(["north", "north", None]))
    assert "“unit” is empty in 1 row" in refused(writer, holed, "street_crimes")


def test_a_fraction_of_a_count_is_refused_and_not_rounded(writer: Writer) -> None:
    table = offences(3).set_column(4, "count", pa.array([2.5]))
    assert "“count” is not a whole number" in refused(writer, table)


def test_a_column_or_table_that_the_catalogue_does_not_have_is_refused(writer: Writer) -> None:
    assert "no column “colour”" in refused(
        writer, offences(3).append_column("colour", pa.array(["red"]))
    )
    assert "no table “nothing”" in refused(writer, offences(3), "nothing")


def test_what_was_refused_can_be_put_right_by_the_same_writer(writer: Writer) -> None:
    refused(writer, offences(-1))
    staged = writer.stage(vintage("good", {}), {"recorded_offences": offences(1)})
    assert [v.id for v in writer.publish([staged])] == ["good"]


def test_staged_or_refused_loads_leave_nothing_behind(lake: Path) -> None:
    with writing(lake) as opened:
        opened.stage(vintage("a", {}), {"recorded_offences": offences(1)})
    assert not list(lake.rglob("*.parquet"))
    assert not (lake / ".staging").exists()


def test_the_desk_reads_csv_parquet_and_the_newest_look_up(writer: Writer, tmp_path: Path) -> None:
    csv = tmp_path / "a.csv"
    csv.write_text('name,n\n"x, y",007\n')
    desk = writer.desk
    assert desk.run(desk.csv([csv])).to_pylist() == [{"name": "x, y", "n": "007"}]
    typed = desk.hold(desk.csv([csv], columns={"name": "VARCHAR", "n": "BIGINT"}))
    assert desk.run(typed).column("n").to_pylist() == [7]
    assert desk.run(desk.csv([csv], types={"n": "BIGINT"})).to_pylist() == [
        {"name": "x, y", "n": 7}
    ]
    pa.parquet.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    assert desk.run(desk.parquet([tmp_path / "a.parquet"])).to_pylist() == [{"a": 1}]
    assert desk.lake("recorded_offences") is None
    for name, day in (("old", date(2023, 1, 1)), ("new", date(2024, 1, 1))):
        load = vintage(name, {}, published=day)
        writer.publish([writer.stage(load, {"recorded_offences": offences(1)})])
    found = desk.lake("recorded_offences")
    assert found is not None
    assert desk.run(found).column("vintage").to_pylist() == ["new"]
