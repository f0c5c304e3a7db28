"""The access rows: what the resolver says, written down for row-level security."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from saferboard.workspace.access.gathering import gather, matters_of
from saferboard.workspace.access.models import AccessRow, Matter
from saferboard.workspace.access.resolver import stretches
from saferboard.workspace.access.session import as_system

_BATCH = 2_000


def refresh_matters(matters: Collection[UUID]) -> None:
    """Writes the rows of these matters anew, in the transaction of the change that asks for it.
    The matters are locked first, in one order, so that two changes of one matter wait for each
    other and neither works from what the other is about to replace."""
    with as_system():
        list(Matter.objects.select_for_update().filter(id__in=matters).order_by("id"))
        AccessRow.objects.filter(matter__in=matters).delete()
        _write(matters, None)


def refresh_people(people: Collection[UUID]) -> None:
    """The same for what these people see of all matters."""
    with as_system():
        matters = matters_of(people)
        list(Matter.objects.select_for_update().filter(id__in=matters).order_by("id"))
        AccessRow.objects.filter(person__in=people).delete()
        _write(matters, people)


def _write(matters: Collection[UUID], people: Collection[UUID] | None) -> None:
    AccessRow.objects.bulk_create(
        (
            AccessRow(
                person_id=person,
                matter_id=matter,
                level=stretch.decision.level.value,
                why=stretch.decision.why.value,
                start=stretch.span.start,
                end=stretch.span.end,
            )
            for (person, matter), facts in gather(matters, people).items()
            for stretch in stretches(facts)
        ),
        batch_size=_BATCH,
    )
