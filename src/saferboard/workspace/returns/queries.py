"""What is owed, one return with its history, what is late, and the register of returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from saferboard.analytics.facts.format import written
from saferboard.workspace.access.permission import Refused, holding, may, permissions_of, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record_first
from saferboard.workspace.partnership.models import Agency, Membership
from saferboard.workspace.returns.asking_for import (
    asked_in,
    findings_of,
    history_for,
    measures,
    period_of,
    written_in,
)
from saferboard.workspace.returns.checking import Finding, Key
from saferboard.workspace.returns.entries import REASONS, Asked, Entry, Past
from saferboard.workspace.returns.events import (
    DUE_READ,
    DUES_LISTED,
    LATE_EXPORTED,
    REGISTER_LISTED,
    TEMPLATE_TAKEN,
)
from saferboard.workspace.returns.models import (
    CYCLES,
    Due,
    Filing,
    Line,
    ReturnDefinition,
    State,
)
from saferboard.workspace.returns.people import (
    DUE,
    FILL,
    MANAGE,
    SIGN,
    due_for,
    may_fill,
    may_sign,
    require_fill,
    second_person,
)
from saferboard.workspace.returns.shown import (
    Defined,
    DuePage,
    Dues,
    Figure,
    Late,
    Owed,
    Registered,
    Version,
)
from saferboard.workspace.returns.writing import template_of
from saferboard.workspace.web.listing import Listing

SHOWN_PERIODS = 8
SHOWN_DAYS = timedelta(days=400)
"""Periods that were filed are listed for so long."""
WAITS_AHEAD = timedelta(days=31)


def dues(listing: Listing, *, by: Actor, now: datetime) -> Dues:
    """A page of what the actor's agencies owe, or all agencies for an analyst: what waits first, by
    day, then what was filed, the newest first. Recorded before the answer. Raises Refused for
    somebody who has nothing to do with returns."""
    today = timezone.localdate(now)
    rows = _open_to(by, now)
    waits = Q(id__in=_not_done().values("id")) | Q(id__in=_not_taken().values("due"))
    waiting, filed = rows.filter(waits), rows.exclude(waits).order_by("-day", "id")
    first = waiting.count()
    shown = listing.of(first + filed.count())
    end = shown.start + shown.size
    here = [_owed(one, today) for one in waiting[shown.start : end]]
    rest = [_owed(one, today) for one in filed[max(0, shown.start - first) : max(0, end - first)]]
    _tell(DUES_LISTED, by, now, {"count": len(here) + len(rest), "late": False})
    return Dues(shown, tuple(here), tuple(rest), may(by.person, MANAGE, now=now))


def late(*, by: Actor, now: datetime, exported: bool = False) -> Late:
    """What is overdue, by agency. For analysts. Recorded before the answer."""
    require(by, MANAGE, now=now)
    today = timezone.localdate(now)
    signed = Filing.objects.filter(due=OuterRef("id"), signed__isnull=False)
    rows = _with_all(Due.objects.filter(~Exists(signed), day__lt=today, withdrawn=None))
    found = [_owed(row, today) for row in rows]
    by_agency: dict[str, list[Owed]] = {}
    for one in found:
        by_agency.setdefault(one.agency, []).append(one)
    order = sorted(by_agency.items(), key=lambda one: (-len(one[1]), one[0]))
    if exported:
        _tell(LATE_EXPORTED, by, now, {"count": len(found)})
    else:
        _tell(DUES_LISTED, by, now, {"count": len(found), "late": True})
    return Late(tuple((name, tuple(rows)) for name, rows in order), len(found))


def due_page(due: UUID, *, by: Actor, now: datetime) -> DuePage:
    """One return, for those who may see its figures. Recorded before the answer."""
    held = due_for(due, by=by, now=now)
    asked = asked_in(held)
    record_first(
        DUE_READ, by=by, now=now, subject_type=DUE, subject=held.id, parent=held.definition_id
    )
    filings = list(
        Filing.objects.filter(due=held)
        .select_related("saved_by", "signed_by", "submitted_by")
        .order_by("-number")
    )
    last = filings[0] if filings else None
    history = history_for(asked)
    findings = findings_of(held, last, history) if last and not last.signed else ()
    figures = tuple(_figure(one, held, last, findings, history) for one in asked)
    fills, signs = (
        may_fill(held.definition, by, now=now),
        may_sign(held.definition, by, now=now),
    )
    wrote = last is not None and by.person in last.hands
    return DuePage(
        owed=_owed(_with_all(Due.objects.filter(id=held.id)).get(), timezone.localdate(now)),
        about=held.definition.about,
        measures=tuple(sorted({one.title for one in asked})),
        figures=figures,
        written=written_in(last),
        version=last.version if last else 0,
        state=last.state if last else "",
        saved=last.saved if last else None,
        saved_by=last.saved_by.name if last else "",
        sent_back=last.sent_back if last else "",
        problem=last.problem if last else "",
        withdrawn_why=held.withdrawn_why,
        versions=tuple(_version(one) for one in filings if one.rows is not None),
        reasons=REASONS,
        blocked=sum(one.open for one in findings),
        fills=fills and held.withdrawn is None,
        signs=signs and held.withdrawn is None,
        wrote=bool(last and wrote and second_person(last, held.definition, now=now)),
        manages=may(by.person, MANAGE, now=now),
        corrects=fills and last is not None and last.state == State.LOADED,
    )


def page_to_withdraw(due: UUID, *, by: Actor, now: datetime) -> DuePage:
    """The same, for those who may say that a period is not owed."""
    require(by, MANAGE, now=now)
    return due_page(due, by=by, now=now)


def template_for(due: UUID, *, by: Actor, now: datetime) -> tuple[str, bytes]:
    """The name and the bytes of the empty form of one period, for those who fill in."""
    held = due_for(due, by=by, now=now)
    require_fill(held, by, now)
    record_first(
        TEMPLATE_TAKEN, by=by, now=now, subject_type=DUE, subject=held.id,
        parent=held.definition_id,
    )  # fmt: skip
    period = period_of(held)
    content = template_of(asked_in(held), period, held.definition.agency.name)
    return f"return {period.slug()}.csv", content


def register(*, by: Actor, now: datetime) -> tuple[Registered, ...]:
    """Every kind of return. For analysts. Recorded before the answer."""
    require(by, MANAGE, now=now)
    rows = ReturnDefinition.objects.select_related("agency").order_by("agency__name", "title")
    lines = Line.objects.filter(end=None).values_list("definition", flat=True)
    asked = Counter(lines)
    _tell(REGISTER_LISTED, by, now, {"count": len(rows)})
    return tuple(
        Registered(
            one.id, one.title, one.agency.name, dict(CYCLES)[one.cycle], one.due_days,
            asked[one.id], one.end is not None,
        )
        for one in rows
    )  # fmt: skip


def defined(definition: UUID, *, by: Actor, now: datetime) -> Defined:
    """One kind of return, to be changed. Raises Refused where there is none."""
    require(by, MANAGE, now=now)
    one = ReturnDefinition.objects.select_related("agency").filter(id=definition).first()
    if one is None:
        raise Refused(str(definition))
    lines = Line.objects.filter(definition=one, end=None).order_by("position")
    return Defined(
        one.id, one.title, one.about, one.agency.name, one.area, dict(CYCLES)[one.cycle],
        one.due_days, one.version, one.end is not None, tuple(lines),
    )  # fmt: skip


def agencies_now(*, now: datetime) -> list[tuple[str, str]]:
    """Agencies of the partnership, for a list to choose from."""
    rows = Agency.objects.filter(holding(now)).order_by("name")
    return [(str(one.id), one.name) for one in rows]


def measures_to_choose() -> list[tuple[str, str]]:
    """Measures that partners report, for a list to choose from."""
    return sorted(((key, one.title) for key, one in measures().items()), key=lambda one: one[1])


def waiting_for(by: Actor, *, now: datetime) -> list[tuple[Owed, bool]]:
    """What waits for this person: returns that they fill in and that are due within a month or
    late, and those that wait for their signature (True)."""
    today = timezone.localdate(now)
    permissions = _permissions(by, now)
    filling = {agency for agency, may_do in permissions.items() if FILL in may_do}
    signing = {agency for agency, may_do in permissions.items() if SIGN in may_do}
    if not filling | signing:
        return []
    rows = _with_all(
        _not_done().filter(
            definition__agency__in=filling | signing,
            day__lte=today + WAITS_AHEAD,
            period_end__lt=today,
        )
    )
    able: dict[UUID, bool] = {}
    found = []
    for one in rows:
        agency, last = one.definition.agency_id, _last(one)
        if last is not None and last.state == State.SUBMITTED:
            if agency in signing and by.person not in last.hands:
                found.append((_owed(one, today), True))
        elif agency in filling:
            if one.definition_id not in able:
                able[one.definition_id] = may_fill(one.definition, by, now=now)
            if able[one.definition_id]:
                found.append((_owed(one, today), False))
    return found


def _open_to(by: Actor, now: datetime) -> QuerySet[Due]:
    """Periods of all agencies for an analyst, else of those for which the actor fills in or signs
    off: whatever waits, and what was filed for the last year or so."""
    today = timezone.localdate(now)
    rows = Due.objects.filter(period_start__lte=today)
    rows = rows.filter(Q(day__gte=today - SHOWN_DAYS) | Q(id__in=_not_done().values("id")))
    if may(by.person, MANAGE, now=now):
        return _with_all(rows)
    held = _permissions(by, now).items()
    mine = [agency for agency, may_do in held if may_do & {FILL, SIGN}]
    if not mine:
        require(by, FILL, now=now)
    return _with_all(rows.filter(definition__agency__in=mine))


def _permissions(by: Actor, now: datetime) -> dict[UUID, frozenset[str]]:
    """What the actor may do, by agency to which they belong now."""
    if by.person is None:
        return {}
    here = Membership.objects.filter(holding(now), person=by.person)
    return {
        agency: permissions_of(by.person, now=now, agency=agency)
        for agency in here.values_list("agency", flat=True)
    }


def _not_taken() -> QuerySet[Filing]:
    """Versions that are signed and that the data store did not take."""
    return Filing.objects.filter(state=State.SIGNED).exclude(problem="")


def _not_done() -> QuerySet[Due]:
    """Periods that are owed and not signed off, or of which a correction has begun."""
    signed = Filing.objects.filter(due=OuterRef("id"), signed__isnull=False)
    begun = Filing.objects.filter(due=OuterRef("id"), signed=None)
    return Due.objects.filter(~Exists(signed) | Exists(begun), withdrawn=None)


def _with_all(rows: QuerySet[Due]) -> QuerySet[Due]:
    return (
        rows.select_related("definition__agency")
        .prefetch_related(
            Prefetch("filings", Filing.objects.defer("entries", "rows").order_by("-number")),
            "reminders",
        )
        .order_by("day", "definition__title", "id")
    )


def _last(due: Due) -> Filing | None:
    return next(iter(due.filings.all()), None)


def _owed(due: Due, today: date) -> Owed:
    last = _last(due)
    signed = any(one.signed for one in due.filings.all())
    words, tone = _words(due, last, today)
    return Owed(
        id=due.id,
        title=due.definition.title,
        agency=due.definition.agency.name,
        period=period_of(due).label(),
        due=due.day,
        state=words,
        tone=tone,
        days=0 if due.withdrawn or signed else max(0, (today - due.day).days),
        reminders=len(due.reminders.all()),
        alone=last is not None and last.alone,
    )


def _words(due: Due, last: Filing | None, today: date) -> tuple[str, str]:
    if due.withdrawn:
        return "Not owed", "neutral"
    if last and last.number > 1 and last.state in (State.DRAFT, State.SUBMITTED):
        return "Correction begun", "watch"
    if last and last.state == State.LOADED:
        return "In the data store", "good"
    if last and last.state == State.SIGNED:
        return ("Signed off, not loaded", "bad") if last.problem else ("Signed off", "good")
    if last and last.state == State.SUBMITTED:
        return "Waits for signature", "watch"
    if due.day < today:
        return "Overdue", "bad"
    return ("Draft", "mixed") if last else ("Not begun", "brand")


def _figure(
    asked: Asked,
    due: Due,
    last: Filing | None,
    findings: tuple[Finding, ...],
    history: dict[Key, list[Past]],
) -> Figure:
    said = written_in(last)
    period = period_of(due)
    before = [one for one in history.get(asked.key, ()) if one.period.end < period.start]
    name = f"{asked.title}, {asked.breakdown}" if asked.breakdown else asked.title
    if asked.area != due.definition.area:
        name = f"{name} ({asked.area})"
    return Figure(
        asked,
        name,
        said.entries.get(asked.line, Entry()),
        said.entry(asked),
        tuple(one for one in findings if one.line == asked.line),
        tuple(_before(one, asked) for one in before[-SHOWN_PERIODS:]),
    )


def _before(one: Past, asked: Asked) -> tuple[str, str]:
    if one.value is None:
        return one.period.label(), "not known"
    text = written(one.value, 0 if float(one.value).is_integer() else 1)
    text = f"{text}%" if asked.percentage else text
    return one.period.label(), text if one.comparable else f"{text} (recording changed)"


def _version(one: Filing) -> Version:
    known = measures()
    rows = tuple(
        (
            _title(row["measure"], row["breakdown"], known),
            row["value"] or "not known",
            row["denominator"],
            row["recording_change"] or row["note"],
        )
        for row in one.rows or ()
    )
    return Version(
        one.number, State(one.state).label, one.signed,
        one.signed_by.name if one.signed_by else "", one.alone, rows, tuple(one.loads), one.sha256,
    )  # fmt: skip


def _title(measure: str, breakdown: str, known: Mapping[str, object]) -> str:
    title = str(getattr(known.get(measure), "title", measure))
    return f"{title}, {breakdown}" if breakdown else title


def _tell(event: EventType, by: Actor, now: datetime, details: dict[str, Detail]) -> None:
    record_first(event, by=by, now=now, details=details)
