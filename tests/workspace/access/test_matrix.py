"""List equals detail, through the pages: for everybody in random worlds and every matter, what the
list shows, what the file holds, what the page gives and what a naive telling of the rules says."""

from __future__ import annotations

import csv
import io
import re
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.workspace.people import signed_in
from tests.workspace.worlds import World, make_world, plainly

from saferboard.workspace.access.levels import Level
from saferboard.workspace.access.rows import refresh_matters
from saferboard.workspace.access.session import as_system
from saferboard.workspace.partnership.models import Person

pytestmark = pytest.mark.usefixtures("database")
SEEDS = range(4)
_LINK = re.compile(r'href="/matters/([0-9a-f-]{36})"')
_SEES = {
    "that it is there": Level.PRESENCE,
    "a summary": Level.SUMMARY,
    "everything": Level.FULL,
}
CHILDREN = ("restriction", "name", "exclude")


def _world(seed: int) -> World:
    with transaction.atomic(), as_system():
        world = make_world(seed, timezone.now())
        refresh_matters(list(world.matters))
    return world


def _listed(client: Client, query: str = "") -> set[UUID]:
    answer = client.get(f"/matters/{query}")
    assert answer.status_code == 200
    return {UUID(found) for found in _LINK.findall(answer.content.decode())}


def _exported(client: Client) -> dict[UUID, Level]:
    answer = client.get("/matters/export")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return {UUID(row["Id"]): _SEES[row["You see"]] for row in rows}


def _belongs(world: World, person: UUID) -> bool:
    now = timezone.now()
    return any(
        kind == "member" and ids["person"] == person and start <= now and (not end or now < end)
        for kind, start, end, ids in world.facts
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_list_file_page_and_oracle_agree_for_everybody_and_everything(seed: int) -> None:
    world = _world(seed)
    for person in world.people:
        expected = {
            matter: plainly(world, person, matter, timezone.now()) for matter in world.matters
        }
        client = signed_in(Person.objects.get(id=person))
        if not _belongs(world, person):
            assert client.get("/matters/").status_code == 403
            continue
        seen = {matter for matter, level in expected.items() if level}
        assert _listed(client) == seen
        assert _listed(client, "?sort=-level&kind=case") == seen
        assert _listed(client, "?kind=other") == set()
        assert _exported(client) == {matter: expected[matter] for matter in seen}
        for matter, level in expected.items():
            page = client.get(f"/matters/{matter}")
            assert page.status_code == (200 if level else 404), (person, matter)
            assert ("Agencies that are party" in page.content.decode()) == (level is Level.FULL)
            for child in CHILDREN:
                answer = client.get(f"/matters/{matter}/{child}")
                assert answer.status_code == (200 if level is Level.FULL else 404), child
            conflict = client.get(f"/matters/{matter}/conflict")
            assert conflict.status_code == (200 if level else 404)


def test_filters_tell_nothing_of_what_is_not_shown() -> None:
    """A filter by restriction would tell of a matter at presence level what it is."""
    world = _world(2)
    for person in world.people:
        if not _belongs(world, person):
            continue
        client = signed_in(Person.objects.get(id=person))
        found = set[UUID]()
        for restriction in ("Open", "Protected", "Sealed"):
            found |= _listed(client, f"?restriction={restriction}")
        now = timezone.now()
        assert found == {
            m for m in world.matters if plainly(world, person, m, now) > Level.PRESENCE
        }
