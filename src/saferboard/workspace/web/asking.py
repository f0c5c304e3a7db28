"""Who asks: the person behind a request, the agency for which they act and what they may do."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from saferboard.workspace.access.permission import holding, permissions_of
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.partnership.models import Membership, Person

AGENCY_CHOSEN = "agency"
_KEPT = "_asking"


@dataclass(frozen=True)
class WorksFor:
    """An agency to which the person belongs now."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Asking:
    """One request's person. `by` is the actor for operations and queries, `now` the moment of the
    request: everything that it does happens at one time. `may` are permission keys in any of the
    person's agencies; `agency` the one for which they act, None where they belong to none now."""

    by: Actor
    now: datetime
    person: Person | None
    agencies: tuple[WorksFor, ...]
    agency: WorksFor | None
    may: frozenset[str]


def asking(request: HttpRequest) -> Asking:
    """Who asks, looked up once for each request."""
    kept = getattr(request, _KEPT, None)
    if not isinstance(kept, Asking):
        kept = _looked_up(request)
        setattr(request, _KEPT, kept)
    return kept


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, for operations and queries."""
    return asking(request).by


def forget(request: HttpRequest) -> None:
    """Looks again at the next question: after somebody signed in or chose another agency."""
    if hasattr(request, _KEPT):
        delattr(request, _KEPT)


def _looked_up(request: HttpRequest) -> Asking:
    now, name = timezone.now(), getattr(request, "request_id", None) or uuid.uuid4()
    person = request.user if isinstance(request.user, Person) else None
    if person is None or not person.is_active:
        return Asking(Actor(None, request=name), now, None, (), None, frozenset())
    rows = Membership.objects.filter(holding(now), person=person).select_related("agency")
    agencies = tuple(WorksFor(row.agency_id, row.agency.name) for row in rows.order_by("start"))
    chosen = request.session.get(AGENCY_CHOSEN, "")
    agency = next((one for one in agencies if str(one.id) == chosen), None)
    agency = agency or (agencies[0] if agencies else None)
    return Asking(
        by=Actor(person.id, agency=agency.id if agency else None, request=name),
        now=now,
        person=person,
        agencies=agencies,
        agency=agency,
        may=permissions_of(person.id, now=now) if agencies else frozenset(),
    )
