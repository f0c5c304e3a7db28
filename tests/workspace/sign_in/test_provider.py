"""Signing in through the partnership's provider, with one that runs for real."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser
from tests.workspace import browsers
from tests.workspace.people import person
from tests.workspace.sign_in.accounts import (
    PASSWORD,
    browser,
    code_of,
    enrolled,
    set_up,
    signed,
    told,
)
from tests.workspace.sign_in.provider import CLIENT, SECRET, Provider, running

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.outside import read_provider
from saferboard.workspace.config.sign_in import provider_settings
from saferboard.workspace.partnership.models import Person

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as known:
        read = read_provider(
            {
                "SAFERBOARD_OIDC_ISSUER": known.address,
                "SAFERBOARD_OIDC_CLIENT": CLIENT,
                "SAFERBOARD_OIDC_SECRET": SECRET,
                "SAFERBOARD_OIDC_NAME": "Anytown account",
            }
        )
        assert read is not None
        policy = settings.CONTENT_SECURITY_POLICY
        directives = {**policy["DIRECTIVES"], "form-action": ["'self'", read.origin]}
        with override_settings(
            **provider_settings(read),
            SIGN_IN_PROVIDER=read,
            CONTENT_SECURITY_POLICY={"DIRECTIVES": directives},
        ):
            yield known


def through(client: Client, back: str = "") -> str:
    """Goes to the provider and comes back with its answer; returns where that leads, or the text of
    the page."""
    asked = client.post(f"/sign-in/with/provider{'?next=' + back if back else ''}")
    assert asked.status_code == 302, asked.content.decode()
    returned = httpx.get(asked["Location"]).headers["Location"]
    answer = client.get(returned.removeprefix("http://testserver"))
    return answer.headers.get("Location") or answer.content.decode()


def claims(who: Person, **more: object) -> dict[str, object]:
    return {"sub": f"id-{who.name}", "email": who.email, "email_verified": True, **more}


def test_the_button_is_there_only_with_a_provider(provider: Provider) -> None:
    assert "Sign in with Anytown account" in Client().get("/sign-in").content.decode()
    with override_settings(SIGN_IN_PROVIDER=None):
        assert "Sign in with Anytown" not in Client().get("/sign-in").content.decode()
        assert Client().post("/sign-in/with/provider").status_code == 404


def test_the_provider_vouches_for_a_second_factor(provider: Provider) -> None:
    who, client = person("Ayo Example"), browser()
    provider.claims = claims(who, amr=["pwd", "mfa"])
    assert through(client, "/search") == "/search"
    assert client.get("/search").status_code == 200
    assert provider.asked["code_challenge_method"] == "S256"
    details = told("sign-in.session.begun")[0].details
    assert (details["how"], details["factor"]) == ("provider", "provider")
    assert [row.subject for row in told("sign-in.provider.linked")] == [who.id]


def test_without_its_word_our_own_second_factor_is_asked_for(provider: Provider) -> None:
    who, client = set_up("Ayo Example"), browser()
    provider.claims = claims(who, amr=["pwd"])
    assert through(client) == "/"
    assert client.get("/")["Location"].startswith("/sign-in/second-factor")
    secret, _ = enrolled(client)
    again = browser()
    assert through(again) == "/sign-in/code"
    assert again.get("/").status_code == 302
    again.post("/sign-in/code", {"code": code_of(secret, periods=1)})
    assert again.get("/").status_code == 200


def test_its_word_counts_for_one_sign_in_and_one_person(provider: Provider) -> None:
    who, other, client = set_up("Ayo Example"), set_up("Bo Example"), browser()
    signed(client, other)
    enrolled(client)
    client.post("/sign-out")
    provider.claims = claims(who, amr=["mfa"])
    assert through(client) == "/"
    client.post("/sign-out")
    assert signed(client, other) == "/sign-in/code"


def test_the_password_stays_and_the_provider_knows_them_by_id_from_then_on(
    provider: Provider,
) -> None:
    who, client = set_up("Ayo Example"), browser()
    provider.claims = claims(who, amr=["mfa"])
    through(client)
    assert EmailAddress.objects.get(user=who).verified
    who.refresh_from_db()
    assert who.check_password(PASSWORD)
    provider.claims = {**claims(who, amr=["mfa"]), "email": "another@example.org"}
    again = browser()
    assert through(again) == "/"
    assert again.get("/").status_code == 200
    assert len(told("sign-in.provider.linked")) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": "nobody@example.org", "email_verified": True}, "nobody has invited you"),
        ({"email": "ayo.example@example.org", "email_verified": False}, "was verified"),
        ({"email": "ayo.example@example.org"}, "was verified"),
        ({"email": "ayo.example@example.org", "email_verified": "true"}, "was verified"),
        ({}, "was verified"),
    ],
)
def test_nobody_becomes_a_person_by_it(
    provider: Provider, said: dict[str, object], words: str
) -> None:
    person("Ayo Example")
    before, client = Person.objects.count(), browser()
    provider.claims = {"sub": "stranger", "amr": ["mfa"], **said}
    assert words in through(client)
    assert Person.objects.count() == before
    assert client.get("/")["Location"].startswith("/sign-in")
    assert len(told("sign-in.provider.refused")) == 1


def test_whoever_was_switched_off_stays_out(provider: Provider) -> None:
    who, client = person("Ayo Example"), browser()
    provider.claims = claims(who, amr=["mfa"])
    through(client)
    who.is_active = False
    who.save()
    again = browser()
    assert through(again) == "/sign-in/off"
    assert again.get("/").status_code == 302


def test_a_token_for_somebody_else_is_refused(provider: Provider) -> None:
    provider.claims = claims(person("Ayo Example"), amr=["mfa"])
    provider.audience = "another-client"
    client = browser()
    assert "could not sign you in" in through(client)
    assert client.get("/").status_code == 302
    assert len(told("sign-in.provider.refused")) == 1


def test_an_answer_that_was_not_asked_for_or_comes_twice_is_refused(provider: Provider) -> None:
    provider.claims = claims(person("Ayo Example"), amr=["mfa"])
    client = browser()
    for address in ("?code=abc&state=forged", "?code=abc", "", "?error=server_error"):
        answer = browser().get(f"/sign-in/with/provider/answer{address}")
        assert answer.status_code == 401, address
        assert "could not sign you in" in answer.content.decode()
    asked = client.post("/sign-in/with/provider")
    back = httpx.get(asked["Location"]).headers["Location"].removeprefix("http://testserver")
    assert browser().get(back).status_code == 401
    assert client.get(back).status_code == 302
    client.post("/sign-out")
    assert client.get(back).status_code == 401


def test_a_provider_that_is_away_is_said_clearly(provider: Provider) -> None:
    provider.down = True
    answer = browser().post("/sign-in/with/provider")
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


def test_it_is_for_signing_in_and_nothing_else(provider: Provider) -> None:
    assert browser().post("/sign-in/with/provider?process=connect").status_code == 404
    assert browser().get("/sign-in/with/provider").status_code == 405
    assert browser().post("/sign-in/with/another").status_code == 404


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"SAFERBOARD_OIDC_ISSUER": "https://id.example"}, "is set"),
        (
            {
                "SAFERBOARD_OIDC_ISSUER": "http://id.example",
                "SAFERBOARD_OIDC_CLIENT": "a",
                "SAFERBOARD_OIDC_SECRET": "b",
            },
            "https",
        ),
    ],
)
def test_half_a_provider_and_an_unsafe_one_are_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(Problem, match=words):
        read_provider(values)


@pytest.mark.browser
def test_a_browser_is_let_go_to_the_provider_and_back(
    browser: Browser, live_server: str, provider: Provider
) -> None:
    who = person("Ayo Example")
    provider.claims = claims(who, amr=["mfa"])
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server}/search")
    assert browsers.faults_of(page) == []
    page.get_by_role("button", name="Sign in with Anytown account").click()
    page.get_by_role("heading", level=1, name="Search").wait_for()
    assert said == []
    page.close()
