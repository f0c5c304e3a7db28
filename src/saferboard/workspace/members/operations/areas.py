"""Areas that the partnership answers for, taken over from its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saferboard.vocabulary.partnership import Partnership
from saferboard.workspace.access.permission import require
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.members.events import AREAS_KEPT
from saferboard.workspace.partnership.models import Area


@dataclass(frozen=True)
class GivenArea:
    """An area by its GSS code; `parent` is the code of the area of which it is a part."""

    code: str
    name: str
    kind: str
    parent: str = ""


def areas_of(partnership: Partnership) -> list[GivenArea]:
    """The areas that a partnership's file names, its own first. Wards come from the data store."""
    named = (partnership.area, *partnership.areas)
    return [GivenArea(one.code, one.name, one.kind) for one in named]


def keep_areas(areas: Sequence[GivenArea], *, by: Actor, now: datetime) -> int:
    """Takes areas over, parents before their parts, and returns how many are new. What is there
    under the same code gets the name given now; nothing is removed."""
    if by != SYSTEM:
        require(by, "settings.manage", now=now)
    new = 0
    with transaction.atomic():
        for area in areas:
            what = {"name": area.name, "kind": area.kind, "parent_id": area.parent or None}
            _, made = Area.objects.update_or_create(code=area.code, defaults=what)
            new += made
        record(AREAS_KEPT, by=by, now=now, details={"count": len(areas), "new": new})
    return new
