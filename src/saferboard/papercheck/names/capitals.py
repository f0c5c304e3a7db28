"""Runs of capitalised words: where names stand.

`The board thanked Ann Example of the Office for Fairness.` holds the runs `Ann Example` and
`Office for Fairness`. A run in capitals throughout is a heading; it is read like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from saferboard.papercheck.names.lexicon import lexicon
from saferboard.papercheck.paper import Passage

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_WORD = re.compile(rf"[{_LETTER}](?:[{_LETTER}]|['’](?=[{_LETTER}]))*|&")
_BETWEEN = re.compile(r"(?:\s?|-|['’]\s?|\.)")
_POSSESSIVE = re.compile(r"['’]s?$", re.I)
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
LONGEST_RUN = 14


@dataclass(frozen=True)
class Word:
    """A word at its place in the passage's words. `before` is what stands between it and the
    word before it in its run; `link` whether it only joins (`of`, `and`)."""

    text: str
    start: int
    end: int
    before: str = ""
    link: bool = False

    @cached_property
    def plain(self) -> str:
        """Lower case, without a possessive ending or apostrophes."""
        return plain(self.text)

    @cached_property
    def stem(self) -> str:
        """The singular of `plain`."""
        return stem(self.plain)


@dataclass(frozen=True)
class Run:
    """Words that begin with capitals, and the links between them, in one passage."""

    passage: Passage
    words: tuple[Word, ...]

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The positions of the words that are no links."""
        return tuple(at for at, word in enumerate(self.words) if not word.link)

    def text(self, first: int, last: int) -> str:
        """The words from position `first` to `last`, as they stand."""
        return self.passage.text[self.words[first].start : self.words[last].end]


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """`Children’s` is childrens’ plain form: `children`; `O’Neill` is `oneill`."""
    return _POSSESSIVE.sub("", word).replace("’", "").replace("'", "").casefold()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A plain word in the singular: communities, boards, witnesses; centre as center."""
    word = lexicon().same_word.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return stem(word[:-1]) if word[:-1] in lexicon().same_word else word[:-1]
    return word


def runs(passages: Iterable[Passage]) -> Iterator[Run]:
    """Every run, in order; single words too."""
    for passage in passages:
        for words in _runs_in(passage.text):
            yield Run(passage, words)


@lru_cache(maxsize=32_768)
def _runs_in(text: str) -> tuple[tuple[Word, ...], ...]:
    links = lexicon().links
    found: list[list[Word]] = [[]]
    end = 0
    for match in _WORD.finditer(_ADDRESS.sub(lambda found: "." * len(found[0]), text)):
        word = match[0]
        link = word.lower() in links
        gap = text[end : match.start()]
        end = match.end()
        if not _BETWEEN.fullmatch(gap) or not (link or word[0].isupper()):
            found.append([])
        if (link and found[-1]) or (not link and word[0].isupper()):
            before = gap if found[-1] else ""
            found[-1].append(Word(word, match.start(), match.end(), before, link))
    for held in found:
        while held and held[-1].link:
            held.pop()
    return tuple(
        tuple(held[at : at + LONGEST_RUN])
        for held in found
        for at in range(0, len(held), LONGEST_RUN)
    )


_LOWER = re.compile(r"(?<![\w'’.@/-])[a-z]{3,}(?![\w@]|\.\w)")


def ordinary_words(passages: Iterable[Passage]) -> Counter[str]:
    """How often each word stands in lower case: a word that does is no mere name."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update(_LOWER.findall(passage.text))
    return counts
