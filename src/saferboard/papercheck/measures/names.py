"""Which measures a text names, and which places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from saferboard.analytics.measures.register import definitions
from saferboard.papercheck.measures.phrases import Mention, Phrases, plain_word, plain_words
from saferboard.vocabulary.data_file import data_file

_FILE = "names.yaml"
OWN, OTHER, NAMED, NOWHERE = "own", "other", "named", "nowhere"
_LAST_WORD = re.compile(r"([^\W_]+)[\s-]+$")
_DIGITS_BEHIND = 24


class Names(BaseModel):
    """The file names.yaml; its head says what each part means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measures: dict[str, tuple[str, ...]]
    others: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    units: tuple[str, ...]
    events: tuple[str, ...]
    elsewhere: tuple[str, ...]
    no_place: tuple[str, ...]


@cache
def names() -> Names:
    """The names that officers use, as shipped."""
    return Names.model_validate(data_file("saferboard.papercheck.measures", _FILE))


@cache
def _measures() -> Phrases[str]:
    held = names()
    return Phrases(
        [
            *((phrase, key) for key, phrases in held.measures.items() for phrase in phrases),
            *((one.title, key) for key, one in definitions().items()),
            *((phrase, "") for phrase in held.others),
        ]
    )


@cache
def _after() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in names().after)


@cache
def unit_words() -> frozenset[str]:
    """The words that may stand for the offences of any measure, without plural."""
    return frozenset(plain_word(word) for word in names().units)


def is_unit(words: str, measure: str) -> bool:
    """Whether a head names nothing but what the measure counts: “Offences”, “Calls”."""
    known = definitions().get(measure)
    own = f"{known.unit.one} {known.unit.many}" if known else ""
    allowed = unit_words() | set(plain_words(own))
    return bool(words.strip()) and set(plain_words(words)) <= allowed


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(plain_word(word) for word in names().before)


@cache
def event_words() -> frozenset[str]:
    """The words for what happens and is counted, without plural."""
    return frozenset(plain_word(word) for word in names().events)


def measures_in(text: str) -> list[Mention[str]]:
    """The measures that a text names, in order, each by its key; "" for what looks like one and
    is none: another offence, or a word beside it that makes something else of it."""
    found: list[Mention[str]] = []
    qualifiers = _qualifiers()
    for one in _measures().find(text):
        before = _LAST_WORD.search(text, max(0, one.start - _DIGITS_BEHIND), one.start)
        qualified = before is not None and plain_word(before[1]) in qualifiers
        behind = next(_after().find(text[one.end : one.end + _DIGITS_BEHIND]), None)
        changed = behind is not None and not text[one.end : one.end + behind.start].strip(" (-–")
        found.append(Mention("", one.start, one.end) if qualified or changed else one)
    return found


def measure_named(text: str) -> str:
    """The measure of a text that is nothing but its name: a heading, the label of a row."""
    return _measures().exact(text) or ""


@dataclass(frozen=True)
class Places:
    """The names of the partnership's own area and of others, to tell which one is meant."""

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def phrases(self) -> Phrases[str]:
        """`own`, `other`, `named` (an area by its name) or `nowhere` for every place named."""
        held = names()
        pairs: list[tuple[str, str]] = [(name, OWN) for name in self.own]
        pairs += [(name, NOWHERE) for name in held.no_place]
        pairs += [(name, OTHER) for name in held.elsewhere]
        pairs += [(name, NAMED) for name in self.others]
        return Phrases(pairs)


def about_own_area(mentions: Iterable[Mention[str]], start: int, end: int) -> bool:
    """Whether a figure at [start, end) is about the partnership's own area: no other place is
    named in its sentence (`mentions`), or its own is nearer."""
    nearest: dict[str, int] = {}
    for one in mentions:
        gap = max(one.start - end, start - one.end, 0)
        nearest[one.value] = min(gap, nearest.get(one.value, gap))
    if OTHER not in nearest:
        return True
    return OWN in nearest and nearest[OWN] < nearest[OTHER]
