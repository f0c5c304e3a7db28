"""Retention: what has been kept long enough, and erasing it. Periods are in retention.yaml; a legal
hold keeps words of the audit whatever their age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Min

from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.holds import free_words, old_words
from saferboard.workspace.audit.operations import record, shred_text
from saferboard.workspace.config.events import RETENTION_RUN
from saferboard.workspace.jobs.models import OPEN, Job
from saferboard.workspace.messages.models import Notification

_FILE = Path(__file__).with_name("retention.yaml")
_BATCH = 1_000
_OVER = (
    "delete from procrastinate_jobs j where j.status in "
    "('succeeded', 'failed', 'cancelled', 'aborted') and not exists (select 1 from "
    "procrastinate_events e where e.job_id = j.id and e.at >= %s)"
)


@dataclass(frozen=True)
class Due:
    """What one rule finds: `count` can be erased, `held` would be but for a legal hold; `oldest`
    is when the oldest of them began to count."""

    key: str
    title: str
    days: int
    count: int
    held: int
    oldest: datetime | None


@dataclass(frozen=True)
class _Rule:
    look: Callable[[datetime], tuple[int, int, datetime | None]]
    erase: Callable[[datetime, datetime], int]


def due(*, now: datetime) -> list[Due]:
    """What is due now, by rule, in the order of the file. Nothing is changed."""
    return [
        Due(key, title, days, *_RULES[key].look(now - timedelta(days=days)))
        for key, title, days in _periods()
    ]


def erase(*, now: datetime) -> list[tuple[str, int]]:
    """Erases what is due and records it; returns the rules with how much each erased."""
    done = []
    for key, title, days in _periods():
        count = _RULES[key].erase(now - timedelta(days=days), now)
        if count:
            with transaction.atomic():
                record(RETENTION_RUN, by=SYSTEM, now=now, details={"count": count, "rule": key})
        done.append((title, count))
    return done


def _periods() -> list[tuple[str, str, int]]:
    held = yaml.safe_load(_FILE.read_text("utf-8"))
    if set(held) != set(_RULES):
        raise KeyError(f"retention.yaml and the rules differ: {sorted(set(held) ^ set(_RULES))}")
    return [(key, str(rule["title"]), int(rule["days"])) for key, rule in held.items()]


def _sessions(before: datetime) -> tuple[int, int, datetime | None]:
    found = Session.objects.filter(expire_date__lt=before)
    return found.count(), 0, found.aggregate(first=Min("expire_date"))["first"]


def _erase_sessions(before: datetime, now: datetime) -> int:
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def _jobs(before: datetime) -> tuple[int, int, datetime | None]:
    found = Job.objects.filter(ended__lt=before).exclude(state__in=OPEN)
    return found.count(), 0, found.aggregate(first=Min("ended"))["first"]


def _erase_jobs(before: datetime, now: datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_OVER, [before])
        return Job.objects.filter(ended__lt=before).exclude(state__in=OPEN).delete()[0]


def _notifications(before: datetime) -> tuple[int, int, datetime | None]:
    with transaction.atomic(), as_system():
        found = Notification.objects.filter(created__lt=before)
        return found.count(), 0, found.aggregate(first=Min("created"))["first"]


def _erase_notifications(before: datetime, now: datetime) -> int:
    with transaction.atomic(), as_system():
        return Notification.objects.filter(created__lt=before).delete()[0]


def _words(before: datetime) -> tuple[int, int, datetime | None]:
    found = old_words(before)
    return found.free, found.held, found.oldest


def _erase_words(before: datetime, now: datetime) -> int:
    """In batches: stopped half way, what was erased is recorded, word by word."""
    count = 0
    while batch := free_words(before, _BATCH):
        for text in batch:
            count += shred_text(text, by=SYSTEM, now=now)
    return count


_RULES = {
    "sessions": _Rule(_sessions, _erase_sessions),
    "jobs": _Rule(_jobs, _erase_jobs),
    "notifications": _Rule(_notifications, _erase_notifications),
    "audit-words": _Rule(_words, _erase_words),
}
