"""Agreements: entering, changing, signing, leaving, renewing, ending.

What somebody signed does not change under their hands: after the first signature only the title,
the day of review and the agencies asked to sign can. For anything else a new agreement follows the
old. One that has ended is never opened again backwards: it is followed by one that is signed anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.events import AGREEMENT_ENDED, AGREEMENT_LEFT, AGREEMENT_SIGNED
from saferboard.workspace.access.models import Agreement, AgreementParty
from saferboard.workspace.access.permission import holding, require
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.agreements.access import AGREEMENT, not_there, require_sign
from saferboard.workspace.agreements.events import (
    AGREEMENT_CHANGED,
    AGREEMENT_ENTERED,
    AGREEMENT_RENEWED,
)
from saferboard.workspace.agreements.models import AskedParty, Step, What
from saferboard.workspace.agreements.operations.terms import (
    AFTER_SIGNING,
    Terms,
    both,
    check_days,
    checked,
    differences,
    put,
    terms_of,
)
from saferboard.workspace.agreements.words import AGREEMENT_WORDS
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.partnership.days import after, day_of, last_day
from saferboard.workspace.partnership.models import Agency, Membership
from saferboard.workspace.web.editing import Both, Changed

_FEWEST = 2


def enter_agreement(
    *,
    terms: Terms,
    parties: Collection[UUID],
    by: Actor,
    now: datetime,
    follows: UUID | None = None,
) -> UUID:
    """Enters an agreement that `parties` (agencies) are asked to sign, and returns its id. It opens
    nothing before they do. Raises Problem for terms that do not fit (`terms.checked`), and for
    fewer than two agencies."""
    require(by, "agreements.manage", now=now)
    clean, asked = checked(terms, now=now), _agencies(parties, now)
    with transaction.atomic():
        agreement = Agreement(follows_id=follows, changed_by_id=by.person)
        put(clean, agreement)
        agreement.save()
        AskedParty.objects.bulk_create(
            [AskedParty(agreement=agreement, agency=one) for one in asked]
        )
        _step(agreement, What.ENTERED, by, now)
        details: dict[str, Detail] = {"purpose": clean.purpose, "parties": len(asked)}
        if follows is not None:
            details["follows"] = follows
        _tell(AGREEMENT_ENTERED, agreement.id, by, now, details)
    return agreement.id


def change_agreement(
    *,
    agreement: UUID,
    version: int,
    terms: Terms,
    parties: Collection[UUID],
    by: Actor,
    now: datetime,
    again: str = "",
) -> None:
    """Changes an agreement of which the actor saw `version`, and the agencies asked to sign; who
    has signed stays asked. Raises Changed where that is not the present version (`again` is where
    it can be edited); Problem for terms that do not fit and for a change of what was signed."""
    require(by, "agreements.manage", now=now)
    clean, asked = checked(terms, now=now), _agencies(parties, now)
    with transaction.atomic():
        held = _locked(agreement)
        if held is not None and held.version == version and not _over(held, now):
            _change(held, clean, asked, by, now)
            return
        theirs = _asked_names(held) if held else ""
    if held is None or _over(held, now):
        raise not_there(AGREEMENT, agreement, by=by, now=now)
    yours = ", ".join(sorted(one.name for one in asked))
    raise Changed(
        "this agreement",
        [*both(terms_of(held), clean), Both("Asked to sign", theirs, yours)],
        by=held.changed_by.name if held.changed_by else "",
        again=again,
    )


def sign_agreement(*, agreement: UUID, agency: UUID, by: Actor, now: datetime) -> None:
    """An agency signs, from now on: by its lead, or by whoever keeps the register and has the
    signed paper. Raises Problem where it was not asked, has signed, or the agreement is over."""
    _sought(agreement, by, now)
    require_sign(by, agency, now=now)
    with transaction.atomic():
        held = _open(agreement, now)
        asked = AskedParty.objects.filter(agreement=held, agency=agency).select_related("agency")
        party = asked.first()
        if party is None or (party.agency.end is not None and party.agency.end <= now):
            raise Problem(
                "This agency was not asked to sign.", remedy="Add it to the agreement first."
            )
        if agency in _parties(held, now):
            raise Problem("This agency has signed already.", remedy="Nothing was changed.")
        AgreementParty.objects.create(
            agreement=held, agency_id=agency, start=now, end=party.agency.end
        )
        _step(held, What.SIGNED, by, now, agency=agency)
        _tell(AGREEMENT_SIGNED, held.id, by, now, {"purpose": held.purpose, "agency": agency})
        _refresh([agency])


def leave_agreement(*, agreement: UUID, agency: UUID, by: Actor, now: datetime) -> None:
    """An agency is no longer party to an agreement, from now on; it stays asked to sign. Raises
    Problem where it is not party to it."""
    _sought(agreement, by, now)
    require_sign(by, agency, now=now)
    with transaction.atomic():
        held = _open(agreement, now)
        if agency not in _parties(held, now):
            raise Problem("This agency has not signed.", remedy="Nothing was changed.")
        for row in AgreementParty.objects.filter(_lasting(now), agreement=held, agency=agency):
            row.end = max(now, row.start)
            row.save(update_fields=["end"])
        _step(held, What.LEFT, by, now, agency=agency)
        _tell(AGREEMENT_LEFT, held.id, by, now, {"agency": agency})
        _refresh([agency])


def renew_agreement(
    *, agreement: UUID, version: int, until: date, review: date, by: Actor, now: datetime
) -> UUID:
    """Renews an agreement to the end of the day `until`. While it is in force its signatures stand
    and its own id comes back; once it is over a new one follows it, which everybody who was party
    to it signs anew, and that one's id comes back. Raises Changed for an old version, and
    Problem for days that do not fit."""
    require(by, "agreements.manage", now=now)
    with transaction.atomic():
        held = _locked(agreement)
        if held is not None and held.version != version:
            raise Changed(
                "this agreement",
                [
                    Both(AGREEMENT_WORDS["last_day"], _day(terms_of(held).last_day), _day(until)),
                    Both(AGREEMENT_WORDS["review"], _day(held.review), _day(review)),
                ],
                by=held.changed_by.name if held.changed_by else "",
            )
        if held is not None and _over(held, now):
            return _follow(held, until, review, by, now)
        if held is not None:
            check_days(day_of(now), until, review, now=now)
            before = terms_of(held)
            if until <= before.last_day:
                raise Problem(
                    "It holds until then already.",
                    remedy="Choose a later day, or end the agreement.",
                )
            held.end, held.review = after(until), review
            fields = differences(before, terms_of(held))
            _save(held, by)
            _step(held, What.RENEWED, by, now, fields=fields)
            _tell(AGREEMENT_RENEWED, held.id, by, now, {"until": until.isoformat()})
            _refresh(_parties(held, now))
            return held.id
    raise not_there(AGREEMENT, agreement, by=by, now=now)


def end_agreement(*, agreement: UUID, at: datetime, by: Actor, now: datetime) -> None:
    """Ends an agreement at `at`, now or before its last day: from then on it opens nothing. Raises
    Problem for a moment that is past or after its end."""
    require(by, "agreements.manage", now=now)
    _sought(agreement, by, now)
    with transaction.atomic():
        held = _open(agreement, now)
        if at < now or (held.end is not None and at > held.end):
            raise Problem(
                "This day is past, or after the agreement’s last day.",
                remedy="Choose a day from today to its last day, or renew it.",
            )
        before = terms_of(held)
        held.end = max(at, held.start)
        held.review = min(held.review, max(last_day(held.end), day_of(held.start)))
        fields = differences(before, terms_of(held))
        _save(held, by)
        _step(held, What.ENDED, by, now, fields=fields)
        _tell(AGREEMENT_ENDED, held.id, by, now, {"purpose": held.purpose})
        _refresh(_parties(held, now))


def _change(held: Agreement, clean: Terms, asked: list[Agency], by: Actor, now: datetime) -> None:
    before = terms_of(held)
    fields = differences(before, clean)
    signed = _parties(held, now)
    if signed and (fixed := [name for name in fields if name not in AFTER_SIGNING]):
        raise Problem(
            f"{AGREEMENT_WORDS[fixed[0]]}: this was signed and cannot change.",
            remedy="Renew it for another last day, or end it and enter a new one.",
        )
    names = _asked_names(held)
    wanted = {one.id for one in asked} | signed
    rows = AskedParty.objects.filter(agreement=held)
    rows.exclude(agency__in=wanted).delete()
    known = set(rows.values_list("agency", flat=True))
    AskedParty.objects.bulk_create(
        [AskedParty(agreement=held, agency_id=one) for one in sorted(wanted - known)]
    )
    if names != (present := _asked_names(held)):
        fields["asked"] = [names, present]
    if not fields:
        return
    put(clean, held)
    _save(held, by)
    _step(held, What.CHANGED, by, now, fields=fields)
    details: dict[str, Detail] = {"version": held.version, "fields": "+".join(sorted(fields))}
    _tell(AGREEMENT_CHANGED, held.id, by, now, details)


def _follow(held: Agreement, until: date, review: date, by: Actor, now: datetime) -> UUID:
    old = terms_of(held)
    terms = Terms(
        **{
            **{name: getattr(old, name) for name in AGREEMENT_WORDS},
            "first_day": day_of(now),
            "last_day": until,
            "review": review,
        }
    )
    here = Agency.objects.filter(holding(now), id__in=held.asked.values("agency"))
    parties = list(here.values_list("id", flat=True))
    made = enter_agreement(terms=terms, parties=parties, by=by, now=now, follows=held.id)
    _step(held, What.FOLLOWED, by, now)
    return made


def _agencies(parties: Collection[UUID], now: datetime) -> list[Agency]:
    found = list(Agency.objects.filter(holding(now), id__in=parties).order_by("name"))
    if len(found) != len(set(parties)):
        raise Problem("One of the agencies is no longer there.", remedy="Choose from the list.")
    if len(found) < _FEWEST:
        raise Problem("An agreement needs two agencies or more.", remedy="Choose who is to sign.")
    return found


def _locked(agreement: UUID) -> Agreement | None:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("changed_by")
    return rows.filter(id=agreement).first()


def _sought(agreement: UUID, by: Actor, now: datetime) -> None:
    if not Agreement.objects.filter(id=agreement).exists():
        raise not_there(AGREEMENT, agreement, by=by, now=now)


def _open(agreement: UUID, now: datetime) -> Agreement:
    held = _locked(agreement)
    if held is None or _over(held, now):
        raise Problem("This agreement is over.", remedy="Renew it: a new one follows it.")
    return held


def _over(held: Agreement, now: datetime) -> bool:
    return held.end is not None and held.end <= now


def _save(held: Agreement, by: Actor) -> None:
    held.version += 1
    held.changed_by_id = by.person
    held.save()


def _parties(held: Agreement, now: datetime) -> set[UUID]:
    """Whoever has signed and not left, a moment ago in another request too."""
    rows = AgreementParty.objects.filter(_lasting(now), agreement=held)
    return set(rows.values_list("agency_id", flat=True))


def _lasting(now: datetime) -> Q:
    return Q(end__isnull=True) | Q(end__gt=now)


def _asked_names(held: Agreement) -> str:
    names = AskedParty.objects.filter(agreement=held).order_by("agency__name")
    return ", ".join(names.values_list("agency__name", flat=True))


def _refresh(agencies: Collection[UUID]) -> None:
    people = Membership.objects.filter(agency__in=agencies).values_list("person", flat=True)
    refresh_people(sorted(set(people)))


def _step(
    held: Agreement,
    what: What,
    by: Actor,
    now: datetime,
    *,
    agency: UUID | None = None,
    fields: Mapping[str, list[str]] | None = None,
) -> None:
    Step.objects.create(
        agreement=held,
        at=now,
        by_id=by.person,
        what=what.value,
        agency_id=agency,
        fields=dict(fields or {}),
    )


def _tell(
    event: EventType, agreement: UUID, by: Actor, now: datetime, details: Mapping[str, Detail]
) -> None:
    record(event, by=by, now=now, subject_type=AGREEMENT, subject=agreement, details=details)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
