"""One figure that a paper numbers two ways, or calls two things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Paper, Passage
from saferboard.papercheck.rules.numbering import MENTION, Caption, captions, words_of
from saferboard.papercheck.rules.walk import cut, sentence

NUMBERED, CALLED = "figure-numbered-two-ways", "figure-called-two-ways"
CLOSE = 2
"""How many passages lie at most between two lines of a list of figures."""

_PAGE = re.compile(r"[\s.…]*\b\d{1,3}$")


def find_numbered(pack: Pack) -> Iterator[Finding]:
    """A line of the list of figures whose words stand under another number in the paper."""
    for paper in pack.papers:
        held = captions(paper)
        listed = {id(one) for run in _lists(held) for one in run}
        for line in held:
            if id(line) not in listed:
                continue
            others = [
                one for one in held
                if id(one) not in listed and one.kind == line.kind and _plain(one) == _plain(line)
            ]  # fmt: skip
            if others and all(one.number != line.number for one in others):
                yield Finding(
                    NUMBERED,
                    "warning",
                    f"The list has this as {line.kind} {line.number}; in the paper it is "
                    f"{others[0].kind} {others[0].number}.",
                    cut(line.passage.text, 200),
                    line.passage.place,
                    f"{others[0].kind} {others[0].number}",
                    (others[0].passage.place,),
                )


def _lists(held: list[Caption]) -> Iterator[list[Caption]]:
    """Runs of captions that follow each other with no figures between, before the figures."""
    run: list[Caption] = held[:1]
    for before, after in pairwise(held):
        if after.passage.index - before.passage.index > CLOSE or after.run != before.run:
            break
        run.append(after)
    if len(run) > 1 and len(run) < len(held):
        yield run


def _plain(caption: Caption) -> str:
    """The words of a caption without the page number that a list puts behind them."""
    return " ".join(_PAGE.sub("", words_of(caption)).casefold().split()).strip(" .:")


def find_called(pack: Pack) -> Iterator[Finding]:
    """“Figure 3” of a paper whose only third figure is Chart 3; each once."""
    for paper in pack.papers:
        held = {(one.kind, one.number) for one in captions(paper)}
        kinds = {kind for kind, _ in held}
        told: set[tuple[str, int]] = set()
        for passage, kind, number, match in _mentions(paper):
            names = sorted(one for one in kinds - {"Table"} if (one, number) in held)
            if kind == "Table" or kind in kinds or not names or (kind, number) in told:
                continue
            told.add((kind, number))
            yield Finding(
                CALLED,
                "advice",
                f"{names[0]} {number} is called {kind} {number} here.",
                sentence(passage, match.start(), match.end()),
                passage.place,
                f"{names[0]} {number}",
            )


def _mentions(paper: Paper) -> Iterator[tuple[Passage, str, int, re.Match[str]]]:
    for passage in paper.passages:
        if passage.kind != "cell":
            for match in MENTION.finditer(passage.text):
                yield passage, match["kind"], int(match["number"]), match


RULES = (
    Rule(
        NUMBERED,
        "A figure or table has one number, in the list of figures and in the paper.",
        "warning",
        10,
        "Figure 4: Burglary by ward … 12 in the list, and Figure 5: Burglary by ward on page 12.",
        "Make the list afresh.",
        find_numbered,
    ),
    Rule(
        CALLED,
        "A figure is called one thing: a chart is no figure elsewhere.",
        "advice",
        10,
        "As Figure 3 shows, in a paper whose third figure is Chart 3.",
        "Use the word of the caption.",
        find_called,
    ),
)
