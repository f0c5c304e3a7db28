"""How many of the slips that a careful reader proved in the five papers the checker finds.

The list is `papers/slips.csv`; a slip is found when a finding of its check stands at its line. The
least numbers below are what the checker reached when they were written: they may rise, never fall.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.spec.papers.found import CHECK_OF, PAPERS, findings

from saferboard.papercheck.check import check_files

SLIPS = Path(__file__).parent / "papers" / "slips.csv"
LEAST = {"1": 17, "2": 14, "3": 27, "4": 18, "5": 94, "6": 4, "10": 54}
"""Certain slips found, by check; there are 17, 14, 31, 18, 95, 4 and 63. All five papers were known
when the rules were written: what a paper that nobody had seen gives is measured elsewhere."""

SAME = {"1": {1, 2}, "2": {1, 2}}
"""Arithmetic is one check in sentences and another in tables; a rule may look at both."""

LISTED = frozenset({1, 2, 3, 4, 5, 6, 10})
"""The checks that the reader of slips.csv looked for."""

pytestmark = pytest.mark.skipif(not PAPERS.exists(), reason="the five papers are not here")


def slips() -> list[dict[str, str]]:
    with SLIPS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("group", LEAST)
def test_certain_slips_are_found(group: str) -> None:
    own = SAME.get(group, {int(group)})
    lines = {(one.place.file, one.place.line) for one in findings() if CHECK_OF[one.rule] in own}
    certain = [one for one in slips() if one["check"] == group and one["certain"] == "yes"]
    found = sum((one["file"], int(one["line"])) in lines for one in certain)
    assert found >= LEAST[group], f"{found} of {len(certain)}"


def _listed(rule: str) -> bool:
    return CHECK_OF[rule] in LISTED


def test_errors_stand_where_the_reader_found_slips() -> None:
    """An error away from every line of the list would be a false alarm, or a slip that the
    reader missed: then it belongs into the list."""
    proved = {(one["file"], int(one["line"])) for one in slips()}
    errors = [one for one in findings() if one.severity == "error" and _listed(one.rule)]
    astray = [one for one in errors if (one.place.file, one.place.line) not in proved]
    assert errors
    assert len(astray) <= 0.05 * len(errors), Counter(one.rule for one in astray)


def test_most_warnings_stand_where_the_reader_found_slips() -> None:
    proved = {(one["file"], int(one["line"])) for one in slips()}
    warnings = [one for one in findings() if one.severity == "warning" and _listed(one.rule)]
    astray = [one for one in warnings if (one.place.file, one.place.line) not in proved]
    assert len(astray) <= 0.2 * len(warnings), Counter(one.rule for one in astray)


def test_the_long_pack_is_checked_in_seconds() -> None:
    longest = max(PAPERS.glob("*.txt"), key=lambda path: path.stat().st_size)
    before = time.process_time()
    check_files([longest])
    assert time.process_time() - before < 5
