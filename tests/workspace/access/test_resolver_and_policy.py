"""Two locks and an oracle: the resolver, row-level security and a naive second telling of the
rules agree, person by person and matter by matter, over random worlds and clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.workspace.worlds import World, make_world, plainly

from saferboard.workspace.access.gathering import gather
from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.models import AccessRow, Matter, Named
from saferboard.workspace.access.resolver import decide
from saferboard.workspace.access.rows import refresh_matters, refresh_people
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import Actor

pytestmark = pytest.mark.usefixtures("database")
SEEDS = range(12)
CLOCKS = (-500, -200, -99, -24, -5, -3, 0, 7, 24, 51, 1000)
"""Hours from now."""


def _world(seed: int, now: datetime) -> World:
    with transaction.atomic(), as_system():
        world = make_world(seed, now)
        refresh_matters(list(world.matters))
    return world


def _visible(person: UUID | None) -> set[UUID]:
    with acting(Actor(person)):
        return set(Matter.objects.values_list("id", flat=True))


def _level_of_rows(person: UUID, matter: UUID, at: datetime) -> Level:
    with transaction.atomic(), as_system():
        rows = AccessRow.objects.filter(person=person, matter=matter, start__lte=at)
        return Level(max((r.level for r in rows if r.end is None or at < r.end), default=0))


@pytest.mark.parametrize("seed", SEEDS)
def test_resolver_rows_and_oracle_agree_at_every_clock(seed: int) -> None:
    now = timezone.now()
    world = _world(seed, now)
    with transaction.atomic(), as_system():
        facts = gather(list(world.matters))
    for hours in CLOCKS:
        at = now + timedelta(hours=hours)
        for person in world.people:
            for matter in world.matters:
                expected = plainly(world, person, matter, at)
                known = facts.get((person, matter))
                resolved = decide(known, at).level if known else Level.NOTHING
                assert resolved == expected, (person, matter, hours)
                assert _level_of_rows(person, matter, at) == expected, (person, matter, hours)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_database_shows_what_the_resolver_allows_and_no_more(seed: int) -> None:
    now = timezone.now()
    world = _world(seed, now)
    seen = {person: _visible(person) for person in world.people}
    at = timezone.now()
    for person in world.people:
        allowed = {m for m in world.matters if plainly(world, person, m, at)}
        assert seen[person] == allowed


def test_worlds_show_something_and_hide_something() -> None:
    """The comparison above would hold in a world where nobody sees anything."""
    now = timezone.now()
    levels = set()
    world = _world(1, now)
    for person in world.people:
        levels |= {plainly(world, person, matter, now) for matter in world.matters}
    assert len(levels) >= 3


def test_nobody_sees_nothing() -> None:
    _world(1, timezone.now())
    assert _visible(None) == set()
    assert list(Matter.objects.all()) == []
    assert list(AccessRow.objects.all()) == []
    assert list(Named.objects.all()) == []


def test_the_name_of_the_actor_is_gone_after_the_transaction() -> None:
    world = _world(1, timezone.now())
    for person in world.people:
        _visible(person)
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('saferboard.actor', true)")
            row = cursor.fetchone()
        assert not row[0]


def test_inside_another_the_actor_is_as_before() -> None:
    world = _world(1, timezone.now())
    first, second = world.people[:2]
    with acting(Actor(first)):
        mine = set(Matter.objects.values_list("id", flat=True))
        with acting(Actor(second)):
            pass
        with pytest.raises(ZeroDivisionError), acting(Actor(second)):
            raise ZeroDivisionError
        assert set(Matter.objects.values_list("id", flat=True)) == mine


def test_others_access_rows_are_not_shown() -> None:
    world = _world(1, timezone.now())
    for person in world.people:
        with acting(Actor(person)):
            assert {row.person_id for row in AccessRow.objects.all()} <= {person}


@pytest.mark.parametrize("seed", SEEDS)
def test_refreshing_people_gives_the_same_rows_as_refreshing_matters(seed: int) -> None:
    world = _world(seed, timezone.now())

    def rows() -> set[tuple[object, ...]]:
        return set(
            AccessRow.objects.values_list("person", "matter", "level", "why", "start", "end")
        )

    with transaction.atomic(), as_system():
        before = rows()
        refresh_people(world.people[:2])
        assert rows() == before
        refresh_people(world.people)
        assert rows() == before
