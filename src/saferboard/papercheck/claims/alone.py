"""Sentences with two counts and one percentage and nothing else: what the three are to each other
is plain even where no form of the grammar fits the words between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.mask import Masked, Token
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.phrase import phrases
from saferboard.papercheck.claims.share import shares

_EARLIER = re.compile(
    r"\b(?:prior|previous|preceding|earlier|before|last\s(?:year|quarter|month|period)|ago|year\son\s"
    r"year|baseline|than\sin)\b|‹d\d+›[^.]*‹d\d+›|\(‹d\d+›:|\(‹n\d+›\sin\s‹d|\(from\s‹n",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:target|goal|average|expected|forecast|budget|per|rate\sof\s‹n|of\s(?:which|whom|these|those)|"
    r"ratio|capacity|times)\b|‹[mrt]\d+›|‹f\d+›|‹g\d+›",
    re.I,
)
_SHARE = re.compile(
    r"‹n\d+›\s(?:out\s)?of\s(?:the\s|all\s)?‹n\d+›|\bof\s(?:the\s|all\s)?‹n\d+›|‹n\d+›\s?\(‹p\d+›\)",
    re.I,
)
_CHANGE_WORDS = re.compile(
    r"\b(?:increas\w*|decreas\w*|r[oi]se\w*|risen|fell|fall\w*|drop\w*|reduc\w*|up|down|more|fewer|less|"
    r"higher|lower|growth|grew|than|compared|average|target)\b",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z‹“(])")


@dataclass(frozen=True)
class Alone:
    """The two counts as they stand, the percentage, and whether it is a change or a share."""

    first: Number
    second: Number
    stated: Number
    is_change: bool


def alone(masked: Masked) -> Iterator[Alone]:
    """Every such sentence that neither `changes` nor `shares` has read."""
    if masked.mask.count("‹p") == 0 or masked.mask.count("‹n") < 2:
        return
    read = {one.stated.start for one in changes(masked) if one.stated}
    read |= {one.stated.start for one in shares(masked)}
    sized = {one.number.start for one in phrases(masked)}
    for sentence in _sentences(masked):
        found = _counts(masked, sentence)
        if found is None:
            continue
        first, second, stated = found
        if stated.start in read or _OTHER.search(sentence):
            continue
        if stated.start in sized or stated.text.strip()[0] in "+-":
            if _EARLIER.search(sentence):
                yield Alone(first, second, stated, True)
        elif _SHARE.search(sentence) and not _CHANGE_WORDS.search(sentence):
            yield Alone(first, second, stated, False)


def _sentences(masked: Masked) -> Iterator[str]:
    yield from _SENTENCE_END.split(masked.mask)


def _counts(masked: Masked, sentence: str) -> tuple[Number, Number, Number] | None:
    """The two counts and the percentage, where the sentence has no other figures."""
    tokens: list[Token] = [
        masked.tokens[int(index)] for index in re.findall(r"‹[np](\d+)›", sentence)
    ]
    counts = [token.number for token in tokens if token.letter == "n" and token.number]
    percents = [token.number for token in tokens if token.letter == "p" and token.number]
    if len(counts) != 2 or len(percents) != 1:
        return None
    if any(one.approx or not one.whole for one in counts) or percents[0].approx:
        return None
    return counts[0], counts[1], percents[0]
