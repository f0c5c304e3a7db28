"""A pack that is being changed: its row, locked, and what is told of the change."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.evidence.packs.models import Pack, State

PACK = "packs.pack"


def held_pack(pack: UUID) -> Pack:
    """The pack, locked until the transaction ends. Raises Refused where there is none."""
    found = Pack.objects.select_for_update().filter(id=pack).first()
    if found is None:
        raise Refused(str(pack))
    return found


def in_state(pack: Pack, *states: State) -> None:
    """Returns where the pack is in one of these states. Raises Problem otherwise."""
    if pack.state not in states:
        raise Problem(
            f"This pack is {State(pack.state).label.lower()}, so this cannot be done now.",
            remedy="Look at the pack again: somebody else may have been quicker.",
        )


def saved(pack: Pack, *fields: str) -> None:
    """Writes these fields and counts the version up."""
    pack.version += 1
    pack.save(update_fields=[*fields, "version"])


def tell(event: EventType, pack: Pack, by: Actor, now: datetime, **details: Detail) -> None:
    """Records `event` about the pack in the transaction of the change."""
    record(event, by=by, now=now, subject_type=PACK, subject=pack.id, details=details)


def who(by: Actor) -> UUID:
    """The person who acts. Raises Refused for the system, which opens and settles no packs."""
    if by.person is None:
        raise Refused("packs.build")
    return by.person
