"""Lists of members and of those present: who, and for which organisation.

Lists are known by their form: lines or rows of `Name, Organisation` under a heading such as
“Members” or “Present”, or at least four of them in a row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from saferboard.papercheck.names.capitals import plain, stem
from saferboard.papercheck.names.lexicon import lexicon
from saferboard.papercheck.names.variants import Sighting
from saferboard.papercheck.paper import Paper, Passage

LEAST = 4
_NAME = r"[A-Z][A-Za-z]*(?:[.'’-][A-Za-z]+)*\.?"
_ENTRY = re.compile(
    rf"^(?P<title>(?:[A-Z][a-z]+\.?\s){{0,2}}?)(?P<name>{_NAME}(?:\s{_NAME}){{1,3}})"
    r"(?:\s?\((?P<note>[^)]*)\))?(?:,\s|\s?[-–]\s?(?=[A-Z]))(?P<body>(?:[A-Z]|the\s)[^.:;|]{1,90})$"
)
_ALONE = re.compile(rf"^(?P<name>{_NAME}(?:\s{_NAME}){{1,3}})(?:\s?\((?P<note>[^)]*)\))?$")
_BODY = re.compile(r"^(?:[A-Z]|the\s)[^.:;|]{1,90}$")
_NOT_LETTERS = re.compile(r"[^a-z\s]")


@dataclass(frozen=True)
class Member:
    """`name` and `body` (organisation or role) as written."""

    name: str
    body: str
    seen: Sighting

    @property
    def key(self) -> str:
        """The name without titles, for comparing."""
        titles = lexicon().titles
        words = [word for word in re.split(r"[\s.]+", self.name) if word]
        return " ".join(plain(word) for word in words if word.lower() not in titles)


def lists(paper: Paper) -> list[list[Member]]:
    """Every list of the paper, in order."""
    found: list[list[Member]] = []
    current: list[Member] = []
    headed = False
    blank = 0

    def close() -> None:
        if len(current) >= (2 if headed else LEAST):
            found.append(list(current))
        current.clear()

    for passage, member in _entries(paper):
        if member is not None:
            current.append(member)
            blank = 0
        elif _NOT_LETTERS.sub("", passage.text.lower()).strip() in lexicon().lists:
            close()
            headed, blank = True, 0
        else:
            blank += 1
            if blank > 1:
                close()
                headed = False
    close()
    return found


def _entries(paper: Paper) -> Iterator[tuple[Passage, Member | None]]:
    """Passages with the member that they name, rows of tables by their first two cells."""
    before: Passage | None = None
    for passage in paper.passages:
        if passage.kind == "cell":
            column = passage.place.column
            if column == 2 and before is not None and before.place.column == 1:
                name = _ALONE.match(before.text)
                body = _BODY.match(passage.text)
                yield (
                    before,
                    Member(name["name"], passage.text, _all(before)) if name and body else None,
                )
            before = passage
            continue
        before = None
        found = _ENTRY.match(passage.text)
        if found:
            yield passage, Member(found["name"], found["body"], _all(passage))
        else:
            yield passage, None


def _all(passage: Passage) -> Sighting:
    return Sighting(passage, 0, len(passage.text))


def is_role(body: str) -> bool:
    """Whether the words name what somebody does and not for whom."""
    return any(plain(word) in lexicon().roles for word in re.findall(r"[\w-]+", body))


def shared_first_words(bodies: Iterable[str]) -> frozenset[str]:
    """The stems with which several organisations begin: the name of the place, mostly."""
    first: dict[str, set[str]] = defaultdict(set)
    for body in set(bodies):
        held = re.findall(r"[\w’']+", body)
        if held:
            first[stem(plain(held[0]))].add(body)
    return frozenset(word for word, those in first.items() if len(those) > 1)


def agree(one: str, other: str, common: frozenset[str] = frozenset()) -> bool:
    """Whether two ways to write an organisation can mean one: they share a word that is not
    `common` to many, or one is the other's abbreviation."""
    first, second = _stems(one) - common, _stems(other) - common
    if not first or not second or first & second:
        return True
    return _initials(one, other) or _initials(other, one)


def _stems(body: str) -> set[str]:
    known = lexicon()
    words = [plain(word) for word in re.findall(r"[\w’']+", body)]
    common = {"london", "borough", "national", "lb"}
    return {stem(word) for word in words if word not in known.links} - common


def _initials(short: str, long: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"[\w’']+", long) if word[0].isupper())
    said = "".join(re.findall(r"[A-Z]", short))
    return len(said) >= 2 and (said in letters or letters in said)
