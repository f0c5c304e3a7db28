"""What checks 7 and 8 find in the five papers beside the real files: each finding was judged by
hand (`tests/spec/papers/verdicts-data.csv`), none is an error, and nearly all are true."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from tests.spec.papers.find import quote_hash
from tests.spec.papers.found import CHECK_OF, PAPERS, key_of
from tests.spec.papers.verdicts import VERDICTS, Verdict, read

from saferboard.analytics.store.lake import Lake
from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.measures.data import DataStore
from saferboard.papercheck.reading.read import read as read_paper

pytestmark = pytest.mark.golden

AREA = "Barnet"
LEAST_TRUE = 0.8
WITH_DATA = VERDICTS.with_name("verdicts-data.csv")


@pytest.fixture(scope="module")
def found(real_lake: Lake) -> tuple[Finding, ...]:
    papers: list[Path] = sorted(PAPERS.glob("*.txt"))
    if not papers:
        words = f"REAL PAPERS ABSENT: {PAPERS} is not there, so this golden test did not run."
        warnings.warn(words, stacklevel=2)
        pytest.skip(words)
    return tuple(
        one
        for path in papers
        for one in check(Pack((read_paper(path),), data=DataStore(real_lake, AREA)))
        if CHECK_OF[one.rule] in (7, 8)
    )


def judged() -> list[Verdict]:
    return read(WITH_DATA)


def test_every_finding_has_a_verdict_and_every_verdict_a_finding(
    found: tuple[Finding, ...],
) -> None:
    assert {key_of(one) for one in found} == {one.key for one in judged()}


def test_every_verdict_is_one_and_says_why() -> None:
    for one in judged():
        assert one.verdict in ("true", "false"), one.key
        assert len(one.why) > 8, one.key
        assert CHECK_OF[one.rule] in (7, 8), one.key
        assert len(one.quote_hash) == len(quote_hash("")), one.key


def test_none_is_an_error_and_nearly_all_are_true(found: tuple[Finding, ...]) -> None:
    assert {one.severity for one in found} <= {"warning", "advice"}
    known = {one.key: one for one in judged()}
    for severity in ("warning", "advice"):
        own = [known[key_of(one)] for one in found if one.severity == severity]
        assert own
        assert sum(one.verdict == "true" for one in own) >= LEAST_TRUE * len(own)
