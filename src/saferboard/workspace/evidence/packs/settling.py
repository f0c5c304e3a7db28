"""Settling a pack: checked, agreed by police and council, frozen; or sent back. Each checks,
changes and records in one transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.packs.build import FACTS_FILE
from saferboard.analytics.packs.make import plain_partnership
from saferboard.analytics.packs.release import remember_release
from saferboard.vocabulary.area import Area, kind_of_gss
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused, may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.evidence.packs.events import (
    PACK_AGREED,
    PACK_CHECKED,
    PACK_FROZEN,
    PACK_SENT_BACK,
)
from saferboard.workspace.evidence.packs.held import PACK, held_pack, in_state, saved, tell, who
from saferboard.workspace.evidence.packs.models import Agreement, Build, Pack, State
from saferboard.workspace.evidence.packs.remarks import commentary_for
from saferboard.workspace.evidence.packs.shelf import folder_of, hash_of
from saferboard.workspace.evidence.place import described
from saferboard.workspace.jobs.queries import last_job_about
from saferboard.workspace.partnership.models import Agency

SIDES = ("police", "council")
_BACK = ("packs.check", "packs.build", "packs.agree")


def check_pack(*, pack: UUID, build: UUID, by: Actor, now: datetime) -> None:
    """Says that `build`, which has to be the newest one, was read and is right."""
    require(by, "packs.check", now=now)
    with transaction.atomic():
        held = held_pack(pack)
        in_state(held, State.DRAFT)
        newest = _newest(held)
        if newest.id != build:
            raise Problem(
                "There is a newer build than the one that you read.",
                remedy="Read the newest one, and check that.",
            )
        if commentary_for(held.area, Month.parse(held.to)).versions != newest.remarks:
            raise Problem(
                "Commentary was written after this build.", remedy="Build the pack again first."
            )
        held.state, held.settled = State.CHECKED, newest
        held.checked_by_id, held.checked_at = by.person, now
        saved(held, "state", "settled", "checked_by", "checked_at")
        tell(PACK_CHECKED, held, by, now, number=newest.number, build=newest.id)


def agree_pack(*, pack: UUID, build: UUID, by: Actor, now: datetime) -> None:
    """Agrees a checked build for the police or for the council: the kind of the agency for which
    `by` acts, in which they have to be an approver. Each side once, by different people; with
    the second the pack is agreed."""
    agency = by.agency
    if agency is None:
        raise Refused("packs.agree")
    require(by, "packs.agree", now=now, agency=agency)
    with transaction.atomic():
        held = held_pack(pack)
        in_state(held, State.CHECKED)
        settled = _settled(held)
        if settled.id != build:
            raise Problem("Another build was checked since.", remedy="Read that one, and agree it.")
        side = Agency.objects.get(id=agency).kind
        if side not in SIDES:
            raise Problem(
                "A pack is agreed by the police and by the council.",
                remedy="Act for your police or council agency, if you belong to one.",
            )
        made = Agreement.objects.filter(build=settled, withdrawn_at=None)
        if made.filter(side=side).exists():
            raise Problem(
                f"This pack is agreed for the {side} already.", remedy="Nothing was changed."
            )
        if made.filter(person=by.person).exists():
            raise Problem(
                "You have agreed this pack for the other side.",
                remedy="Somebody else has to agree it for this one.",
            )
        Agreement.objects.create(
            build=settled, side=side, agency_id=agency, person_id=who(by), at=now
        )
        details: dict[str, Detail] = {"number": settled.number, "build": settled.id}
        tell(PACK_AGREED, held, by, now, **details, side=side, agency=agency)
        if set(made.values_list("side", flat=True)) == set(SIDES):
            held.state = State.AGREED
        saved(held, "state")


def send_back(*, pack: UUID, why: str, by: Actor, now: datetime) -> None:
    """Makes a checked or agreed pack a draft again, with a reason; what was agreed no longer
    counts. By whoever checks, builds or agrees packs."""
    require(by, next((one for one in _BACK if may(by.person, one, now=now)), _BACK[0]), now=now)
    if not why.strip():
        raise Problem("A reason is missing.", remedy="Say what has to be put right.")
    with transaction.atomic():
        held = held_pack(pack)
        in_state(held, State.CHECKED, State.AGREED)
        Agreement.objects.filter(build=_settled(held), withdrawn_at=None).update(withdrawn_at=now)
        before = held.state
        held.state, held.settled = State.DRAFT, None
        held.checked_by, held.checked_at = None, None
        saved(held, "state", "settled", "checked_by", "checked_at")
        record(
            PACK_SENT_BACK,
            by=by,
            now=now,
            subject_type=PACK,
            subject=held.id,
            details={"before": before},
            text=why,
        )


def freeze_pack(*, pack: UUID, by: Actor, now: datetime) -> None:
    """Freezes an agreed pack for ever and remembers which counts of people it releases. Raises
    Problem where a file is not the one that was agreed, and where the release cannot be
    remembered."""
    require(by, "packs.check", now=now)
    with transaction.atomic():
        held = held_pack(pack)
        in_state(held, State.AGREED)
        settled = _settled(held)
        facts = _sound(settled)
        place = described()
        area = Area(held.area, held.area_name, kind_of_gss(held.area))
        remember_release(
            place.folder,
            f"{settled.files[0]['name'].rsplit('.', 1)[0]}-{held.edition}",
            now.date(),
            facts,
            place.partnership or plain_partnership(area),
        )
        held.state, held.frozen_by_id, held.frozen_at = State.FROZEN, by.person, now
        saved(held, "state", "frozen_by", "frozen_at")
        details: dict[str, Detail] = {"number": settled.number, "build": settled.id}
        tell(PACK_FROZEN, held, by, now, **details, facts=facts.digest())


def _newest(pack: Pack) -> Build:
    """The newest build, finished. Raises Problem while one is made and where none was."""
    builds = list(Build.objects.filter(pack=pack).order_by("-number"))
    for build in builds:
        if build.finished_at is not None:
            return build
        job = last_job_about(build.id)
        if job is not None and job.open:
            raise Problem(
                "The pack is being built at this moment.", remedy="Wait until that is done."
            )
    raise Problem("The pack has not been built yet.", remedy="Build it first.")


def _settled(pack: Pack) -> Build:
    if pack.settled is None:
        raise Refused(str(pack.id))
    return pack.settled


def _sound(build: Build) -> FactSheet:
    """The facts of a build whose files are all as they were made. Raises Problem where one is
    not."""
    for file in build.files:
        path = folder_of(build.id) / file["name"]
        if not path.is_file() or hash_of(path) != file["sha256"]:
            raise Problem(
                "A file of this pack is not the one that was agreed.",
                file=file["name"],
                remedy="Send the pack back to draft and build it again.",
            )
    return FactSheet.from_json((folder_of(build.id) / FACTS_FILE).read_text("utf-8"))
