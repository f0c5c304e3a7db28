"""The audit's second lock: PostgreSQL shows rows and words of it to whoever has the duty to read
them, whatever the program asks for."""

from __future__ import annotations

import uuid
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.workspace.people import agency, everybody, person

from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind
from saferboard.workspace.audit.operations import record
from saferboard.workspace.audit.queries import Sought, rows_of
from saferboard.workspace.config.roles import Addresses

pytestmark = pytest.mark.usefixtures("database")
SHOWN = EventType("test.duty.shown", Kind.DISCLOSURE, "Something was shown.")
ABOUT = uuid.UUID(int=77)
WAYS = (
    "select id from audit_event",
    "select id from audit_text",
    "select a.id from audit_event a join audit_event b on a.id = b.id",
    "select e.id from audit_seal s join audit_event e on e.id = s.event",
    f"select audit_about('{ABOUT}', null, null)",
    "with every as materialized (select * from audit_event) select id from every",
    "select id from audit_event where event ilike '%shown%'",
    "select count(*) from audit_event having count(*) > 0",
)


def _written() -> None:
    with transaction.atomic():
        record(SHOWN, by=SYSTEM, now=timezone.now(), about=[ABOUT], text="a reason")


def _rows(by: Actor, way: str) -> int:
    with acting(by), connection.cursor() as cursor:
        cursor.execute(way)
        return len(cursor.fetchall())


@pytest.mark.parametrize("way", WAYS)
def test_only_whoever_has_the_duty_gets_rows_by_any_way(way: str) -> None:
    with connection.cursor() as cursor:
        _written()
        cursor.execute("insert into audit_seal select 1, id, '' from generate_series(0, 0) id")
    for role, who in everybody(roles()).items():
        allowed = "audit.read" in roles()[role].may
        expected = 1 if allowed and "audit_seal" not in way else 0
        assert _rows(Actor(who.id), way) == expected, role
    for nobody in (Actor(None), Actor(uuid.uuid4()), Actor(person("No Role").id)):
        assert _rows(nobody, way) == 0


def test_nobody_is_named_and_nothing_is_shown() -> None:
    _written()
    for way in WAYS:
        with connection.cursor() as cursor:
            cursor.execute(way)
            assert cursor.fetchall() == []


def test_the_duty_ends_with_the_role_with_the_membership_and_by_the_clock() -> None:
    _written()
    now, police = timezone.now(), agency("Anytown Police", "police")
    left = person("Left", "governance-officer", until=now - timedelta(hours=1))
    gone = person("Role Ended", "governance-officer")
    RoleGrant.objects.filter(person=gone).update(end=now - timedelta(seconds=1))
    coming = person("Not Yet", "governance-officer")
    RoleGrant.objects.filter(person=coming).update(start=now + timedelta(hours=1))
    elsewhere = person("Elsewhere")
    RoleGrant.objects.create(person=elsewhere, agency=police, role="governance-officer", start=now)
    for who in (left, gone, coming, elsewhere):
        assert _rows(Actor(who.id), WAYS[0]) == 0, who.name
    soon = person("Until Soon", "governance-officer", until=now + timedelta(hours=1))
    assert _rows(Actor(soon.id), WAYS[0]) == 1


def test_everybody_still_adds_and_the_system_reads() -> None:
    for who in (SYSTEM, Actor(person("Anybody").id)):
        with acting(who):
            record(SHOWN, by=who, now=timezone.now())
    with transaction.atomic(), as_system():
        assert len(rows_of(Sought(), size=9).rows) == 2


def test_nothing_can_be_put_in_the_way_of_the_owners_function(database: Addresses) -> None:
    """A table or function of the asker's own, under a name that it uses, must not come first."""
    for statement in (
        "create function array_has() returns int language sql as 'select 1'",
        "create temporary table audit_event (id bigint)",
        "create schema mine",
    ):
        with psycopg.connect(database.application) as other, pytest.raises(psycopg.Error):
            other.execute(statement)
    with psycopg.connect(database.backup) as other, pytest.raises(psycopg.Error):
        other.execute(WAYS[4])


def test_the_policy_names_the_roles_that_have_the_duty_today() -> None:
    """roles.yaml is read when the migration runs. Where this fails, a role gained or lost
    `audit.read`: add a migration that makes the policies and `audit_about` anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, qual from pg_policies "
            "where tablename in ('audit_event', 'audit_text') and cmd = 'SELECT'"
        )
        found = dict(cursor.fetchall())
        cursor.execute("select prosrc from pg_proc where proname = 'audit_about'")
        found["audit_about"] = cursor.fetchone()[0]
    assert set(found) == {"audit_event", "audit_text", "audit_about"}
    for words in found.values():
        named = {key for key in roles() if f"'{key}'" in words}
        assert named == {key for key, role in roles().items() if "audit.read" in role.may}
