"""People who sign in for real, for tests: with passwords, codes of an app, recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode

from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.workspace.people import person

from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.event_types import event_type
from saferboard.workspace.audit.models import Event
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in.operations import set_up_account

PASSWORD = "marmalade tractor elbow"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


def set_up(name: str, *roles: str, password: str = PASSWORD) -> Person:
    """Somebody who was invited and chose a password; no second factor yet."""
    made = person(name, *roles)
    set_up_account(person=made, password=password, by=SYSTEM, now=timezone.now())
    return made


def browser(agent: str = FIREFOX, *, csrf: bool = False, address: str = "127.0.0.1") -> Client:
    """A browser that says which it is, at a network address."""
    client = Client(enforce_csrf_checks=csrf, REMOTE_ADDR=address)
    client.defaults["HTTP_USER_AGENT"] = agent
    return client


def code_of(secret: str, *, periods: int = 0) -> str:
    """The six figures that an app shows now, or some periods of 30 seconds away (RFC 6238, written
    from the RFC: not with the library that is tested)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + periods)
    digest = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def signed(client: Client, who: Person, password: str = PASSWORD) -> str:
    """Sends e-mail and password; returns where the answer leads, empty where it stays."""
    answer = client.post("/sign-in", {"login": who.email, "password": password})
    return answer.headers.get("Location", "")


def enrolled(client: Client) -> tuple[str, list[str]]:
    """Adds an app to the account that is signed in; returns its secret and the recovery codes."""
    secret = re.sub(r"\s", "", found(r'id="secret">([A-Z2-7 ]+)<', client.get("/account/app/add")))
    answer = client.post("/account/app/add", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    text = client.get(answer["Location"]).content.decode()
    return secret, [one.replace(" ", "") for one in re.findall(r">(\d{5} \d{5})<", text)]


def found(pattern: str, answer: object) -> str:
    """The first group of `pattern` in a page."""
    text = answer.content.decode()  # type: ignore[attr-defined]  # a response of the test client
    match = re.search(pattern, text)
    assert match, text
    return match.group(1)


def told(key: str) -> list[Event]:
    """The rows of the audit of one type, in their order."""
    assert event_type(key), key
    with transaction.atomic(), as_system():
        return list(Event.objects.filter(event=key).order_by("id"))
