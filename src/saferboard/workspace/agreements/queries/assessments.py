"""The register of impact assessments, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from saferboard.workspace.access.permission import may, require
from saferboard.workspace.agreements.access import ASSESSMENT, not_there
from saferboard.workspace.agreements.events import (
    ASSESSMENT_READ,
    ASSESSMENTS_EXPORTED,
    ASSESSMENTS_LISTED,
)
from saferboard.workspace.agreements.models import Assessment, Outcome, Step
from saferboard.workspace.agreements.queries.history import Happened, history_of
from saferboard.workspace.agreements.words import assessment_label
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.listing import Listing

SORTS = ("title", "outcome", "review", "about")


@dataclass(frozen=True)
class AssessmentFilter:
    """`words` in the title, `outcome` a value of Outcome."""

    words: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class AssessmentRow:
    """A line of the register. `late` whether the day to look at it again is past."""

    id: UUID
    title: str
    outcome: str
    outcome_key: str
    review: date
    late: bool
    agreements: int


@dataclass(frozen=True)
class AssessmentRegister:
    """A page of the register."""

    rows: tuple[AssessmentRow, ...]
    listing: Listing
    asked: AssessmentFilter
    outcomes: tuple[tuple[str, str], ...]
    may_manage: bool


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment."""

    row: AssessmentRow
    purpose: str
    risks: str
    mitigations: str
    advice: str
    version: int
    changed_by: str
    agreements: tuple[tuple[UUID, str], ...]
    history: tuple[Happened, ...]
    may_manage: bool


def list_assessments(
    shown: Listing, asked: AssessmentFilter, *, by: Actor, now: datetime
) -> AssessmentRegister:
    """The register, for whoever has `agreements.read`."""
    require(by, "agreements.read", now=now)
    rows = _rows(asked)
    listing = shown.of(rows.count())
    page = rows.order_by(listing.order, "title", "id")[listing.start : listing.start + listing.size]
    found = tuple(_row(one, now) for one in page)
    record_first(ASSESSMENTS_LISTED, by=by, now=now, details={"count": len(found)})
    return AssessmentRegister(
        rows=found,
        listing=listing,
        asked=asked,
        outcomes=tuple((one.value, str(one.label)) for one in Outcome),
        may_manage=may(by.person, "agreements.manage", now=now),
    )


def export_assessments(asked: AssessmentFilter, *, by: Actor, now: datetime) -> list[AssessmentRow]:
    """The same, all of it, to be taken away."""
    require(by, "agreements.read", now=now)
    rows = [_row(one, now) for one in _rows(asked).order_by("title", "id")]
    record_first(ASSESSMENTS_EXPORTED, by=by, now=now, details={"count": len(rows)})
    return rows


def fetch_assessment(assessment: UUID, *, by: Actor, now: datetime) -> AssessmentPage:
    """One assessment, for whoever has `agreements.read`. Raises Refused."""
    require(by, "agreements.read", now=now)
    rows = _rows(AssessmentFilter()).select_related("changed_by")
    held = rows.filter(id=assessment).first()
    if held is None:
        raise not_there(ASSESSMENT, assessment, by=by, now=now)
    record_first(ASSESSMENT_READ, by=by, now=now, subject_type=ASSESSMENT, subject=assessment)
    return AssessmentPage(
        row=_row(held, now),
        purpose=held.purpose,
        risks=held.risks,
        mitigations=held.mitigations,
        advice=held.advice,
        version=held.version,
        changed_by=held.changed_by.name if held.changed_by else "",
        agreements=tuple((one.id, one.title) for one in held.agreements.order_by("title", "id")),
        history=history_of(Step.objects.filter(assessment=held), assessment_label),
        may_manage=may(by.person, "agreements.manage", now=now),
    )


def _rows(asked: AssessmentFilter) -> QuerySet[Assessment]:
    rows = Assessment.objects.annotate(about=Count("agreements"))
    if asked.words:
        rows = rows.filter(title__icontains=asked.words)
    return rows.filter(outcome=asked.outcome) if asked.outcome else rows


def _row(one: Assessment, now: datetime) -> AssessmentRow:
    return AssessmentRow(
        id=one.id,
        title=one.title,
        outcome=str(Outcome(one.outcome).label),
        outcome_key=one.outcome,
        review=one.review,
        late=one.review < day_of(now),
        agreements=one.about,  # type: ignore[attr-defined]  # annotated by the query
    )
