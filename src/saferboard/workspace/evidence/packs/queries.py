"""Reading packs: fetching and permission are one call, and each is recorded before the answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from saferboard.vocabulary.period import Month
from saferboard.workspace.access.permission import permissions_of, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.evidence.packs.built import build_shown, settled_build
from saferboard.workspace.evidence.packs.events import PACK_READ, PACKS_LISTED
from saferboard.workspace.evidence.packs.held import PACK
from saferboard.workspace.evidence.packs.models import Agreement, Build, Pack, State
from saferboard.workspace.evidence.packs.options import KINDS, options_of
from saferboard.workspace.evidence.packs.pages import read_contents
from saferboard.workspace.evidence.packs.settling import SIDES
from saferboard.workspace.evidence.packs.shelf import folder_of
from saferboard.workspace.evidence.packs.shown import (
    AgreedShown,
    PackLine,
    PackList,
    PackPage,
)
from saferboard.workspace.jobs.queries import Progress, last_job_about
from saferboard.workspace.partnership.models import Agency
from saferboard.workspace.web.listing import Listing

READ = "evidence.read"
SORTED_BY = ("kind", "area_name", "to", "state", "made_at")
_TONES = {
    State.DRAFT: "neutral",
    State.CHECKED: "watch",
    State.AGREED: "good",
    State.FROZEN: "brand",
}
_OPTIONS = {
    "measures": "Measures",
    "as_known": "Figures as published by",
    "comparators": "Last year’s figures",
    "baseline": "Compared with the year",
    "rag": "Rated by",
    "ward": "Ward",
}


def list_packs(asked: Listing, *, by: Actor, now: datetime, state: str = "") -> PackList:
    """The library; `state` narrows it. Raises Refused for whoever may not read evidence."""
    require(by, READ, now=now)
    rows = Pack.objects.select_related("made_by")
    rows = rows.filter(state=state) if state in State.values else rows
    shown = asked.of(rows.count())
    page = rows.order_by(shown.order, "-edition", "id")[shown.start : shown.start + shown.size]
    lines = tuple(line_of(one) for one in page)
    record_first(PACKS_LISTED, by=by, now=now, details={"count": len(lines)})
    may = permissions_of(by.person, now=now)
    return PackList(lines, shown, "packs.build" in may)


def fetch_pack(pack: UUID, *, by: Actor, now: datetime) -> PackPage | None:
    """The pack with its newest build, or the one that was settled; None where there is none."""
    held = read_pack(pack, "cover", by=by, now=now)
    if held is None:
        return None
    build = settled_build(held)
    job = _job(held)
    shown = build_shown(held, build) if build else None
    agreed = Agreement.objects.filter(build=build, withdrawn_at=None) if build else ()
    newer = Pack.objects.filter(replaces=held).values_list("id", flat=True).first()
    return PackPage(
        line=line_of(held),
        asked=_asked(held),
        build=shown,
        sections=read_contents(folder_of(build.id)).sections if build else (),
        job=job,
        checked_by=held.checked_by.name if held.checked_by else "",
        checked_at=held.checked_at,
        agreed=tuple(
            AgreedShown(one.get_side_display(), one.agency.name, one.person.name, one.at)
            for one in agreed
        ),
        frozen_by=held.frozen_by.name if held.frozen_by else "",
        frozen_at=held.frozen_at,
        newer=newer,
        older=held.replaces_id,
        may=_may(held, build, job, newer, by, now),
    )


def read_pack(pack: UUID, part: str, *, by: Actor, now: datetime) -> Pack | None:
    """The row of a pack of which `part` is read; None where there is none. Raises Refused for
    whoever may not read evidence. Recorded before the answer."""
    require(by, READ, now=now)
    held = Pack.objects.select_related("made_by").filter(id=pack).first()
    if held is not None:
        record_first(
            PACK_READ, by=by, now=now, subject_type=PACK, subject=pack, details={"part": part}
        )
    return held


def line_of(pack: Pack) -> PackLine:
    """A pack in a line."""
    state = State(pack.state)
    return PackLine(
        id=pack.id,
        title=KINDS.get(pack.kind, pack.kind),
        area=pack.area_name,
        to=Month.parse(pack.to).label(),
        edition=pack.edition,
        state=state.label,
        tone=_TONES[state],
        made_at=pack.made_at,
        made_by=pack.made_by.name,
    )


def _job(pack: Pack) -> Progress | None:
    """The job of the newest build, unless that is finished."""
    last = Build.objects.filter(pack=pack).order_by("-number").first()
    return last_job_about(last.id) if last and last.finished_at is None else None


def _asked(pack: Pack) -> tuple[tuple[str, str], ...]:
    options = options_of(pack.options)
    given = options.model_dump(exclude_defaults=True)
    rows = [(_OPTIONS[name], _words(value)) for name, value in given.items()]
    return tuple(rows)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _may(
    pack: Pack,
    build: Build | None,
    job: Progress | None,
    newer: UUID | None,
    by: Actor,
    now: datetime,
) -> frozenset[str]:
    """What `by` may do with the pack as it is now: what a page offers, not what decides."""
    has = permissions_of(by.person, now=now)
    building = job is not None and job.open
    found = {
        "build": "packs.build" in has and pack.state == State.DRAFT and not building,
        "comment": "packs.build" in has and pack.state == State.DRAFT and build is not None,
        "check": "packs.check" in has
        and pack.state == State.DRAFT
        and build is not None
        and not building,
        "agree": pack.state == State.CHECKED and _may_agree(pack, by, now),
        "send-back": pack.state in (State.CHECKED, State.AGREED)
        and bool(has & {"packs.check", "packs.build", "packs.agree"}),
        "freeze": "packs.check" in has and pack.state == State.AGREED,
        "edition": "packs.build" in has and pack.state == State.FROZEN and newer is None,
    }
    return frozenset(key for key, true in found.items() if true)


def _may_agree(pack: Pack, by: Actor, now: datetime) -> bool:
    if by.agency is None or "packs.agree" not in permissions_of(
        by.person, now=now, agency=by.agency
    ):
        return False
    side = Agency.objects.filter(id=by.agency).values_list("kind", flat=True).first()
    made = Agreement.objects.filter(build=pack.settled_id, withdrawn_at=None)
    return side in SIDES and not made.filter(side=side).exists()
