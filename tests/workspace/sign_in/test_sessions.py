"""Sessions end: by the clock, by leaving, by a new password, from the list of devices; and one that
turns up in another browser is doubted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tests.workspace.people import person, signed_in
from tests.workspace.sign_in.accounts import (
    FIREFOX,
    PASSWORD,
    SAFARI,
    browser,
    code_of,
    enrolled,
    found,
    set_up,
    signed,
    told,
)

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in.operations import end_sessions, reset_second_factors
from saferboard.workspace.sign_in.queries import device_words, has_factor

pytestmark = pytest.mark.usefixtures("database")


def aged(client: Client, **ago: timedelta) -> None:
    """As if the session of `client` had begun, or was seen, some time ago."""
    session = client.session
    for name, span in ago.items():
        session["sign_in"] = {**session["sign_in"], name: timezone.now().timestamp() - span.seconds}
    session.save()


@pytest.mark.parametrize(
    ("ago", "why"),
    [
        ({"seen": timedelta(minutes=30, seconds=1)}, "idle"),
        ({"begun": timedelta(hours=12, seconds=1)}, "too-long"),
    ],
)
def test_a_session_ends_by_the_clock_and_says_so(ago: dict[str, timedelta], why: str) -> None:
    client = signed_in(person("Ayo Example"))
    client.get("/")
    aged(client, **ago)
    answer = client.get("/search")
    assert answer["Location"] == "/sign-in?next=%2Fsearch"
    assert "You were signed out because" in client.get(answer["Location"]).content.decode()
    assert [row.details["why"] for row in told("sign-in.session.ended")] == [why]


def test_a_session_that_is_used_lasts() -> None:
    client = signed_in(person("Ayo Example"))
    client.get("/")
    aged(client, seen=timedelta(minutes=29), begun=timedelta(hours=11, minutes=59))
    assert client.get("/sign-in/stay").status_code == 204
    assert timezone.now().timestamp() - client.session["sign_in"]["seen"] < 5


def test_the_session_is_not_written_with_every_request() -> None:
    client = signed_in(person("Ayo Example"))
    client.get("/")
    before = client.session["sign_in"]
    client.get("/")
    assert client.session["sign_in"] == before


def with_app(name: str = "Ayo Example", *roles: str) -> tuple[Client, Person, str]:
    client, who = browser(), set_up(name, *roles)
    signed(client, who)
    return client, who, enrolled(client)[0]


def test_a_copied_cookie_in_another_browser_has_to_show_a_second_factor() -> None:
    client, who, secret = with_app()
    thief = browser(SAFARI)
    thief.cookies["saferboard"] = client.cookies["saferboard"].value
    answer = thief.get("/search")
    assert answer["Location"] == "/sign-in/again/code?next=%2Fsearch"
    for address in ("/", "/account/", "/account/app/add", "/account/passkeys/add",
                    "/account/codes", "/account/codes/new", "/account/password",
                    "/sign-in/again/password", "/sign-in/second-factor"):  # fmt: skip
        assert thief.get(address)["Location"].startswith("/sign-in/again/code"), address
        assert thief.post(address, {"password": PASSWORD}).status_code == 302, address
    assert thief.get("/").status_code == 302
    assert [row.subject for row in told("sign-in.session.moved")] == [who.id]
    # the owner is asked too, as nobody can say which of the two is the thief, and gets it back
    assert client.get("/")["Location"].startswith("/sign-in/again/code")
    answer = client.post("/sign-in/again/code?next=/search", {"code": code_of(secret, periods=1)})
    assert answer["Location"] == "/search"
    assert client.get("/search").status_code == 200
    assert thief.get("/search").status_code == 302


def test_a_new_password_ends_the_sessions_elsewhere() -> None:
    client, who, secret = with_app()
    other = browser(SAFARI)
    signed(other, who)
    other.post("/sign-in/code", {"code": code_of(secret, periods=1)})
    assert other.get("/").status_code == 200
    new = "seventeen velvet ladders"
    answer = client.post(
        "/account/password", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["Location"] == "/account/"
    assert "Your password was changed" in client.get("/account/").content.decode()
    assert other.get("/")["Location"].startswith("/sign-in")
    whys = [row.details["why"] for row in told("sign-in.password.set")]
    assert whys == ["invitation", "changed"]


def test_devices_are_listed_and_can_be_signed_out() -> None:
    client, who, secret = with_app()
    other = browser(SAFARI, address="10.0.0.9")
    signed(other, who)
    other.post("/sign-in/code", {"code": code_of(secret, periods=1)})
    other.get("/")
    page = client.get("/account/devices")
    text = page.content.decode()
    assert "Firefox on Windows" in text and "Safari on iPhone" in text and "10.0.0.9" in text
    key = found(r'name="device" value="([0-9a-f]{32})"', page)
    client.post("/account/devices/sign-out", {"device": key}, follow=True)
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200
    again = client.post("/account/devices/sign-out", {"device": key})
    assert again.status_code == 400
    assert "signed out already" in again.content.decode()


def test_nobody_signs_out_somebody_else() -> None:
    client, _, _ = with_app()
    mallory = signed_in(person("Mallory Example"))
    for key in ("1", "", "x" * 5000, "<script>", client.session.session_key or ""):
        assert mallory.post("/account/devices/sign-out", {"device": key}).status_code == 400
    mallory.post("/account/devices/sign-out", {"others": "yes"})
    assert client.get("/").status_code == 200


def test_everywhere_else_is_signed_out_at_once() -> None:
    client, who, secret = with_app()
    other = browser(SAFARI)
    signed(other, who)
    other.post("/sign-in/code", {"code": code_of(secret, periods=1)})
    client.post("/account/devices/sign-out", {"others": "yes"})
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_leaving_ends_the_session_at_the_next_request() -> None:
    client, who, _ = with_app()
    who.memberships.update(end=timezone.now())
    assert client.get("/").status_code == 403
    assert client.get("/").status_code == 302
    assert told("sign-in.session.ended")[-1].details["why"] == "belongs-to-no-agency"


def test_members_can_end_the_sessions_of_somebody_who_leaves() -> None:
    client, who, _ = with_app()
    assert end_sessions(person=who.id, why="left", by=Actor(None), now=timezone.now()) == 1
    assert client.get("/").status_code == 302
    assert [row.details["why"] for row in told("sign-in.session.ended")] == ["left"]


def test_an_administrator_takes_a_lost_second_factor_away() -> None:
    client, who, _ = with_app()
    admin = person("Admin Example", "administrator")
    by = Actor(admin.id)
    reset_second_factors(person=who.id, by=by, now=timezone.now())
    assert not has_factor(who.id)
    assert client.get("/").status_code == 302
    assert signed(client, who) == "/"
    assert client.get("/")["Location"].startswith("/sign-in/second-factor")
    assert [row.actor for row in told("sign-in.factors.reset")] == [admin.id]
    with pytest.raises(Problem, match="no second factor"):
        reset_second_factors(person=who.id, by=by, now=timezone.now())
    with pytest.raises(Refused):
        reset_second_factors(person=admin.id, by=by, now=timezone.now())
    with pytest.raises(Refused):
        reset_second_factors(person=admin.id, by=Actor(who.id), now=timezone.now())


def test_the_last_second_factor_cannot_be_removed() -> None:
    client, who, _ = with_app()
    assert client.post("/account/app/remove").status_code == 200
    assert has_factor(who.id)


def test_what_is_sensitive_asks_again_after_some_minutes() -> None:
    client, _, secret = with_app()
    session = client.session
    past = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 1
    records = [{**one, "at": past} for one in session["account_authentication_methods"]]
    session["account_authentication_methods"] = records
    session.save()
    answer = client.get("/account/codes/new")
    assert answer["Location"] == "/sign-in/again/code?next=%2Faccount%2Fcodes%2Fnew"
    answer = client.post(answer["Location"], {"code": code_of(secret, periods=1)})
    assert answer["Location"] == "/account/codes/new"
    assert client.get("/account/codes/new").status_code == 200
    assert [row.details["how"] for row in told("sign-in.person.confirmed")] == ["totp"]


def test_secrets_are_encrypted_in_the_database() -> None:
    _, who, secret = with_app()
    stored = str(list(who.authenticator_set.values_list("data", flat=True)))
    assert secret not in stored
    assert secret not in str(list(Session.objects.values()))


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("curl/8", "A browser that does not say which"),
        ("", "A browser that does not say which"),
    ],
)
def test_devices_have_names_that_people_know(agent: str, words: str) -> None:
    assert device_words(agent) == words
