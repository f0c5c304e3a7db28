"""The first administrator, and the people of a demonstration."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from tests.workspace.people import person
from tests.workspace.sign_in.accounts import browser, code_of, signed

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import permissions, roles
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import may
from saferboard.workspace.access.queries import list_matters
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.demo import SignIn, code_for, fill_demo
from saferboard.workspace.config.demo_mark import is_demo
from saferboard.workspace.config.first_administrator import create_first_administrator
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.config.sign_in import sign_in_settings
from saferboard.workspace.partnership.models import Agency, Membership, Person
from saferboard.workspace.sign_in.sealing import opened

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
GOOD = {
    "name": "Robin Green",
    "email": "Robin.Green@Example.org",
    "password": "three quiet herons",
    "agency": "Anytown Council",
    "kind": "council",
}


def test_the_first_administrator_may_do_what_the_role_says_and_it_is_recorded() -> None:
    made = create_first_administrator(**GOOD, now=NOW)
    who = Person.objects.get(id=made)
    assert who.email == "robin.green@example.org" and who.check_password(GOOD["password"])
    held = {key for key in permissions() if may(made, key, now=NOW)}
    assert held == roles()["administrator"].may
    rows = Event.objects.using("owner").order_by("id").values_list("event", "subject", "actor")
    assert list(rows) == [
        ("config.administrator.created", made, None),
        ("access.role.given", made, None),
    ]


def test_a_second_one_is_refused_and_nothing_is_changed() -> None:
    create_first_administrator(**GOOD, now=NOW)
    before = (Person.objects.count(), Agency.objects.count(), Event.objects.using("owner").count())
    with pytest.raises(Problem, match="administrator already"):
        create_first_administrator(
            **{**GOOD, "email": "sam@example.org", "agency": "Other"}, now=NOW
        )
    assert (
        Person.objects.count(),
        Agency.objects.count(),
        Event.objects.using("owner").count(),
    ) == before


def test_an_address_that_somebody_has_is_refused() -> None:
    person("Robin Green", "member")
    with pytest.raises(Problem, match="already"):
        create_first_administrator(**GOOD, now=NOW)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("name", "  "),
        ("name", "x" * 201),
        ("email", "robin"),
        ("email", "robin@example.org\nbcc: x@example.org"),
        ("agency", ""),
        ("agency", "x" * 201),
        ("kind", "empire"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_made(what: str, value: str) -> None:
    with pytest.raises(Problem):
        create_first_administrator(**{**GOOD, what: value}, now=NOW)
    assert not Person.objects.exists() and not Agency.objects.exists()


def test_the_command_takes_options_and_shows_the_password_that_it_made_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    out = io.StringIO()
    options = {"name": "Robin Green", "email": "robin@example.org", "agency": "Anytown Council"}
    call_command("create_first_administrator", stdout=out, **options)
    password = out.getvalue().split("once: ")[1].split()[0]
    who = Person.objects.get()
    assert len(password) == 20 and who.check_password(password)
    with pytest.raises(Problem, match="nothing was given"):
        call_command("create_first_administrator", stdout=out)


def test_the_command_reads_a_password_from_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("four loud herons\n"))
    call_command(
        "create_first_administrator",
        stdout=io.StringIO(),
        name="Robin Green",
        email="robin@example.org",
        agency="Anytown Council",
        password_from_input=True,
    )
    assert Person.objects.get().check_password("four loud herons")


@pytest.fixture
def demo(database: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[SignIn]]:
    """A demonstration, and what it printed."""
    monkeypatch.setattr(
        settings, "ENVIRONMENT", dataclasses.replace(settings.ENVIRONMENT, owner=database.owner)
    )
    try:
        yield fill_demo(now=NOW)[0]
    finally:
        settings.ENVIRONMENT.demo_mark.unlink(missing_ok=True)


def test_a_demonstration_has_a_dozen_agencies_and_somebody_in_every_role(
    demo: list[SignIn],
) -> None:
    assert Agency.objects.count() >= 12
    assert {role for one in demo for role in one.roles} == set(roles())
    for one in demo:
        who = Person.objects.get(email=one.email)
        assert who.check_password(one.password)
        assert set(RoleGrant.objects.filter(person=who).values_list("role", flat=True)) == set(
            one.roles
        )
        assert Membership.objects.get(person=who).agency.name == one.agency
    assert len({one.password for one in demo}) == len(demo)
    leads = RoleGrant.objects.filter(role="agency-lead").values("agency").distinct()
    assert leads.count() == Agency.objects.count()


def test_its_passwords_are_good_for_nothing_outside_a_demonstration(
    demo: list[SignIn], superuser: Any
) -> None:
    one = demo[0]
    encoded = Person.objects.get(email=one.email).password
    assert check_password(one.password, encoded) and not check_password("another", encoded)
    name = connection.settings_dict["NAME"]
    superuser.execute(f"comment on database {name} is null")
    assert not is_demo() and not check_password(one.password, encoded)
    superuser.execute(f"comment on database {name} is '{_mark()}'")
    assert check_password(one.password, encoded)
    settings.ENVIRONMENT.demo_mark.unlink()
    assert not check_password(one.password, encoded)


def _mark() -> str:
    return settings.ENVIRONMENT.demo_mark.read_text().strip()


def test_a_marked_home_makes_all_its_passwords_like_those_of_a_demonstration(
    tmp_path: Path,
) -> None:
    environment = dataclasses.replace(settings.ENVIRONMENT, home=tmp_path)
    assert "Demo" in sign_in_settings(environment)["PASSWORD_HASHERS"][1]
    environment.demo_mark.touch()
    assert "Demo" in sign_in_settings(environment)["PASSWORD_HASHERS"][0]


def test_a_password_of_a_real_workspace_is_not_made_like_one_of_a_demonstration() -> None:
    assert make_password("three quiet herons").startswith("scrypt$")


def test_its_people_have_a_second_factor_whose_code_is_shown_here_and_nowhere_else(
    demo: list[SignIn],
) -> None:
    one = demo[3]
    row = Authenticator.objects.get(user__email=one.email, type="totp")
    assert code_of(opened(row.data["secret"])) == code_for(one.email.upper())
    with pytest.raises(Problem, match="Nobody"):
        code_for("sam@example.org")
    settings.ENVIRONMENT.demo_mark.unlink()
    with pytest.raises(Problem, match="no demonstration"):
        code_for(one.email)


@override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS[::-1])  # as a marked home has them
def test_somebody_of_a_demonstration_signs_in_as_it_was_printed(demo: list[SignIn]) -> None:
    one = next(each for each in demo if "governance-officer" in each.roles)
    client = browser()
    assert signed(client, Person.objects.get(email=one.email), one.password) == "/sign-in/code"
    assert client.post("/sign-in/code", {"code": code_for(one.email)}).status_code == 302
    assert one.name in client.get("/").content.decode()
    assert Person.objects.get(email=one.email).password.startswith("demo$")


def test_it_has_matters_of_every_restriction_that_some_see_and_others_do_not(
    demo: list[SignIn],
) -> None:
    def sees(name: str) -> set[str]:
        who = Person.objects.get(name__startswith=name)
        return {str(one.restriction) for one in list_matters(by=Actor(who.id), now=NOW)}

    assert sees("Gwil") == {"open", "protected", "sealed"}
    assert sees("Nerys") == {"sealed"} and sees("Quinn") == set()


def test_it_is_filled_once(demo: list[SignIn]) -> None:
    with pytest.raises(Problem, match="filled already"):
        fill_demo(now=NOW)


def test_a_database_with_people_never_becomes_a_demonstration() -> None:
    person("Robin Green", "member")
    with pytest.raises(Problem, match="not made a demonstration"):
        fill_demo(now=NOW)
    assert not is_demo() and not settings.ENVIRONMENT.demo_mark.exists()
