"""Findings as the list that a pipeline reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saferboard.papercheck.finding import Finding


def as_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """`file`, `line` for a text file or else `place`, `quote`, `rule`, `severity`, `message`,
    `expected`, `digest`, `against` (places in words) where two disagree, and `state` where a
    finding is there in one state of the tracked changes only."""
    return [_one(finding) for finding in findings]


def _one(finding: Finding) -> dict[str, Any]:
    where: dict[str, Any] = {"file": finding.place.file}
    if finding.place.line:
        where["line"] = finding.place.line
    else:
        where["place"] = finding.place.words()
    answer = {
        **where,
        "quote": finding.quote,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "expected": finding.expected,
        "digest": finding.digest,
    }
    if finding.state:
        answer["state"] = finding.state
    if finding.against:
        answer["against"] = [f"{place.file}, {place.words()}" for place in finding.against]
    return answer
