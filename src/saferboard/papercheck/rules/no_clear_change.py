"""Changes that ordinary ups and downs explain, printed as if they were news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.analytics.stats.change import compare_counts, judge
from saferboard.papercheck.claims.change import Change, changes
from saferboard.papercheck.claims.mask import Masked, masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.measures.answers import ASSUMED_PHI
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.collect import measure_claims
from saferboard.papercheck.measures.names import event_words
from saferboard.papercheck.measures.phrases import plain_words
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.around import by_paper, listed, near
from saferboard.papercheck.rules.walk import SHORT_CELL, sentence

KEY = "no-clear-change"
_SAID = re.compile(
    r"no clear change|too (?:few|small|low) to tell|(?:clear|possible) (?:rise|fall|increase|"
    r"decrease)|ordinary ups and downs|statistically|significan(?:t|ce)|confidence interval|"
    r"margin of error|(?:broadly|largely|relatively) (?:stable|unchanged|similar)|by chance|"
    r"small numbers|natural variation|within (?:the )?(?:usual|expected|normal)|not comparable",
    re.I,
)
_LEAD = 40
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class _Doubt:
    words: str
    passage: Passage
    start: int
    end: int
    few: bool


def find(pack: Pack) -> Iterator[Finding]:
    known = _periods(measure_claims(pack))
    for paper in by_paper(pack):
        doubts = []
        stated = 0
        for passage in paper.passages:
            if passage.kind == "cell" and len(passage.text) < SHORT_CELL:
                continue
            if not _DIGIT.search(passage.text):
                continue
            words = masked(passage.text)
            for change in changes(words):
                claim = known.get((passage.place, change.after.start))
                if not _counts_events(change, claim, words):
                    continue
                stated += 1
                doubt = _doubt(pack, change, claim, passage)
                if doubt is not None and not near(paper, passage, _SAID):
                    doubts.append(doubt)
        if doubts:
            yield _finding(doubts, stated)


def _finding(doubts: list[_Doubt], stated: int) -> Finding:
    first = doubts[0]
    few = sum(one.few for one in doubts)
    number = f"{len(doubts)} of the {stated} changes" if stated > 1 else "The change"
    verb = "are" if len(doubts) > 1 else "is"
    small = f" ({few} of them on numbers too small to tell)" if few and len(doubts) > 1 else ""
    return Finding(
        KEY,
        "advice",
        f"{number} in counts that this paper states {verb} no larger than chance and the ordinary "
        f"ups and downs of such counts{small}: {listed([one.words for one in doubts])}. Say so, "
        "or leave the percentage out of the headline.",
        sentence(first.passage, first.start, first.end),
        first.passage.place,
        against=tuple(dict.fromkeys(one.passage.place for one in doubts[1:])),
    )


def _periods(claims: tuple[MeasureClaim, ...]) -> dict[tuple[Place, int], MeasureClaim]:
    return {(one.place, one.number.start): one for one in claims if one.kind == "count"}


def _counts_events(change: Change, claim: MeasureClaim | None, words: Masked) -> bool:
    """Whether both figures count things that happen, of which a change may be chance."""
    both = (change.before, change.after)
    if any(one.kind != "count" or not one.whole or one.value < 0 for one in both):
        return False
    said = change.stated is not None or change.direction != 0
    if not said or change.before.value == change.after.value:
        return False
    if claim is not None or any(_counts_one(words.text, one) for one in both):
        return True
    lead = plain_words(words.text[max(0, change.start - _LEAD) : change.start])
    return bool(event_words() & set(lead))


def _counts_one(text: str, number: Number) -> bool:
    """Whether one of the three words after a figure is something that happens."""
    words = plain_words(text[number.end : number.end + _LEAD])[:3]
    return bool(event_words() & set(words))


def _doubt(
    pack: Pack, change: Change, claim: MeasureClaim | None, passage: Passage
) -> _Doubt | None:
    phi, m1, m2 = ASSUMED_PHI, 1.0, 1.0
    if claim is not None and pack.data is not None:
        phi = pack.data.phi(claim.measure, claim.period.last_month)
    if claim is not None:
        m1, m2 = float(claim.period.days), float(claim.period.year_before().days)
    x, y = change.after.value, change.before.value
    verdict = judge(compare_counts(x, y, m1, m2, phi), x, y)
    if verdict in ("clear rise", "clear fall"):
        return None
    stated = f" ({change.stated.text})" if change.stated else ""
    return _Doubt(
        f"{change.after.text} after {change.before.text}{stated}",
        passage,
        change.start,
        change.end,
        verdict == "too few to tell",
    )


RULE = Rule(
    KEY,
    "A change that is stated is larger than chance and ordinary ups and downs.",
    "advice",
    8,
    "“There were 488 cases, after 563 in the same period last year: a decrease of 13.3%”, where "
    "counts of this kind vary by as much from one year to the next.",
    "Say “no clear change” or “possible fall”, with the interval if there is one.",
    find,
)
