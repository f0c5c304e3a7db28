"""Agencies, seats, areas and who sees them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.utils import timezone
from tests.workspace.people import agency, person

from saferboard.vocabulary.partnership import Partnership, PartnershipArea
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.members.operations.agencies import add_agency, change_agency
from saferboard.workspace.members.operations.areas import GivenArea, areas_of, keep_areas
from saferboard.workspace.members.operations.seats import add_seat, end_seat, hold_seat
from saferboard.workspace.members.queries.agencies import (
    AgencyFilter,
    fetch_agency,
    list_agencies,
)
from saferboard.workspace.members.queries.people import PeopleFilter, fetch_person, list_people
from saferboard.workspace.members.queries.roles import read_roles
from saferboard.workspace.partnership.models import Agency, Area, Person, SeatHolding
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import Listing, listing

pytestmark = pytest.mark.usefixtures("database")


def _actor(who: Person) -> Actor:
    return Actor(who.id, agency().id, uuid4())


def _admin() -> Actor:
    found = Person.objects.filter(name="Admin Example").first()
    return _actor(found or person("Admin Example", "administrator"))


def _shown(first: str = "name") -> Listing:
    return listing(RequestFactory().get("/"), by=(first,), first=first)


def test_an_agency_is_added_changed_and_its_name_is_taken_whatever_its_letters() -> None:
    by, now = _admin(), timezone.now()
    made = add_agency(name=" Anytown  Fire ", kind="fire", statutory=True, by=by, now=now)
    held = Agency.objects.get(id=made)
    assert (held.name, held.statutory, held.version) == ("Anytown Fire", True, 1)
    with pytest.raises(Problem, match="of this name"):
        add_agency(name="ANYTOWN FIRE", kind="fire", statutory=True, by=by, now=now)
    change_agency(agency=made, version=1, name="Fire", kind="fire", statutory=False, by=by, now=now)
    held.refresh_from_db()
    assert (held.name, held.statutory, held.version) == ("Fire", False, 2)


def test_the_second_who_changes_it_is_shown_both_and_nothing_is_overwritten() -> None:
    by, now = _admin(), timezone.now()
    made = add_agency(name="Fire", kind="fire", statutory=True, by=by, now=now)
    what = {"agency": made, "version": 1, "kind": "fire", "statutory": True, "by": by, "now": now}
    change_agency(name="The first was quicker", **what)
    with pytest.raises(Changed) as error:
        change_agency(name="The second", **what)
    name = next(one for one in error.value.fields if one.label == "Name")
    assert (name.theirs, name.yours, name.differ) == ("The first was quicker", "The second", True)
    assert Agency.objects.get(id=made).name == "The first was quicker"


@pytest.mark.parametrize(("name", "kind"), [("", "fire"), ("x" * 201, "fire"), ("A", "circus")])
def test_what_is_no_agency_is_refused(name: str, kind: str) -> None:
    with pytest.raises(Problem):
        add_agency(name=name, kind=kind, statutory=False, by=_admin(), now=timezone.now())


def test_only_an_administrator_keeps_agencies_and_a_refusal_is_recorded() -> None:
    for role in ("governance-officer", "agency-lead", "member"):
        by, now = _actor(person(f"The {role}", role)), timezone.now()
        with pytest.raises(Refused):
            add_agency(name="New", kind="fire", statutory=False, by=by, now=now)
        with pytest.raises(Refused):
            change_agency(
                agency=agency().id,
                version=1,
                name="x",
                kind="fire",
                statutory=False,
                by=by,
                now=now,
            )
    assert Event.objects.using("owner").filter(event="access.permission.refused").count() == 6


def test_one_person_at_a_time_holds_a_seat_of_their_agency() -> None:
    by, now = _admin(), timezone.now()
    police = agency("Anytown Police", "police")
    one, two, other = person("One"), person("Two"), person("Other", of=police)
    seat = add_seat(agency=agency().id, title="Chief Executive", by=by, now=now)
    hold_seat(seat=seat, person=one.id, by=by, now=now)
    with pytest.raises(Problem, match="already"):
        hold_seat(seat=seat, person=one.id, by=by, now=now)
    with pytest.raises(Problem, match="does not belong"):
        hold_seat(seat=seat, person=other.id, by=by, now=now)
    later = now + timedelta(days=1)
    hold_seat(seat=seat, person=two.id, by=by, now=later)
    spans = SeatHolding.objects.order_by("start").values_list("person", "start", "end")
    assert list(spans) == [(one.id, now, later), (two.id, later, None)]
    lead = _actor(person("Lead", "agency-lead"))
    hold_seat(seat=seat, person=None, by=lead, now=later + timedelta(days=1))
    with pytest.raises(Refused):
        hold_seat(seat=seat, person=one.id, by=_actor(one), now=later)
    end_seat(seat=seat, by=by, now=later + timedelta(days=2))
    with pytest.raises(Refused):
        hold_seat(seat=seat, person=one.id, by=by, now=later + timedelta(days=3))


def test_areas_come_from_the_partnerships_file_once() -> None:
    file = Partnership(
        name="Anytown",
        area=PartnershipArea(code="E09000001", name="Anytown"),
        areas=(PartnershipArea(code="E09000002", name="Otherton"),),
    )
    now = timezone.now()
    assert keep_areas(areas_of(file), by=SYSTEM, now=now) == 2
    wards = [GivenArea("E05000001", "North", "ward", "E09000001")]
    assert keep_areas([*areas_of(file), *wards], by=_admin(), now=now) == 1
    assert Area.objects.get(code="E05000001").parent == Area.objects.get(code="E09000001")
    with pytest.raises(Refused):
        keep_areas([], by=_actor(person("Member", "member")), now=now)


def test_the_register_is_for_everybody_and_people_for_those_who_answer_for_them() -> None:
    police = agency("Anytown Police", "police")
    officer = person("Officer", "member", of=police)
    chief = person("Chief", "agency-lead", of=police)
    governs = person("Governs", "governance-officer")
    member = person("Member", "member")
    now = timezone.now()
    for who, sees in (
        (_admin(), True),
        (_actor(chief), True),
        (_actor(governs), True),
        (_actor(member), False),
        (_actor(officer), False),
    ):
        shown = list_agencies(_shown(), AgencyFilter(), by=who, now=now)
        assert [one.name for one in shown.rows] == ["Anytown Council", "Anytown Police"]
        assert [one.people for one in shown.rows] == [3, 2]
        page = fetch_agency(police.id, by=who, now=now)
        assert (page.people is not None) is sees
    for who in (SYSTEM, Actor(uuid4())):
        with pytest.raises(Refused):
            list_agencies(_shown(), AgencyFilter(), by=who, now=now)
    with pytest.raises(Refused):
        fetch_agency(uuid4(), by=_admin(), now=now)


def test_a_lead_sees_of_a_person_what_concerns_their_agency() -> None:
    police = agency("Anytown Police", "police")
    chief = person("Chief", "agency-lead", of=police)
    both = person("Both", "analyst")
    both.memberships.create(agency=police, start=timezone.now() - timedelta(days=2))
    now = timezone.now()
    page = fetch_person(both.id, by=_actor(chief), now=now)
    assert [one.agency_name for one in page.memberships] == ["Anytown Police"]
    assert page.grants == () and not page.may_give
    every = fetch_person(both.id, by=_admin(), now=now)
    assert {one.agency_name for one in every.memberships} == {"Anytown Council", "Anytown Police"}
    assert [one.role for one in every.grants] == ["Analyst"] and every.may_give
    mine = fetch_person(both.id, by=_actor(both), now=now)
    assert not mine.may_give and not any(one.may_end for one in mine.memberships)
    for hidden in (person("Elsewhere", "member").id, uuid4()):
        with pytest.raises(Refused):
            fetch_person(hidden, by=_actor(chief), now=now)
    both.memberships.filter(agency=police).update(end=now)
    with pytest.raises(Refused):
        fetch_person(both.id, by=_actor(chief), now=now)


def test_the_register_of_people_is_for_those_who_keep_or_read_it() -> None:
    by, now = _admin(), timezone.now()
    person("Ann Example", "member")
    gone = person("Gone Example", "member", until=now - timedelta(days=1))
    officer = _actor(person("Officer", "governance-officer"))
    assert {
        one.name for one in list_people(_shown(), PeopleFilter(), by=officer, now=now).rows
    } == {
        "Admin Example",
        "Ann Example",
        "Officer",
    }
    found = list_people(_shown(), PeopleFilter(words="ANN"), by=by, now=now)
    assert [(one.name, one.roles) for one in found.rows] == [("Ann Example", ("Member",))]
    left = list_people(_shown(), PeopleFilter(left=True), by=by, now=now)
    assert [one.id for one in left.rows] == [gone.id]
    assert not list_people(_shown(), PeopleFilter(role="analyst"), by=by, now=now).rows
    with pytest.raises(Refused):
        list_people(_shown(), PeopleFilter(), by=_actor(person("Lead", "agency-lead")), now=now)


def test_roles_are_told_in_words_with_whoever_has_them() -> None:
    by, now = _admin(), timezone.now()
    person("Ann Example", "coordinator")
    person("Gone Example", "coordinator", until=now - timedelta(days=1))
    seen = {one.key: one for one in read_roles(by=by, now=now)}
    coordinator = seen["coordinator"]
    assert [(one.name, one.counts) for one in coordinator.holders] == [
        ("Ann Example", True),
        ("Gone Example", False),
    ]
    assert "Use emergency access to a protected matter." in coordinator.may
    assert coordinator.sees == ("Casework: sees everything of what its agency is party to.",)
    assert seen["administrator"].sees == ()
    with pytest.raises(Refused):
        read_roles(by=_actor(person("Lead", "agency-lead")), now=now)
