"""Finding many phrases in a text in one walk: the longest at each place, whatever its writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

_WORD = re.compile(r"[^\W_]+|&")
# What may stand between two words of one name: a comma, a hyphen, a bracket, a space.
_JOINT = re.compile(r"[\s,:()/’'–-]{1,4}")

Value = TypeVar("Value")


@dataclass(frozen=True)
class Mention(Generic[Value]):
    """A phrase that was found: what it means, and where it stands."""

    value: Value
    start: int
    end: int


@dataclass
class _Node(Generic[Value]):
    after: dict[str, _Node[Value]] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)


class Phrases(Generic[Value]):
    """Phrases with their meanings. Case, plural, hyphens and commas make no difference."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._root: _Node[Value] = _Node()
        for phrase, value in phrases:
            node = self._root
            for word in _WORD.findall(phrase):
                node = node.after.setdefault(plain_word(word), _Node())
            if node is not self._root and value not in node.values:
                node.values.append(value)

    def find(self, text: str) -> Iterator[Mention[Value]]:
        """Every phrase in the text, the longest at each place; none inside another."""
        words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            length, value = self._longest(text, words, at)
            if length and value is not None:
                yield Mention(value, words[at][1], words[at + length - 1][2])
            at += max(1, length)

    def exact(self, text: str) -> Value | None:
        """What the text means when it is nothing but a phrase."""
        words = list(_WORD.finditer(text))
        found = next(self.find(text), None)
        whole = found and words and found.start == words[0].start() and found.end == words[-1].end()
        return found.value if found and whole else None

    def _longest(
        self, text: str, words: list[tuple[str, int, int]], at: int
    ) -> tuple[int, Value | None]:
        node, best, value = self._root, 0, None
        for length, (word, start, _) in enumerate(words[at:], start=1):
            if length > 1 and not _JOINT.fullmatch(text, words[at + length - 2][2], start):
                break
            following = node.after.get(plain_word(word))
            if following is None:
                break
            node = following
            if node.values:
                best, value = length, node.values[0]
        return best, value


@lru_cache(maxsize=65_536)
def plain_word(word: str) -> str:
    """A word without its case and plural: `Burglaries` is `burglary`, `&` is `and`."""
    low = word.casefold()
    if low == "&":
        return "and"
    if low.endswith("ies") and len(low) > 4:
        return f"{low[:-3]}y"
    if low.endswith("s") and not low.endswith(("ss", "us")) and len(low) > 3:
        return low[:-1]
    return low


def plain_words(text: str) -> list[str]:
    """The words of a text, each plain."""
    return [plain_word(word) for word in _WORD.findall(text)]
