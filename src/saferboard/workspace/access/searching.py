"""Finding matters by words. Text operators ignore their index under row-level security, so search
is one function of the database: it joins the access rows of whoever asks and shows no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.models import SearchText
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import Actor

MOST = 50
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True)
class FoundMatter:
    """A matter that has the words, as the one who asks may see it."""

    id: UUID
    kind: str
    title: str
    level: Level


def describe_matter(*, matter: UUID, level: Level, title: str, words: str) -> None:
    """Says by which words a matter is found by those who see it at `level` or more; what was said
    of that level before is replaced. Call it inside the transaction of the change that is recorded.
    Raises ValueError for the level of those who see nothing."""
    if level is Level.NOTHING:
        raise ValueError("whoever sees nothing finds nothing")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("search text belongs to a change")
    with as_system():
        SearchText.objects.update_or_create(
            matter_id=matter, level=level.value, defaults={"title": title, "words": words}
        )


def search_matters(words: str, *, by: Actor, most: int = MOST) -> list[FoundMatter]:
    """Matters that `by` sees now and that have all of `words`, each of which may be a beginning; by
    title. Whoever calls records the search before it is answered."""
    asked = " & ".join(f"{word}:*" for word in _WORD.findall(words))
    if not asked:
        return []
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select * from access_search(%s, %s)", [asked, most])
        rows = cursor.fetchall()
    return [FoundMatter(row[0], row[1], row[2], Level(row[3])) for row in rows]
