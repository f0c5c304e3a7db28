"""People of a small partnership, for tests that ask for pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.partnership.models import Agency, Membership, Person
from saferboard.workspace.sign_in.sessions import begin


def agency(name: str = "Anytown Council", kind: str = "council") -> Agency:
    """The agency of this name, made where there is none."""
    found = Agency.objects.filter(name=name).first()
    start = timezone.now() - timedelta(days=400)
    return found or Agency.objects.create(name=name, kind=kind, start=start)


def person(
    name: str, *roles: str, of: Agency | None = None, until: datetime | None = None
) -> Person:
    """Somebody who belongs to `of` and has these roles there, `until` a moment."""
    place, start = of or agency(), timezone.now() - timedelta(days=100)
    email = f"{name.lower().replace(' ', '.')}@example.org"
    made = Person.objects.create(name=name, email=email)
    Membership.objects.create(person=made, agency=place, start=start, end=until)
    for role in roles:
        RoleGrant.objects.create(person=made, agency=place, role=role, start=start)
    return made


def signed_in(who: Person, *, csrf: bool = False, factor: str = "totp") -> Client:
    """A browser in which `who` has signed in and shown a second factor; with `csrf`, one that is
    asked for the token. It may call itself by any name at its first request."""
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(who)
    session = client.session
    begin(session, factor=factor)
    session.save()
    return client


def everybody(roles: Iterable[str], of: Agency | None = None) -> dict[str, Person]:
    """One person for each role, by the role's key."""
    return {role: person(role.replace("-", " ").title(), role, of=of) for role in roles}
