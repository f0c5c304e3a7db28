"""Shares of a group: `49% of the searches resulted in …`, `of which 12% have …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.quantities.lexicon import is_generic, subject
from saferboard.papercheck.quantities.statement import Sentence, Statement, marks
from saferboard.papercheck.quantities.when import when

_VERBS = (
    r"(?:were|was|are|is|have|has|had|resulted\sin|led\sto|received|involved|being|accounted\sfor|"
    r"related\sto|of\swhich|pertain\sto|involve)"
)
_WORDS = r"(?:[^‹›.;:()]|‹[xgdo]\d+›)"
_OF = re.compile(
    rf"‹p(?P<p>\d+)›\sof\s(?P<base>{_WORDS}{{3,110}}?)\s(?P<rest>{_VERBS}\s{_WORDS}{{3,90}})", re.I
)
_WHICH = re.compile(
    rf"(?:\bof\s(?:which|whom|these|those)|\bamong\s(?:these|them|those))\b,?\s{_WORDS}{{0,12}}?"
    rf"‹p(?P<p>\d+)›\s(?P<rest>{_WORDS}{{3,90}})",
    re.I,
)
_NEXT = re.compile(rf"^(?:,?\sand|,)?\s?‹p(?P<p>\d+)›\s(?P<rest>{_WORDS}{{3,90}})", re.I)
_STOP = re.compile(r",|\sand\s(?=‹p)|\sbut\b|\swhile\b|\swhereas\b", re.I)


def stated_shares(sentence: Sentence) -> Iterator[Statement]:
    """Every share with the roots of its group (`base`) and of what is said of it (`subject`).
    “Among these” takes the sentence before as its group."""
    text = sentence.mask.mask
    if "‹p" not in text:
        return
    for found in _OF.finditer(text):
        yield from _statement(sentence, found["p"], found["base"], found["rest"])
    for found in _WHICH.finditer(text):
        lead = text[: found.start()]
        base = lead if len(lead.split()) > 2 else sentence.before
        end, number, rest = found.end(), found["p"], found["rest"]
        while True:
            yield from _statement(sentence, number, base, rest)
            following = _NEXT.match(text[end:])
            if not following:
                break
            number, rest = following["p"], following["rest"]
            end += following.end()


def _statement(sentence: Sentence, number: str, base: str, rest: str) -> Iterator[Statement]:
    mask = sentence.mask

    def said(words: str) -> str:
        return re.sub(r"‹(\w)(\d+)›", lambda one: mask.tokens[int(one[2])].text, words)

    printed = mask.number(number)
    group = base if base is sentence.before else said(base)
    attribute = said(_STOP.split(rest)[0])
    roots = tuple(one for one in subject(attribute) if not is_generic(one))
    if roots:
        yield Statement(
            "share",
            printed,
            "",
            roots,
            marks(group),
            when(sentence.text),
            sentence,
            base=tuple(one for one in subject(group) if not is_generic(one)),
        )
