"""The words of a text that carry its subject, cut to their stems so that forms compare."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z’']+")
_ENDINGS = re.compile(r"(?:ies|ing|ed|es|s|y|e)$")
_EMPTY = frozenset(
    " ".join(
        (
            "a an the of in on at to from by for with and or but as is are was were be been being",
            "has have had this that these those it its their there which who whom whose than then",
            "also not no nor all any each other some such only very more most less least over",
            "under",
            "up down into out per between during since until while when where how what will would",
            "can could may might must shall should do does did about around due against within",
            "across following including include based recorded reported below above part new first",
            "last data figure table chart graph map show shows shown indicate indicates number",
            "numbers total rate rates area borough year years month months source report cent",
            "percent percentage london england metropolitan police council local",
        )
    ).split()
)
LEAST = 3


def stems(text: str) -> frozenset[str]:
    """The stems of the content words of `text`: `burglaries` and `burglary` are one."""
    return frozenset(
        stem(word)
        for word in _WORD.findall(text)
        if word.lower() not in _EMPTY and len(word) >= LEAST
    )


def stem(word: str) -> str:
    """A word in lower case without its ending; short words and acronyms stay whole."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    return _ENDINGS.sub("", low) if len(low) > 4 else low
