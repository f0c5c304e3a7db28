"""What is not recorded does not happen; what is counted is counted across workers; no page of the
library shows its own look; and who may do what to others."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.workspace.people import person, signed_in
from tests.workspace.sign_in.accounts import (
    PASSWORD,
    browser,
    code_of,
    enrolled,
    found,
    set_up,
    signed,
    told,
)

from saferboard.workspace.sign_in import adapters, urls
from saferboard.workspace.sign_in.queries import has_factor

pytestmark = pytest.mark.usefixtures("database")
LETTERS = (
    "account/email/password_reset_key", "account/email/unknown_account",
    "account/email/password_changed", "account/email/password_reset", "account/email/password_set",
    "mfa/email/totp_activated", "mfa/email/totp_deactivated", "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed", "mfa/email/recovery_codes_generated",
)  # fmt: skip


def test_what_cannot_be_recorded_does_not_happen(superuser: Any) -> None:
    client, who = browser(), set_up("Ayo Example")
    client.raise_request_exception = False
    signed(client, who)
    page = client.get("/account/app/add")
    secret = re.sub(r"\s", "", found(r'id="secret">([A-Z2-7 ]+)<', page))
    superuser.execute("revoke insert on audit_event from saferboard_application")
    assert client.post("/account/app/add", {"code": code_of(secret)}).status_code == 500
    assert not has_factor(who.id)
    other = browser()
    other.raise_request_exception = False
    answer = other.post("/sign-in", {"login": who.email, "password": PASSWORD})
    assert answer.status_code == 500
    assert other.get("/")["Location"].startswith("/sign-in")
    new = "seventeen velvet ladders"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password", given).status_code in (302, 500)
    who.refresh_from_db()
    assert who.check_password(PASSWORD)


def test_wrong_tries_at_one_moment_are_all_counted(live_server: str) -> None:
    """Twelve at once, in threads of the server with connections of their own."""
    who = set_up("Ayo Example")

    def attempt(_: int) -> str:
        with httpx.Client(base_url=live_server, timeout=60) as client:
            text = client.get("/sign-in").text
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
            assert token
            given = {"login": who.email, "password": "wrong wrong wrong"}
            return client.post("/sign-in", data={**given, "csrfmiddlewaretoken": token[1]}).text

    with ThreadPoolExecutor(12) as several:
        texts = list(several.map(attempt, range(12)))
    refused = sum("too many wrong tries" in text for text in texts)
    wrong = sum("address or the password is wrong" in text for text in texts)
    busy = sum("Too many tries" in text for text in texts)  # who waits too long to be counted
    assert refused + wrong + busy == 12
    assert wrong <= 5
    assert len(told("sign-in.password.failed")) == wrong
    assert len(told("sign-in.account.locked")) == refused


def views_of(patterns: list[URLPattern | URLResolver]) -> list[Any]:
    found: list[Any] = []
    for one in patterns:
        found += views_of(one.url_patterns) if isinstance(one, URLResolver) else [one.callback]
    return found


def test_every_page_and_letter_of_the_library_is_ours() -> None:
    names = {
        view.view_class.template_name
        for view in views_of(urls.urlpatterns)
        if getattr(getattr(view, "view_class", None), "template_name", None)
    }
    assert len(names) >= 15
    for letter in LETTERS:
        names |= {f"{letter}_subject.txt", f"{letter}_message.txt"}
    for name in sorted(names):
        origin = get_template(name).template.filename  # type: ignore[attr-defined]  # of Jinja
        assert "saferboard/workspace/sign_in/templates" in origin.replace("\\", "/"), name


def test_no_address_of_the_library_is_there_that_is_not_used() -> None:
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    for name in ("account_signup", "account_email", "account_confirm_email", "mfa_trust",
                 "socialaccount_connections", "socialaccount_signup", "mfa_list_webauthn",
                 "usersessions_list", "mfa_edit_webauthn"):  # fmt: skip
        assert name not in known


def test_every_message_that_is_said_is_in_our_words() -> None:
    assert all(words.endswith(".") for words in adapters._SAID.values())


def test_an_administrator_and_nobody_else_takes_factors_away_on_a_page() -> None:
    client, who = browser(), set_up("Lost Everything")
    signed(client, who)
    enrolled(client)
    address = f"/account/of/{who.id}/second-factors"
    member = signed_in(person("Member Example", "member"))
    assert member.get(address).status_code == 403
    assert member.post(address).status_code == 403
    assert Client().post(address)["Location"] == "/sign-in"
    assert has_factor(who.id)
    admin = person("Admin Example", "administrator")
    page = signed_in(admin).get(address)
    assert "Lost Everything" in page.content.decode()
    assert signed_in(admin).get(f"/account/of/{uuid4()}/second-factors").status_code == 404
    assert signed_in(admin).post(f"/account/of/{admin.id}/second-factors").status_code == 404
    assert signed_in(admin, csrf=True).post(address).status_code == 403
    assert signed_in(admin).post(address).status_code == 302
    assert not has_factor(who.id)
    assert signed_in(admin).post(address).status_code == 400


@pytest.mark.parametrize("key", ["x" * 32, "1", "../../etc/passwd", "<script>", "0" * 400])
def test_passkeys_of_others_do_not_exist(key: str) -> None:
    client = signed_in(person("Ayo Example"))
    assert client.get(f"/account/passkeys/{key}/remove").status_code == 404
    assert client.post(f"/account/passkeys/{key}/remove").status_code == 404


SHAPES = [
    "", "{}", "[]", "null", "not json", '{"id": 1}', "x" * 9000, '{"id": "AAAA", "rawId": "AAAA"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30",'
    ' "attestationObject": "oA", "authenticatorData": "AAAA", "signature": "AAAA"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "AAAA"}}',
    '{"id": {}, "rawId": [], "type": 5, "response": 7}',
]  # fmt: skip


@pytest.mark.parametrize("credential", SHAPES)
def test_a_forged_passkey_is_a_clear_page(credential: str) -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    client.get("/account/passkeys/add")
    answer = client.post("/account/passkeys/add", {"name": "<script>", "credential": credential})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "The passkey was not added" in text
    assert 'value="&lt;script&gt;"' in text
    assert not has_factor(who.id)


@pytest.mark.parametrize("credential", SHAPES)
def test_a_forged_passkey_lets_nobody_in(credential: str) -> None:
    client, who = browser(), set_up("Ayo Example")
    signed(client, who)
    enrolled(client)
    again = browser()
    signed(again, who)
    again.get("/sign-in/code")
    answer = again.post("/sign-in/code", {"credential": credential})
    assert answer.status_code == 200
    assert "The passkey was not accepted" in answer.content.decode()
    assert again.get("/").status_code == 302
    assert client.post("/sign-in/again/passkey", {"credential": credential}).status_code == 302
