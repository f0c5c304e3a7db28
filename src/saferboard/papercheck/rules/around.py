"""What stands around a passage: whether the paper says already what a rule would say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from saferboard.papercheck.finding import Pack
from saferboard.papercheck.paper import Paper, Passage

# Chart labels and key figures of a page are passages too.
REACH = 14
_FAR = 160
_WORD = re.compile(r"[^\W\d_]{3}")
MOST_NAMED = 5


def near(paper: Paper, passage: Passage, words: re.Pattern[str], reach: int = REACH) -> bool:
    """Whether the words stand in the passage or among the `reach` before and behind it that hold
    words, under its own heading."""
    if words.search(passage.text):
        return True
    at = passage.index
    return any(
        words.search(one.text)
        for walk in (reversed(paper.passages[max(0, at - _FAR) : at]), paper.passages[at + 1 :])
        for one in islice(_wordy(islice(walk, _FAR)), reach)
        if one.place.heading == passage.place.heading
    )


def _wordy(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Those with a word in them: a workbook has many cells with a figure or nothing."""
    return (one for one in passages if _WORD.search(one.text))


def by_paper(pack: Pack) -> Iterator[Paper]:
    """The papers that have words: one piece of advice is given for each."""
    yield from (paper for paper in pack.papers if paper.passages)


def listed(words: list[str]) -> str:
    """The first few, and how many more there are."""
    told = list(dict.fromkeys(words))
    more = len(told) - MOST_NAMED
    return "; ".join(told[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
