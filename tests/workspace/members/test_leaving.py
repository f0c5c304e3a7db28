"""Leaving by date: what hung on a membership ends with it, by itself, on the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.workspace.people import agency, person, signed_in

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.models import Agreement, AgreementParty, Matter, RoleGrant
from saferboard.workspace.access.operations import open_matter
from saferboard.workspace.access.permission import Refused, may
from saferboard.workspace.access.queries import fetch_matter
from saferboard.workspace.access.session import acting
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.members.operations.agencies import end_agency
from saferboard.workspace.members.operations.leaving import end_membership, keep_membership
from saferboard.workspace.members.operations.seats import add_seat, hold_seat
from saferboard.workspace.partnership.days import after, beginning, day_of, last_day, reached
from saferboard.workspace.partnership.models import Agency, Membership, Person, SeatHolding

pytestmark = pytest.mark.usefixtures("database")
LONDON = ZoneInfo("Europe/London")


def _actor(who: Person, of: Agency | None = None) -> Actor:
    return Actor(who.id, (of or agency()).id, uuid4())


def _administrator() -> Actor:
    return _actor(person("Admin Example", "administrator"))


def _member(who: Person) -> Membership:
    return Membership.objects.get(person=who)


def test_leaving_today_ends_roles_seats_and_the_open_session_at_the_next_request() -> None:
    admin, leaver = _administrator(), person("Leaver Example", "practitioner")
    now = timezone.now()
    seat = add_seat(agency=agency().id, title="Board", by=admin, now=now)
    hold_seat(seat=seat, person=leaver.id, by=admin, now=now)
    browser = signed_in(leaver)
    assert browser.get("/").status_code == 200
    now = timezone.now()
    end_membership(membership=_member(leaver).id, at=now, by=admin, now=now)
    assert RoleGrant.objects.get(person=leaver).end == now
    assert SeatHolding.objects.get(person=leaver).end == now
    assert not may(leaver.id, "evidence.read", now=now)
    assert browser.get("/").status_code == 403
    assert browser.get("/").status_code == 302
    told = Event.objects.using("owner").get(event="members.membership.ends")
    assert told.about == [leaver.id] and told.details["why"] == "left"


def test_a_day_to_come_closes_by_itself_and_not_before() -> None:
    admin, leaver = _administrator(), person("Leaver Example", "coordinator")
    now = timezone.now()
    agreement = Agreement.objects.create(
        title="One", purpose="casework", gateway="s.115", basis="6(1)(e)", review=now, start=now
    )
    AgreementParty.objects.create(agreement=agreement, agency=agency(), start=now)
    matter = open_matter(
        kind="case", purpose="casework", parties=[agency().id], by=_actor(leaver), now=now
    )
    at = after(day_of(now) + timedelta(days=3))
    end_membership(membership=_member(leaver).id, at=at, by=admin, now=now)
    before = at - timedelta(microseconds=1)
    assert may(leaver.id, "evidence.read", now=before)
    assert not may(leaver.id, "evidence.read", now=at)
    seen = fetch_matter(matter, by=_actor(leaver), now=timezone.now())
    assert seen is not None and seen.level is Level.FULL
    assert fetch_matter(matter, by=_actor(leaver), now=at) is None
    with acting(_actor(leaver)):  # the database's own clock
        assert Matter.objects.count() == 1


def test_the_day_can_be_moved_and_taken_back_with_all_that_ended_with_it() -> None:
    admin, leaver = _administrator(), person("Leaver Example", "practitioner", "member")
    now = timezone.now()
    ended = RoleGrant.objects.get(person=leaver, role="member")
    ended.end = now - timedelta(days=1)
    ended.save()
    member = _member(leaver)
    for days in (10, 30, 5):
        at = after(day_of(now) + timedelta(days=days))
        end_membership(membership=member.id, at=at, by=admin, now=now)
        assert RoleGrant.objects.get(person=leaver, role="practitioner").end == at
    keep_membership(membership=member.id, by=admin, now=now)
    assert _member(leaver).end is None
    assert RoleGrant.objects.get(person=leaver, role="practitioner").end is None
    assert RoleGrant.objects.get(person=leaver, role="member").end == ended.end
    with pytest.raises(Problem, match="No day of leaving"):
        keep_membership(membership=member.id, by=admin, now=now)


def test_a_role_that_ends_sooner_ends_sooner() -> None:
    admin, leaver = _administrator(), person("Leaver Example", "practitioner")
    now = timezone.now()
    sooner = now + timedelta(days=1)
    RoleGrant.objects.filter(person=leaver).update(end=sooner)
    at = after(day_of(now) + timedelta(days=9))
    end_membership(membership=_member(leaver).id, at=at, by=admin, now=now)
    assert RoleGrant.objects.get(person=leaver).end == sooner


def test_yesterday_cannot_be_rewritten() -> None:
    admin, leaver = _administrator(), person("Leaver Example", "practitioner")
    now = timezone.now()
    with pytest.raises(Problem, match="past"):
        end_membership(
            membership=_member(leaver).id, at=now - timedelta(seconds=1), by=admin, now=now
        )


def test_a_lead_ends_their_own_people_and_nobody_ends_themselves() -> None:
    police = agency("Anytown Police", "police")
    lead = person("Lead Example", "agency-lead")
    here, there = person("Here Example", "member"), person("There Example", "member", of=police)
    now = timezone.now()
    for who, membership in (
        (lead, _member(lead)),
        (lead, _member(there)),
        (here, _member(lead)),
        (there, _member(here)),
    ):
        with pytest.raises(Refused):
            end_membership(membership=membership.id, at=now, by=_actor(who), now=now)
    with pytest.raises(Refused):
        end_membership(membership=uuid4(), at=now, by=_actor(lead), now=now)
    end_membership(membership=_member(here).id, at=now, by=_actor(lead), now=now)
    assert _member(here).end == now


def test_the_last_who_gives_roles_cannot_be_ended_now_or_later() -> None:
    admin, lead = person("Admin Example", "administrator"), person("Lead Example", "agency-lead")
    now = timezone.now()
    for days in (0, 20):
        with pytest.raises(Problem, match="Nobody would be left"):
            end_membership(
                membership=_member(admin).id,
                at=now + timedelta(days=days),
                by=_actor(lead),
                now=now,
            )
    assert _member(admin).end is None
    second = person("Second Admin", "administrator")
    end_membership(
        membership=_member(second).id, at=now + timedelta(days=9), by=_actor(lead), now=now
    )
    for days, left in ((9, False), (12, False), (5, True)):
        at, by = now + timedelta(days=days), _actor(lead)
        if left:  # the second is there for four days more
            end_membership(membership=_member(admin).id, at=at, by=by, now=now)
            assert _member(admin).end == at
        else:
            with pytest.raises(Problem, match="Nobody would be left"):
                end_membership(membership=_member(admin).id, at=at, by=by, now=now)


def test_an_agency_that_ends_takes_everything_along() -> None:
    admin = _administrator()
    police = agency("Anytown Police", "police")
    officer = person("Officer Example", "coordinator", of=police)
    now = timezone.now()
    agreement = Agreement.objects.create(
        title="One", purpose="casework", gateway="s.115", basis="6(1)(e)", review=now, start=now
    )
    party = AgreementParty.objects.create(agreement=agreement, agency=police, start=now)
    assert end_agency(agency=police.id, at=now, by=admin, now=now) == 1
    party.refresh_from_db()
    assert _member(officer).end == party.end == now
    assert not may(officer.id, "evidence.read", now=now)
    with pytest.raises(Refused):
        end_agency(agency=police.id, at=now, by=admin, now=now)
    with pytest.raises(Problem, match="Nobody would be left"):
        end_agency(agency=agency().id, at=now, by=admin, now=now)
    assert Agency.objects.get(id=agency().id).end is None


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 30)))
def test_a_day_is_every_minute_that_a_clock_in_london_shows_it(day: date) -> None:
    """The oracle walks the clock instead of computing with it."""
    start, end = beginning(day), after(day)
    assert start.tzinfo is UTC
    minutes = int((end - start).total_seconds() // 60)
    assert minutes in (23 * 60, 24 * 60, 25 * 60)
    for moment, same in (
        (start, True),
        (start - timedelta(minutes=1), False),
        (end - timedelta(minutes=1), True),
        (end, False),
    ):
        assert (moment.astimezone(LONDON).date() == day) is same
        assert (day_of(moment) == day) is same
    assert last_day(end) == day
    assert last_day(end - timedelta(hours=1)) == day


def test_the_days_on_which_the_clocks_change() -> None:
    assert beginning(date(2027, 3, 28)) == datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert after(date(2027, 3, 28)) == datetime(2027, 3, 28, 23, tzinfo=UTC)
    assert beginning(date(2026, 10, 25)) == datetime(2026, 10, 24, 23, tzinfo=UTC)
    assert after(date(2026, 10, 25)) == datetime(2026, 10, 26, 0, tzinfo=UTC)


@given(days=st.integers(-5, 100), stages=st.lists(st.integers(0, 90), unique=True))
def test_the_stage_reached_is_the_last_one_that_a_countdown_passed(
    days: int, stages: list[int]
) -> None:
    passed = None
    for left in range(200, days - 1, -1):
        if left in stages:
            passed = left
    assert reached(days, stages) == passed
