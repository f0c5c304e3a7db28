"""Changing who may see what: each change checks, changes, records, and the database follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access import operations, queries
from saferboard.workspace.access.levels import Level, Restriction, Why
from saferboard.workspace.access.models import (
    Agreement,
    AgreementParty,
    Emergency,
    Matter,
    RoleGrant,
)
from saferboard.workspace.access.permission import Refused, may
from saferboard.workspace.access.rows import refresh_people
from saferboard.workspace.access.session import acting
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event, Text
from saferboard.workspace.audit.words import decrypted
from saferboard.workspace.partnership.models import Agency, Membership, Person

pytestmark = pytest.mark.usefixtures("database")
ROLES = ("administrator", "governance-officer", "coordinator", "practitioner")


@dataclass
class Town:
    """Two agencies that have signed for casework; a person of each role in the first, one
    coordinator in the second."""

    now: datetime
    first: UUID
    second: UUID
    people: dict[str, Actor]
    agreement: Agreement


@pytest.fixture
def town(database: object) -> Iterator[Town]:
    now = timezone.now()
    before = now - timedelta(days=30)
    first, second = (
        Agency.objects.create(name=name, kind="other", start=before).id for name in ("A", "B")
    )
    agreement = Agreement.objects.create(
        title="One", purpose="casework", gateway="s.115", basis="6", review=now, start=before
    )
    for agency in (first, second):
        AgreementParty.objects.create(agreement=agreement, agency_id=agency, start=before)
    people = {}
    for name, agency, role in [*((r, first, r) for r in ROLES), ("other", second, "coordinator")]:
        person = Person.objects.create(name=name, email=f"{name}@example.org")
        Membership.objects.create(person=person, agency_id=agency, start=before)
        RoleGrant.objects.create(person=person, agency_id=agency, role=role, start=before)
        people[name] = Actor(person.id, agency, uuid4())
    yield Town(now, first, second, people, agreement)


def _case(town: Town, *, by: str = "coordinator", parties: tuple[UUID, ...] = ()) -> UUID:
    return operations.open_matter(
        kind="case", purpose="casework", parties=parties, by=town.people[by], now=town.now
    )


def _level(town: Town, who: str, matter: UUID, *, at: datetime | None = None) -> Level:
    seen = queries.fetch_matter(matter, by=town.people[who], now=at or timezone.now())
    return seen.level if seen else Level.NOTHING


def _in_database(town: Town, who: str) -> set[UUID]:
    with acting(town.people[who]):
        return set(Matter.objects.values_list("id", flat=True))


def _last() -> Event:
    return Event.objects.using("owner").order_by("-id")[0]


def test_who_opens_a_matter_sees_it_and_the_other_agency_only_as_a_party(town: Town) -> None:
    alone = _case(town)
    shared = _case(town, parties=(town.first, town.second))
    assert _level(town, "coordinator", alone) is Level.FULL
    assert _level(town, "other", alone) is Level.NOTHING
    assert _level(town, "other", shared) is Level.FULL
    assert _level(town, "practitioner", shared) is Level.PRESENCE
    for configuring in ("administrator", "governance-officer"):
        assert _level(town, configuring, shared) is Level.NOTHING
    assert _in_database(town, "other") == {shared}
    assert _in_database(town, "administrator") == set()


def test_absent_and_forbidden_look_alike_and_are_both_recorded(town: Town) -> None:
    case = _case(town)
    for matter in (case, uuid4()):
        assert queries.fetch_matter(matter, by=town.people["other"], now=timezone.now()) is None
        assert _last().event == "access.matter.refused"
        assert _last().subject == matter
    assert queries.fetch_matter(case, by=SYSTEM, now=timezone.now()) is None


def test_a_read_is_recorded_with_its_level_and_why(town: Town) -> None:
    case = _case(town)
    _level(town, "coordinator", case)
    row = _last()
    assert (row.event, row.subject, row.purpose) == ("access.matter.read", case, "casework")
    assert row.details == {"level": 3, "why": "named"}


def test_presence_shows_that_it_is_there_and_no_more(town: Town) -> None:
    case = _case(town, parties=(town.first,))
    seen = queries.fetch_matter(case, by=town.people["practitioner"], now=timezone.now())
    assert seen is not None
    assert (seen.level, seen.purpose, seen.restriction) == (Level.PRESENCE, "", None)


def test_the_list_holds_what_the_single_page_gives(town: Town) -> None:
    cases = [_case(town), _case(town, parties=(town.first, town.second)), _case(town, by="other")]
    operations.restrict_matter(
        matter=cases[1],
        restriction=Restriction.PROTECTED,
        why="threats",
        by=town.people["coordinator"],
        now=timezone.now(),
    )
    for who, actor in town.people.items():
        now = timezone.now()
        listed = {one.id: one for one in queries.list_matters(by=actor, now=now)}
        for case in cases:
            assert queries.fetch_matter(case, by=actor, now=now) == listed.get(case), who


def test_exclusion_wins_over_being_named(town: Town) -> None:
    case = _case(town, parties=(town.second,))
    other = town.people["other"].person
    assert other is not None
    operations.name_person(
        matter=case,
        person=other,
        level=Level.FULL,
        by=town.people["coordinator"],
        now=timezone.now(),
    )
    operations.exclude_person(
        matter=case,
        person=other,
        reason="conflict",
        by=town.people["coordinator"],
        now=timezone.now(),
    )
    assert _level(town, "other", case) is Level.NOTHING
    assert _in_database(town, "other") == set()
    with pytest.raises(Refused):
        operations.use_emergency_access(
            matter=case,
            category="risk-to-life",
            why="now",
            by=town.people["other"],
            now=timezone.now(),
        )


def test_an_exclusion_is_ended_by_somebody_else_and_once(town: Town) -> None:
    case = _case(town, parties=(town.second,))
    coordinator, other = town.people["coordinator"], town.people["other"]
    assert other.person is not None
    now = timezone.now()
    operations.exclude_person(
        matter=case, person=other.person, reason="conflict", by=other, now=now
    )
    ended = {"matter": case, "person": other.person, "now": timezone.now()}
    with pytest.raises(Refused):
        operations.end_exclusion(by=other, **ended)
    operations.end_exclusion(by=coordinator, **ended)
    assert (_last().event, _last().about) == ("access.exclusion.ended", [other.person])
    assert _level(town, "other", case) is Level.FULL
    with pytest.raises(Problem, match="not excluded"):
        operations.end_exclusion(by=coordinator, **ended)


def test_a_restriction_that_somebody_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    case, by = _case(town), town.people["coordinator"]

    def make(restriction: Restriction) -> None:
        operations.restrict_matter(
            matter=case,
            restriction=restriction,
            why="a reason",
            by=by,
            now=timezone.now(),
            seen=Restriction.OPEN,
        )

    make(Restriction.SEALED)
    with pytest.raises(Problem, match="in the meantime"):
        make(Restriction.PROTECTED)
    seen = queries.fetch_matter(case, by=by, now=timezone.now())
    assert seen is not None
    assert seen.restriction is Restriction.SEALED


def test_emergency_access_of_which_nobody_could_be_told_is_not_had(town: Town) -> None:
    case = _case(town, parties=(town.first,))
    asking = town.people["practitioner"]

    def nobody(used: operations.UsedEmergency) -> None:
        assert (used.matter, used.person) == (case, asking.person)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        operations.use_emergency_access(
            matter=case, category="court-order", why="x", by=asking, now=timezone.now(), tell=nobody
        )
    assert _level(town, "practitioner", case) is Level.PRESENCE
    assert not Event.objects.using("owner").filter(event="access.emergency.used").exists()


def test_a_protected_matter_shows_its_presence_and_a_sealed_one_nothing(town: Town) -> None:
    case = _case(town, parties=(town.first, town.second))
    for restriction, level in (
        (Restriction.PROTECTED, Level.PRESENCE),
        (Restriction.SEALED, Level.NOTHING),
        (Restriction.OPEN, Level.FULL),
    ):
        operations.restrict_matter(
            matter=case,
            restriction=restriction,
            why="a reason",
            by=town.people["coordinator"],
            now=timezone.now(),
        )
        assert _level(town, "other", case) is level
        assert _in_database(town, "other") == ({case} if level else set())
        assert _level(town, "coordinator", case) is Level.FULL
    row = Event.objects.using("owner").filter(event="access.matter.restricted").order_by("id")[0]
    assert row.details == {"before": "open", "after": "protected"}
    assert decrypted(Text.objects.using("owner").get(pk=row.text).cipher) == "a reason"


def test_emergency_access_opens_a_protected_matter_for_four_hours(town: Town) -> None:
    case = _case(town, parties=(town.first, town.second))
    operations.restrict_matter(
        matter=case,
        restriction=Restriction.PROTECTED,
        why="threats",
        by=town.people["coordinator"],
        now=timezone.now(),
    )
    now = timezone.now()
    until = operations.use_emergency_access(
        matter=case, category="risk-to-life", why="A call", by=town.people["other"], now=now
    )
    assert until == now + timedelta(hours=4)
    assert _level(town, "other", case) is Level.FULL
    assert _level(town, "other", case, at=until - timedelta(seconds=1)) is Level.FULL
    assert _level(town, "other", case, at=until) is Level.PRESENCE
    row = Event.objects.using("owner").get(event="access.emergency.used")
    assert (row.kind, row.reason, row.subject) == ("disclosure", "risk-to-life", case)


def test_there_is_no_glass_before_a_sealed_or_an_unknown_matter(town: Town) -> None:
    case = _case(town, parties=(town.first, town.second))
    operations.restrict_matter(
        matter=case,
        restriction=Restriction.SEALED,
        why="covert",
        by=town.people["coordinator"],
        now=timezone.now(),
    )
    for matter in (case, uuid4(), _case(town)):
        with pytest.raises(Refused):
            operations.use_emergency_access(
                matter=matter,
                category="risk-to-life",
                why="A call",
                by=town.people["other"],
                now=timezone.now(),
            )
    assert Event.objects.using("owner").filter(event="access.matter.refused").count() == 3


def test_a_lapsed_agreement_closes_the_door_and_leaves_emergency_access(town: Town) -> None:
    case = _case(town, parties=(town.first, town.second))
    town.agreement.end = timezone.now()
    town.agreement.save()
    people = [actor.person for actor in town.people.values() if actor.person]
    with transaction.atomic():
        refresh_people(people)
    assert _level(town, "other", case) is Level.NOTHING
    assert _in_database(town, "other") == set()
    operations.use_emergency_access(
        matter=case,
        category="serious-harm",
        why="A call",
        by=town.people["other"],
        now=timezone.now(),
    )
    assert _level(town, "other", case) is Level.FULL


def test_emergency_access_is_reviewed_once_and_by_another(town: Town) -> None:
    case = _case(town, parties=(town.first, town.second))
    now = timezone.now()
    operations.use_emergency_access(
        matter=case, category="risk-to-life", why="A call", by=town.people["other"], now=now
    )
    with acting(town.people["other"]):
        emergency = Emergency.objects.get().id
    for actor, error in (
        (town.people["other"], Refused),
        (town.people["practitioner"], Refused),
    ):
        with pytest.raises(error):
            operations.review_emergency(
                emergency=emergency, justified=True, words="", by=actor, now=now
            )
    officer = town.people["governance-officer"]
    operations.review_emergency(
        emergency=emergency, justified=False, words="No danger", by=officer, now=now
    )
    with pytest.raises(Problem, match="reviewed already"):
        operations.review_emergency(
            emergency=emergency, justified=True, words="", by=officer, now=now
        )
    assert _last().details == {"justified": False, "person": str(town.people["other"].person)}


def test_nobody_changes_who_may_see_what_they_do_not_see_in_full(town: Town) -> None:
    case = _case(town, parties=(town.first,))
    person = town.people["practitioner"].person
    assert person is not None
    for who in ("practitioner", "other", "administrator"):
        by, now = town.people[who], timezone.now()
        with pytest.raises(Refused):
            operations.name_person(matter=case, person=person, level=Level.FULL, by=by, now=now)
        with pytest.raises(Refused):
            operations.restrict_matter(
                matter=case, restriction=Restriction.OPEN, why="x", by=by, now=now
            )
        with pytest.raises(Refused):
            operations.end_naming(matter=case, person=person, by=by, now=now)


def test_a_matter_is_never_lost_from_everybodys_sight(town: Town) -> None:
    case = _case(town)
    mine = town.people["coordinator"]
    assert mine.person is not None
    with pytest.raises(Problem, match="Nobody would be left"):
        operations.end_naming(matter=case, person=mine.person, by=mine, now=timezone.now())
    assert _level(town, "coordinator", case) is Level.FULL


def test_roles_are_given_by_administrators_and_never_to_oneself(town: Town) -> None:
    person = town.people["practitioner"].person
    administrator = town.people["administrator"]
    assert person is not None
    assert administrator.person is not None
    now = timezone.now()
    given = {"agency": town.first, "role": "analyst", "now": now}
    with pytest.raises(Refused):
        operations.give_role(person=person, by=town.people["coordinator"], **given)
    with pytest.raises(Refused):
        operations.give_role(person=administrator.person, by=administrator, **given)
    grant = operations.give_role(person=person, by=administrator, **given)
    assert may(person, "packs.build", now=now)
    with pytest.raises(Problem, match="already"):
        operations.give_role(person=person, by=administrator, **given)
    operations.end_role(grant=grant, by=administrator, now=now + timedelta(seconds=1))
    assert not may(person, "packs.build", now=now + timedelta(seconds=1))
    with pytest.raises(Problem, match="no role"):
        operations.give_role(person=person, by=administrator, **{**given, "role": "king"})


def test_the_last_administrator_stays(town: Town) -> None:
    grant = RoleGrant.objects.get(role="administrator").id
    with pytest.raises(Problem, match="No administrator"):
        operations.end_role(grant=grant, by=town.people["administrator"], now=timezone.now())
    assert RoleGrant.objects.get(id=grant).end is None


def test_a_membership_that_ends_closes_everything_by_itself(town: Town) -> None:
    case = _case(town, parties=(town.second,))
    other = town.people["other"].person
    assert other is not None
    tomorrow = timezone.now() + timedelta(days=1)
    Membership.objects.filter(person=other).update(end=tomorrow)
    with transaction.atomic():
        refresh_people([other])
    assert _level(town, "other", case) is Level.FULL
    assert _level(town, "other", case, at=tomorrow) is Level.NOTHING
    assert may(other, "evidence.read", now=timezone.now())
    assert not may(other, "evidence.read", now=tomorrow)


def test_who_can_see_it_is_told_to_those_who_see_it_in_full(town: Town) -> None:
    case = _case(town, parties=(town.first, town.second))
    officer, coordinator = town.people["governance-officer"], town.people["coordinator"]
    with pytest.raises(Refused):
        queries.who_can_see(case, by=town.people["practitioner"], now=timezone.now())
    assert queries.who_can_see(case, by=officer, now=timezone.now()) is None
    assert officer.person is not None
    operations.name_person(
        matter=case, person=officer.person, level=Level.FULL, by=coordinator, now=timezone.now()
    )
    seen = queries.who_can_see(case, by=officer, now=timezone.now())
    assert seen is not None
    assert [(one.name, one.level, one.why) for one in seen] == [
        ("coordinator", Level.FULL, Why.NAMED),
        ("governance-officer", Level.FULL, Why.NAMED),
        ("other", Level.FULL, Why.AGENCY_ROLE),
        ("practitioner", Level.PRESENCE, Why.AGENCY_ROLE),
    ]


def test_what_they_see_shows_no_more_than_the_asker_sees(town: Town) -> None:
    hidden, shared = _case(town, by="other"), _case(town, parties=(town.second,))
    officer, other = town.people["governance-officer"], town.people["other"].person
    assert officer.person is not None
    assert other is not None
    operations.name_person(
        matter=shared,
        person=officer.person,
        level=Level.PRESENCE,
        by=town.people["coordinator"],
        now=timezone.now(),
    )
    person = Person.objects.get(id=other)
    seen = queries.what_they_see(person, by=officer, now=timezone.now())
    found = [(one.matter.id, one.matter.level, one.until) for one in seen]
    assert found == [(shared, Level.PRESENCE, None)]
    assert _level(town, "other", hidden) is Level.FULL
