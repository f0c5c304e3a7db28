"""What an app offers to the home page and to search: each has a function in its `needs` or `finds`
module, which the home page calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Need:
    """Something that waits for this person. `title` says what, with its number; `words` why or
    by when; `due` sorts it, what has no date comes last."""

    title: str
    words: str
    href: str
    due: date | None = None
    late: bool = False


@dataclass(frozen=True)
class Find:
    """Something that search found: `kind` in words, `title`, a line about it, its address."""

    kind: str
    title: str
    words: str
    href: str
