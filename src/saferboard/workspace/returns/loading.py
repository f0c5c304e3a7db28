"""A signed return into the data store: the job's work. It may be begun again at any point."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import holders_of
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import record
from saferboard.workspace.messages.operations import notify
from saferboard.workspace.returns.asking_for import period_of
from saferboard.workspace.returns.events import LOADED, NOT_LOADED
from saferboard.workspace.returns.models import Filing, State
from saferboard.workspace.returns.people import DUE, MANAGE, fillers, line_of
from saferboard.workspace.returns.store import add_return
from saferboard.workspace.returns.writing import csv_of


def load_filing(filing: UUID, *, now: datetime) -> None:
    """Adds a signed version to the data store and remembers its loads and its hash. Nothing happens
    where that was done. What the store refuses stays signed, with the store's words beside it,
    and Problem is raised for the job to show."""
    held = Filing.objects.select_related("due__definition__agency").get(id=filing)
    if held.state != State.SIGNED or held.rows is None:
        return
    content = csv_of(held.rows, held.id, held.number)
    try:
        added = add_return(content, _file_name(held), now=now)
    except Problem as problem:
        _refused(held, problem, now)
        raise
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(id=filing)
        if locked.state != State.SIGNED:
            return
        locked.state, locked.problem = State.LOADED, ""
        locked.loads, locked.sha256 = list(added.loads), added.sha256
        locked.version += 1
        locked.save()
        record(
            LOADED, by=SYSTEM, now=now, subject_type=DUE, subject=held.due_id,
            parent=held.due.definition_id,
            details={"number": held.number, "sha256": added.sha256},
        )  # fmt: skip
        told = set(held.hands) & fillers(held.due.definition, now=now)
        notify(
            people=told,
            kind="return-loaded",
            subject=held.due_id,
            line=line_of(held.due),
            by=SYSTEM,
            now=now,
        )


def _refused(held: Filing, problem: Problem, now: datetime) -> None:
    with transaction.atomic():
        changed = Filing.objects.filter(id=held.id, state=State.SIGNED).update(
            problem=problem.sentence()
        )
        if not changed:
            return
        record(
            NOT_LOADED,
            by=SYSTEM,
            now=now,
            subject_type=DUE,
            subject=held.due_id,
            parent=held.due.definition_id,
            details={"number": held.number},
        )
        people = {held.signed_by_id, *holders_of(MANAGE, now=now)} - {None}
        notify(
            people={one for one in people if one},
            kind="return-not-loaded",
            subject=held.due_id,
            line=line_of(held.due),
            by=SYSTEM,
            now=now,
        )


def _file_name(held: Filing) -> str:
    title = re.sub(r"[^a-z0-9]+", "-", held.due.definition.title.lower()).strip("-")[:40]
    return f"{title or 'return'}-{period_of(held.due).slug()}-v{held.number}.csv"
