"""Signing in with a password and a second factor, and what is recorded of it."""

from __future__ import annotations

import json
import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from tests.workspace.people import person, signed_in
from tests.workspace.sign_in.accounts import (
    PASSWORD,
    browser,
    code_of,
    enrolled,
    set_up,
    signed,
    told,
)

from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.models import Event

pytestmark = pytest.mark.usefixtures("database")


def test_whoever_has_no_second_factor_sees_nothing_before_they_have_one() -> None:
    client, who = browser(), set_up("Ayo Example", "analyst")
    assert signed(client, who) == "/"
    for address in ("/", "/search", "/account/", "/account/devices", "/account/second-factors"):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in/second-factor?next="), address
    text = client.get("/sign-in/second-factor").content.decode()
    assert "Choose a second factor" in text
    assert "govuk-service-navigation__list" not in text
    assert 'role="search"' not in text


def test_an_app_lets_one_in_and_its_codes_are_asked_for_from_then_on() -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    secret, codes = enrolled(client)
    assert len(set(codes)) == 10
    assert client.get("/").status_code == 200

    again = browser()
    assert signed(again, who) == "/sign-in/code"
    assert again.get("/").status_code == 302
    assert again.post("/sign-in/code", {"code": "000000"}).status_code == 200
    answer = again.post("/sign-in/code", {"code": code_of(secret, periods=1)})
    assert answer.status_code == 302
    assert again.get("/").status_code == 200
    kinds = [(row.details["how"], row.details["factor"]) for row in told("sign-in.session.begun")]
    assert kinds == [("password", "none"), ("password", "totp")]
    assert [row.subject for row in told("sign-in.factor.failed")] == [who.id]


def test_a_code_counts_once_also_after_its_own_period() -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    secret, _ = enrolled(client)
    code = code_of(secret, periods=1)
    first, second = browser(), browser()
    for one in (first, second):
        signed(one, who)
    assert first.post("/sign-in/code", {"code": code}).status_code == 302
    # the library's own mark lasts 30 seconds, the code is accepted for 90: as if 30 had passed
    cache.delete(f"allauth.mfa.totp.used?user={who.id}&code={code}")
    answer = second.post("/sign-in/code", {"code": code})
    assert answer.status_code == 200
    assert "wrong or was used before" in answer.content.decode()


def test_recovery_codes_are_shown_once_and_work_once() -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    _, codes = enrolled(client)
    page = client.get("/account/codes").content.decode()
    assert not any(code[:5] in page for code in codes)
    assert "cannot be shown again" in page

    second = browser()
    signed(second, who)
    assert second.post("/sign-in/code", {"code": codes[3]}).status_code == 302
    assert second.get("/").status_code == 200
    third = browser()
    signed(third, who)
    assert third.post("/sign-in/code", {"code": codes[3]}).status_code == 200
    assert [row.details for row in told("sign-in.recovery-code.used")] == [{"left": 9}]


def test_new_recovery_codes_end_the_old() -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    _, codes = enrolled(client)
    answer = client.post("/account/codes/new")
    assert answer["Location"] == "/account/codes"
    second = browser()
    signed(second, who)
    assert second.post("/sign-in/code", {"code": codes[0]}).status_code == 200


def test_wrong_answers_are_the_same_for_everybody() -> None:
    set_up("Ayo Example")
    off = set_up("Switched Off")
    off.is_active = False
    off.save()
    person("Never Set Up")
    texts = set()
    for email in ("ayo.example@example.org", "switched.off@example.org",
                  "never.set.up@example.org", "nobody@example.org"):  # fmt: skip
        answer = Client(REMOTE_ADDR=f"10.0.0.{len(texts) + 1}").post(
            "/sign-in", {"login": email, "password": "quite wrong but long"}
        )
        assert answer.status_code == 200
        text = answer.content.decode().replace(email, "")
        texts.add(text[text.index("<main") : text.index("</main>")].split("csrfmiddlewaretoken")[0])
        assert "The e-mail address or the password is wrong." in answer.content.decode()
    assert len(texts) == 1


def test_too_many_wrong_tries_lock_the_account_whether_it_exists_or_not() -> None:
    who = set_up("Ayo Example")
    for email in (who.email, "nobody@example.org"):
        for number in range(5):
            other = browser(address=f"10.0.0.{number}")
            other.post("/sign-in", {"login": email, "password": "wrong wrong wrong"})
        answer = browser(address="10.0.1.1").post(
            "/sign-in", {"login": email, "password": PASSWORD}
        )
        assert answer.status_code == 200
        assert "too many wrong tries" in answer.content.decode()
    assert len(told("sign-in.account.locked")) == 2
    failed = told("sign-in.password.failed")
    assert [row.subject for row in failed] == [who.id] * 5 + [None] * 5
    assert len({row.details["account"] for row in failed}) == 2


def test_too_many_wrong_tries_from_one_place_lock_that_place_only() -> None:
    who = set_up("Ayo Example")
    attacker = browser(address="10.9.9.9")
    for number in range(30):
        attacker.post("/sign-in", {"login": f"{number}@example.org", "password": "wrong wrong wr"})
    answer = attacker.post("/sign-in", {"login": who.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert signed(browser(), who) == "/"


def test_too_many_wrong_codes_lock_the_second_factor() -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    secret, _ = enrolled(client)
    again = browser(address="10.0.0.7")
    signed(again, who)
    for number in range(5):
        again.post("/sign-in/code", {"code": f"00000{number}"})
    answer = again.post("/sign-in/code", {"code": code_of(secret, periods=1)})
    assert answer.status_code == 200
    assert [row.subject for row in told("sign-in.account.locked")] == [who.id]


def test_no_row_and_no_log_holds_an_address_a_password_or_a_code(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        client, who = browser(), set_up("Ayo Example")
        client.post("/sign-in", {"login": "someone@else.example", "password": "wrong wrong wrong"})
        signed(client, who)
        secret, codes = enrolled(client)
        again = browser()
        signed(again, who)
        again.post("/sign-in/code", {"code": codes[0]})
        client.post("/sign-out")
    with transaction.atomic(), as_system():
        rows = json.dumps(list(Event.objects.values()), default=str)
    assert who.id.hex[:8] in rows.replace("-", "")
    said = rows + "".join(record.getMessage() for record in caplog.records)
    for private in (
        who.email,
        "someone@else",
        PASSWORD,
        "wrong wrong",
        secret,
        codes[0],
        "127.0.0.1",
    ):
        assert private not in said, private


def test_signing_out_is_recorded_and_ends_the_session() -> None:
    client = signed_in(person("Ayo Example"))
    assert client.get("/sign-out").status_code == 200
    assert client.get("/").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/").status_code == 302
    assert [row.details["why"] for row in told("sign-in.session.ended")] == ["signed-out"]


@pytest.mark.parametrize("address", ["/sign-up", "/signup", "/accounts/signup", "/sign-in/up"])
def test_nobody_makes_an_account_for_themselves(address: str) -> None:
    assert Client().get(address).status_code == 404
    assert "sign up" not in Client().get("/sign-in").content.decode().lower()


@pytest.mark.parametrize(
    "given",
    [
        {"login": "<script>alert(1)</script>", "password": "x" * 12},
        {"login": "a" * 300 + "@example.org", "password": "x" * 12},
        {"login": "a\0b@example.org", "password": "x" * 12},
        {"login": "ayo.example@example.org", "password": "x" * 100_000},
        {"login": "ayo.example@example.org"},
        {},
    ],
)
def test_bad_input_is_a_clear_page(given: dict[str, str]) -> None:
    set_up("Ayo Example")
    answer = Client().post("/sign-in", given)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_stays_here(back: str) -> None:
    who = set_up("Ayo Example")
    answer = browser().post(f"/sign-in?next={back}", {"login": who.email, "password": PASSWORD})
    assert answer["Location"] == "/"


def test_a_form_without_its_token_signs_nobody_in() -> None:
    who = set_up("Ayo Example")
    client = browser(csrf=True)
    answer = client.post("/sign-in", {"login": who.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert told("sign-in.session.begun") == []


def test_the_session_gets_a_new_name_when_somebody_signs_in() -> None:
    who = set_up("Ayo Example")
    client = browser()
    client.get("/sign-in")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["saferboard"] = session.session_key
    signed(client, who)
    assert client.cookies["saferboard"].value != session.session_key
