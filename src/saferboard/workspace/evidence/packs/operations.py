"""Opening packs and building them. Each checks, changes and records in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.evidence.packs.events import BUILD_ASKED, PACK_OPENED
from saferboard.workspace.evidence.packs.held import held_pack, in_state, tell, who
from saferboard.workspace.evidence.packs.models import Build, Pack, State
from saferboard.workspace.evidence.packs.options import KINDS, options_of
from saferboard.workspace.evidence.packs.tasks import BUILD
from saferboard.workspace.evidence.place import described
from saferboard.workspace.jobs.operations import start_job
from saferboard.workspace.jobs.queries import last_job_about


def open_pack(
    *, kind: str, area: str, to: Month, options: Mapping[str, Any], by: Actor, now: datetime
) -> UUID:
    """Opens a pack as a draft, starts its first build and returns its id. `area` is the code of one
    of the partnership's areas. Raises Problem for an unknown kind or area, a wrong option, and a
    pack of the same that is open already."""
    require(by, "packs.build", now=now)
    if kind not in KINDS:
        raise Problem(f"There is no pack “{kind}”.", remedy=f"Choose from {', '.join(KINDS)}.")
    name = next((one.name for one in described().areas if one.code == area), None)
    if name is None:
        raise Problem(
            "The pack’s area is not one of the partnership’s.",
            remedy="Choose one of its areas, or add it to the partnership’s file.",
        )
    wanted = options_of(options).model_dump(mode="json", exclude_defaults=True)
    with transaction.atomic():
        _no_twin(kind, area, to, wanted)
        pack = Pack.objects.create(
            id=uuid4(),
            kind=kind,
            area=area,
            area_name=name,
            to=str(to),
            options=wanted,
            made_by_id=who(by),
            made_at=now,
        )
        _opened(pack, by, now)
    return pack.id


def open_edition(*, pack: UUID, by: Actor, now: datetime) -> UUID:
    """Opens the next edition of a frozen pack, starts its build and returns its id. Raises Problem
    where the pack is not frozen or has a next one."""
    require(by, "packs.build", now=now)
    with transaction.atomic():
        held = held_pack(pack)
        if held.state != State.FROZEN or Pack.objects.filter(replaces=held).exists():
            raise Problem(
                "A new edition follows a frozen pack, once.",
                remedy="Build a draft again, or use the edition that is there.",
            )
        new = Pack.objects.create(
            id=uuid4(),
            kind=held.kind,
            area=held.area,
            area_name=held.area_name,
            to=held.to,
            options=held.options,
            edition=held.edition + 1,
            replaces=held,
            made_by_id=who(by),
            made_at=now,
        )
        _opened(new, by, now)
    return new.id


def ask_build(*, pack: UUID, by: Actor, now: datetime) -> UUID:
    """Asks for a new build of a draft and returns its id; the running one's, where one runs. A pack
    that is checked or agreed has to be sent back first."""
    require(by, "packs.build", now=now)
    with transaction.atomic():
        held = held_pack(pack)
        in_state(held, State.DRAFT)
        return _build(held, by, now)


def _opened(pack: Pack, by: Actor, now: datetime) -> None:
    tell(PACK_OPENED, pack, by, now, kind=pack.kind, to=pack.to, edition=pack.edition)
    _build(pack, by, now)


def _build(pack: Pack, by: Actor, now: datetime) -> UUID:
    last = Build.objects.filter(pack=pack).order_by("-number").first()
    job = last_job_about(last.id) if last and last.finished_at is None else None
    if last is not None and job is not None and job.open:
        return last.id
    build = Build.objects.create(
        id=uuid4(),
        pack=pack,
        number=last.number + 1 if last else 1,
        asked_by_id=who(by),
        asked_at=now,
    )
    tell(BUILD_ASKED, pack, by, now, number=build.number)
    start_job(BUILD, subject=build.id, by=by, now=now)
    return build.id


def _no_twin(kind: str, area: str, to: Month, options: Mapping[str, Any]) -> None:
    same = Pack.objects.filter(kind=kind, area=area, to=str(to), options=dict(options))
    if same.exists():
        raise Problem(
            "There is such a pack already.",
            remedy="Build that one again, or open a new edition where it is frozen.",
        )
