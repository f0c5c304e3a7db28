"""Sentences with two counts (or two amounts) and one percentage and nothing else: what the three
are to each other is plain even where no form of the grammar fits the words between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saferboard.papercheck.claims.change import changes
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.phrase import Phrase, phrases
from saferboard.papercheck.claims.share import shares
from saferboard.papercheck.claims.words import stem

EARLIER = re.compile(
    r"\b(?:prior|previous|preceding|earlier|before|last\s(?:year|quarter|month|period)|ago|then|"
    r"year\son\syear|baseline|than\sin|(?:up|down)\s‹p\d+›\son)\b|‹d\d+›[^.]*‹d\d+›|\(‹d\d+›:|"
    rf"\(‹n\d+›\sin\s‹d|\(from\s‹n|\bin\s{MONTH_NAME}\b[^.]*\bin\s{MONTH_NAME}\b",
    re.I,
)
OTHER = re.compile(
    r"\b(?:target|goal|average|expected|planned|hoped|forecast|budget|per|rate\sof\s‹n|"
    r"of\s(?:which|whom|these|those)|ratio|capacity|times)\b|‹[rt]\d+›|‹f\d+›|‹g\d+›|"
    r"‹n\d+›\s\w+\sa\s(?:day|week|month)\b",
    re.I,
)
_SHARE = re.compile(
    r"‹[nm]\d+›\s(?:out\s)?of\s(?:the\s|all\s)?‹[nm]\d+›|\bof\s(?:the\s|all\s)?‹[nm]\d+›|"
    r"‹[nm]\d+›\s?\(‹p\d+›\)",
    re.I,
)
_CHANGE_WORDS = re.compile(
    r"\b(?:increas\w*|decreas\w*|r[oi]se\w*|risen|fell|fall\w*|drop\w*|reduc\w*|"
    r"(?<!\bit\s)(?<!\btook\s)(?<!\btaken\s)(?<!\bset\s)(?<!\bsigned\s)(?<!\bfollowed\s)up|down|more|fewer|less|"
    r"higher|lower|growth|grew|than|compared|average|target)\b",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z‹“(])")
_CLAUSE_END = re.compile(r";\s|[,;]?\s(?:while|whilst|whereas|but)\s", re.I)
_NOUN = re.compile(
    r"‹n\d+›\s(?!(?:this|last|were|have|from|then|when|with|there|more|fewer|less)\b)([a-z]{4,}(?<!ed)(?<!ing))\b"
)
_FIGURE = re.compile(r"‹([npm])\d+›")


@dataclass(frozen=True)
class Alone:
    """The two counts as they stand, the percentage, whether it is a change or a share, and
    `direction` of a change: +1, −1, or 0 where the words leave it open."""

    first: Number
    second: Number
    stated: Number
    is_change: bool
    direction: int = 0


def alone(masked: Masked) -> Iterator[Alone]:
    """Every such sentence, or clause of one, that neither `changes` nor `shares` has read."""
    if masked.mask.count("‹p") == 0 or masked.mask.count("‹n") + masked.mask.count("‹m") < 2:
        return
    read = {one.stated.start for one in changes(masked) if one.stated}
    read |= {one.stated.start for one in shares(masked)}
    sized = {one.number.start: one for one in phrases(masked)}
    for sentence in _SENTENCE_END.split(masked.mask):
        whole = _figures(masked, sentence)
        for clause in [sentence] if whole else _CLAUSE_END.split(sentence):
            found = whole or _figures(masked, clause)
            if found is None or found[2].start in read or OTHER.search(clause):
                continue
            if one := _judged(sentence, clause, found, sized.get(found[2].start)):
                yield one


def _judged(
    sentence: str, clause: str, found: tuple[Number, Number, Number], phrase: Phrase | None
) -> Alone | None:
    first, second, stated = found
    sign = {"+": 1, "-": -1}.get(stated.text.strip()[0], 0)
    if phrase or sign:
        if not _dated(sentence) or of_two_things(clause):
            return None
        return Alone(first, second, stated, True, phrase.direction if phrase else sign)
    if _SHARE.search(clause) and not _CHANGE_WORDS.search(clause):
        return Alone(first, second, stated, False)
    return None


def _dated(sentence: str) -> bool:
    """Whether words for an earlier time stand nearer to a count than to the percentage."""
    figures = list(_FIGURE.finditer(sentence))
    for found in EARLIER.finditer(sentence):
        away = {"p": len(sentence), "n": len(sentence)}
        for figure in figures:
            apart = max(figure.start() - found.end(), found.start() - figure.end(), 0)
            letter = figure[1].replace("m", "n")
            away[letter] = min(away[letter], apart)
        if away["n"] <= away["p"]:
            return True
    return False


def of_two_things(clause: str) -> bool:
    """“30 officers visited 40 homes”: counts of different things are no earlier and later one."""
    nouns = [stem(noun) for noun in _NOUN.findall(clause)]
    return len(nouns) == 2 and nouns[0] != nouns[1]


def _figures(masked: Masked, clause: str) -> tuple[Number, Number, Number] | None:
    """The two counts or amounts and the percentage, where the clause has no other figures."""
    tokens = [masked.tokens[int(index)] for index in re.findall(r"‹[npm](\d+)›", clause)]
    counts = [
        token.number
        for token in tokens
        if token.letter in "nm" and token.number and token.text.lower() != "one"
    ]
    percents = [token.number for token in tokens if token.letter == "p" and token.number]
    if len(counts) != 2 or len(percents) != 1 or counts[0].kind != counts[1].kind:
        return None
    if any(one.approx or not one.whole for one in counts):
        return None
    return counts[0], counts[1], percents[0]
