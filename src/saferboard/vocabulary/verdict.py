"""What a change means, in the words that a reader sees (methods, section 1)."""

from typing import Literal

Verdict = Literal[
    "clear rise",
    "clear fall",
    "possible rise",
    "possible fall",
    "stable",
    "no clear change",
    "too few to tell",
    "not comparable",
    "no comparison",
]
Polarity = Literal["lower-is-better", "higher-is-better", "neither"]
Effect = Literal["better", "worse", "no clear change", "not rated"]


def effect(verdict: Verdict, polarity: Polarity) -> Effect:
    """What `verdict` means for the public: only a clear rise or fall is better or worse;
    a verdict that could not be reached, or a measure without a good direction, is not rated."""
    if polarity == "neither" or verdict in ("too few to tell", "not comparable", "no comparison"):
        return "not rated"
    if verdict == "clear rise":
        return "worse" if polarity == "lower-is-better" else "better"
    if verdict == "clear fall":
        return "better" if polarity == "lower-is-better" else "worse"
    return "no clear change"
