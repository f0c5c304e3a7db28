"""The register of agreements, one agreement, and what ends soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from saferboard.workspace.access.catalogue import purposes
from saferboard.workspace.access.models import Agreement, AgreementParty
from saferboard.workspace.access.permission import holding, may, require
from saferboard.workspace.agreements.access import (
    AGREEMENT,
    holders_by_agency,
    may_sign,
    not_there,
)
from saferboard.workspace.agreements.events import (
    AGREEMENT_READ,
    AGREEMENTS_EXPORTED,
    AGREEMENTS_LISTED,
)
from saferboard.workspace.agreements.models import AskedParty, Step
from saferboard.workspace.agreements.queries.history import Happened, history_of
from saferboard.workspace.agreements.queries.standing import SOON, Standing, days_left, standing
from saferboard.workspace.agreements.words import agreement_label
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.partnership.days import day_of, last_day
from saferboard.workspace.partnership.models import Agency
from saferboard.workspace.web.listing import Listing

_PLAIN = (
    "title",
    "purpose",
    "gateway",
    "basis",
    "special_category_basis",
    "schedule_1_condition",
    "data_classes",
    "retention",
    "review",
)
SORTS = ("title", "purpose", "end", "review", "signers")


@dataclass(frozen=True)
class AgreementFilter:
    """`words` in the title, `purpose` a key, `agency` an id (asked to sign); `state` is `current`
    (everything that is not over), `soon`, `over` or `all`."""

    words: str = ""
    purpose: str = ""
    agency: UUID | None = None
    state: str = "current"


@dataclass(frozen=True)
class AgreementRow:
    """A line of the register. `signed` of `asked` agencies have signed."""

    id: UUID
    title: str
    purpose: str
    gateway: str
    basis: str
    special_category_basis: str
    schedule_1_condition: str
    first: datetime
    last: date | None
    days: int | None
    review: date
    signed: int
    asked: int
    standing: Standing


@dataclass(frozen=True)
class AgreementRegister:
    """A page of the register."""

    rows: tuple[AgreementRow, ...]
    listing: Listing
    asked: AgreementFilter
    purposes: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    may_manage: bool


@dataclass(frozen=True)
class Party:
    """An agency that is asked to sign, and since when it has signed."""

    agency: UUID
    name: str
    since: datetime | None
    may_sign: bool


@dataclass(frozen=True)
class AgreementPage:
    """One agreement with everything that hangs on it."""

    row: AgreementRow
    needed: bool
    data_classes: str
    retention: str
    version: int
    changed_by: str
    signed_copy: UUID | None
    parties: tuple[Party, ...]
    assessments: tuple[tuple[UUID, str, str, date], ...]
    follows: tuple[UUID, str] | None
    followed_by: tuple[tuple[UUID, str], ...]
    history: tuple[Happened, ...]
    may_manage: bool
    terms: dict[str, object]

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.row.standing is Standing.OVER


@dataclass(frozen=True)
class Expiring:
    """An agreement in force whose last day is near. `parties` are the agencies that signed."""

    id: UUID
    title: str
    last: date
    days: int
    parties: frozenset[UUID]


def list_agreements(
    shown: Listing, asked: AgreementFilter, *, by: Actor, now: datetime
) -> AgreementRegister:
    """The register, for whoever has `agreements.read`."""
    require(by, "agreements.read", now=now)
    rows = _rows(asked, now)
    listing = shown.of(rows.count())
    page = rows.order_by(listing.order, "title", "id")[listing.start : listing.start + listing.size]
    found = tuple(_row(one, now) for one in page)
    record_first(AGREEMENTS_LISTED, by=by, now=now, details={"count": len(found)})
    agencies = Agency.objects.filter(holding(now)).order_by("name").values_list("id", "name")
    return AgreementRegister(
        rows=found,
        listing=listing,
        asked=asked,
        purposes=tuple((key, one.title) for key, one in purposes().items()),
        agencies=tuple((str(key), name) for key, name in agencies),
        may_manage=may(by.person, "agreements.manage", now=now),
    )


def export_agreements(
    asked: AgreementFilter, *, by: Actor, now: datetime
) -> list[tuple[AgreementRow, tuple[str, ...]]]:
    """The same, all of it, with the names of the agencies that have signed, to be taken away."""
    require(by, "agreements.read", now=now)
    rows = [_row(one, now) for one in _rows(asked, now).order_by("title", "id")]
    names: dict[UUID, list[str]] = {one.id: [] for one in rows}
    parties = AgreementParty.objects.filter(holding(now), agreement__in=list(names))
    for party in parties.select_related("agency").order_by("agency__name"):
        names[party.agreement_id].append(party.agency.name)
    record_first(AGREEMENTS_EXPORTED, by=by, now=now, details={"count": len(rows)})
    return [(one, tuple(names[one.id])) for one in rows]


def fetch_agreement(agreement: UUID, *, by: Actor, now: datetime) -> AgreementPage:
    """One agreement, for whoever has `agreements.read`. Raises Refused."""
    require(by, "agreements.read", now=now)
    rows = _rows(AgreementFilter(state="all"), now).select_related("follows", "changed_by")
    held = rows.filter(id=agreement).first()
    if held is None:
        raise not_there(AGREEMENT, agreement, by=by, now=now)
    record_first(AGREEMENT_READ, by=by, now=now, subject_type=AGREEMENT, subject=agreement)
    over = held.end is not None and held.end <= now
    signed = {
        one.agency_id: one.start
        for one in AgreementParty.objects.filter(holding(now), agreement=held)
    }
    names = dict(held.asked.values_list("agency_id", "agency__name"))
    names |= dict(held.parties.filter(agency__in=signed).values_list("agency_id", "agency__name"))
    return AgreementPage(
        row=_row(held, now),
        needed=purposes()[held.purpose].agreement if held.purpose in purposes() else False,
        data_classes=held.data_classes,
        retention=held.retention,
        version=held.version,
        changed_by=held.changed_by.name if held.changed_by else "",
        signed_copy=held.signed_copy,
        parties=tuple(
            Party(key, name, signed.get(key), not over and may_sign(by, key, now=now))
            for key, name in sorted(names.items(), key=lambda one: one[1])
        ),
        assessments=tuple(
            (one.id, one.title, str(one.get_outcome_display()), one.review)
            for one in held.assessments.order_by("title", "id")
        ),
        follows=(held.follows.id, held.follows.title) if held.follows else None,
        followed_by=tuple((one.id, one.title) for one in held.followed_by.order_by("start")),
        history=history_of(Step.objects.filter(agreement=held), agreement_label),
        may_manage=may(by.person, "agreements.manage", now=now),
        terms={
            **{name: getattr(held, name) for name in _PLAIN},
            "first_day": day_of(held.start),
            "last_day": last_day(held.end) if held.end else None,
        },
    )


def expiring(*, now: datetime, within: int = SOON) -> list[Expiring]:
    """Agreements in force, signed by somebody and followed by none, whose last day is at most
    `within` days away; the next to end first. For the home page and the daily task, which know
    whom they tell."""
    rows = Agreement.objects.filter(holding(now), end__isnull=False, followed_by=None)
    found = []
    for one in rows.order_by("end", "title", "id"):
        days = days_left(one.end, now=now)
        parties = one.parties.filter(holding(now)).values_list("agency_id", flat=True)
        if one.end is not None and days is not None and days <= within and parties:
            found.append(Expiring(one.id, one.title, last_day(one.end), days, frozenset(parties)))
    return found


def to_sign(*, by: Actor, now: datetime) -> list[tuple[UUID, str]]:
    """Agreements that wait for the signature of an agency whose lead the actor is: id and title."""
    own = [
        key for key, who in holders_by_agency("agreements.sign", at=now).items() if by.person in who
    ]
    if not own:
        return []
    asked = AskedParty.objects.filter(agency__in=own).select_related("agreement")
    signed = set(
        AgreementParty.objects.filter(holding(now), agency__in=own).values_list(
            "agreement_id", "agency_id"
        )
    )
    waiting = {
        (one.agreement_id, one.agreement.title)
        for one in asked.exclude(agreement__end__lte=now)
        if (one.agreement_id, one.agency_id) not in signed
    }
    return sorted(waiting, key=lambda one: (one[1], str(one[0])))


def agency_choices(*, now: datetime) -> list[tuple[str, str]]:
    """Agencies that can be asked to sign, by name. For a form of somebody who may ask them."""
    rows = Agency.objects.filter(holding(now)).order_by("name").values_list("id", "name")
    return [(str(key), name) for key, name in rows]


def agreement_choices() -> list[tuple[UUID, str]]:
    """All agreements, by title. For a form of somebody who keeps the register."""
    return list(Agreement.objects.order_by("title", "start").values_list("id", "title"))


def _rows(asked: AgreementFilter, now: datetime) -> QuerySet[Agreement]:
    rows = Agreement.objects.all()
    over = Q(end__isnull=False, end__lte=now)
    if asked.state == "over":
        rows = rows.filter(over)
    elif asked.state == "soon":
        rows = rows.filter(id__in=[one.id for one in expiring(now=now)])
    elif asked.state != "all":
        rows = rows.exclude(over)
    if asked.words:
        rows = rows.filter(title__icontains=asked.words)
    if asked.purpose:
        rows = rows.filter(purpose=asked.purpose)
    if asked.agency:
        rows = rows.filter(asked__agency=asked.agency)
    signed = Q(parties__start__lte=now) & (Q(parties__end__isnull=True) | Q(parties__end__gt=now))
    return rows.annotate(
        signers=Count("parties__agency", filter=signed, distinct=True),
        wanted=Count("asked__agency", distinct=True),
    )


def _row(one: Agreement, now: datetime) -> AgreementRow:
    signed, wanted = one.signers, one.wanted  # type: ignore[attr-defined]  # annotated by the query
    return AgreementRow(
        id=one.id,
        title=one.title,
        purpose=purposes()[one.purpose].title if one.purpose in purposes() else one.purpose,
        gateway=one.gateway,
        basis=one.basis,
        special_category_basis=one.special_category_basis,
        schedule_1_condition=one.schedule_1_condition,
        first=one.start,
        last=last_day(one.end) if one.end else None,
        days=days_left(one.end, now=now),
        review=one.review,
        signed=signed,
        asked=max(wanted, signed),
        standing=standing(one.start, one.end, signed=signed, now=now),
    )
