"""Percentages of a known small number that no whole number gives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from saferboard.papercheck.claims.number import Number, cell_number
from saferboard.papercheck.claims.portion import listed_shares, portions
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import grids, prose, row_words, sentence

KEY = "percentage-not-possible"
MOST = 70
"""Of a larger whole nearly every whole percentage is possible."""

LEAST_SHARES = 6
PEOPLE = re.compile(
    r"\b(?:people|children|referrals?|victims|cases|services|programmes|individuals|offences|"
    r"families|respondents|young|incidents|students|pupils|offenders|adults)\b",
    re.I,
)


def nearest(whole: int, stated: Number) -> tuple[int, float]:
    """The number of `whole` whose share lies nearest to the percentage, and that share."""
    part = round(stated.value * whole / 100)
    options = [one for one in (part - 1, part, part + 1) if 0 <= one <= whole]
    best = min(options, key=lambda one: abs(100 * one / whole - stated.value))
    return best, 100 * best / whole


def possible(whole: int, stated: Number) -> bool:
    """Whether some number of `whole` rounds (up, down or half-way either way) to `stated`."""
    _, share = nearest(whole, stated)
    return abs(share - stated.value) <= stated.step / 2 + 1e-9


def find(pack: Pack) -> Iterator[Finding]:
    yield from _rows(pack)
    yield from _sentences(pack)


def _rows(pack: Pack) -> Iterator[Finding]:
    """A row with one small count before many percentages, all but a few of them shares of it."""
    for _, grid in grids(pack):
        for at, row in enumerate(grid.rows):
            numbers = [(cell, number) for cell in row if (number := cell_number(cell.text))]
            if not numbers or numbers[0][1].kind != "count" or not numbers[0][1].whole:
                continue
            whole = int(numbers[0][1].value)
            shares = [(cell, number) for cell, number in numbers[1:] if number.kind == "percent"]
            if not 2 <= whole <= MOST or len(shares) < LEAST_SHARES:
                continue
            wrong = [(cell, number) for cell, number in shares if not possible(whole, number)]
            if not wrong or not _telling(whole, len(shares), len(wrong)):
                continue
            for cell, number in wrong:
                part, share = nearest(whole, number)
                yield Finding(
                    KEY,
                    "warning",
                    f"No number of {whole} is {number.text}: {part} of {whole} is {share:.1f}%. "
                    "The other percentages of the row are shares of it.",
                    row_words(grid, at),
                    cell.place,
                    f"{share:.0f}%",
                )


def _telling(whole: int, shares: int, wrong: int) -> bool:
    """Whether so many shares of `whole` by chance alone would be as unlikely as one in 100."""
    chance = min(1.0, 2 * whole / 100)
    right = shares - wrong
    tail = sum(
        math.comb(shares, hits) * chance**hits * (1 - chance) ** (shares - hits)
        for hits in range(right, shares + 1)
    )
    return tail < 0.01 and wrong <= max(1, shares // 4)


def _sentences(pack: Pack) -> Iterator[Finding]:
    """“Of the 53 services, 56% …”: shares of a count that stands with them."""
    for _, passage, masked in prose(pack):
        if "%" not in passage.text:
            continue
        pairs = [(one.whole, one.stated) for one in portions(masked) if one.part is None]
        pairs += [(one.whole, stated) for one in listed_shares(masked) for stated in one.stated]
        seen: set[int] = set()
        for whole, stated in pairs:
            if whole is None or stated is None or stated.start in seen or stated.approx:
                continue
            seen.add(stated.start)
            number = int(whole.value)
            between = masked.text[whole.end : stated.start]
            if (
                whole.kind != "count"
                or not whole.whole
                or whole.approx
                or not 10 <= number <= MOST
                or not PEOPLE.search(between)
                or possible(number, stated)
            ):
                continue
            part, share = nearest(number, stated)
            yield Finding(
                KEY,
                "warning",
                f"No number of {number} is {stated.text}: {part} of {number} is {share:.1f}%.",
                sentence(passage, whole.start, stated.end),
                passage.place,
                f"{share:.{0 if stated.step >= 1 else 1}f}%",
            )


RULES = (
    Rule(
        KEY,
        "A percentage of a small number of people is one that a whole number of them gives.",
        "warning",
        1,
        "Of 16 referrals, 10% were of women: 1 of 16 is 6%, 2 of 16 is 13%.",
        "Count again, and print the number beside its percentage.",
        find,
    ),
)
