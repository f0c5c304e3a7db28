"""The demonstration: an empty workspace filled with the sample partnership."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.operations import give_role
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.config.demo_content import Cast, fill_content
from saferboard.workspace.config.demo_mark import DemoPasswordHasher, is_demo, mark_demo
from saferboard.workspace.config.events import DEMO_MARKED
from saferboard.workspace.config.first_administrator import ROLE, create_first_administrator
from saferboard.workspace.partnership.models import Agency, Membership, Person
from saferboard.workspace.sign_in.operations import address_is_theirs

_PEOPLE = Path(__file__).with_name("demo.yaml")
_SINCE = timedelta(days=400)
_LEAD = "agency-lead"
_HOST = "example.org"


@dataclass(frozen=True)
class SignIn:
    """Somebody of the demonstration, as they are printed: the password is nowhere else."""

    name: str
    agency: str
    roles: tuple[str, ...]
    email: str
    password: str


def fill_demo(*, now: datetime, to: Month | None = None) -> tuple[list[SignIn], int]:
    """Marks the empty database as a demonstration's and fills it, with packs to the month `to`
    where it is given; returns the sign-ins and how many jobs wait. Raises Problem where it is not
    empty and not marked, or filled already: passwords are shown once, and random."""
    mark_demo(settings.ENVIRONMENT)
    if not is_demo():
        raise Problem("This database is not marked as a demonstration’s.", remedy="Nothing done.")
    if Person.objects.exists():
        raise Problem(
            "The demonstration is filled already.", remedy="Make it anew: make demo OUT=FOLDER."
        )
    held = yaml.safe_load(_PEOPLE.read_text("utf-8"))
    with transaction.atomic():
        record(DEMO_MARKED, by=SYSTEM, now=now)
        made, cast = _filled(held["agencies"], now)
    return made, fill_content(held, cast, to=to, now=now)


def code_for(email: str) -> str:
    """The code that the app of somebody of the demonstration would show now. Raises Problem outside
    a demonstration and for an address that is not there."""
    if not is_demo():
        raise Problem("This is no demonstration.", remedy="Codes are shown by people’s own apps.")
    row = Authenticator.objects.filter(user__email=email.lower(), type="totp").first()
    if row is None:
        raise Problem("Nobody of this demonstration has that address and an app.")
    return str(totp.format_hotp_value(totp.hotp_value(decrypt(row.data["secret"]), _period())))


def _period() -> int:
    """The number of the present half minute (RFC 6238)."""
    return int(time.time()) // 30


def _filled(agencies: dict[str, dict[str, Any]], now: datetime) -> tuple[list[SignIn], Cast]:
    made: list[SignIn] = []
    keys: dict[str, UUID] = {}
    people: dict[str, Actor] = {}
    leads: dict[str, Actor] = {}
    first: Actor | None = None  # the administrator, who gives roles to the others
    for key, held in agencies.items():
        agency = Agency.objects.create(
            name=held["name"], kind=held["kind"], statutory=held["statutory"], start=now - _SINCE
        )
        keys[key] = agency.id
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
            _may_sign_in(person, known.password, one["job"])
            people[known.name.split()[0]] = Actor(person, agency.id)
            if _LEAD in known.roles:
                leads[key] = Actor(person, agency.id)
            made.append(known)
    return made, Cast(people, keys, leads)


def _may_sign_in(person: UUID, password: str, job: str) -> None:
    """A password of a demonstration, an address that is theirs, and an app as second factor."""
    held = Person.objects.get(id=person)
    held.job_title = job
    held.password = make_password(password, hasher=DemoPasswordHasher.algorithm)
    held.save()
    address_is_theirs(held)
    totp.TOTP.activate(held, totp.generate_totp_secret())


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
