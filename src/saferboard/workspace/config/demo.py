"""The demonstration: an empty workspace filled with the sample partnership."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.operations import give_role
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.config.demo_mark import DemoPasswordHasher, is_demo, mark_demo
from saferboard.workspace.config.events import DEMO_MARKED
from saferboard.workspace.config.first_administrator import ROLE, create_first_administrator
from saferboard.workspace.partnership.models import Agency, Membership, Person

_PEOPLE = Path(__file__).with_name("demo.yaml")
_SINCE = timedelta(days=400)
_HOST = "example.org"


@dataclass(frozen=True)
class SignIn:
    """Somebody of the demonstration, as they are printed: the password is nowhere else."""

    name: str
    agency: str
    roles: tuple[str, ...]
    email: str
    password: str


def fill_demo(*, now: datetime) -> list[SignIn]:
    """Marks the empty database as a demonstration's and fills it. Raises Problem where it is not
    empty and not marked, or filled already: passwords are shown once, and random."""
    mark_demo(settings.ENVIRONMENT)
    if not is_demo():
        raise Problem("This database is not marked as a demonstration’s.", remedy="Nothing done.")
    if Person.objects.exists():
        raise Problem(
            "The demonstration is filled already.", remedy="Make it anew: make demo OUT=FOLDER."
        )
    with transaction.atomic():
        record(DEMO_MARKED, by=SYSTEM, now=now)
        return _filled(yaml.safe_load(_PEOPLE.read_text("utf-8"))["agencies"], now)


def _filled(agencies: dict[str, dict[str, Any]], now: datetime) -> list[SignIn]:
    made: list[SignIn] = []
    first: Actor | None = None  # the administrator, who gives roles to the others
    for held in agencies.values():
        agency = Agency.objects.create(
            name=held["name"], kind=held["kind"], statutory=held["statutory"], start=now - _SINCE
        )
        for one in held["people"]:
            known = SignIn(
                name=one["name"],
                agency=agency.name,
                roles=tuple(one["roles"]),
                email=f"{one['name'].lower().replace(' ', '.')}@{_HOST}",
                password=secrets.token_urlsafe(12),
            )
            if first is None:
                person = _administrator(known, agency, now)
                first = Actor(person, agency.id)
            else:
                person = _member(known, agency, first, now)
            Person.objects.filter(id=person).update(
                job_title=one["job"],
                password=make_password(known.password, hasher=DemoPasswordHasher.algorithm),
            )
            made.append(known)
    return made


def _administrator(known: SignIn, agency: Agency, now: datetime) -> UUID:
    if known.roles != (ROLE,):
        raise ValueError("the first of the demonstration is administrator and nothing else")
    return create_first_administrator(
        name=known.name,
        email=known.email,
        password=known.password,
        agency=agency.name,
        kind=agency.kind,
        now=now,
    )


def _member(known: SignIn, agency: Agency, by: Actor, now: datetime) -> UUID:
    person = Person.objects.create(name=known.name, email=known.email)
    Membership.objects.create(person=person, agency=agency, start=now - _SINCE)
    for role in known.roles:
        give_role(person=person.id, agency=agency.id, role=role, by=by, now=now)
    return person.id
