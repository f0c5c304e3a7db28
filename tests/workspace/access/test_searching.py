"""Search finds what the one who asks may see, by words that they may read, and nothing else."""

from __future__ import annotations

import uuid
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from tests.workspace.worlds import World, make_world, plainly

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.models import SearchText
from saferboard.workspace.access.rows import refresh_matters
from saferboard.workspace.access.searching import describe_matter, search_matters
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.config.roles import Addresses

pytestmark = pytest.mark.usefixtures("database")


def _described(seed: int) -> World:
    """A world in which each matter is found by one word at presence and by another in full."""
    with transaction.atomic(), as_system():
        world = make_world(seed, timezone.now())
        refresh_matters(list(world.matters))
        for matter in world.matters:
            describe_matter(
                matter=matter, level=Level.PRESENCE, title="A case", words="case harbour"
            )
            describe_matter(
                matter=matter, level=Level.FULL, title=f"Full {matter}", words="quarrel harbour"
            )
    return world


def _found(words: str, person: UUID | None) -> dict[UUID, str]:
    return {one.id: one.title for one in search_matters(words, by=Actor(person))}


@pytest.mark.parametrize("seed", range(8))
def test_every_word_finds_what_its_level_allows_and_no_more(seed: int) -> None:
    world = _described(seed)
    at = timezone.now()
    for person in world.people:
        level = {matter: plainly(world, person, matter, at) for matter in world.matters}
        anything = {matter for matter, given in level.items() if given}
        full = {matter for matter, given in level.items() if given >= Level.FULL}
        assert set(_found("case", person)) == anything
        assert set(_found("quarrel", person)) == full
        titles = _found("harb", person)
        assert set(titles) == anything
        assert {m for m, title in titles.items() if title.startswith("Full")} == full


def test_some_find_something_and_some_nothing() -> None:
    world = _described(1)
    counts = {len(_found("quarrel", person)) for person in world.people}
    assert len(counts) > 1


@pytest.mark.parametrize("words", ["", " ", "!!", "no-such-word", "case & !harbour"])
def test_odd_words_find_what_all_of_them_name_or_nothing(words: str) -> None:
    world = _described(1)
    for person in world.people:
        expected = _found("case harbour", person) if "harbour" in words else {}
        assert _found(words, person) == expected


@pytest.mark.parametrize("words", ["case' or 1=1 --", "case:*|quarrel", "\\", "ŵ", "x" * 5000])
def test_words_are_words_and_never_a_query(words: str) -> None:
    world = _described(2)
    for person in world.people:
        assert _found(words, person) == {}


def test_nobody_the_system_and_a_stranger_find_nothing() -> None:
    _described(1)
    assert _found("case", None) == {}
    assert _found("case", uuid.UUID(int=0)) == {}
    assert _found("case", uuid.uuid4()) == {}


def test_the_words_themselves_are_shown_to_those_who_may_see_that_level() -> None:
    world = _described(1)
    at = timezone.now()
    for person in world.people:
        with acting(Actor(person)):
            rows = set(SearchText.objects.values_list("matter", "level"))
        allowed = {m: plainly(world, person, m, at) for m in world.matters}
        assert rows == {
            (m, level.value)
            for m, given in allowed.items()
            for level in (Level.PRESENCE, Level.FULL)
            if given >= level
        }


def test_the_application_cannot_change_the_function_or_the_table(database: Addresses) -> None:
    with psycopg.connect(database.application) as plain:
        for statement in (
            "create or replace function access_search(asked text, most integer) "
            "returns table (matter uuid, kind text, title text, level smallint) "
            "language sql as 'select id, kind::text, kind::text, 3::smallint from access_matter'",
            "alter table access_searchtext disable row level security",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), plain.transaction():
                plain.execute(statement)


def test_only_the_system_writes_words() -> None:
    world = _described(1)
    with pytest.raises(ProgrammingError), acting(Actor(world.people[0])):
        SearchText.objects.create(
            matter_id=next(iter(world.matters)), level=2, title="Mine", words="mine"
        )


def test_the_function_can_use_the_index_of_words(database: Addresses) -> None:
    """Its owner reads the table without the policy, under which the index could not be used."""
    with psycopg.connect(database.owner) as owner:
        owner.execute("set enable_seqscan = off")
        plan = owner.execute(
            "explain select 1 from access_searchtext t where to_tsvector("
            "'pg_catalog.simple'::regconfig, coalesce(t.words, '')) "
            "@@ to_tsquery('pg_catalog.simple'::regconfig, 'case:*')"
        ).fetchall()
    assert any("search_text_words" in row[0] for row in plan), plan
