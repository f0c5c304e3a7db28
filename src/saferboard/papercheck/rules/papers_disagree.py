"""A figure that two papers of a meeting, or a sentence and a table, give differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.quantities.again import again
from saferboard.papercheck.quantities.figures import Figure, cell_figures, figures
from saferboard.papercheck.quantities.lexicon import root, subject, words
from saferboard.papercheck.quantities.matched import Around, Twice, twice
from saferboard.papercheck.quantities.statement import sentences
from saferboard.papercheck.rules.two_values import find_values
from saferboard.papercheck.rules.walk import SHORT_CELL, grids, passages, sentence


def find_disagreements(pack: Pack) -> Iterator[Finding]:
    """One finding for each end of a pair that the rule of one quantity has not told already."""
    told = {(one.place, end) for one in find_values(pack) for end in one.against}
    held: list[Figure] = []
    for _, passage in passages(pack):
        if passage.kind == "heading":
            continue
        if passage.kind != "cell" or len(passage.text) >= SHORT_CELL:
            for one in sentences(passage, spelled=True):
                held += figures(one)
    for _, grid in grids(pack):
        held += cell_figures(grid)
    around = _around(pack)
    for pair in (*twice(held, around), *again(held, around)):
        ends = (pair.seen.passage.place, pair.other.passage.place)
        if ends in told or ends[::-1] in told:
            continue
        told.add(ends)
        yield _finding(pair, pair.seen, pair.other)
        yield _finding(pair, pair.other, pair.seen)


def _around(pack: Pack) -> Around:
    """The names that a paper's text has anywhere, and the words that are no names."""
    named: dict[str, set[str]] = defaultdict(set)
    small: set[str] = set()
    for _, passage in passages(pack):
        said = words(passage.text)
        small |= {root(word) for word in said if word[:1].islower()}
        named[passage.place.file] |= set(subject(" ".join(said)))
    return Around({file: frozenset(held) for file, held in named.items()}, frozenset(small))


def _finding(pair: Twice, seen: Figure, other: Figure) -> Finding:
    period = "" if pair.sure else ", if both mean one period"
    place = other.passage.place
    return Finding(
        RULE.key,
        "warning",
        f"{seen.number.text} here, and {other.number.text} in {place.file} ({place.words()}): "
        f"one quantity, two values{period}.",
        sentence(seen.passage, seen.start, seen.end),
        seen.passage.place,
        "",
        (place,),
    )


RULE = Rule(
    "papers-disagree",
    "The papers of a meeting, and the sentences and tables of a paper, give a figure one value.",
    "warning",
    3,
    "The minutes say that the hub saw 241 young people in 2023/24, and the report 214.",
    "Look at the source; correct one, or say what parts the two.",
    find_disagreements,
)
