"""`check`: the one function that the command, the publication gate and the upload page call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from saferboard.papercheck.finding import Finding, Pack, Rule, Severity, State
from saferboard.papercheck.reading.read import read_all
from saferboard.papercheck.rules.registry import rules_named

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")
ACCEPTED: State = "with tracked changes accepted"
REJECTED: State = "with tracked changes rejected"


def check(
    pack: Pack,
    *,
    only: Collection[str] = (),
    severity: Severity = "advice",
    accepted: Collection[str] = (),
    told: Callable[[str], None] = lambda sentence: None,
) -> tuple[Finding, ...]:
    """What is wrong in `pack`, in the order of its papers and places. `only` names rules;
    `severity` is the least that is asked for; `accepted` holds digests of findings that
    somebody has accepted; `told` is called with the sentence of each rule before it works.
    A paper with tracked changes is checked in both its states. Raises Problem for a rule that
    does not exist."""
    order = {paper.name: at for at, paper in enumerate(pack.papers)}
    found = {
        (finding.digest, finding.place, finding.state): finding
        for rule in rules_named(tuple(only))
        for finding in _of_both_states(rule, pack, told)
    }
    inorder = sorted(
        found.values(), key=lambda one: (order.get(one.place.file, 0), one.place, one.rule)
    )
    return chosen(inorder, severity=severity, accepted=accepted)


def chosen(
    findings: Sequence[Finding], *, severity: Severity = "advice", accepted: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Those of `findings` that are grave enough and that nobody has accepted."""
    enough = SEVERITIES[: SEVERITIES.index(severity) + 1]
    return tuple(one for one in findings if one.severity in enough and one.digest not in accepted)


def _of_both_states(rule: Rule, pack: Pack, told: Callable[[str], None]) -> tuple[Finding, ...]:
    told(rule.sentence)
    now = tuple(rule.find(pack))
    if not any(paper.original for paper in pack.papers):
        return now
    before = replace(pack, papers=tuple(paper.original or paper for paper in pack.papers))
    then = tuple(rule.find(before))
    tracked = {paper.name for paper in pack.papers if paper.original}
    return (*_only_in(ACCEPTED, now, then, tracked), *_lost(now, then, tracked))


def _only_in(
    state: State, ours: tuple[Finding, ...], others: tuple[Finding, ...], tracked: set[str]
) -> tuple[Finding, ...]:
    """`ours`, those of tracked papers that `others` do not hold marked with their state."""
    held = {(one.digest, _bare(one)) for one in others}
    return tuple(
        replace(one, state=state)
        if one.place.file in tracked and (one.digest, _bare(one)) not in held
        else one
        for one in ours
    )


def _lost(
    now: tuple[Finding, ...], then: tuple[Finding, ...], tracked: set[str]
) -> tuple[Finding, ...]:
    return tuple(one for one in _only_in(REJECTED, then, now, tracked) if one.state)


def _bare(finding: Finding) -> str:
    return f"{finding.place.file}|{finding.place.words()}"


def check_files(
    paths: Collection[Path],
    *,
    only: Collection[str] = (),
    severity: Severity = "advice",
    accepted: Collection[str] = (),
) -> tuple[Pack, tuple[Finding, ...]]:
    """Reads the papers as one pack and checks it; `Pack.unread` says which could not be read."""
    reading = read_all(tuple(paths))
    pack = Pack(reading.papers, unread=reading.unread)
    return pack, check(pack, only=only, severity=severity, accepted=accepted)
