"""Figures about measures of the catalogue against the data store, vintage by vintage."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.analytics.facts.format import ordinal, written
from saferboard.papercheck.claims.rounding import shown
from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.measures.answers import Answer
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.verdicts import Verdict, title_of, verdicts

DIFFERS, ANOTHER = "measure-differs-from-data", "measure-of-another-vintage"
# A figure that was published later may be revised by so much without anybody being wrong.
REVISED_PERCENT = 20.0
REVISED_COUNT = 5.0
# What one refresh of a publisher's file moves: figures drawn on another day of the same month.
REFRESHED_PERCENT = 0.5
REFRESHED_COUNT = 3.0


def find_differences(pack: Pack) -> Iterator[Finding]:
    for one in verdicts(pack):
        if one.says != "differs" or one.official is None:
            continue
        claim, official = one.claim, one.official
        words = [
            f"{_about(claim)}: printed as {claim.number.text}, in {official.words()} it is "
            f"{_value(claim, official)}{_by_how_much(claim, official)}."
        ]
        newest = one.newest
        if newest is not None and _value(claim, newest) != _value(claim, official):
            words.append(f"Now ({newest.words()}) it is {_value(claim, newest)}.")
        if one.late:
            words.append("Nothing that was published when the paper was written is loaded.")
        yield Finding(
            DIFFERS,
            _severity(one),
            " ".join(words),
            claim.quote,
            claim.place,
            _value(claim, official),
            one.again,
        )


def find_other_vintages(pack: Pack) -> Iterator[Finding]:
    for one in verdicts(pack):
        if one.says != "another vintage" or one.official is None or one.agreeing is None:
            continue
        claim = one.claim
        yield Finding(
            ANOTHER,
            "advice",
            f"{_about(claim)}: {claim.number.text} agrees with {one.agreeing.words()}; in "
            f"{one.official.words()} it is {_value(claim, one.official)}.",
            claim.quote,
            claim.place,
            _value(claim, one.official),
            one.again,
        )


def _severity(one: Verdict) -> Severity:
    """Advice where a refresh explains the gap, or a revision where nothing of the paper's time is
    loaded."""
    if one.official is None:
        return "warning"
    gap = abs(abs(one.official.value) - abs(one.claim.number.value))
    percent, count = (
        (REVISED_PERCENT, REVISED_COUNT) if one.late else (REFRESHED_PERCENT, REFRESHED_COUNT)
    )
    small = one.claim.kind == "count" and gap <= count
    return "advice" if small or gap <= percent / 100 * abs(one.claim.number.value) else "warning"


def _about(claim: MeasureClaim) -> str:
    against = f" against {claim.against.label()}" if claim.against else ""
    kind = "" if claim.kind == "count" else f", {claim.kind}"
    return f"{title_of(claim)}{kind}, {claim.period.label()}{against}"


def _value(claim: MeasureClaim, answer: Answer) -> str:
    if claim.kind == "rank":
        return ordinal(round(answer.value))
    value = shown(answer.value, claim.number)
    if claim.kind == "change":
        return f"{value}%".replace("-", "−")
    return value


def _by_how_much(claim: MeasureClaim, answer: Answer) -> str:
    if claim.kind != "count" or not claim.number.whole:
        return ""
    gap = answer.value - claim.number.value
    base = claim.number.value
    share = f" ({written(100 * abs(gap) / base, 1)}%)" if base else ""
    return f", {shown(abs(gap), claim.number)} {'more' if gap > 0 else 'fewer'}{share}"


RULES = (
    Rule(
        DIFFERS,
        "A figure about a measure is what the data give for its area and period.",
        "warning",
        7,
        "“There were 182 cases of Non-Residential Burglary in the 3 months of October 2023 to "
        "December 2023”, where the file of that time gives 183.",
        "Look the figure up for the period that is printed, and name the publication it is from.",
        find_differences,
    ),
    Rule(
        ANOTHER,
        "A figure about a measure is of the publication that was newest at the meeting.",
        "advice",
        7,
        "“In the same period 12 months prior there were 563”, which is what was published a year "
        "before; the newest file gives 564.",
        "Take both figures of a comparison from one publication, or say of which each is.",
        find_other_vintages,
    ),
)
