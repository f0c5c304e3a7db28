"""The quarterly access review: each agency's lead confirms its people or ends them, and what nobody
confirmed by the deadline is closed.

Nobody answers for themselves. A lead is answered for by another lead of the agency or by an
administrator, an administrator by another one or by their agency's lead. Whoever is the last who
can give roles is kept, so that a forgotten review cannot lock everybody out; it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Min

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import holding, require
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.members.access import not_there, require_over
from saferboard.workspace.members.events import (
    REVIEW_ANSWERED,
    REVIEW_CLOSED,
    REVIEW_OPENED,
)
from saferboard.workspace.members.models import Answer, ReviewItem, ReviewRound
from saferboard.workspace.members.operations.leaving import (
    Leave,
    administrators_left,
    end_now,
    gives_roles,
    refuse_without_administrator,
)
from saferboard.workspace.partnership.days import after, beginning, day_of
from saferboard.workspace.partnership.models import Membership

LEAST_DAYS, MOST_DAYS, USUAL_DAYS = 7, 90, 28
QUARTER = timedelta(days=91)
_ROUND, _ITEM = "members.review", "members.review-item"


@dataclass(frozen=True)
class Closed:
    """What became of a round's people at its deadline, as numbers."""

    confirmed: int
    closed: int
    kept: int


def open_review(*, deadline: date, by: Actor, now: datetime) -> UUID:
    """Opens a round over everybody who belongs to an agency now, to be answered by the end of
    `deadline`, 7 to 90 days ahead; returns its id. By an administrator, or the system. Raises
    Problem for another deadline, and where a round is open already."""
    if by != SYSTEM:
        require(by, "people.manage", now=now)
    days = (deadline - day_of(now)).days
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Problem(
            "This deadline is too near or too far.",
            remedy=f"Choose a day {LEAST_DAYS} to {MOST_DAYS} days from today.",
        )
    try:
        with transaction.atomic():
            opened = ReviewRound.objects.create(
                opened=now, opened_by_id=by.person, deadline=deadline
            )
            members = Membership.objects.filter(holding(now))
            made = ReviewItem.objects.bulk_create(
                [ReviewItem(round=opened, membership=one) for one in members.order_by("id")]
            )
            record(
                REVIEW_OPENED,
                by=by,
                now=now,
                subject_type=_ROUND,
                subject=opened.id,
                details={"count": len(made), "deadline": deadline.isoformat()},
            )
    except IntegrityError as error:
        raise Problem(
            "An access review is open already.", remedy="Wait until it has closed."
        ) from error
    return opened.id


def answer_item(*, item: UUID, confirm: bool, by: Actor, now: datetime) -> None:
    """Confirms a person of an open round, or ends their membership now. By their agency's lead or
    an administrator, and never by the person. Raises Refused; and Problem where it was answered
    already, where the deadline has passed, and where nobody would be left who gives roles."""
    found = ReviewItem.objects.select_related("membership").filter(id=item).first()
    if found is None or found.membership.person_id == by.person:
        raise not_there(_ITEM, item, by=by, now=now)
    agency = found.membership.agency_id
    require_over(by, agency, everywhere="people.manage", own="people.confirm", now=now)
    with transaction.atomic():
        held = (
            ReviewItem.objects.select_for_update(of=("self",)).select_related("round").get(id=item)
        )
        if held.round.closed or now >= after(held.round.deadline):
            raise Problem("The deadline of this review has passed.", remedy="Nothing was changed.")
        if held.answer:
            raise Problem(
                f"This was answered already: {Answer(held.answer).label}.",
                remedy="Nothing was changed.",
            )
        member = Membership.objects.select_for_update().get(id=held.membership_id)
        if member.end is not None and member.end <= now:
            _answer(held, member, Answer.LEFT, by, now)
        elif confirm:
            _answer(held, member, Answer.CONFIRMED, by, now)
        else:
            gave = gives_roles([member], now)
            end_now(member, Leave(now, "review"), by=by, now=now)
            refuse_without_administrator(now, gave)
            _answer(held, member, Answer.ENDED, by, now)
            refresh_people([member.person_id])


def close_review(*, review: UUID, now: datetime) -> Closed | None:
    """Ends every membership of a round that nobody confirmed, once its deadline has passed, and
    closes the round; None where it is not due or closed already. Each membership is ended in a
    transaction of its own: killed in between, it goes on where it was."""
    found = ReviewRound.objects.filter(id=review, closed=None).first()
    if found is None or now < after(found.deadline):
        return None
    waiting = ReviewItem.objects.filter(round=review, answer=Answer.WAITING).order_by("id")
    for item in list(waiting.values_list("id", flat=True)):
        with transaction.atomic():
            _close_item(item, now)
    with transaction.atomic():
        held = ReviewRound.objects.select_for_update().get(id=review)
        if held.closed is not None:
            return None
        held.closed = now
        held.save(update_fields=["closed"])
        rows = ReviewItem.objects.filter(round=review).values_list("answer")
        counts = {str(answer): number for answer, number in rows.annotate(Count("id"))}
        done = Closed(
            confirmed=counts.get(Answer.CONFIRMED.value, 0),
            closed=counts.get(Answer.CLOSED.value, 0),
            kept=counts.get(Answer.KEPT.value, 0),
        )
        record(
            REVIEW_CLOSED,
            by=SYSTEM,
            now=now,
            subject_type=_ROUND,
            subject=review,
            details={"confirmed": done.confirmed, "closed": done.closed, "kept": done.kept},
        )
    return done


def next_review(*, now: datetime) -> date | None:
    """The day on which the next round is due: a quarter (91 days) after the last one opened, or
    after the first membership began; None while one is open or where there is nobody."""
    if ReviewRound.objects.filter(closed=None).exists():
        return None
    last = ReviewRound.objects.order_by("-opened").values_list("opened", flat=True).first()
    first = Membership.objects.filter(start__lte=now).aggregate(first=Min("start"))["first"]
    since = last or first
    return day_of(since + QUARTER) if since else None


def open_review_when_due(*, now: datetime) -> UUID | None:
    """Opens a round with the usual 28 days where a quarter has passed; its id, or None."""
    due = next_review(now=now)
    if due is None or now < beginning(due):
        return None
    return open_review(deadline=day_of(now) + timedelta(days=USUAL_DAYS), by=SYSTEM, now=now)


def _close_item(item: UUID, now: datetime) -> None:
    held = ReviewItem.objects.select_for_update().get(id=item)
    if held.answer:
        return
    member = Membership.objects.select_for_update().get(id=held.membership_id)
    if member.end is not None and member.end <= now:
        _answer(held, member, Answer.LEFT, SYSTEM, now)
        return
    gave = gives_roles([member], now)
    ended = transaction.savepoint()
    end_now(member, Leave(now, "not-confirmed"), by=SYSTEM, now=now)
    if not gave or administrators_left(now):
        transaction.savepoint_commit(ended)
        _answer(held, member, Answer.CLOSED, SYSTEM, now)
        refresh_people([member.person_id])
    else:
        transaction.savepoint_rollback(ended)
        _answer(held, member, Answer.KEPT, SYSTEM, now)


def _answer(held: ReviewItem, member: Membership, answer: Answer, by: Actor, now: datetime) -> None:
    held.answer, held.answered, held.answered_by_id = answer.value, now, by.person
    held.save(update_fields=["answer", "answered", "answered_by"])
    record(
        REVIEW_ANSWERED,
        by=by,
        now=now,
        subject_type=_ITEM,
        subject=held.id,
        parent=member.person_id,
        about=[member.person_id],
        details={"answer": answer.value, "agency": member.agency_id, "round": held.round_id},
    )
