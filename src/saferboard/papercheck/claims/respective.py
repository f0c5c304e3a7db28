"""“Fell by 10% and 25% respectively, from 900 to 810 and from 80 to 60”: figures in step.

Two or more percentages stand together, and before or after them as many earlier and later
counts, or as many parts and one whole; the first belongs to the first, the second to the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.alone import Alone
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number

_GAP = r"(?:[^‹›.;:]|‹[dxo]\d+›)"
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[A-Z‹“(])")
_WORD = re.compile(r"\brespectively\b", re.I)
_CHANGE = re.compile(
    r"\b(?:increas\w*|decreas\w*|r[oi]se\w*|risen|fell|fall\w*|drop\w*|reduc\w*|up|down|fewer|"
    r"higher|lower|growth|grew)\b",
    re.I,
)
_OTHER = re.compile(r"‹[tmrfg]\d+›|\b(?:target|average)\b", re.I)
_TOGETHER = re.compile(r"‹p(\d+)›(?:,\s‹p\d+›){0,3},?\sand\s(?:by\s)?‹p(\d+)›")
_IN_TURN = re.compile(r"\bfrom\s‹n\d+›\sto\s‹n\d+›,?\sand\s(?:from\s)?‹n\d+›\sto\s‹n\d+›", re.I)
_OF = re.compile(r"‹n\d+›\s(?:out\s)?of\s(?:the\s)?‹n\d+›", re.I)
_STEPS = re.compile(
    rf"\bfrom\s‹n(\d+)›{_GAP}{{0,30}}?\bto\s‹n(\d+)›{_GAP}{{0,30}}?\b(?:and|then)\s(?:to\s|then\s)?‹n(\d+)›"
    rf"{_GAP}{{0,60}}?‹p(\d+)›,?\s(?:and|then)\s(?:by\s|of\s)?‹p(\d+)›",
    re.I,
)
_PAIR = 2


def _way(earlier: Number, later: Number) -> int:
    return (later.value > earlier.value) - (later.value < earlier.value)


def respective(masked: Masked) -> Iterator[Alone]:
    """Every percentage of such a sentence with the two counts that it belongs to."""
    for found in _STEPS.finditer(masked.mask):
        first, second, third, once, again = (masked.number(index) for index in found.groups())
        if _CHANGE.search(found[0]):
            yield Alone(first, second, once, True, _way(first, second))
            yield Alone(second, third, again, True, _way(second, third))
    if "espectively" not in masked.text:
        return
    for sentence in _SENTENCES.split(masked.mask):
        if not _WORD.search(sentence) or _OTHER.search(sentence):
            continue
        percents = [masked.number(index) for index in re.findall(r"‹p(\d+)›", sentence)]
        counts = [masked.number(index) for index in re.findall(r"‹n(\d+)›", sentence)]
        together = _TOGETHER.search(sentence)
        if not together or len(percents) < _PAIR or any(one.approx for one in counts):
            continue
        many = len(percents)
        changed = bool(_CHANGE.search(sentence))
        if len(counts) == many * 2 and changed:
            in_turn = bool(_IN_TURN.search(sentence))
            for at, stated in enumerate(percents):
                here, there = (2 * at, 2 * at + 1) if in_turn else (at, at + many)
                yield Alone(counts[here], counts[there], stated, True)
        elif len(counts) == many * 2 and len(_OF.findall(sentence)) == many:
            parts, wholes = counts[::2], counts[1::2]
            for part, whole, stated in zip(parts, wholes, percents, strict=True):
                yield Alone(part, whole, stated, False)
        elif len(counts) == many + 1 and not changed:
            whole = max(counts, key=lambda one: one.value)
            parts = [one for one in counts if one is not whole]
            for part, stated in zip(parts, percents, strict=True):
                yield Alone(part, whole, stated, False)
