"""Two counts and one percentage that fit neither way."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.papercheck.claims.alone import Alone, alone
from saferboard.papercheck.claims.respective import respective
from saferboard.papercheck.claims.rounding import agrees, shown
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.rules.walk import prose, sentence

KEY = "percentage-fits-neither-way"


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        for one in (*alone(masked), *respective(masked)):
            options = _options(one)
            if not options or any(agrees(true, true, one.stated) for true in options):
                continue
            nearest = min(options, key=lambda true: abs(true - abs(one.stated.value)))
            kind = "a change" if one.is_change else "a share"
            yield Finding(
                KEY,
                "warning",
                f"{one.first.text} and {one.second.text} give {kind} of "
                f"{shown(nearest, one.stated)}%, not {one.stated.text}.",
                sentence(passage, min(one.first.start, one.stated.start), one.stated.end),
                passage.place,
                f"{shown(nearest, one.stated)}%",
            )


def _options(one: Alone) -> list[float]:
    """What the percentage may be: the change the way that the words say, or either way where
    they say none; of a share the smaller of the larger."""
    low, high = sorted((one.first.value, one.second.value))
    if low <= 0:
        return []
    if one.is_change:
        more, less = 100 * (high / low - 1), 100 * (1 - low / high)
        return [more] if one.direction > 0 else [less] if one.direction < 0 else [more, less]
    return [100 * low / high]


RULES = (
    Rule(
        KEY,
        "The percentage of a sentence with two counts follows from them, one way or the other.",
        "warning",
        1,
        "Last year 56 people were referred; this year it was 84, a 40% increase.",
        "Compute the percentage again, or say what it is of.",
        find,
    ),
)
