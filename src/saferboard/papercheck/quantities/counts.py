"""Counts: `753 sexual offences`, `there are 132 schools`, `135 victims had been supported`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.quantities.lexicon import is_generic, lexicon, measure_in, subject, words
from saferboard.papercheck.quantities.statement import Sentence, Statement, marks
from saferboard.papercheck.quantities.when import when

_COUNT = re.compile(r"‹n(?P<n>\d+)›\s(?P<phrase>[^‹›.,;:()]+(?:‹[gx]\d+›[^‹›.,;:()]*)?)")
_AGGREGATE = re.compile(r"(?:between|aged|per|rate\sof|than|every|each|target\sof|about)\s*$", re.I)
_THERE = re.compile(
    r"\bthere\sare\s(?:now\s|currently\s)?(?:a\stotal\sof\s)?(?:over\s|around\s)?$", re.I
)
MOST_WORDS = 9
DIFFERENCES = ("fewer", "more", "less", "additional", "further", "extra", "other")


def counts(sentence: Sentence) -> Iterator[Statement]:
    """Every count whose subject the sentence names."""
    mask = sentence.mask
    for found in _COUNT.finditer(mask.mask):
        number = mask.number(found["n"])
        lead = mask.mask[: found.start()]
        phrase = re.sub(r"‹(\w)(\d+)›", lambda one: mask.tokens[int(one[2])].text, found["phrase"])
        said = words(phrase)
        numbered = not sentence.offset and not lead.strip() and phrase[:1].isupper()
        if (
            not said
            or numbered
            or not number.whole
            or number.value < 2
            or _AGGREGATE.search(lead[-14:])
        ):
            continue
        first = said[0].lower().removesuffix("s")
        if first in lexicon().not_counted or said[0].lower() in (
            *lexicon().not_counted,
            *DIFFERENCES,
        ):
            continue
        named = _until_end(said)
        text = " ".join(named)
        measure = measure_in(text)
        age = marks(phrase)
        if measure:
            yield Statement(
                "count", number, measure[0], measure[1], age, when(sentence.text), sentence
            )
            continue
        roots = [one for one in subject(text) if not is_generic(one)]
        if not roots:
            before = _before(lead)
            measure = measure_in(before)
            if measure and len(measure[1]) <= 1:
                yield Statement("count", number, measure[0], (), age, when(sentence.text), sentence)
            continue
        base = ("there are",) if _THERE.search(lead) else ()
        yield Statement(
            "count", number, "", tuple(roots), age, when(sentence.text), sentence, base=base
        )


def _until_end(said: list[str]) -> list[str]:
    """The words that name what is counted, before the verb or the preposition that ends it."""
    ends = lexicon().ends
    for at, word in enumerate(said[:MOST_WORDS]):
        if word.lower() in ends and at:
            inside = " ".join(said[max(0, at - 1) : at + 2])
            longer = " ".join(said[: at + 3])
            joins = word.lower() in ("and", "with", "from")
            if measure_in(inside) or (joins and measure_in(longer)):
                continue
            return said[:at]
    return said[:MOST_WORDS]


def _before(lead: str) -> str:
    """The clause before a figure: `stop and search was conducted on`."""
    return re.split(r"[.,;:()›]", lead)[-1]
