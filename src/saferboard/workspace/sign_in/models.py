"""This app has no models of its own. Second factors are rows of django-allauth: whatever stores or
deletes one, a page or a command, is recorded."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import record
from saferboard.workspace.sign_in.events import FACTOR_ADDED, FACTOR_REMOVED
from saferboard.workspace.web.asking import actor_of


@receiver(post_save, sender=Authenticator)
def factor_stored(instance: Authenticator, created: bool, **_: Any) -> None:
    """Records a new second factor in the transaction that stores it."""
    if created:
        _record(FACTOR_ADDED, instance)


@receiver(post_delete, sender=Authenticator)
def factor_deleted(instance: Authenticator, **_: Any) -> None:
    """Records one that was removed in the transaction that removes it."""
    _record(FACTOR_REMOVED, instance)


def _record(event: EventType, row: Authenticator) -> None:
    request = context.request
    with transaction.atomic():
        record(
            event,
            by=actor_of(request) if request else SYSTEM,
            now=timezone.now(),
            subject_type="person",
            subject=row.user_id,
            about=[row.user_id],
            details={"kind": row.type.replace("_", "-")},
        )
