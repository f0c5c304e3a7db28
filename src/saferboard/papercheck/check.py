"""`check`: the one function that the command, the publication gate and the upload page call."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from saferboard.papercheck.finding import Finding, Pack, Severity
from saferboard.papercheck.reading.read import read_all
from saferboard.papercheck.rules.registry import rules_named

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


def check(
    pack: Pack,
    *,
    only: Collection[str] = (),
    severity: Severity = "advice",
    accepted: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What is wrong in `pack`, in the order of its papers and places. `only` names rules;
    `severity` is the least that is asked for; `accepted` holds digests of findings that
    somebody has accepted. Raises Problem for a rule that does not exist."""
    enough = SEVERITIES[: SEVERITIES.index(severity) + 1]
    order = {paper.name: at for at, paper in enumerate(pack.papers)}
    found = {
        (finding.digest, finding.place): finding
        for rule in rules_named(tuple(only))
        for finding in rule.find(pack)
        if finding.severity in enough and finding.digest not in accepted
    }
    return tuple(
        sorted(found.values(), key=lambda one: (order.get(one.place.file, 0), one.place, one.rule))
    )


def check_files(
    paths: Collection[Path],
    *,
    only: Collection[str] = (),
    severity: Severity = "advice",
    accepted: Collection[str] = (),
) -> tuple[Pack, tuple[Finding, ...]]:
    """Reads the papers as one pack and checks it. Raises Problem for one that cannot be read."""
    pack = Pack(read_all(tuple(paths)))
    return pack, check(pack, only=only, severity=severity, accepted=accepted)
