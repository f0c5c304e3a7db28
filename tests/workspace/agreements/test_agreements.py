"""The life of an agreement, and the door that it opens and closes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.people import agency, person

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.models import Agreement, Matter
from saferboard.workspace.access.operations import open_matter, use_emergency_access
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.queries import decision_about, fetch_matter
from saferboard.workspace.access.session import acting
from saferboard.workspace.agreements.models import Step
from saferboard.workspace.agreements.operations.agreements import (
    change_agreement,
    end_agreement,
    enter_agreement,
    leave_agreement,
    renew_agreement,
    sign_agreement,
)
from saferboard.workspace.agreements.operations.terms import Terms
from saferboard.workspace.agreements.operations.warnings import warn_of_ends
from saferboard.workspace.agreements.queries.agreements import expiring, fetch_agreement
from saferboard.workspace.agreements.queries.standing import Standing, days_left, standing
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.partnership.days import after, day_of
from saferboard.workspace.partnership.models import Agency, Person
from saferboard.workspace.web.editing import Changed

pytestmark = pytest.mark.usefixtures("database")
LONDON = ZoneInfo("Europe/London")


def _police() -> Agency:
    return agency("Anytown Police", "police")


def _actor(who: Person) -> Actor:
    return Actor(who.id, agency().id, uuid4())


def _officer() -> Actor:
    found = Person.objects.filter(name="Officer Example").first()
    return _actor(found or person("Officer Example", "governance-officer"))


def _terms(**more: object) -> Terms:
    today = day_of(timezone.now())
    plain = Terms(
        title="Sharing for casework",
        purpose="casework",
        gateway="Crime and Disorder Act 1998, section 115",
        basis="Article 6(1)(e)",
        special_category_basis="Article 9(2)(g)",
        schedule_1_condition="Paragraph 10",
        data_classes="Names, addresses, reports",
        retention="Seven years",
        first_day=today - timedelta(days=10),
        last_day=today + timedelta(days=100),
        review=today + timedelta(days=50),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _enter(**more: object) -> UUID:
    parties = [agency().id, _police().id]
    return enter_agreement(terms=_terms(**more), parties=parties, by=_officer(), now=timezone.now())


def _sign(agreement: UUID, *agencies: Agency) -> None:
    for one in agencies or (agency(), _police()):
        sign_agreement(agreement=agreement, agency=one.id, by=_officer(), now=timezone.now())


def _last() -> Event:
    return Event.objects.using("owner").order_by("-id")[0]


def test_the_door_opens_when_signed_closes_when_over_and_emergency_access_stays() -> None:
    coordinator = _actor(person("Coordinator", "coordinator"))
    agreement, now = _enter(), timezone.now()
    matter = open_matter(
        kind="case", purpose="casework", parties=[agency().id], by=coordinator, now=now
    )
    assert fetch_matter(matter, by=coordinator, now=timezone.now()) is None
    _sign(agreement)
    now = timezone.now()
    seen = fetch_matter(matter, by=coordinator, now=now)
    assert seen is not None and seen.level is Level.FULL
    end = Agreement.objects.get(id=agreement).end
    assert end is not None
    assert fetch_matter(matter, by=coordinator, now=end - timedelta(microseconds=1))
    assert fetch_matter(matter, by=coordinator, now=end) is None
    now = timezone.now()
    end_agreement(agreement=agreement, at=now, by=_officer(), now=now)
    assert fetch_matter(matter, by=coordinator, now=timezone.now()) is None
    with acting(coordinator):
        assert Matter.objects.count() == 0
    use_emergency_access(
        matter=matter, category="risk-to-life", why="A call", by=coordinator, now=timezone.now()
    )
    broken = fetch_matter(matter, by=coordinator, now=timezone.now())
    assert broken is not None and broken.level is Level.FULL


def test_what_one_agency_signs_opens_nothing_for_the_other() -> None:
    officer = _actor(person("Police Coordinator", "coordinator", of=_police()))
    agreement = _enter()
    _sign(agreement, agency())
    matter = open_matter(
        kind="case",
        purpose="casework",
        parties=[agency().id, _police().id],
        by=officer,
        now=timezone.now(),
    )
    assert fetch_matter(matter, by=officer, now=timezone.now()) is None
    _sign(agreement, _police())
    assert fetch_matter(matter, by=officer, now=timezone.now())
    leave_agreement(agreement=agreement, agency=_police().id, by=_officer(), now=timezone.now())
    assert fetch_matter(matter, by=officer, now=timezone.now()) is None


def test_a_lead_signs_for_their_own_agency() -> None:
    chief = _actor(person("Chief", "agency-lead", of=_police()))
    agreement, now = _enter(), timezone.now()
    with pytest.raises(Refused):
        sign_agreement(agreement=agreement, agency=agency().id, by=chief, now=now)
    with pytest.raises(Refused):
        sign_agreement(agreement=uuid4(), agency=_police().id, by=chief, now=now)
    sign_agreement(agreement=agreement, agency=_police().id, by=chief, now=now)
    assert _last().details == {"purpose": "casework", "agency": str(_police().id)}
    with pytest.raises(Problem, match="signed already"):
        sign_agreement(agreement=agreement, agency=_police().id, by=chief, now=now)
    health = agency("Anytown Health", "health")
    with pytest.raises(Problem, match="not asked"):
        sign_agreement(agreement=agreement, agency=health.id, by=_officer(), now=now)
    step = Step.objects.order_by("-id")[0]
    assert (step.what, step.agency, step.by_id) == ("signed", _police(), chief.person)


def test_only_whoever_keeps_the_register_changes_it() -> None:
    agreement, now = _enter(), timezone.now()
    for role in ("administrator", "agency-lead", "practitioner", "member"):
        by = _actor(person(f"The {role}", role))
        with pytest.raises(Refused):
            enter_agreement(terms=_terms(), parties=[agency().id, _police().id], by=by, now=now)
        with pytest.raises(Refused):
            end_agreement(agreement=agreement, at=now, by=by, now=now)
    with pytest.raises(Refused):
        fetch_agreement(agreement, by=_actor(Person.objects.get(name="The member")), now=now)
    with pytest.raises(Refused):
        fetch_agreement(uuid4(), by=_officer(), now=now)


def test_the_second_editor_is_shown_both_and_nothing_is_overwritten() -> None:
    agreement, now, parties = _enter(), timezone.now(), [agency().id, _police().id]
    what = {"agreement": agreement, "version": 1, "parties": parties, "by": _officer(), "now": now}
    change_agreement(terms=_terms(title="The first"), **what)
    with pytest.raises(Changed) as error:
        change_agreement(terms=_terms(title="The second", retention="One year"), **what)
    differ = {one.label: (one.theirs, one.yours) for one in error.value.fields if one.differ}
    assert differ == {
        "Title": ("The first", "The second"),
        "How long it is kept": ("Seven years", "One year"),
    }
    assert error.value.by == "Officer Example"
    held = Agreement.objects.get(id=agreement)
    assert (held.title, held.version) == ("The first", 2)
    assert Event.objects.using("owner").filter(event="agreements.agreement.changed").count() == 1


def test_what_was_signed_does_not_change() -> None:
    agreement, parties = _enter(), [agency().id, _police().id]
    _sign(agreement, agency())
    what = {"agreement": agreement, "version": 1, "by": _officer(), "now": timezone.now()}
    for more in ({"retention": "For ever"}, {"purpose": "governance"}, {"basis": "Another"}):
        with pytest.raises(Problem, match="was signed"):
            change_agreement(terms=_terms(**more), parties=parties, **what)
    health = agency("Anytown Health", "health")
    change_agreement(terms=_terms(title="Renamed"), parties=[health.id, _police().id], **what)
    page = fetch_agreement(agreement, by=_officer(), now=timezone.now())
    assert page.row.title == "Renamed"
    # the council has signed: it stays
    assert [(one.name, bool(one.since)) for one in page.parties] == [
        ("Anytown Council", True),
        ("Anytown Health", False),
        ("Anytown Police", False),
    ]
    assert page.history[0].fields[0] == (
        "Asked to sign",
        "Anytown Council, Anytown Police",
        "Anytown Council, Anytown Health, Anytown Police",
    )


def test_a_change_that_changes_nothing_is_none() -> None:
    agreement, parties = _enter(), [agency().id, _police().id]
    change_agreement(
        agreement=agreement,
        version=1,
        terms=_terms(),
        parties=parties,
        by=_officer(),
        now=timezone.now(),
    )
    assert Agreement.objects.get(id=agreement).version == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": " "}, "Title"),
        ({"title": "x" * 201}, "too long"),
        ({"gateway": ""}, "gateway"),
        ({"retention": ""}, "kept"),
        ({"data_classes": "x" * 10_001}, "too long"),
        ({"purpose": "espionage"}, "purpose"),
        ({"last_day": date(2020, 1, 1)}, "before the first"),
        ({"first_day": date(2000, 1, 1), "last_day": date(2001, 1, 1)}, "past"),
        ({"last_day": date(2099, 1, 1)}, "more than 10 years"),
        ({"review": date(2099, 1, 1)}, "lies outside"),
    ],
)
def test_terms_that_do_not_fit_are_refused(more: dict[str, object], says: str) -> None:
    with pytest.raises(Problem, match=says):
        _enter(**more)
    assert Agreement.objects.count() == 0


def test_an_agreement_needs_two_agencies_that_are_there() -> None:
    now = timezone.now()
    for parties in ([], [agency().id], [agency().id, uuid4()]):
        with pytest.raises(Problem):
            enter_agreement(terms=_terms(), parties=parties, by=_officer(), now=now)


def test_renewed_in_force_the_signatures_stand() -> None:
    agreement = _enter()
    _sign(agreement)
    coordinator = _actor(person("Coordinator", "coordinator"))
    matter = open_matter(
        kind="case",
        purpose="casework",
        parties=[agency().id],
        by=coordinator,
        now=timezone.now(),
    )
    old = Agreement.objects.get(id=agreement).end
    today = day_of(timezone.now())
    until, review = today + timedelta(days=465), today + timedelta(days=300)
    what = {"agreement": agreement, "review": review, "by": _officer(), "now": timezone.now()}
    with pytest.raises(Problem, match="holds until then"):
        renew_agreement(version=1, until=today + timedelta(days=60), **{**what, "review": today})
    assert renew_agreement(version=1, until=until, **what) == agreement
    with pytest.raises(Changed):
        renew_agreement(version=1, until=until + timedelta(days=1), **what)
    assert old is not None
    assert fetch_matter(matter, by=coordinator, now=old)
    assert fetch_matter(matter, by=coordinator, now=after(until)) is None


def test_one_that_is_over_is_followed_by_one_that_is_signed_anew_and_the_gap_stays() -> None:
    agreement = _enter()
    _sign(agreement)
    coordinator = _actor(person("Coordinator", "coordinator"))
    now = timezone.now()
    matter = open_matter(
        kind="case", purpose="casework", parties=[agency().id], by=coordinator, now=now
    )
    end_agreement(agreement=agreement, at=now, by=_officer(), now=now)
    today = day_of(now)
    new = renew_agreement(
        agreement=agreement,
        version=2,
        until=today + timedelta(days=300),
        review=today + timedelta(days=200),
        by=_officer(),
        now=timezone.now(),
    )
    assert new != agreement and Agreement.objects.get(id=new).follows_id == agreement
    assert fetch_matter(matter, by=coordinator, now=timezone.now()) is None
    gap = timezone.now()
    _sign(new)
    assert fetch_matter(matter, by=coordinator, now=timezone.now())
    assert fetch_matter(matter, by=coordinator, now=gap) is None
    page = fetch_agreement(agreement, by=_officer(), now=timezone.now())
    assert page.over and page.followed_by == ((new, "Sharing for casework"),)
    for change in (sign_agreement, leave_agreement):
        with pytest.raises(Problem, match="is over"):
            change(agreement=agreement, agency=agency().id, by=_officer(), now=timezone.now())


@given(
    start=st.integers(-400, 400),
    lasts=st.one_of(st.none(), st.integers(0, 800)),
    signed=st.integers(0, 3),
    hour=st.integers(0, 23),
)
def test_how_it_stands_is_what_a_calendar_says(
    start: int, lasts: int | None, signed: int, hour: int
) -> None:
    """The oracle knows days only."""
    now = datetime(2027, 3, 27, hour, 30, tzinfo=LONDON)  # the night before the clocks change
    today = now.date()
    first = today + timedelta(days=start)
    last = None if lasts is None else first + timedelta(days=lasts)
    begins = datetime(first.year, first.month, first.day, tzinfo=LONDON).astimezone(UTC)
    found = standing(begins, after(last) if last else None, signed=signed, now=now)
    if last is not None and last < today:
        expected = Standing.OVER
    elif not signed:
        expected = Standing.UNSIGNED
    elif first > today:
        expected = Standing.TO_COME
    elif last is not None and (last - today).days <= 60:
        expected = Standing.SOON
    else:
        expected = Standing.IN_FORCE
    assert found is expected
    assert days_left(after(last) if last else None, now=now) == (
        (last - today).days if last else None
    )


def test_whoever_has_to_act_is_told_60_30_and_7_days_before_and_once() -> None:
    chief = person("Chief", "agency-lead", of=_police())
    officer = _officer()
    person("Health Lead", "agency-lead", of=agency("Anytown Health", "health"))
    start = timezone.now()
    last = day_of(start) + timedelta(days=70)
    agreement = _enter(last_day=last)
    _sign(agreement)
    told: list[tuple[int, frozenset[UUID], str]] = []
    for day in range(75):
        now = start + timedelta(days=day)

        def tell(people: Collection[UUID], kind: str, subject: UUID, left: int = 70 - day) -> None:
            assert subject == agreement
            told.append((left, frozenset(people), kind))

        for _ in range(2):
            warn_of_ends(now=now, tell=tell)
        near = [one.days for one in expiring(now=now)]
        assert near == ([70 - day] if 0 <= 70 - day <= 60 else [])
    assert [left for left, _, _ in told] == [60, 30, 7]
    assert officer.person is not None
    assert {people for _, people, _ in told} == {frozenset({chief.id, officer.person})}
    assert {kind for _, _, kind in told} == {"agreement-ending"}


def test_a_day_on_which_the_worker_slept_is_not_caught_up_with_twice() -> None:
    _officer()
    start = timezone.now()
    agreement = _enter(last_day=day_of(start) + timedelta(days=70))
    _sign(agreement)
    told: list[str] = []

    def tell(people: Collection[UUID], kind: str, subject: UUID) -> None:
        told.append(kind)

    for day in (50, 51, 69, 70):  # 20 days left: one warning for 60 and 30 together; then 1 day
        warn_of_ends(now=start + timedelta(days=day), tell=tell)
    assert len(told) == 2


@given(
    steps=st.lists(
        st.sampled_from(["sign A", "sign B", "leave A", "end", "renew", "wait", "tomorrow"]),
        max_size=8,
    )
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_happens_the_door_is_open_exactly_while_signed_and_in_force(
    steps: list[str],
) -> None:
    """A plain machine beside the real one: who has signed, from when until when."""
    number = uuid4().hex[:8]
    places = {key: agency(f"{key} {number}") for key in "AB"}
    people = {
        key: _actor(person(f"C{key} {number}", "coordinator", of=place))
        for key, place in places.items()
    }
    now = timezone.now()
    purpose_matter = open_matter(
        kind="case",
        purpose="casework",
        parties=[one.id for one in places.values()],
        by=people["A"],
        now=now,
    )
    agreement = enter_agreement(
        terms=_terms(last_day=day_of(now) + timedelta(days=20), review=day_of(now)),
        parties=[one.id for one in places.values()],
        by=_officer(),
        now=now,
    )
    signed: set[str] = set()
    ends, version = after(day_of(now) + timedelta(days=20)), 1
    for step in steps:
        over = now >= ends
        if step == "wait":
            now += timedelta(days=9)
        elif step == "tomorrow":
            now += timedelta(days=1)
        elif over:
            continue
        elif step.startswith("sign") and step[-1] not in signed:
            sign_agreement(agreement=agreement, agency=places[step[-1]].id, by=_officer(), now=now)
            signed.add(step[-1])
        elif step == "leave A" and "A" in signed:
            leave_agreement(agreement=agreement, agency=places["A"].id, by=_officer(), now=now)
            signed.discard("A")
        elif step == "end":
            end_agreement(agreement=agreement, at=now, by=_officer(), now=now)
            ends, version = now, version + 1
        elif step == "renew":
            until = day_of(ends) + timedelta(days=30)
            renew_agreement(
                agreement=agreement,
                version=version,
                until=until,
                review=until,
                by=_officer(),
                now=now,
            )
            ends, version = after(until), version + 1
        for key, who in people.items():
            opened = decision_about(purpose_matter, who.person, now=now).level
            assert bool(opened) is (key in signed and now < ends)
        now += timedelta(seconds=1)
