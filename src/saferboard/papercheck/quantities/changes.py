"""Changes that are said without their figures: `a 43% reduction in the number of …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.change import DOWN, UP, sign_of
from saferboard.papercheck.quantities.lexicon import is_generic, measure_in, subject
from saferboard.papercheck.quantities.statement import Sentence, Statement, marks
from saferboard.papercheck.quantities.when import when

_NOUN = r"reductions?|decreases?|falls?|drops?|declines?|increases?|rises?|growth|uplift"
_PHRASE = r"(?P<phrase>(?:[^‹›.,;:()]|‹[xg]\d+›){3,120})"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"‹p(?P<p>\d+)›\s(?:\w+\s)?(?P<way>{_NOUN})\s(?:in|of)\s{_PHRASE}",
        rf"(?P<way>{_NOUN})\sof\s(?:\w+\s)?‹p(?P<p>\d+)›\sin\s{_PHRASE}",
    )
)
_VERB = re.compile(
    rf"(?:^|[.;:]\s|,\s){_PHRASE}\s(?:has\s|have\s|had\s)?(?:been\s)?(?P<way>{UP}|{DOWN})\s(?:by\s)"
    r"(?:\w+\s)?‹p(?P<p>\d+)›",
    re.I,
)
_TAIL = re.compile(
    r"\s(?:from|compared|since|over|during|in\sthe\s(?:period|last|past)|when|relative|while|against|"
    r"equivalent|equating|which|that|and\s(?:a|an)|but|with)\b.*$",
    re.I,
)
MOST_WORDS = 14


def stated_changes(sentence: Sentence) -> Iterator[Statement]:
    """Every change in per cent with what it is a change of."""
    mask = sentence.mask
    if "‹p" not in mask.mask:
        return
    taken: set[str] = set()
    for form in (*_FORMS, _VERB):
        for found in form.finditer(mask.mask):
            if found["p"] in taken:
                continue
            taken.add(found["p"])
            words = re.sub(
                r"‹(\w)(\d+)›", lambda one: mask.tokens[int(one[2])].text, found["phrase"]
            )
            phrase = " ".join(_TAIL.sub("", words).split()[:MOST_WORDS])
            measure = measure_in(phrase)
            roots = measure[1] if measure else subject(phrase)
            yield Statement(
                "change",
                mask.number(found["p"]),
                measure[0] if measure else "",
                tuple(one for one in roots if not is_generic(one)),
                marks(phrase),
                when(sentence.text),
                sentence,
                sign_of(re.sub(r"s$", "", found["way"].lower())),
            )
