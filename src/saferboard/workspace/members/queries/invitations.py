"""Invitations that were made, for whoever makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.access.permission import holding, may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.members.access import (
    agencies_where,
    not_there,
    require_over,
    roles_offered,
)
from saferboard.workspace.members.events import INVITATIONS_LISTED
from saferboard.workspace.members.models import Invitation
from saferboard.workspace.partnership.models import Agency
from saferboard.workspace.web.listing import Listing


class State(StrEnum):
    """How it stands with an invitation."""

    OPEN = "Open"
    USED = "Used"
    REVOKED = "Taken back"
    EXPIRED = "Run out"


@dataclass(frozen=True)
class InvitationRow:
    """An invitation, without its token, which nobody has any more."""

    id: UUID
    email: str
    agency: str
    roles: tuple[str, ...]
    made: datetime
    made_by: str
    expires: datetime
    state: State


@dataclass(frozen=True)
class Invitations:
    """A page of invitations."""

    rows: tuple[InvitationRow, ...]
    listing: Listing


SORTS = ("made", "email", "expires", "agency__name")


def list_invitations(shown: Listing, *, by: Actor, now: datetime) -> Invitations:
    """Those of every agency for whoever manages people, of their own agency for a lead."""
    rows = Invitation.objects.select_related("agency", "made_by")
    if not may(by.person, "people.manage", now=now):
        require(by, "people.invite", now=now)
        rows = rows.filter(agency__in=agencies_where("people.invite", by=by, now=now))
    listing = shown.of(rows.count())
    page = rows.order_by(listing.order, "id")[listing.start : listing.start + listing.size]
    found = tuple(
        InvitationRow(
            id=one.id,
            email=one.email,
            agency=one.agency.name,
            roles=tuple(roles()[key].title if key in roles() else key for key in one.roles),
            made=one.made,
            made_by=one.made_by.name,
            expires=one.expires,
            state=_state(one, now),
        )
        for one in page
    )
    record_first(INVITATIONS_LISTED, by=by, now=now, details={"count": len(found)})
    return Invitations(found, listing)


def agency_to_join(agency: UUID, *, by: Actor, now: datetime) -> str:
    """The name of an agency to which the actor may invite. Raises Refused."""
    held = Agency.objects.filter(holding(now), id=agency).first()
    if held is None:
        raise not_there("partnership.agency", agency, by=by, now=now)
    require_over(by, agency, everywhere="people.manage", own="people.invite", now=now)
    return held.name


def role_choices(*, by: Actor, now: datetime) -> list[tuple[str, str, str]]:
    """The roles that the actor may put into an invitation: key, title, what it is for."""
    return [(role.key, role.title, role.about) for role in roles_offered(by, now=now)]


def _state(one: Invitation, now: datetime) -> State:
    if one.used:
        return State.USED
    if one.revoked:
        return State.REVOKED
    return State.OPEN if now < one.expires else State.EXPIRED
