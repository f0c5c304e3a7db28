"""What the data say about each measure claim: they agree, another vintage agrees, they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from saferboard.analytics.measures.register import definitions
from saferboard.papercheck.claims.rounding import agrees
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures.answers import Answer, Answers
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.collect import measure_claims
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.meeting import meeting_of

Says = Literal["agrees", "another vintage", "differs", "not known"]
# A table whose figures are mostly not even within this factor of the measure counts something else.
_SAME_THING = 2.0
# What comes out so soon after a meeting is what its papers were written from, or nearly.
_NEAR = timedelta(days=92)


@dataclass(frozen=True)
class Verdict:
    """`claim` is the first of its subject and value, `again` where else it stands. `official` is
    what was published last before the meeting, or first after it; `late` says that this was long
    after; `agreeing` is the vintage that agrees, `newest` the newest one."""

    says: Says
    claim: MeasureClaim
    again: tuple[Place, ...]
    answers: tuple[Answer, ...] = ()
    official: Answer | None = None
    agreeing: Answer | None = None
    late: bool = False

    @property
    def newest(self) -> Answer | None:
        return self.answers[-1] if self.answers else None


@dataclass(frozen=True)
class Tally:
    """How many figures about measures were looked up, and what came of it."""

    agree: int
    another: int
    differ: int
    unknown: int

    def words(self, area: str) -> str:
        """`31 of 40 figures about measures agree with the data of Barnet; …`."""
        known = self.agree + self.another + self.differ
        parts = [f"{self.agree} of {known} figures about measures agree with the data of {area}"]
        if self.another:
            parts.append(f"{self.another} with another vintage")
        if self.differ:
            parts.append(f"{self.differ} differ{'s' if self.differ == 1 else ''}")
        if self.unknown:
            parts.append(f"no load covers {self.unknown} more")
        return f"{'; '.join(parts)}."


def verdicts(pack: Pack) -> tuple[Verdict, ...]:
    """A verdict for each subject and value that the pack's claims have; none without data."""
    data = pack.data
    if data is None:
        return ()
    return pack.once("verdicts", lambda: tuple(_judged(pack, data)))


def tally(pack: Pack) -> Tally | None:
    """The count of verdicts; None without data."""
    if pack.data is None:
        return None
    counted = Counter(one.says for one in verdicts(pack))
    return Tally(
        counted["agrees"], counted["another vintage"], counted["differs"], counted["not known"]
    )


def _judged(pack: Pack, data: Answers) -> Iterator[Verdict]:
    meetings = {paper.name: meeting_of(paper) for paper in pack.papers}
    ends: dict[str, date] = {}
    for claim in measure_claims(pack):
        file = claim.place.file
        ends[file] = max(claim.period.end, ends.get(file, claim.period.end))
    groups: dict[tuple[object, ...], list[MeasureClaim]] = defaultdict(list)
    for claim in measure_claims(pack):
        if not (claim.area or claim.derived or claim.of_pack) and claim.kind in _ANSWERS:
            groups[(*claim.subject, claim.number.value, claim.number.approx)].append(claim)
    found = []
    for claims in groups.values():
        first = claims[0]
        by = pack.meeting or meetings[first.place.file]
        by = by or (data.to.last_day if data.to else ends[first.place.file])
        again = tuple(dict.fromkeys(one.place for one in claims[1:]))
        found.append(_verdict(first, again, _answers(data, first), by))
    yield from _about_the_measures(found)


_ANSWERS = ("count", "rate", "rank", "change")


def _answers(data: Answers, claim: MeasureClaim) -> tuple[Answer, ...]:
    if claim.kind == "count":
        return data.counts(claim.measure, claim.period)
    if claim.kind == "rate":
        return data.rates(claim.measure, claim.period, claim.per)
    if claim.kind == "rank":
        return data.ranks(claim.measure, claim.period, claim.of, highest=claim.highest)
    if claim.against is None:
        return ()
    return data.changes(claim.measure, claim.period, claim.against)


def _verdict(
    claim: MeasureClaim, again: tuple[Place, ...], answers: tuple[Answer, ...], by: date
) -> Verdict:
    if not answers:
        return Verdict("not known", claim, again)
    in_time = [one for one in answers if one.published <= by]
    late = answers[0].published > by + _NEAR
    if in_time:
        newest = max(one.published for one in in_time)
        official = [one for one in in_time if one.published == newest]
    else:
        official = [one for one in answers if one.published == answers[0].published]
    agreeing = [one for one in answers if _fits(claim, one)]
    here = next((one for one in official if one in agreeing), None)
    if here is not None or (late and agreeing):
        chosen = here or agreeing[0]
        return Verdict("agrees", claim, again, answers, chosen, chosen, late)
    if agreeing:
        return Verdict("another vintage", claim, again, answers, official[-1], agreeing[-1])
    nearest = min(official, key=lambda one: abs(abs(one.value) - claim.number.value))
    return Verdict("differs", claim, again, answers, nearest, None, late)


def _fits(claim: MeasureClaim, answer: Answer) -> bool:
    if claim.kind == "change":
        if claim.sign and answer.value * claim.sign < 0:
            return False
        return agrees(abs(answer.value), abs(answer.value), claim.number)
    exact = claim.kind in ("count", "rank") and claim.number.whole and not claim.number.approx
    if exact:
        return answer.value == claim.number.value
    return agrees(answer.value, answer.value, claim.number)


def _about_the_measures(found: Sequence[Verdict]) -> Iterator[Verdict]:
    """Without the tables that only look as if they were about measures: shares of a cohort, ages
    of suspects."""
    near: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for one in found:
        if one.claim.place.table and one.answers:
            near[_table(one)].append(_near(one))
    for one in found:
        held = near.get(_table(one)) if one.claim.place.table else None
        if not held or 2 * sum(held) >= len(held):
            yield one


def _table(one: Verdict) -> tuple[str, int]:
    return one.claim.place.file, one.claim.place.table


def _near(one: Verdict) -> bool:
    value = one.claim.number.value
    return any(
        answer.value <= _SAME_THING * value and value <= _SAME_THING * answer.value
        for answer in one.answers
    )


def title_of(claim: MeasureClaim) -> str:
    """The measure of a claim as the catalogue calls it."""
    return definitions()[claim.measure].title
