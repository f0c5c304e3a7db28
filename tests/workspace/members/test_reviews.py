"""The quarterly access review: who answers for whom, and what nobody answered for is closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.people import agency, person

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import Refused, may
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.members.models import Answer, ReviewItem, ReviewRound
from saferboard.workspace.members.operations.reviews import (
    answer_item,
    close_review,
    next_review,
    open_review,
)
from saferboard.workspace.members.queries.reviews import fetch_review, waiting_for
from saferboard.workspace.members.tasks import review_day
from saferboard.workspace.partnership.days import after, day_of
from saferboard.workspace.partnership.models import Agency, Membership, Person

pytestmark = pytest.mark.usefixtures("database")


class Told:
    """Keeps who was told of what."""

    def __init__(self) -> None:
        self.said: list[tuple[str, frozenset[UUID]]] = []

    def __call__(self, people: Collection[UUID], kind: str, subject: UUID) -> None:
        self.said.append((kind, frozenset(people)))


def _actor(who: Person) -> Actor:
    return Actor(who.id, agency().id, uuid4())


def _open(days: int = 28, *, now: datetime | None = None) -> ReviewRound:
    at = now or timezone.now()
    made = open_review(deadline=day_of(at) + timedelta(days=days), by=SYSTEM, now=at)
    return ReviewRound.objects.get(id=made)


def _item(who: Person, of: Agency | None = None) -> ReviewItem:
    rows = ReviewItem.objects.filter(membership__person=who)
    return rows.get(membership__agency=of) if of else rows.get()


def _answer(who: Person, by: Person, *, confirm: bool = True, now: datetime | None = None) -> None:
    at = now or timezone.now()
    answer_item(item=_item(who).id, confirm=confirm, by=_actor(by), now=at)


def test_a_lead_confirms_or_ends_their_people_and_nobody_answers_for_themselves() -> None:
    person("Admin Example", "administrator")
    lead, one, two = person("Lead", "agency-lead"), person("One", "member"), person("Two", "member")
    _open()
    with pytest.raises(Refused):
        _answer(lead, lead)
    with pytest.raises(Refused):
        _answer(one, two)
    _answer(one, lead)
    _answer(two, lead, confirm=False)
    assert _item(one).answer == Answer.CONFIRMED and _item(one).answered_by == lead
    assert _item(two).answer == Answer.ENDED
    now = timezone.now()
    assert may(one.id, "papers.check", now=now) and not may(two.id, "papers.check", now=now)
    with pytest.raises(Problem, match="answered already"):
        _answer(one, lead, confirm=False)


def test_a_lead_of_another_agency_is_refused_and_an_administrator_is_not() -> None:
    admin = person("Admin Example", "administrator")
    police = agency("Anytown Police", "police")
    other, here = person("Other Lead", "agency-lead", of=police), person("Here", "member")
    _open()
    with pytest.raises(Refused):
        _answer(here, other)
    _answer(here, admin)
    with pytest.raises(Refused):
        answer_item(item=uuid4(), confirm=True, by=_actor(admin), now=timezone.now())


def test_who_is_asked() -> None:
    """Other leads first; administrators where there is no other lead; never oneself."""
    admin, second = person("Admin Example", "administrator"), person("Second", "administrator")
    health = agency("Anytown Health", "health")
    police = agency("Anytown Police", "police")
    lead = person("Lead", "agency-lead")
    nurse = person("Nurse", "member", of=health)
    chief, deputy = (person(name, "agency-lead", of=police) for name in ("Chief", "Deputy"))
    _open()
    asked = {
        who.name: waiting_for(by=_actor(who), now=timezone.now()) for who in Person.objects.all()
    }
    counts = {name: waiting.people if waiting else 0 for name, waiting in asked.items()}
    assert counts == {
        # the council's lead answers for both administrators, who answer for the lead and, as
        # nobody leads Health, for the nurse
        "Lead": 2,
        "Admin Example": 2,
        "Second": 2,
        "Nurse": 0,
        "Chief": 1,
        "Deputy": 1,
    }
    assert nurse and chief and deputy and lead and second and admin


def test_what_nobody_confirmed_is_closed_after_the_deadline_and_not_before() -> None:
    admin, lead = person("Admin Example", "administrator"), person("Lead", "agency-lead")
    confirmed, late, left = (person(name, "member") for name in ("Yes", "Late", "Left"))
    opened = _open()
    _answer(confirmed, lead)
    _answer(admin, lead)
    _answer(lead, admin)
    Membership.objects.filter(person=left).update(end=timezone.now())
    end = after(opened.deadline)
    assert close_review(review=opened.id, now=end - timedelta(microseconds=1)) is None
    with pytest.raises(Problem, match="deadline"):
        _answer(late, lead, now=end)
    done = close_review(review=opened.id, now=end)
    assert done is not None and (done.confirmed, done.closed, done.kept) == (3, 1, 0)
    assert [_item(who).answer for who in (late, left)] == [Answer.CLOSED, Answer.LEFT]
    assert Membership.objects.get(person=late).end == end
    assert RoleGrant.objects.get(person=late).end == end
    assert close_review(review=opened.id, now=end) is None
    assert Event.objects.using("owner").filter(event="members.review.closed").count() == 1


def test_a_forgotten_review_locks_nobody_out_for_ever() -> None:
    for number in range(3):
        person(f"Admin {number}", "administrator")
    person("Only Member", "member")
    opened = _open()
    end = after(opened.deadline)
    done = close_review(review=opened.id, now=end)
    assert done is not None and (done.confirmed, done.closed, done.kept) == (0, 3, 1)
    kept = ReviewItem.objects.get(answer=Answer.KEPT).membership
    assert kept.end is None and may(kept.person_id, "roles.manage", now=end)


def test_closing_goes_on_where_it_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    person("Admin Example", "administrator")
    for number in range(4):
        person(f"Member {number}", "member")
    opened = _open()
    end = after(opened.deadline)
    real, calls = refresh_people, []

    def dies(people: Collection[UUID]) -> None:
        calls.append(people)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(people)

    monkeypatch.setattr("saferboard.workspace.members.operations.reviews.refresh_people", dies)
    with pytest.raises(KeyboardInterrupt):
        close_review(review=opened.id, now=end)
    closed = ReviewItem.objects.filter(answer=Answer.CLOSED).values_list("membership", flat=True)
    assert Membership.objects.filter(end=end).count() == len(closed) == 2
    monkeypatch.undo()
    done = close_review(review=opened.id, now=end)
    assert done is not None and (done.closed, done.kept) == (4, 1)


def test_one_round_at_a_time_with_a_deadline_that_can_be_kept() -> None:
    admin = person("Admin Example", "administrator")
    now = timezone.now()
    for days in (-1, 0, 6, 91):
        with pytest.raises(Problem, match="deadline"):
            open_review(deadline=day_of(now) + timedelta(days=days), by=_actor(admin), now=now)
    with pytest.raises(Refused):
        open_review(
            deadline=day_of(now) + timedelta(days=28),
            by=_actor(person("Lead", "agency-lead")),
            now=now,
        )
    _open(7)
    with pytest.raises(Problem, match="open already"):
        _open(28)
    assert ReviewRound.objects.count() == 1


def test_who_joins_later_is_not_in_the_round() -> None:
    person("Admin Example", "administrator")
    _open()
    later = person("Joins Later", "member")
    assert not ReviewItem.objects.filter(membership__person=later).exists()


def test_a_round_shows_a_lead_their_own_agency_and_the_others_all() -> None:
    admin, officer = person("Admin", "administrator"), person("Officer", "governance-officer")
    police = agency("Anytown Police", "police")
    lead = person("Chief", "agency-lead", of=police)
    opened, now = _open(), timezone.now()
    seen = {
        who.name: [one.name for one in fetch_review(opened.id, by=_actor(who), now=now).agencies]
        for who in (admin, officer, lead)
    }
    both = ["Anytown Council", "Anytown Police"]
    assert seen == {"Admin": both, "Officer": both, "Chief": ["Anytown Police"]}
    with pytest.raises(Refused):
        fetch_review(opened.id, by=_actor(person("Member", "member")), now=now)
    shown = fetch_review(opened.id, by=_actor(officer), now=now)
    assert not any(item.may_answer for group in shown.agencies for item in group.items)


def test_leads_are_warned_once_a_stage_and_the_late_in_the_last_week() -> None:
    """Day by day over a whole round; the expected days were counted on a calendar."""
    admin = person("Admin", "administrator")
    lead, late = person("Lead", "agency-lead"), person("Late", "member")
    start = datetime(2027, 3, 1, 5, 10, tzinfo=UTC)
    Membership.objects.update(start=start - timedelta(days=30))
    RoleGrant.objects.update(start=start - timedelta(days=30))
    opened = _open(28, now=start)
    assert opened.deadline == date(2027, 3, 29)
    told, days = Told(), {}
    for day in range(31):
        now = start + timedelta(days=day)
        for _ in range(2):
            review_day(now=now, tell=told)
        for kind, people in told.said:
            days.setdefault((now.date(), kind), people)
        assert len(told.said) == len({kind for kind, _ in told.said})
        told.said.clear()
    asked = frozenset({lead.id, admin.id})
    everyone = frozenset({lead.id, admin.id, late.id})
    assert days == {
        (date(2027, 3, 1), "review-to-answer"): asked,
        (date(2027, 3, 15), "review-to-answer"): asked,
        (date(2027, 3, 22), "review-to-answer"): asked,
        (date(2027, 3, 22), "review-not-confirmed"): everyone,
        (date(2027, 3, 28), "review-to-answer"): asked,
        (date(2027, 3, 28), "review-not-confirmed"): everyone,
    }
    opened.refresh_from_db()
    assert opened.closed == datetime(2027, 3, 30, 5, 10, tzinfo=UTC)
    assert Membership.objects.get(person=late).end == opened.closed


def test_a_round_opens_by_itself_when_a_quarter_has_passed() -> None:
    person("Admin", "administrator")
    start = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    Membership.objects.update(start=start)
    RoleGrant.objects.update(start=start)
    opened = []
    for day in range(240):
        now = start + timedelta(days=day)
        review_day(now=now, tell=Told())
        count = ReviewRound.objects.count()
        if count > len(opened):
            opened.append(now.date())
    # 4 January and 91 days is 5 April; the next one 91 days after that
    assert opened == [date(2027, 4, 5), date(2027, 7, 5)]
    assert next_review(now=start + timedelta(days=240)) == date(2027, 10, 4)


@given(
    answers=st.lists(
        st.sampled_from(["confirm", "end", "leave", "nothing"]), min_size=1, max_size=5
    )
)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_a_round_exactly_the_confirmed_and_one_administrator_are_left(
    answers: list[str],
) -> None:
    ReviewRound.objects.filter(closed=None).update(closed=timezone.now() + timedelta(days=900))
    Membership.objects.update(end=timezone.now())
    number = uuid4().hex[:8]
    place = agency(f"Agency {number}")
    admin = person(f"Admin {number}", "administrator", of=place)
    lead = person(f"Lead {number}", "agency-lead", of=place)
    people = [person(f"P{n} {number}", "member", of=place) for n in range(len(answers))]
    opened = _open()
    for who, answer in zip(people, answers, strict=True):
        if answer in ("confirm", "end"):
            _answer(who, lead, confirm=answer == "confirm")
        elif answer == "leave":
            Membership.objects.filter(person=who).update(end=timezone.now())
    end = after(opened.deadline)
    close_review(review=opened.id, now=end)
    left = set(Membership.objects.filter(agency=place, end=None).values_list("person", flat=True))
    confirmed = {who.id for who, answer in zip(people, answers, strict=True) if answer == "confirm"}
    assert left == confirmed | {admin.id}
    assert not ReviewItem.objects.filter(round=opened, answer="").exists()
