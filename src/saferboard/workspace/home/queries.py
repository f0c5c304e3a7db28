"""What needs this person, and what they look for, gathered from every app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.agreements.needs import needs as agreements
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.evidence.packs.finds import finds as finds_of_packs
from saferboard.workspace.evidence.packs.needs import needs as packs
from saferboard.workspace.home.events import SEARCHED
from saferboard.workspace.members.needs import needs as members
from saferboard.workspace.oversight.needs import needs as oversight
from saferboard.workspace.returns.needs import needs as returns
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Find, Need

LONGEST = 100
SHORTEST = 2

# Each app above adds its function here.
NEEDS: tuple[Callable[[Asking], list[Need]], ...] = (
    oversight,
    members,
    agreements,
    packs,
    returns,
)
FINDS: tuple[Callable[[Asking, str], list[Find]], ...] = (finds_of_packs,)


def needs_of(who: Asking) -> list[Need]:
    """What waits for this person: what is late first, then by day; what has no day comes last."""
    found = [need for ask in NEEDS for need in ask(who)]
    return sorted(found, key=lambda one: (not one.late, one.due or date.max, one.title))


def search(words: str, *, who: Asking) -> list[Find]:
    """Everything with all of `words` in it that this person may see. Recorded, with the words kept
    apart and encrypted, before the answer. Raises Problem for words that are too short or long."""
    asked = " ".join(words.split())
    if not SHORTEST <= len(asked) <= LONGEST or "\0" in asked:
        raise Problem(
            f"Write {SHORTEST} to {LONGEST} letters to search for.",
            remedy="A name, a measure or a title.",
        )
    found = [find for ask in FINDS for find in ask(who, asked)]
    record_first(SEARCHED, by=who.by, now=who.now, details={"count": len(found)}, text=asked)
    return sorted(
        found, key=lambda one: (asked.lower() not in one.title.lower(), one.kind, one.title)
    )
