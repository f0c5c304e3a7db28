"""The audit is read in the order of time, a page at a time, and a filter finds what a plain look at
every row finds."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind
from saferboard.workspace.audit.models import Event
from saferboard.workspace.audit.operations import record
from saferboard.workspace.audit.queries import (
    Page,
    Sought,
    count_up_to,
    newest_id,
    row_of,
    rows_of,
    words_of,
)
from saferboard.workspace.audit.session import as_system

pytestmark = pytest.mark.usefixtures("database")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEEN = EventType("test.page.seen", Kind.CONSULTATION, "Seen.")
MADE = EventType("test.page.made", Kind.COLLECTION, "Made.")
IDS = [uuid.UUID(int=n) for n in range(1, 5)]


def _world(seed: int = 3, rows: int = 60) -> list[Event]:
    dice = random.Random(seed)
    with transaction.atomic():
        for _ in range(rows):
            record(
                dice.choice([SEEN, MADE]),
                by=Actor(dice.choice(IDS), dice.choice(IDS[:2]), dice.choice(IDS)),
                now=NOON + timedelta(hours=dice.randrange(12)),
                subject_type="test.page",
                subject=dice.choice([None, *IDS]),
                parent=dice.choice([None, *IDS]),
                about=dice.sample(IDS, dice.randrange(3)),
                purpose=dice.choice(["", "casework", "governance"]),
            )
    return list(Event.objects.using("owner").all())


def _page(sought: Sought, **how: Any) -> Page:
    with transaction.atomic(), as_system():
        return rows_of(sought, **{"size": 1000, **how})


def _fits(row: Event, sought: Sought) -> bool:
    plain = all(
        getattr(sought, name) in (None, "", getattr(row, name))
        for name in ("actor", "agency", "kind", "event", "purpose", "request")
    )
    things = {row.subject, row.parent} - {None}
    concerned = {row.subject, *row.about}
    return (
        plain
        and sought.subject in (None, *things)
        and sought.concerning in (None, *concerned)
        and (sought.since is None or row.at >= sought.since)
        and (sought.until is None or row.at < sought.until)
        and not things & sought.hidden
    )


FILTERS = [
    Sought(),
    Sought(actor=IDS[0]),
    Sought(agency=IDS[1], kind="collection"),
    Sought(event="test.page.seen", purpose="casework"),
    Sought(subject=IDS[2]),
    Sought(concerning=IDS[3]),
    Sought(concerning=IDS[3], subject=IDS[0]),
    Sought(request=IDS[1], since=NOON + timedelta(hours=3)),
    Sought(since=NOON + timedelta(hours=2), until=NOON + timedelta(hours=5)),
    Sought(concerning=IDS[0], since=NOON + timedelta(hours=2), until=NOON + timedelta(hours=5)),
    Sought(hidden=frozenset(IDS[:2])),
    Sought(subject=IDS[1], hidden=frozenset(IDS[:1])),
    Sought(actor=uuid.UUID(int=99)),
]


@pytest.mark.parametrize("sought", FILTERS)
@pytest.mark.parametrize("oldest_first", [False, True])
def test_a_filter_finds_what_a_look_at_every_row_finds(sought: Sought, oldest_first: bool) -> None:
    rows = [row for row in _world() if _fits(row, sought)]
    expected = sorted(rows, key=lambda row: (row.at, row.id), reverse=not oldest_first)
    found = _page(sought, oldest_first=oldest_first)
    assert [row.id for row in found.rows] == [row.id for row in expected]
    with transaction.atomic(), as_system():
        assert count_up_to(sought, 1000) == len(expected)


def test_the_filters_above_find_something_and_leave_something_out() -> None:
    rows = _world()
    for sought in FILTERS[1:-1]:
        assert 0 < sum(_fits(row, sought) for row in rows) < len(rows), sought


@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("size", [1, 7, 59, 60, 61])
def test_turning_pages_there_and_back_meets_each_row_once(size: int, oldest_first: bool) -> None:
    _world()
    how: dict[str, Any] = {"size": size, "oldest_first": oldest_first}
    page = _page(Sought(), **how)
    assert not page.before
    pages = [page]
    while page.after:
        page = _page(Sought(), after=page.rows[-1].id, **how)
        assert page.before
        pages.append(page)
    met = [row.id for one in pages for row in one.rows]
    assert met == [row.id for row in _page(Sought(), oldest_first=oldest_first).rows]
    for earlier, later in zip(reversed(pages[:-1]), reversed(pages[1:]), strict=True):
        back = _page(Sought(), before=later.rows[0].id, **how)
        assert back.rows == earlier.rows
        assert back.after
        assert back.before == (earlier is not pages[0])


def test_an_unknown_place_gives_the_first_page() -> None:
    _world(rows=5)
    assert _page(Sought(), after=10**15, size=2) == _page(Sought(), size=2)


def test_what_comes_after_the_row_that_was_newest_is_left_out() -> None:
    _world(rows=5)
    with transaction.atomic(), as_system():
        sought = replace(Sought(), newest=newest_id())
    _world(seed=4, rows=5)
    assert len(_page(sought).rows) == 5


def test_counting_stops_where_it_is_told() -> None:
    _world(rows=9)
    with transaction.atomic(), as_system():
        assert count_up_to(Sought(), 4) == 5


def test_words_are_read_until_they_are_shredded() -> None:
    with transaction.atomic():
        record(SEEN, by=Actor(None), now=NOON, text="why it was")
    with transaction.atomic(), as_system():
        row = rows_of(Sought(), size=1).rows[0]
        assert row.text is not None
        assert words_of(row.text) == "why it was"
        assert words_of(uuid.uuid4()) is None
        assert row_of(row.id) == row
        assert row_of(row.id + 1) is None
