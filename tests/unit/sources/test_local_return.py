"""What partners report: read row by row, and refused cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.reading import loads, recognised_by, rows, sample, written
from tests.unit.measures.made import return_csv

from saferboard.analytics.sources.local_return import row
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

TABLE = "local_returns"
GOOD = sample("local-return")
REGISTER = pa.table(
    {
        "code": ["E05013637", "E05013545", "E07999901"],
        "name": ["Edgware", "Edgware", "Northmarsh"],
        "kind": ["ward", "ward", "authority"],
        "edition": ["2022", "2022", "2024"],
        "within": ["E09000003", "E09000015", None],
    }
)


def _measure(path: Path, measure: str, areas: pa.Table | None = None) -> list[dict[str, object]]:
    (load,) = [one for one in loads("local-return", path, areas=areas) if one.dataset == measure]
    return rows(load, TABLE)


def test_each_measure_is_a_data_set_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path / "return.csv", GOOD)
    assert recognised_by(path) == ["local-return"]
    found = loads("local-return", path)
    assert [load.dataset for load in found] == [
        "asb-calls",
        "cctv-incidents",
        "confidence-police",
        "prevent-referrals",
        "safeguarding-enquiries",
    ]
    (calls,) = [load for load in found if load.dataset == "asb-calls"]
    assert calls.coverage == {
        "community-safety-team:E09000003": tuple(Month(2023, number) for number in range(7, 13))
    }


def test_months_days_and_words_for_a_period(tmp_path: Path) -> None:
    path = written(tmp_path / "return.csv", GOOD)
    latest = _measure(path, "asb-calls")[0]
    assert (latest["period_from"], latest["period_to"]) == (date(2023, 10, 1), date(2023, 12, 31))
    assert latest["value"] == 2210
    (days,) = _measure(path, "prevent-referrals")
    assert (days["period_to"], days["area_code"]) == (date(2023, 9, 8), "E09000003")
    (month,) = _measure(path, "cctv-incidents")
    assert (month["period_to"], month["value"]) == (date(2023, 11, 30), None)


def test_percentages_bases_breakdowns_and_changes_of_recording(tmp_path: Path) -> None:
    path = written(tmp_path / "return.csv", GOOD)
    whole, women = _measure(path, "confidence-police")
    assert (whole["value"], whole["denominator"], whole["period_words"]) == (67, 812, "autumn 2016")
    assert women["breakdown"] == "sex=Female"
    (change,) = _measure(path, "safeguarding-enquiries")
    assert change["comparable"] is False
    assert "new system" in str(change["recording_change"])


def test_a_percentage_without_a_base_is_noted(tmp_path: Path) -> None:
    path = written(tmp_path / "return.csv", GOOD.replace("67%,812", "67%,"))
    notes = [note for load in loads("local-return", path) for note in load.notes]
    assert ["has no base" in note.words for note in notes] == [True]


def test_the_template_is_recognised_explains_itself_and_asks_for_figures(tmp_path: Path) -> None:
    text = sample("local-return", "template.csv")
    path = written(tmp_path / "template.csv", text.lstrip("\ufeff"), "utf-8-sig")
    assert recognised_by(path) == ["local-return"]
    with pytest.raises(Problem, match="no figures yet"):
        loads("local-return", path)
    filled = text.lstrip("\ufeff").replace("# example: asb-calls", "asb-calls")
    (load,) = loads("local-return", written(path, filled, "utf-8-sig"))
    assert [row_["value"] for row_ in rows(load, TABLE)] == [2210]


def test_a_workbook_is_a_return_too(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "return.xlsx")
    sheet = book.add_worksheet("Return")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, ["measure", "area_code", "period_from", "value", "reported_by"])
    sheet.write_row(1, 0, ["asb-calls", "E09000003"])
    sheet.write_datetime(1, 2, date(2023, 10, 1), day)
    sheet.write_row(1, 3, [12, "Council"])
    book.close()
    (found,) = _measure(tmp_path / "return.xlsx", "asb-calls")
    assert (found["value"], found["period_to"]) == (12, date(2023, 10, 1))


def test_a_name_with_two_meanings_is_refused_and_one_with_one_is_found(tmp_path: Path) -> None:
    ours = GOOD.replace(",,Barnet,", ",,Northmarsh,")
    path = written(tmp_path / "one.csv", ours)
    (found,) = _measure(path, "prevent-referrals", REGISTER)
    assert found["area_code"] == "E07999901"
    two = written(tmp_path / "two.csv", GOOD.replace(",,Barnet,", ",,Edgware,"))
    with pytest.raises(Problem, match=r"E05013545 .* or E05013637") as caught:
        loads("local-return", two, areas=REGISTER)
    assert caught.value.place == "line 4, column “area_name”"


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        (("asb-calls", "ASB calls"), "line 2, column “measure”", "not the key of a measure"),
        (("2023-10,", "2023-14,"), "line 2, column “period_from”", "not a month"),
        (("2023-10,", "autumn,"), "line 2, column “period_from”", "not a date"),
        (("2023-10,2023-12", "2023-10,2023-09"), "line 2, column “period_from”", "before"),
        (('"2,210"', "-3"), "line 2, column “value”", "negative"),
        (('"2,210"', "about 20"), "line 2, column “value”", "not a number"),
        (("67%", "167%"), "line 5, column “value”", "more than 100%"),
        (("812", "0"), "line 5, column “denominator”", "divided"),
        (("sex=Female", "women"), "line 6, column “breakdown”", "not a breakdown"),
        ((",no,", ",perhaps,"), "line 7, column “comparable”", "neither yes nor no"),
        (("E09000003", "Barnet1"), "line 2, column “area_code”", "not a GSS code"),
        ((",,Barnet,", ",,Atlantis,"), "line 4, column “area_name”", "No look-up knows"),
        ((",Community safety team", ","), "line 2, column “reported_by”", "missing"),
        (("2023-07,2023-09", "2023-10,2023-12"), "line 3", "same measure, area, period"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, edit: tuple[str, str], place: str, words: str
) -> None:
    path = written(tmp_path / "return.csv", GOOD.replace(*edit, 1))
    with pytest.raises(Problem) as caught:
        loads("local-return", path)
    assert (caught.value.file, caught.value.place) == ("return.csv", place)
    assert words in caught.value.message


@given(st.integers(0, 10**9))
def test_a_count_reads_back_as_it_was_written(number: int) -> None:
    assert row.value(f"{number:,}") == row.value(str(number)) == (float(number), False)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_is_the_same_in_every_way_of_writing(day: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y"):
        assert row.period(day.strftime(form), None) == (day, day)


def test_residents_by_ward_become_denominators(tmp_path: Path) -> None:
    line = "residents,E05013637,Edgware,2023-06,,,14820,,,,,Council research team,"
    path = written(tmp_path / "residents.csv", return_csv(line))
    (load,) = loads("local-return", path)
    assert set(load.tables) == {"denominators"}
    (found,) = rows(load, "denominators")
    assert (found["area_code"], found["year"], found["of"], found["value"]) == (
        "E05013637", 2023, "residents", 14820.0,
    )  # fmt: skip
    assert (found["area_kind"], found["basis"]) == ("ward", "reported")
