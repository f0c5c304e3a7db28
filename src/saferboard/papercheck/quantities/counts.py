"""Counts: `753 sexual offences`, `there are 132 schools`, `135 victims had been supported`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from saferboard.papercheck.quantities.lexicon import (
    is_generic,
    is_people,
    lexicon,
    measure_in,
    root,
    subject,
    words,
)
from saferboard.papercheck.quantities.statement import Sentence, Statement, marks, when_of

_COUNT = re.compile(r"‹n(?P<n>\d+)›\s(?P<phrase>[^‹›.,;:()]+(?:‹[gx]\d+›[^‹›.,;:()]*)?)")
_IS = re.compile(
    r"(?:^|[.;:]\s|,\s)(?P<phrase>(?:[^‹›.;:(),]|‹[dgx]\d+›){3,110}?),?\s(?:(?:was|were|stood\sat|numbered|"
    r"totalled|reached|came\sto|(?:has\s|have\s)?(?:fell|fallen|risen|rose)\sto)\s)?‹n(?P<n>\d+)›"
    r"(?=\s?(?:[.,;)]|$|‹|\(|in\b|during\b|offences\b|cases\b))",
    re.I,
)
_AGGREGATE = re.compile(
    r"(?:from|between|aged|per|rate\sof|than|every|each|target\sof|about)\s*$", re.I
)
_THERE = re.compile(
    r"\bthere\sare\s(?:now\s|currently\s)?(?:a\stotal\sof\s)?(?:over\s|around\s)?$", re.I
)
MOST_WORDS = 9
LEAST_VALUE = 10
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
                "count", number, measure[0], measure[1], age, when_of(sentence, number), sentence
            )
            continue
        roots = [one for one in subject(text) if not is_generic(one)]
        if not roots:
            before = _before(lead)
            measure = measure_in(before)
            doer = _telling(subject(before))
            if measure is None and len(doer) > 1 and number.value >= LEAST_VALUE:
                yield Statement(
                    "count",
                    number,
                    "",
                    (*doer, *map(root, named)),
                    age,
                    when_of(sentence, number),
                    sentence,
                )
            if measure and len(measure[1]) <= 1:
                yield Statement(
                    "count", number, measure[0], (), age, when_of(sentence, number), sentence
                )
            continue
        if is_people(roots):
            roots = list(_telling(subject(" ".join(said[:MOST_WORDS]))))[:4]
        if lead.rstrip().endswith(":"):  # “Burglary: 28 offences could not be placed”
            roots += subject(lead)
        base = ("there are",) if _THERE.search(lead) else ()
        yield Statement(
            "count", number, "", tuple(roots), age, when_of(sentence, number), sentence, base=base
        )


def counts_after(sentence: Sentence) -> Iterator[Statement]:
    """`Home safety visits numbered 1,146`, `the number of visits, 1,146 in the year`."""
    mask = sentence.mask
    for found in _IS.finditer(mask.mask):
        number = mask.number(found["n"])
        whole = re.sub(r"‹\w\d+›", " ", found["phrase"])
        phrase = whole if measure_in(whole) else re.split(r"\bnumber\sof\b", whole)[-1]
        verb = mask.mask[found.end("phrase") : found.start("n") - 2].strip(" ,‹n")
        if not number.whole or number.value < LEAST_VALUE:
            continue
        if not verb and "number of" not in found["phrase"].lower():
            continue
        measure = measure_in(phrase)
        roots = measure[1] if measure else _telling(subject(phrase))
        if measure or len(set(roots)) > 1:
            yield Statement(
                "count",
                number,
                measure[0] if measure else "",
                tuple(roots),
                marks(phrase),
                when_of(sentence, number),
                sentence,
            )


def _telling(roots: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in roots if not is_generic(one))


def _until_end(said: list[str]) -> list[str]:
    """The words that name what is counted, before the verb or the preposition that ends it."""
    ends = lexicon().ends
    for at, word in enumerate(said[:MOST_WORDS]):
        if at and (word.lower() in ends or word.lower() == "of"):
            before, longer = measure_in(" ".join(said[:at])), measure_in(" ".join(said[: at + 3]))
            inside = longer is not None and (before is None or before[0] != longer[0])
            if not inside and (before is not None or word.lower() != "of"):
                return said[:at]
    return said[:MOST_WORDS]


def _before(lead: str) -> str:
    """The clause before a figure: `stop and search was conducted on`."""
    return re.split(r"[.,;:()›]", lead)[-1]
