"""Who is credited to which organisation, in lists, in sentences and in the rows of tables.

    Ann Example (Vale Police)    Ann Example, Vale Police,    Ann Example of the Vale Police

A person is somebody of the list, or a name of words that the pack never has in lower case. An
organisation is a name that stands in a list of members, or that is credited to two people.
What somebody does (Director of …) is no organisation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saferboard.papercheck.names.capitals import ordinary_words, plain
from saferboard.papercheck.names.lexicon import lexicon
from saferboard.papercheck.names.members import agree, is_role, lists, shared_first_words
from saferboard.papercheck.names.variants import Sighting
from saferboard.papercheck.paper import Grid, Paper, Passage

_NAME = r"[A-Z][a-z’']+(?:[A-Z][a-z]+)?"
_PERSON = rf"(?P<name>{_NAME}(?:[\s-]{_NAME}){{1,3}})"
_TITLE = r"(?:[A-Z][\w’'&-]*|of|for|and|the|&)"
_BODY = rf"(?P<body>[A-Z][\w’'&-]*(?:\s{_TITLE}){{0,6}})"
_CREDIT = re.compile(rf"{_PERSON}(?:\s\((?:the\s)?|,\s(?:the\s)?|\sof\s(?:the\s)?|\s[-–]\s){_BODY}")
_ALONE = re.compile(rf"^{_PERSON}$")
_END = re.compile(r"\s(?:of|for|and|the|&)$")


@dataclass(frozen=True)
class Credit:
    """A person and an organisation as written, and where."""

    person: str
    body: str
    seen: Sighting
    listed: bool = False

    @property
    def key(self) -> str:
        """The person's name without titles, for comparing."""
        words = re.split(r"[\s-]+", self.person)
        return " ".join(plain(one) for one in words if one.lower() not in lexicon().titles)


def two_organisations(papers: Sequence[Paper]) -> Iterator[tuple[Credit, Credit]]:
    """Credits to another organisation than the person has in a list or, where no list names the
    person, in most other places; with one of those."""
    held = [credit for paper in papers for credit in _listed(paper)]
    names = {credit.key for credit in held}
    ordinary = ordinary_words(passage for paper in papers for passage in paper.passages)
    rest = [
        credit
        for paper in papers
        for credit in (*_said(paper), *_in_rows(paper))
        if credit.key in names or not any(ordinary[word] for word in credit.key.split())
    ]
    bodies = _bodies(held, rest)
    common = shared_first_words(bodies)
    by_person: dict[str, list[Credit]] = defaultdict(list)
    for credit in (*held, *(one for one in rest if one.body in bodies)):
        by_person[credit.key].append(credit)
    for key, credits in by_person.items():
        right = [one for one in credits if one.listed] if key in names else credits
        usual = max(right, key=lambda one: sum(agree(one.body, x.body, common) for x in right))
        support = sum(agree(usual.body, one.body, common) for one in right)
        for credit in credits:
            other = not agree(usual.body, credit.body, common)
            if other and not any(agree(x.body, credit.body, common) for x in right if x != credit):
                yield credit, usual
                if support == 1 and not usual.listed:
                    yield usual, credit


def _bodies(held: Sequence[Credit], rest: Sequence[Credit]) -> frozenset[str]:
    people: dict[str, set[str]] = defaultdict(set)
    for credit in rest:
        people[credit.body].add(credit.key)
    words = lexicon()
    known = {credit.body for credit in held}
    known |= {
        body
        for body, those in people.items()
        if len(those) > 1 or any(plain(one) in words.bodies for one in body.split())
    }
    return frozenset(known)


def _listed(paper: Paper) -> Iterator[Credit]:
    for members in lists(paper):
        for member in members:
            if not is_role(member.body):
                yield Credit(member.name, member.body, member.seen, listed=True)


def _said(paper: Paper) -> Iterator[Credit]:
    for passage in paper.passages:
        for found in _CREDIT.finditer(passage.text):
            body = _END.sub("", found["body"])
            if not is_role(body) and not is_role(found["name"].split()[-1]):
                yield Credit(
                    found["name"], body, Sighting(passage, found.start(), found.end("body"))
                )


def _in_rows(paper: Paper) -> Iterator[Credit]:
    """Rows of tables with a column of people and one of organisations, named by their heads."""
    for grid in paper.grids:
        head = grid.rows[0]
        person = _column(head, r"\blead\b|\bowner\b|\bname\b|\bofficer\b")
        body = _column(head, r"organisation|\bagency\b|\bpartner\b|representing")
        if person is None or body is None or person == body:
            continue
        yield from _rows(grid, person, body)


def _rows(grid: Grid, person: int, body: int) -> Iterator[Credit]:
    for row in grid.rows[1:]:
        name, whom = row[person], row[body]
        if _ALONE.match(name.text) and whom.text[:1].isupper() and not is_role(whom.text):
            yield Credit(name.text, whom.text, Sighting(whom, 0, len(whom.text)))


def _column(head: Sequence[Passage], form: str) -> int | None:
    """The only column whose head is so called; a lead organisation is no lead."""
    found = [
        at
        for at, cell in enumerate(head)
        if re.search(form, cell.text, re.I)
        and ("organisation" in form or not re.search("organisation|agency", cell.text, re.I))
    ]
    supporting = [at for at in found if "support" not in head[at].text.lower()]
    return supporting[0] if len(supporting) == 1 else None
