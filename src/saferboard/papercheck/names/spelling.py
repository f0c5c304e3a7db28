"""How far two spellings of one word lie apart."""

from __future__ import annotations

from collections.abc import Iterator


def distance(one: str, other: str, most: int = 2) -> int:
    """Letters to insert, drop, change or swap with a neighbour to make one of the other;
    `most` + 1 where it is more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        next_row = [at]
        for to, against in enumerate(other, start=1):
            cost = min(row[to] + 1, next_row[-1] + 1, row[to - 1] + (letter != against))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == against and before:
                cost = min(cost, before[to - 2] + 1)
            next_row.append(cost)
        if min(next_row) > most:
            return most + 1
        before, row = row, next_row
    return min(row[-1], most + 1)


def without_a_letter(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words that lie one letter
    apart share one of these."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
