"""Joining by invitation: once, for one address, while it is open and its maker may invite."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.people import agency, person

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import Refused, may
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.members.models import Invitation
from saferboard.workspace.members.operations.invitations import (
    CannotJoin,
    Made,
    accept_invitation,
    invite,
    look_at_invitation,
    revoke_invitation,
)
from saferboard.workspace.members.operations.leaving import end_membership
from saferboard.workspace.partnership.models import Agency, Membership, Person

pytestmark = pytest.mark.usefixtures("database")
NOBODY = Actor(None, request=uuid4())
PASSWORD = "a long sentence about nothing"


def _lead(of: Agency | None = None, name: str = "Lead Example") -> Actor:
    who = person(name, "agency-lead", of=of)
    return Actor(who.id, (of or agency()).id, uuid4())


def _administrator() -> Actor:
    return Actor(person("Admin Example", "administrator").id, agency().id, uuid4())


def _invite(
    by: Actor, *roles: str, email: str = "new@example.org", of: Agency | None = None
) -> Made:
    return invite(email=email, agency=(of or agency()).id, roles=roles, by=by, now=timezone.now())


def _accept(token: str, *, by: Actor = NOBODY, name: str = "New Person", **more: object) -> object:
    what = {"job_title": "", "password": PASSWORD, "now": timezone.now(), **more}
    return accept_invitation(token=token, name=name, by=by, **what)  # type: ignore[arg-type]


def test_whoever_accepts_has_account_membership_and_roles_at_once() -> None:
    made = _invite(_lead(), "practitioner", "member", email=" New@Example.org ")
    who = Person.objects.get(id=_accept(made.token, name="  New   Person "))
    assert (who.name, who.email) == ("New Person", "new@example.org")
    assert who.check_password(PASSWORD)
    assert Membership.objects.get(person=who).agency == agency()
    assert set(RoleGrant.objects.filter(person=who).values_list("role", flat=True)) == {
        "practitioner",
        "member",
    }
    assert may(who.id, "papers.check", now=timezone.now())
    used = Event.objects.using("owner").get(event="members.invitation.used")
    assert used.actor == who.id and used.about == [who.id]


def test_the_token_stands_nowhere_in_the_database(superuser: object) -> None:
    made = _invite(_lead(), "member")
    held = Invitation.objects.get()
    assert len(made.token) >= 40
    assert len(bytes(held.token_mac)) == 32
    tables = superuser.execute(  # type: ignore[attr-defined]
        "select table_name from information_schema.tables where table_schema = 'public' "
        "and table_type = 'BASE TABLE'"
    ).fetchall()
    for (table,) in tables:
        rows = superuser.execute(f'select t::text from "{table}" t').fetchall()  # type: ignore[attr-defined]
        assert not [row for row in rows if made.token in row[0]]


def test_the_address_stands_in_no_row_of_the_audit() -> None:
    _invite(_lead(), "member", email="very.secret@example.org")
    rows = Event.objects.using("owner").values_list("details", "event")
    assert "very.secret" not in str(list(rows))


@pytest.mark.parametrize(
    "how", ["forged", "used", "revoked", "expired", "agency-ended", "inviter", "switched-off"]
)
def test_what_cannot_be_used_has_one_answer_and_the_audit_knows_why(how: str) -> None:
    other, now = _administrator(), timezone.now()
    by = _lead()
    made = _invite(by, "member")
    token = made.token
    if how == "forged":
        token = "A" * 43
    elif how == "used":
        _accept(token)
    elif how == "revoked":
        revoke_invitation(invitation=made.id, by=by, now=now)
    elif how == "expired":
        now = made.expires
    elif how == "agency-ended":
        Agency.objects.update(end=now)
    elif how == "inviter":
        Membership.objects.filter(person=by.person).update(end=now)
    else:
        Person.objects.create(email="new@example.org", name="Off", is_active=False)
    before = Person.objects.count()
    answers = set()
    for attempt in (
        lambda: _accept(token, name="Second", now=max(now, timezone.now())),
        lambda: look_at_invitation(token=token, by=NOBODY, now=max(now, timezone.now())),
    ):
        with pytest.raises(CannotJoin) as error:
            attempt()
        answers.add(error.value.sentence())
        last = Event.objects.using("owner").order_by("-id")[0]
        assert (last.event, last.details) == ("members.invitation.refused", {"why": how})
    assert answers == {CannotJoin().sentence()}
    assert Person.objects.count() == before
    assert other


def test_it_is_open_until_the_last_moment_of_fourteen_days() -> None:
    made = _invite(_lead(), "member")
    assert made.expires - Invitation.objects.get().made == timedelta(days=14)
    look_at_invitation(token=made.token, by=NOBODY, now=made.expires - timedelta(microseconds=1))
    with pytest.raises(CannotJoin):
        look_at_invitation(token=made.token, by=NOBODY, now=made.expires)


def test_of_two_who_use_one_link_at_once_one_joins() -> None:
    made = _invite(_lead(), "member")
    results: list[str] = []
    gate = threading.Barrier(2)

    def go(name: str) -> None:
        gate.wait()
        try:
            _accept(made.token, name=name)
            results.append("joined")
        except (CannotJoin, Problem) as error:
            results.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(f"Person {n}",)) for n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(results) == ["CannotJoin", "joined"]
    assert Membership.objects.filter(person__email="new@example.org").count() == 1


def test_a_new_invitation_takes_the_old_one_back() -> None:
    by = _lead()
    first, second = _invite(by, "member"), _invite(by, "member")
    with pytest.raises(CannotJoin):
        _accept(first.token)
    _accept(second.token)


def test_a_lead_invites_to_their_own_agency_with_roles_that_are_offered() -> None:
    by = _lead()
    for role in ("administrator", "governance-officer", "agency-lead", "analyst", "king"):
        with pytest.raises(Problem, match="cannot give"):
            _invite(by, role)
    with pytest.raises(Refused):
        _invite(by, "member", of=agency("Anytown Police", "police"))
    with pytest.raises(Refused):
        _invite(Actor(person("Only Member", "member").id), "member")
    with pytest.raises(Refused):
        _invite(NOBODY, "member")
    _invite(_administrator(), "agency-lead", of=agency("Anytown Police", "police"))


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "x" * 260 + "@example.org",
        "a@example.org\nBcc: b@example.org",
        "<script>@example.org",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(Problem):
        _invite(_lead(), "member", email=email)


def test_nobody_invites_themselves_or_whoever_is_there() -> None:
    by = _lead()
    with pytest.raises(Problem, match="your own"):
        _invite(by, "member", email="lead.example@example.org")
    person("There Already", "member")
    with pytest.raises(Problem, match="belongs to the agency already"):
        _invite(by, "member", email="there.already@example.org")


def test_an_agency_that_is_not_there_is_refused_and_recorded() -> None:
    with pytest.raises(Refused):
        invite(
            email="a@example.org", agency=uuid4(), roles=[], by=_administrator(), now=timezone.now()
        )
    assert Event.objects.using("owner").order_by("-id")[0].event == "members.thing.refused"


def test_an_account_that_belongs_is_joined_by_its_own_person_only() -> None:
    police = agency("Anytown Police", "police")
    there = person("Works Here", "member")
    there.set_password("what it was before now")
    there.save()
    made = _invite(_lead(police, "Police Lead"), "practitioner", email=there.email, of=police)
    assert look_at_invitation(token=made.token, by=NOBODY, now=timezone.now()).account
    with pytest.raises(Problem, match="Sign in"):
        _accept(made.token)
    with pytest.raises(Problem, match="somebody else"):
        _accept(made.token, by=Actor(person("Somebody Else").id))
    _accept(made.token, by=Actor(there.id), name="Another Name")
    there.refresh_from_db()
    assert there.name == "Works Here"
    assert there.check_password("what it was before now")
    assert Membership.objects.filter(person=there).count() == 2
    assert may(there.id, "emergency.break", now=timezone.now(), agency=police.id)


def test_somebody_signed_in_does_not_use_a_link_for_another_address() -> None:
    made = _invite(_lead(), "member")
    with pytest.raises(Problem, match="somebody else"):
        _accept(made.token, by=Actor(person("Somebody Else").id))
    assert Invitation.objects.get().used is None


def test_somebody_who_left_comes_back_with_a_new_password() -> None:
    admin, back = _administrator(), person("Comes Back", "practitioner")
    member = Membership.objects.get(person=back)
    left = timezone.now()
    end_membership(membership=member.id, at=left, by=admin, now=left)
    made = _invite(_lead(), "member", email=back.email)
    assert _accept(made.token, name="Comes Back") == back.id
    back.refresh_from_db()
    assert back.check_password(PASSWORD)
    now = timezone.now()
    assert may(back.id, "papers.check", now=now) and not may(back.id, "emergency.break", now=now)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\0b"])
def test_a_name_is_needed_and_nothing_is_used_up_without_one(name: str) -> None:
    made = _invite(_lead(), "member")
    with pytest.raises(Problem):
        _accept(made.token, name=name)
    assert _accept(made.token)


def test_only_who_could_have_made_it_takes_it_back() -> None:
    made = _invite(_lead(), "member")
    for by in (
        Actor(person("Only Member", "member").id),
        _lead(agency("Anytown Police", "police"), "Other Lead"),
    ):
        with pytest.raises(Refused):
            revoke_invitation(invitation=made.id, by=by, now=timezone.now())
    revoke_invitation(invitation=made.id, by=_administrator(), now=timezone.now())
    with pytest.raises(Problem, match="no longer open"):
        revoke_invitation(
            invitation=made.id,
            by=Actor(Person.objects.get(name="Admin Example").id),
            now=timezone.now(),
        )


@given(steps=st.lists(st.sampled_from(["accept", "revoke", "wait", "again", "look"]), max_size=7))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_with_it_one_link_lets_one_person_in_while_it_is_open(
    steps: list[str],
) -> None:
    """A machine of four states beside the real one: open, used, revoked, over."""
    number = uuid4().hex[:10]
    place = agency(f"Agency {number}")
    by = _lead(place, f"Lead {number}")
    email, now = f"new.{number}@example.org", timezone.now()
    tokens = [_invite(by, "member", email=email, of=place)]
    state = {tokens[0].id: "open"}
    made = {tokens[0].id: now}
    joined = False
    for step in steps:
        latest = tokens[-1]
        if step == "wait":
            now += timedelta(days=5)
        elif step == "again" and not joined:
            tokens.append(invite(email=email, agency=place.id, roles=["member"], by=by, now=now))
            state = {key: "revoked" if was == "open" else was for key, was in state.items()}
            state[tokens[-1].id], made[tokens[-1].id] = "open", now
        elif step == "revoke" and state[latest.id] == "open":
            revoke_invitation(invitation=latest.id, by=by, now=now)
            state[latest.id] = "revoked"
        elif step == "accept":
            for one in tokens:
                could = state[one.id] == "open" and now < made[one.id] + timedelta(days=14)
                if could:
                    _accept(one.token, now=now)
                    state[one.id], joined = "used", True
                else:
                    with pytest.raises(CannotJoin):
                        _accept(one.token, now=now)
        elif step == "look":
            could = state[latest.id] == "open" and now < made[latest.id] + timedelta(days=14)
            if could:
                assert look_at_invitation(token=latest.token, by=NOBODY, now=now).email == email
            else:
                with pytest.raises(CannotJoin):
                    look_at_invitation(token=latest.token, by=NOBODY, now=now)
        assert Membership.objects.filter(person__email=email).count() == int(joined)
