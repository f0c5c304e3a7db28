"""People of a council and a police force with one role each, for tests of what they may do."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.partnership.models import Agency, Membership, Person

ROLES = {
    "analyst": ("council", "analyst"),
    "second analyst": ("council", "analyst"),
    "council approver": ("council", "pack-approver"),
    "police approver": ("police", "pack-approver"),
    "member": ("council", "member"),
    "administrator": ("council", "administrator"),
    "health approver": ("health", "pack-approver"),
}


def make_staff() -> dict[str, Actor]:
    """One person of each name in ROLES, as an actor, and “stranger”, who has no role."""
    start = timezone.now() - timedelta(days=30)
    agencies = {
        kind: Agency.objects.create(name=kind.title(), kind=kind, start=start)
        for kind in ("council", "police", "health")
    }
    actors = {}
    for name, (kind, role) in {**ROLES, "stranger": ("council", "")}.items():
        email = f"{name.replace(' ', '.')}@example.org"
        person = Person.objects.create(name=name, email=email)
        Membership.objects.create(person=person, agency=agencies[kind], start=start)
        if role:
            RoleGrant.objects.create(person=person, agency=agencies[kind], role=role, start=start)
        actors[name] = Actor(person.id, agencies[kind].id, uuid4())
    return actors
