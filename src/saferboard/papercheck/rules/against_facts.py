"""Figures of a paper against the fact sheet of the pack that it is written from."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.analytics.facts.format import bind
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.measures.collect import measure_claims
from saferboard.papercheck.measures.facts import Contradiction, contradictions
from saferboard.papercheck.measures.verdicts import title_of

KEY = "figure-against-facts"


def find(pack: Pack) -> Iterator[Finding]:
    if pack.facts is None:
        return
    for one in contradictions(pack.facts, measure_claims(pack)):
        claim = one.claim
        right = bind(one.fact, "size" if claim.kind == "change" else "plain").display
        yield Finding(
            KEY,
            "warning" if claim.number.approx or not claim.given else "error",
            f"{_about(one)}: the fact sheet has {right}, not {claim.number.text}.",
            claim.quote,
            claim.place,
            right,
        )


def _about(one: Contradiction) -> str:
    claim = one.claim
    where = f" in {claim.area}" if claim.area else ""
    return f"{title_of(claim)}{where}, {claim.period.label()}"


RULE = Rule(
    KEY,
    "A figure about a measure is the one in the fact sheet.",
    "error",
    7,
    "“There were 498 offences in October to December 2023” beside a facts.json that holds 488.",
    "Copy the figure from the pack again, or make the pack again if it is the sheet that is old.",
    find,
)
