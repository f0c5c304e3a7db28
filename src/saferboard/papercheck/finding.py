"""What a rule found, and what a rule is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.papercheck.measures.answers import Answers
from saferboard.papercheck.paper import Paper
from saferboard.papercheck.place import Place
from saferboard.vocabulary.problem import Problem

Kept = TypeVar("Kept")
Severity = Literal["error", "warning", "advice"]
State = Literal["", "with tracked changes accepted", "with tracked changes rejected"]


@dataclass(frozen=True)
class Finding:
    """`quote` is the words as they stand; `expected` what they should be, where that can be
    said; `against` the other place when two disagree; `state` says, for a paper with tracked
    changes, in which of its two states alone the finding is there."""

    rule: str
    severity: Severity
    message: str
    quote: str
    place: Place
    expected: str = ""
    against: tuple[Place, ...] = ()
    state: State = ""

    @property
    def digest(self) -> str:
        """A short hash of rule and quote: how an accepted finding is known again."""
        words = " ".join(self.quote.split()).casefold()
        return hashlib.sha256(f"{self.rule}|{words}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Pack:
    """Everything that is checked together: papers of one meeting. `meeting` is its date, if
    it is known; `facts` a fact sheet to check figures against; `public` whether it will be, and
    `threshold` what makes a count of people a small one: from 1 to under it, or under 5;
    `data` answers what a data store holds about an area. `kept` is what rules worked out
    about the pack and share. `unread` says of each paper that could not be read why."""

    papers: tuple[Paper, ...]
    meeting: date | None = None
    facts: FactSheet | None = None
    public: bool = True
    threshold: int | None = None
    data: Answers | None = None
    unread: tuple[Problem, ...] = ()
    kept: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` works out about these papers under `name`, kept for the next who asks."""
        key = (name, *map(id, self.papers))
        if key not in self.kept:
            self.kept[key] = make()
        held: Kept = self.kept[key]
        return held


@dataclass(frozen=True)
class Rule:
    """`key` is kebab-case and never changes; `sentence` says what it checks; `severity` is
    the highest that it gives; `example` a true example, `remedy` what to do; `group` the
    number of the check in the documentation (1 arithmetic … 11 access)."""

    key: str
    sentence: str
    severity: Severity
    group: int
    example: str
    remedy: str
    find: Callable[[Pack], Iterator[Finding]]


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The gravest severity among `findings`."""
    for severity in ("error", "warning", "advice"):
        if any(one.severity == severity for one in findings):
            return severity
    return None
