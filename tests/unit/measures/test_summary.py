"""The summary on a made lake: periods, vintages, ranks, months, words, and the JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.unit.measures.made import (
    BOROUGHS,
    borough_csv,
    households_csv,
    lookup_csv,
    make,
    months,
    residents_csv,
    usual_counts,
)
from typer.testing import CliRunner

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.as_json import summary_json
from saferboard.analytics.measures.results import MeasureResult, SummaryResult
from saferboard.analytics.measures.summary import summarise, summarise_many
from saferboard.analytics.stats.exceptions import chance
from saferboard.analytics.store.lake import Lake
from saferboard.cli.main import app
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

FIRST = months("2018-01", "2023-12")
SECOND = months("2018-01", "2024-06")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    newer = usual_counts(SECOND, lift=1.5)
    return {
        "old.csv": borough_csv(FIRST, usual_counts(FIRST)),
        "new.csv": borough_csv(SECOND, newer),
        "households21.csv": households_csv(),
        "residents.csv": residents_csv(),
        "lookup.csv": lookup_csv(),
    }


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]) -> Iterator[Lake]:
    folder = make(tmp_path_factory.mktemp("summary"), files)
    with Lake.open(folder) as held:
        yield held


@pytest.fixture(scope="module")
def latest(lake: Lake) -> SummaryResult:
    return summarise(lake, "Barnet", to=Month(2024, 6), baseline=2019)


def _of(result: SummaryResult, key: str) -> MeasureResult:
    (found,) = [one for one in result.measures if one.measure == key]
    return found


def _by_hand(text: str, labels: set[str], borough: str, first: str, last: str) -> int:
    """The plain second implementation: add up the cells of a file."""
    total = 0
    for row in csv.DictReader(io.StringIO(text)):
        if row["LookUp_BoroughName"] == borough and row["MinorText"] in labels:
            total += sum(
                int(value)
                for name, value in row.items()
                if re.fullmatch(r"\d{6}", name) and first <= name <= last
            )
    return total


@pytest.mark.parametrize(
    ("measure", "labels"),
    [
        ("residential-burglary", {"Domestic Burglary"}),
        ("burglary", {"Domestic Burglary", "Burglary Business and Community"}),
        ("personal-robbery", {"Robbery of Personal Property"}),
        (
            "mopac7",
            {
                "Domestic Burglary",
                "Burglary Business and Community",
                "Robbery of Personal Property",
            },
        ),
    ],
)
@pytest.mark.parametrize("borough", list(BOROUGHS))
def test_every_count_is_what_adding_up_the_file_gives(
    lake: Lake, files: dict[str, str], measure: str, labels: set[str], borough: str
) -> None:
    one = _of(summarise(lake, borough, to=Month(2024, 6), measures=[measure]), measure)
    text = files["new.csv"]
    assert one.quarter is not None
    assert one.year is not None
    assert one.financial_year is not None
    spans = {
        "quarter": (one.quarter, "202404", "202406", "202304", "202306"),
        "year": (one.year, "202307", "202406", "202207", "202306"),
        "financial year": (one.financial_year, "202404", "202406", "202304", "202306"),
    }
    for comparison, first, last, was_first, was_last in spans.values():
        assert comparison.current.value == _by_hand(text, labels, borough, first, last)
        assert comparison.previous.value == _by_hand(text, labels, borough, was_first, was_last)


def test_the_baseline_is_the_same_months_of_that_year(
    latest: SummaryResult, files: dict[str, str]
) -> None:
    one = _of(latest, "personal-robbery").baseline
    assert one is not None
    assert one.against.label() == "12 months to June 2019"
    labels = {"Robbery of Personal Property"}
    assert one.previous.value == _by_hand(files["new.csv"], labels, "Barnet", "201807", "201906")


def test_as_known_uses_only_what_was_published_by_then(lake: Lake, files: dict[str, str]) -> None:
    known = summarise(
        lake, "Barnet", to=Month(2024, 6), as_known=date(2024, 1, 31),
        measures=["residential-burglary"],
    )  # fmt: skip
    one = _of(known, "residential-burglary")
    assert one.older
    assert one.to == Month(2023, 12)
    assert one.year is not None
    by_hand = _by_hand(files["old.csv"], {"Domestic Burglary"}, "Barnet", "202301", "202312")
    assert one.year.current.value == by_hand
    assert known.as_known == "2024-01-31"
    assert not any(v.published > date(2024, 1, 31) for v in known.vintages.values())


def test_as_published_comparators_come_from_a_year_earlier(
    lake: Lake, files: dict[str, str]
) -> None:
    result = summarise(
        lake, "Barnet", to=Month(2024, 6), comparators="as-published",
        as_known=date(2025, 1, 31), measures=["residential-burglary"],
    )  # fmt: skip
    one = _of(result, "residential-burglary").year
    assert one is not None
    labels = {"Domestic Burglary"}
    assert one.current.value == _by_hand(files["new.csv"], labels, "Barnet", "202307", "202406")
    assert one.previous.value == _by_hand(files["old.csv"], labels, "Barnet", "202207", "202306")
    assert one.stitched
    assert one.current.vintages != one.previous.vintages


def test_a_rise_by_half_is_clear_and_its_neighbours_are_not(latest: SummaryResult) -> None:
    burglary, business = _of(latest, "residential-burglary"), _of(latest, "business-burglary")
    assert burglary.year is not None
    assert business.year is not None
    assert burglary.year.verdict == "clear rise"
    assert burglary.year.change.value == pytest.approx(50, abs=4)
    assert burglary.year.change.interval is not None
    assert burglary.year.change.interval.low < 50 < burglary.year.change.interval.high
    assert business.year.verdict in ("stable", "no clear change")
    assert burglary.rag is not None
    assert burglary.rag.worse >= 1
    assert {one.name for one in burglary.rag.indicators} >= {"quarter", "12 months"}


def test_zero_before_has_no_percentage_and_zero_is_not_missing(latest: SummaryResult) -> None:
    homicide = _of(latest, "homicide")
    assert homicide.year is not None
    assert (homicide.year.current.value, homicide.year.previous.value) == (0, 0)
    assert homicide.year.change.value is None
    assert homicide.year.change.missing == "no percentage of zero"
    assert homicide.year.verdict == "too few to tell"


def test_a_period_that_no_load_has_is_missing_and_never_zero(lake: Lake) -> None:
    one = _of(summarise(lake, "Barnet", to=Month(2018, 6), measures=["robbery"]), "robbery")
    assert one.quarter is not None
    assert one.year is not None
    assert one.quarter.current.value is not None
    assert one.quarter.previous.value is None
    assert one.quarter.change.value is None
    assert one.quarter.change.missing == ("not published for April 2017, May 2017 and June 2017")
    assert one.quarter.verdict == "no comparison"
    assert one.year.current.value is None
    assert one.year.current.missing == "not published for July 2017 to December 2017"


def test_the_latest_month_of_a_release_is_provisional(latest: SummaryResult, lake: Lake) -> None:
    points = _of(latest, "robbery").exceptions
    assert [point.count.provisional for point in points] == [False, False, True]
    assert "June 2024 is provisional" in " ".join(_of(latest, "robbery").notes)
    earlier = _of(summarise(lake, "Barnet", to=Month(2024, 5), measures=["robbery"]), "robbery")
    assert not any(point.count.provisional for point in earlier.exceptions)


def test_rates_stand_on_the_denominator_of_the_middle_of_the_period(
    latest: SummaryResult,
) -> None:
    burglary, robbery = _of(latest, "residential-burglary"), _of(latest, "robbery")
    assert burglary.rate is not None
    assert robbery.rate is not None
    assert burglary.denominator is not None
    assert robbery.denominator is not None
    assert burglary.year is not None
    assert (burglary.rate.per, burglary.rate.of) == (1000, "households")
    assert burglary.denominator.value == 100000
    assert burglary.rate.value == pytest.approx(float(burglary.year.current.value or 0) / 100)
    assert "2023" in robbery.denominator.note, "the middle is 31 December 2023"
    assert robbery.denominator.value == round(300000 * 1.01**5)


def test_ranks_are_of_the_members_with_data(latest: SummaryResult) -> None:
    ranks = {one.area_set: one for one in _of(latest, "residential-burglary").ranks}
    london = ranks["london"]
    assert (london.with_data, london.of) == (5, 32)
    assert london.missing is not None
    assert "no data for" in london.missing
    assert len(london.peers) == 32
    assert [peer.fact.value is None for peer in london.peers] == [False] * 5 + [True] * 27
    assert sum(peer.is_area for peer in london.peers) == 1
    three = ranks["north-west-bcu"]
    assert three.rank.interval is None, "a range among three says nothing"
    values = [peer.fact.value for peer in london.peers[:5]]
    assert values == sorted(values, key=lambda one: one or 0)


def test_what_stands_out_is_counted_with_what_chance_would_give(latest: SummaryResult) -> None:
    assert latest.looked_at.value
    assert latest.by_chance.value == pytest.approx(chance(int(latest.looked_at.value), 3))
    found = [
        point
        for one in latest.measures
        for point in one.exceptions
        if point.status.startswith("exception")
    ]
    assert latest.exceptions.value == len(found)


def test_every_fact_is_in_the_sheet_and_comes_back(latest: SummaryResult) -> None:
    one = _of(latest, "residential-burglary")
    assert one.year is not None
    assert latest.sheet[one.year.current.id] == one.year.current
    again = FactSheet.from_json(latest.sheet.to_json())
    assert again.digest() == latest.sheet.digest()
    assert all(load in latest.sheet.vintages for fact in latest.sheet for load in fact.vintages)


def test_the_json_has_the_keys_that_were_agreed(latest: SummaryResult) -> None:
    rows = json.loads(json.dumps(summary_json(latest)))
    agreed = {
        "measure", "area", "quarter", "year", "rate", "ranks", "exceptions", "rag", "vintages",
        "breaks",
    }  # fmt: skip
    for row in rows:
        assert agreed <= set(row)
        assert (row["area"], row["area_code"]) == ("Barnet", "E09000003")
        assert row["area_kind"] == "authority"
        for name in ("quarter", "year"):
            assert {
                "from", "to", "value", "previous", "change_percent", "interval", "verdict",
            } <= set(row[name])  # fmt: skip
    burglary = next(row for row in rows if row["measure"] == "residential-burglary")
    assert (burglary["quarter"]["from"], burglary["quarter"]["to"]) == ("2024-04", "2024-06")
    assert {"value", "per", "of", "interval"} <= set(burglary["rate"])
    assert {"rank", "of", "likely", "previous_rank"} <= set(burglary["ranks"]["london"])
    assert len(burglary["exceptions"]) == 3


def test_many_areas_give_what_each_alone_gives(lake: Lake) -> None:
    keys = ["robbery", "residential-burglary"]
    many = list(summarise_many(lake, list(BOROUGHS), to=Month(2024, 6), measures=keys))
    for name, together in zip(BOROUGHS, many, strict=True):
        alone = summarise(lake, name, to=Month(2024, 6), measures=keys)
        for one, other in zip(together.measures, alone.measures, strict=True):
            assert one.year is not None
            assert other.year is not None
            assert one.year.current.value == other.year.current.value
            assert one.rate == other.rate
            assert {r.area_set: r.rank.value for r in one.ranks} == {
                r.area_set: r.rank.value for r in other.ranks
            }


def test_a_csp_is_answered_by_the_figures_of_its_one_authority(lake: Lake) -> None:
    csp = _of(summarise(lake, "E22000180", to=Month(2024, 6), measures=["robbery"]), "robbery")
    own = _of(summarise(lake, "Barnet", to=Month(2024, 6), measures=["robbery"]), "robbery")
    assert csp.year is not None
    assert own.year is not None
    assert csp.area.kind == "csp"
    assert csp.year.current.value == own.year.current.value


def test_a_force_is_the_sum_of_its_authorities(lake: Lake) -> None:
    force = _of(summarise(lake, "E23000001", to=Month(2024, 6), measures=["robbery"]), "robbery")
    each = [
        _of(summarise(lake, name, to=Month(2024, 6), measures=["robbery"]), "robbery")
        for name in BOROUGHS
    ]
    assert force.year is not None
    assert force.year.current.value == sum(
        int(one.year.current.value or 0) for one in each if one.year
    )


def test_the_partnership_says_what_is_shown_and_by_whom(lake: Lake) -> None:
    partnership = Partnership.model_validate(
        {
            "name": "A partnership",
            "area": {"code": "E09000003", "name": "Barnet"},
            "measures": ["robbery", "burglary"],
            "peer_sets": ["north-west-bcu", "force-authorities"],
            "year_starts": 1,
            "priorities": [{"key": "p", "title": "Our first", "measures": ["robbery"]}],
            "presenters": [{"name": "The police", "measures": ["robbery"]}],
        }
    )
    result = summarise(lake, partnership, to=Month(2024, 6))
    assert [one.measure for one in result.measures] == ["robbery", "burglary"]
    robbery = result.measures[0]
    assert (robbery.priority, robbery.presenter) == ("Our first", "The police")
    assert [one.area_set for one in robbery.ranks] == ["north-west-bcu", "force-authorities"]
    assert robbery.financial_year is not None
    assert robbery.financial_year.period.first_month == Month(2024, 1)


def test_signs_of_2017_are_labelled(lake: Lake) -> None:
    result = summarise(lake, "Barnet", to=Month(2024, 6), measures=["robbery"], rag="signs-2017")
    assert result.measures[0].rag is not None
    assert result.measures[0].rag.basis == "signs, as in 2017"


def test_nothing_about_the_area_is_one_clear_message(lake: Lake) -> None:
    with pytest.raises(Problem, match="Nothing that is loaded is about Barnet"):
        summarise(lake, "Barnet", to=Month(2009, 1))


def test_the_command_prints_a_table_and_cards_and_json(lake: Lake) -> None:
    asked = ["summary", "--area", "Barnet", "--to", "2024-06", "--lake", str(lake.path),
             "--measure", "residential-burglary", "--measure", "asb"]  # fmt: skip
    for width in ("170", "60"):
        shown = CliRunner().invoke(app, asked, env={"COLUMNS": width})
        assert shown.exit_code == 0, shown.output
        assert "Residential burglary" in shown.output
        assert "clear rise" in shown.output
        assert max(map(len, shown.output.splitlines())) <= int(width)
        assert "mps-borough" not in shown.output, "a reader sees titles, not keys"
    assert "Quarter: April to June 2024" in shown.output
    assert "Financial year to date: April to June 2024" in shown.output
    rows = json.loads(CliRunner().invoke(app, [*asked, "--json"]).output)
    assert [row["measure"] for row in rows] == ["residential-burglary", "asb"]
    assert rows[0]["source_title"] == "MPS borough level crime"
    assert rows[1]["missing"].startswith("No load has it for Barnet")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--area", "Barnet", "--to", "2024-6"], "is not a month"),
        (["--area", "Barnet", "--to", "2024-06", "--as-known", "soon"], "is not a day"),
        (["--area", "Barnit", "--to", "2024-06"], "no area called"),
        (["--to", "2024-06"], "No area was named"),
        (
            ["--area", "Barnet", "--to", "2024-06", "--comparators", "foo"],
            "--comparators: There is no choice “foo” here. Choose same-vintage or as-published.",
        ),
        (["--area", "Barnet", "--to", "2024-06", "--rag", "x"], "Choose verdicts or signs-2017."),
        (["--area", "Barnet", "--to", "2031-01"], "the newest month is June 2024"),
        (["--area", "Barnet", "--to", "2024-06", "--measure", "x"], "no measure called"),
    ],
)
def test_bad_options_are_one_clear_problem(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = CliRunner().invoke(app, ["summary", *options, "--lake", str(lake.path)])
    assert isinstance(asked.exception, Problem)
    assert words in asked.exception.sentence()
