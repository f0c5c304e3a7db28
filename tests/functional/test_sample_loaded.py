"""The sample, loaded and summarised: nothing is refused, and what was planted is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from saferboard.analytics.intake.add import add
from saferboard.analytics.measures.results import MeasureResult, SummaryResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.sample.write import SampleReport, write_sample
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.partnership import load_partnership


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def lake(sample: SampleReport) -> Iterator[Lake]:
    report = add(
        sample.folder / "lake", [sample.data], sources(), now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert report.ok, [one.problem.sentence() for one in report.refused]
    assert not [
        note.words
        for vintage in report.read
        for note in vintage.notes
        if note.kind in ("unknown-label", "unknown-area")
    ]
    with Lake.open(sample.folder / "lake") as held:
        yield held


@pytest.fixture(scope="module")
def summary(sample: SampleReport, lake: Lake) -> SummaryResult:
    partnership = load_partnership(sample.folder)
    return summarise(lake, sample.area, to=sample.to, partnership=partnership, wards=True)


def _of(summary: SummaryResult, key: str) -> MeasureResult:
    [found] = [one for one in summary.measures if one.measure == key]
    return found


def _year(summary: SummaryResult, key: str) -> str:
    year = _of(summary, key).year
    assert year is not None
    return year.verdict


def test_every_measure_of_the_partnership_has_data(
    sample: SampleReport, summary: SummaryResult
) -> None:
    asked = load_partnership(sample.folder).measures
    assert [one.measure for one in summary.measures] == list(asked)
    assert not [(one.measure, one.missing) for one in summary.measures if one.missing]


def test_the_planted_rise_and_fall_are_clear(summary: SummaryResult) -> None:
    assert _year(summary, "personal-robbery") == "clear rise"
    assert _year(summary, "theft-from-vehicle") == "clear fall"


def test_the_planted_month_is_an_exception(sample: SampleReport, summary: SummaryResult) -> None:
    [point] = [
        one
        for one in _of(summary, "theft-from-person").months
        if one.month == sample.to + -1  # planted.yaml: a month before the last
    ]
    assert point.status == "exception high"


def test_breaks_refuse_a_comparison(summary: SummaryResult) -> None:
    assert _year(summary, "hate-crime") == "not comparable"
    assert _year(summary, "fixed-penalty-notices") == "not comparable"


def test_a_missing_month_leaves_no_year_and_is_no_zero(summary: SummaryResult) -> None:
    cameras = _of(summary, "cctv-incidents")
    missing = [point for point in cameras.months if point.status == "missing"]
    assert len(missing) == 1
    assert missing[0].count.value is None
    assert cameras.year is None or cameras.year.current.value is None


def test_ranks_are_of_the_sets_of_the_partnership(summary: SummaryResult) -> None:
    ranks = _of(summary, "residential-burglary").ranks
    assert [(one.area_set, one.of, one.with_data) for one in ranks] == [
        ("skerrymoor", 10, 10),
        ("harbour-command", 3, 3),
        ("similar-districts", 7, 7),
    ]


def test_a_force_that_no_list_knows_answers_for_its_own_area(summary: SummaryResult) -> None:
    """The look-up names an invented force: street files are its own all the same."""
    asb = _of(summary, "asb")
    assert asb.source == "police-uk-street"
    assert asb.quarter is not None and asb.quarter.current.value


def test_wards_are_those_of_the_district(lake: Lake, summary: SummaryResult) -> None:
    [wards] = _of(summary, "violence-with-injury").breakdowns
    assert len(wards.rows) == 11
    placed = sum(int(row.current.value or 0) for row in wards.rows)
    year = _of(summary, "violence-with-injury").year
    assert year is not None and year.current.value is not None
    assert 0.93 < placed / year.current.value < 1
