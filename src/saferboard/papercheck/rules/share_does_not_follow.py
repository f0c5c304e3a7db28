"""A share in a sentence that does not follow from its part and its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import masked as mask_of
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rounding import agrees, share_range, shown
from saferboard.papercheck.claims.share import Share, shares
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages, prose, sentence

KEY = "share-does-not-follow"
_NEXT_LINE = re.compile(r"^\(?‹n(?P<part>\d+)› of (?:these|those)[^‹›]{0,60}=\s?‹p(?P<share>\d+)›")
_TOTAL_LINE = re.compile(r"=\s?‹n(?P<whole>\d+)›\W*$")


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        for share in shares(masked):
            yield from _judged(passage, share, sentence(passage, share.start, share.end))
    before: Passage | None = None
    for _, passage in passages(pack):
        if before is not None and " of th" in passage.text and "%" in passage.text:
            yield from _next_line(before, passage)
        before = passage


def _next_line(before: Passage, passage: Passage) -> Iterator[Finding]:
    """`Total … = 531` on one line, `(289 of these … = 54%)` on the next."""
    first, second = mask_of(before.text), mask_of(passage.text)
    total, part = _TOTAL_LINE.search(first.mask), _NEXT_LINE.match(second.mask)
    if total and part:
        share = Share(
            second.number(part["part"]),
            first.number(total["whole"]),
            second.number(part["share"]),
            0,
            len(passage.text),
        )
        yield from _judged(passage, share, f"{before.text} {passage.text}")


def _judged(passage: Passage, share: Share, quote: str) -> Iterator[Finding]:
    if share.whole is None:
        wrong = _rest(share.part, share.stated)
    else:
        wrong = _wrong(share.part, share.whole, share.stated)
    if wrong:
        message, expected = wrong
        given = [one for one in (share.part, share.whole, share.stated) if one]
        hedged = any(one.approx for one in given)
        yield Finding(
            KEY, "warning" if hedged else "error", message, quote, passage.place, expected
        )


def _wrong(part: Number, whole: Number, stated: Number) -> tuple[str, str] | None:
    true = share_range(part, whole)
    if true is None or part.kind != whole.kind or part.value > whole.value:
        return None
    if agrees(max(0.0, true[0]), true[1], stated):
        return None
    share = 100 * part.value / whole.value
    return (
        f"{part.value:,.10g} of {whole.value:,.10g} is {shown(share, stated)}%, not {stated.text}.",
        f"{shown(share, stated)}%",
    )


def _rest(other: Number, stated: Number) -> tuple[str, str] | None:
    rest = 100 - other.value
    if abs(rest - stated.value) <= max(other.step, stated.step) + 1e-9:
        return None
    return (
        f"{other.text} leaves {shown(rest, stated)}%, not {stated.text}.",
        f"{shown(rest, stated)}%",
    )


RULE = Rule(
    KEY,
    "A share in a sentence follows from the part and the whole that stand with it.",
    "error",
    1,
    "66% (n=12/20) of referrals had a follow-up.",
    "Divide the part by the whole again.",
    find,
)
