"""Every finding of the five papers was judged by hand; nearly all of them are true.

The verdicts stand in `papers/verdicts.csv`; `papers/verdicts.py` says how to keep them complete.
"""

from __future__ import annotations

from collections import Counter

import pytest
from tests.spec.papers.found import CHECK_OF, PAPERS, findings, key_of
from tests.spec.papers.verdicts import JUDGED, Verdict, read

LEAST_TRUE = {"error": 0.95, "warning": 0.80}
TUNED_ON = ("000", "001", "002")

pytestmark = pytest.mark.skipif(not PAPERS.exists(), reason="the five papers are not here")


def judged() -> dict[tuple[str, int, str, str], Verdict]:
    return {one.key: one for one in read()}


def test_every_finding_has_a_verdict() -> None:
    known = judged()
    asked = [one for one in findings() if CHECK_OF[one.rule] in JUDGED]
    missing = [key_of(one)[:3] for one in asked if key_of(one) not in known]
    assert asked
    assert not missing, "run python -m tests.spec.papers.verdicts"


def test_every_verdict_is_one_and_says_why() -> None:
    rows = read()
    assert len({one.key for one in rows}) == len(rows)
    for one in rows:
        assert one.verdict in ("true", "false"), one.key
        assert len(one.why) > 8, one.key
        assert CHECK_OF[one.rule] in JUDGED, one.key


@pytest.mark.parametrize("severity", LEAST_TRUE)
@pytest.mark.parametrize("apart", ["all five", "not tuned on"])
def test_so_many_are_true(severity: str, apart: str) -> None:
    known = judged()
    own = [
        known[key_of(one)]
        for one in findings()
        if one.severity == severity
        and key_of(one) in known
        and (apart == "all five" or not one.place.file.startswith(TUNED_ON))
    ]
    right = sum(one.verdict == "true" for one in own)
    wrong = Counter(one.rule for one in own if one.verdict == "false")
    assert own
    assert right >= LEAST_TRUE[severity] * len(own), wrong


def test_small_counts_are_never_errors() -> None:
    small = [one for one in findings() if CHECK_OF[one.rule] == 9]
    assert small
    assert all(one.severity != "error" for one in small)


def test_a_conflict_of_values_or_names_says_where_its_other_end_is() -> None:
    conflicts = [one for one in findings() if CHECK_OF[one.rule] in (3, 10)]
    assert conflicts
    assert all(one.against for one in conflicts)
