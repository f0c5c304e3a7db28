"""What the checker finds in the five papers, each checked by itself, once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.shared_data import SHARED
from tests.spec.papers.find import quote_hash

from saferboard.papercheck.check import check_files
from saferboard.papercheck.finding import Finding
from saferboard.papercheck.rules.registry import RULES

PAPERS = SHARED.parent / "papers"
CHECK_OF = {rule.key: rule.group for rule in RULES}
"""The number of the check that a rule belongs to."""

Key = tuple[str, int, str, str]
"""File, line, rule, hash of the quote: one finding."""


@cache
def findings(folder: Path = PAPERS) -> tuple[Finding, ...]:
    """Every finding of every paper."""
    return tuple(
        finding for path in sorted(folder.glob("*.txt")) for finding in check_files([path])[1]
    )


def key_of(finding: Finding) -> Key:
    """How a finding is known again. The quote itself is not kept: it may name people."""
    return (
        finding.place.file,
        finding.place.line,
        finding.rule,
        quote_hash(finding.quote),
    )
