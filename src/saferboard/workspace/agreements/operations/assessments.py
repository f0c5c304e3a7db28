"""Impact assessments: entering and changing them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.models import Agreement
from saferboard.workspace.access.permission import require
from saferboard.workspace.agreements.access import ASSESSMENT, not_there
from saferboard.workspace.agreements.events import ASSESSMENT_CHANGED, ASSESSMENT_ENTERED
from saferboard.workspace.agreements.models import Assessment, Outcome, Step, What
from saferboard.workspace.agreements.operations.terms import tidied
from saferboard.workspace.agreements.words import ASSESSMENT_WORDS
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.editing import Both, Changed

_SHORT, _TEXT = 200, 10_000


@dataclass(frozen=True)
class Findings:
    """The fields of an assessment; `outcome` is a value of Outcome."""

    title: str
    purpose: str
    risks: str
    mitigations: str
    outcome: str
    advice: str
    review: date


def enter_assessment(
    *, findings: Findings, agreements: Collection[UUID], by: Actor, now: datetime
) -> UUID:
    """Enters an assessment about these agreements (none where it comes before them) and returns its
    id. Raises Problem for what is missing, too long, or decided without the officer's advice."""
    require(by, "agreements.manage", now=now)
    clean, about = _checked(findings, now), _agreements(agreements)
    with transaction.atomic():
        made = Assessment(entered=now, changed_by_id=by.person)
        _put(clean, made)
        made.save()
        made.agreements.set(about)
        Step.objects.create(assessment=made, at=now, by_id=by.person, what=What.ENTERED.value)
        record(
            ASSESSMENT_ENTERED,
            by=by,
            now=now,
            subject_type=ASSESSMENT,
            subject=made.id,
            details={"agreements": len(about), "outcome": clean.outcome},
        )
    return made.id


def change_assessment(
    *,
    assessment: UUID,
    version: int,
    findings: Findings,
    agreements: Collection[UUID],
    by: Actor,
    now: datetime,
    again: str = "",
) -> None:
    """Changes an assessment of which the actor saw `version`. Raises Changed where that is not the
    present one, and Problem as `enter_assessment` does."""
    require(by, "agreements.manage", now=now)
    clean, about = _checked(findings, now, fresh=False), _agreements(agreements)
    with transaction.atomic():
        rows = Assessment.objects.select_for_update(of=("self",)).select_related("changed_by")
        held = rows.filter(id=assessment).first()
        if held is not None and held.version == version:
            _change(held, clean, about, by, now)
            return
        names = _names(list(held.agreements.all())) if held else ""
    if held is None:
        raise not_there(ASSESSMENT, assessment, by=by, now=now)
    theirs = findings_of(held)
    raise Changed(
        "this assessment",
        [
            *(
                Both(label, _shown(name, theirs), _shown(name, clean))
                for name, label in ASSESSMENT_WORDS.items()
            ),
            Both("Agreements", names, _names(about)),
        ],
        by=held.changed_by.name if held.changed_by else "",
        again=again,
    )


def findings_of(held: Assessment) -> Findings:
    """What an assessment says at present."""
    return Findings(**{one.name: getattr(held, one.name) for one in fields(Findings)})


def _change(
    held: Assessment, clean: Findings, about: list[Agreement], by: Actor, now: datetime
) -> None:
    before, names = findings_of(held), _names(list(held.agreements.all()))
    changed = {
        name: [_shown(name, before), _shown(name, clean)]
        for name in ASSESSMENT_WORDS
        if getattr(before, name) != getattr(clean, name)
    }
    if names != _names(about):
        changed["agreements"] = [names, _names(about)]
    if not changed:
        return
    _put(clean, held)
    held.version += 1
    held.changed_by_id = by.person
    held.save()
    held.agreements.set(about)
    Step.objects.create(
        assessment=held, at=now, by_id=by.person, what=What.CHANGED.value, fields=changed
    )
    record(
        ASSESSMENT_CHANGED,
        by=by,
        now=now,
        subject_type=ASSESSMENT,
        subject=held.id,
        details={
            "version": held.version,
            "fields": "+".join(sorted(changed)),
            "outcome": clean.outcome,
        },
    )


def _checked(findings: Findings, now: datetime, *, fresh: bool = True) -> Findings:
    clean: dict[str, Any] = {
        one.name: tidied(getattr(findings, one.name)) for one in fields(findings)
    }
    for name in ("title", "purpose", "risks", "mitigations"):
        if not clean[name]:
            raise Problem(f"{ASSESSMENT_WORDS[name]}: nothing was written.", remedy="Fill it in.")
    for name, value in clean.items():
        most = _SHORT if name == "title" else _TEXT
        if isinstance(value, str) and (len(value) > most or "\0" in value):
            raise Problem(
                f"{ASSESSMENT_WORDS[name]} is too long.", remedy=f"Write up to {most} letters."
            )
    result = Findings(**clean)
    if result.outcome not in Outcome.values:
        raise Problem("This outcome is not known.", remedy="Choose one of the list.")
    if result.outcome != Outcome.DRAFT and not result.advice:
        raise Problem(
            "The data protection officer’s advice is missing.",
            remedy="Write it down (Article 35(2)), or leave the outcome undecided.",
        )
    if fresh and result.review < day_of(now):
        raise Problem("The day to look at it again is past.", remedy="Choose a later day.")
    return result


def _agreements(agreements: Collection[UUID]) -> list[Agreement]:
    found = list(Agreement.objects.filter(id__in=agreements).order_by("title", "id"))
    if len(found) != len(set(agreements)):
        raise Problem("One of the agreements is no longer there.", remedy="Choose from the list.")
    return found


def _put(findings: Findings, held: Assessment) -> None:
    for one in fields(findings):
        setattr(held, one.name, getattr(findings, one.name))


def _names(about: list[Agreement]) -> str:
    return ", ".join(sorted(one.title for one in about))


def _shown(name: str, findings: Findings) -> str:
    value = getattr(findings, name)
    if name == "outcome":
        return str(Outcome(value).label)
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)
