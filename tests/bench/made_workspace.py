"""A large workspace for the bench: 5,000 people, 300 agencies, ten million rows of audit, made once
in a folder of its own and used again.

Rows of the audit are inserted by the owner, set by set. The triggers that keep the audit
append-only stay on: they refuse changes, and nothing is changed. Indexes are taken off and built
again, which is faster. Seals are made up: their place is right and their hash is not, so that the
sealer finds its work done; `check_audit` would rightly complain.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from saferboard.workspace.config.roles import Addresses

PEOPLE, AGENCIES = 5_000, 300
ROWS = int(os.environ.get("SAFERBOARD_BENCH_AUDIT", "10_000_000"))
_SET = 1_000_000
_KINDS = (
    ("access.matter.read", "consultation"),
    ("access.matters.listed", "consultation"),
    ("home.search.made", "consultation"),
    ("access.matter.refused", "refusal"),
    ("access.person.named", "disclosure"),
    ("access.matter.opened", "collection"),
    ("sign-in.session.begun", "sign-in"),
    ("access.role.given", "administration"),
)
_AGENCIES = """
    insert into partnership_agency (id, name, kind, statutory, start)
    select gen_random_uuid(), 'Agency ' || i, (array['council','police','health','voluntary'])
        [1 + i %% 4], i <= 6, now() - interval '900 days'
    from generate_series(1, %(agencies)s) i
"""
_PEOPLE = """
    insert into partnership_person (id, email, name, job_title, is_active, password)
    select gen_random_uuid(), 'person' || i || '@example.org',
        (array['Robin','Sam','Alex','Jo','Kim','Lee','Max','Pat'])[1 + i %% 8] || ' '
            || (array['Green','Brown','Hill','Wood','Field','Marsh','Stone','Reed','Vale'])
            [1 + i %% 9] || ' ' || i, 'Officer', true, '!'
    from generate_series(1, %(people)s) i
"""
_MEMBERS = """
    with p as (select id, row_number() over (order by email) n from partnership_person),
         a as (select id, row_number() over (order by name) n from partnership_agency)
    insert into partnership_membership (id, person_id, agency_id, start)
    select gen_random_uuid(), p.id, a.id, now() - interval '800 days'
    from p join a on a.n = 1 + p.n %% %(agencies)s
"""
_ROLES = """
    insert into access_rolegrant (id, person_id, agency_id, role, start)
    select gen_random_uuid(), m.person_id, m.agency_id, r.role, m.start
    from (select *, row_number() over (order by person_id) n from partnership_membership) m
    join unnest(%(roles)s::text[]) with ordinality as r(role, place)
        on r.place = 1 + m.n %% cardinality(%(roles)s::text[])
"""
_EVENTS = """
    insert into audit_event (at, event, kind, actor, agency, subject_type, subject, about,
        purpose, reason, request, details)
    select now() - interval '700 days' + i * %(step)s * interval '1 second',
        (%(events)s::text[])[1 + i %% %(kinds)s], (%(words)s::text[])[1 + i %% %(kinds)s],
        (%(people)s::uuid[])[1 + (i * 7919) %% %(many)s],
        (%(agencies)s::uuid[])[1 + (i * 7919) %% %(few)s],
        'access.matter', ('00000000-0000-4000-8000-' || lpad(to_hex(i %% 50000), 12, '0'))::uuid,
        case when i %% 3 = 0 then array[(%(people)s::uuid[])[1 + (i * 104729) %% %(many)s]]
            else '{}' end,
        case when i %% 2 = 0 then 'casework' else '' end, '',
        ('10000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '{"level": 3}'
    from generate_series(%(first)s::bigint, %(last)s::bigint) i
"""
_SEALS = """
    insert into audit_seal (seq, event, mac)
    select row_number() over (order by id), id, decode(repeat('5a', 32), 'hex') from audit_event
"""
_INDEXES = """
    select indexname, indexdef from pg_indexes
    where tablename = 'audit_event' and indexname not in (
        select conname from pg_constraint where conrelid = 'audit_event'::regclass)
"""


@dataclass(frozen=True)
class Filled:
    """How many there are, and how long it took to make them; 0 seconds where they were there."""

    people: int
    agencies: int
    rows: int
    seconds: float


def fill(addresses: Addresses, head: Path, roles: list[str]) -> Filled:
    """Fills a migrated database, unless it is full already; `head` is the file of the chain's
    head."""
    began = time.perf_counter()
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        if _count(owner, "audit_event") < ROWS:
            _people(owner, roles)
            _events(owner)
            _seals(owner, head)
            owner.execute("vacuum analyze")
            seconds = time.perf_counter() - began
        else:
            seconds = 0.0
        tables = ("partnership_person", "partnership_agency", "audit_event")
        people, agencies, rows = (_count(owner, table) for table in tables)
    return Filled(people, agencies, rows, seconds)


def _people(owner: psycopg.Connection[tuple[object, ...]], roles: list[str]) -> None:
    if _count(owner, "partnership_person"):
        raise SystemExit("The bench was stopped while it filled its database: remove the folder.")
    given = {"agencies": AGENCIES, "people": PEOPLE, "roles": roles}
    with owner.transaction():
        for statement in (_AGENCIES, _PEOPLE, _MEMBERS, _ROLES):
            owner.execute(statement, given)


def _events(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    indexes = owner.execute(_INDEXES).fetchall()
    people = [row[0] for row in owner.execute("select id from partnership_person").fetchall()]
    agencies = [row[0] for row in owner.execute("select id from partnership_agency").fetchall()]
    for name, _ in indexes:
        owner.execute(f'drop index "{name}"')
    for first in range(1, ROWS + 1, _SET):
        last = min(ROWS, first + _SET - 1)
        sys.stderr.write(f"  {last:,} of {ROWS:,} rows of audit\n")
        owner.execute(
            _EVENTS,
            {
                "first": first,
                "last": last,
                "step": 700 * 86_400 / ROWS,
                "events": [event for event, _ in _KINDS],
                "words": [kind for _, kind in _KINDS],
                "kinds": len(_KINDS),
                "people": people,
                "many": len(people),
                "agencies": agencies,
                "few": len(agencies),
            },
        )
    owner.execute("set maintenance_work_mem = '1GB'")
    for name, definition in indexes:
        sys.stderr.write(f"  index {name}\n")
        owner.execute(str(definition))


def _seals(owner: psycopg.Connection[tuple[object, ...]], head: Path) -> None:
    owner.execute(_SEALS)
    head.parent.mkdir(parents=True, exist_ok=True)
    held = {"seq": _count(owner, "audit_seal"), "mac": "5a" * 32}
    draft = head.with_name(f".{secrets.token_hex(4)}")
    draft.write_text(json.dumps(held), "ascii")
    draft.replace(head)


def _count(owner: psycopg.Connection[tuple[object, ...]], table: str) -> int:
    row = owner.execute(f"select count(*) from {table}").fetchone()
    return int(str(row[0])) if row else 0
