"""What a password must be, and how a forgotten one is replaced."""

from __future__ import annotations

import re
import statistics
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.utils import timezone
from tests.workspace.people import person
from tests.workspace.sign_in.accounts import PASSWORD, browser, set_up, signed, told

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in.operations import set_up_account

pytestmark = pytest.mark.usefixtures("database", "mailbox")
NEW = "seventeen velvet ladders"


@pytest.mark.parametrize(
    "password",
    [
        "short", "elevenchars", "password1234", "Password2024!", "P@ssw0rd12345", "123456789012",
        "111111111111", "qwertyqwerty", "passwordpassword", "abcabcabcabc", "123qwerty123456",
        "saferboard2024", "ayo.example12", "Example2024!!", "x" * 257,
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password: str) -> None:
    who = Person(name="Ayo Example", email="ayo.example@example.org")
    with pytest.raises(ValidationError):
        validate_password(password, who)


@pytest.mark.parametrize(
    "password",
    ["marmalade tractor elbow", "lowercaseonlyzebra", "Kx7$vQ2!mP9z", "837192648205", "ü" * 3 + NEW,
     "exampletractormarmalade", NEW * 10],
)  # fmt: skip
def test_length_is_enough_and_no_mixture_is_asked_for(password: str) -> None:
    validate_password(password, Person(name="Ayo Example", email="ayo.example@example.org"))


def test_an_account_is_set_up_with_a_password_that_will_do() -> None:
    who = person("Ayo Example")
    with pytest.raises(Problem, match="12 characters"):
        set_up_account(person=who, password="short", by=SYSTEM, now=timezone.now())
    assert told("sign-in.password.set") == []
    set_up_account(person=who, password=PASSWORD, by=SYSTEM, now=timezone.now())
    assert signed(browser(), who) == "/"
    assert len(told("sign-in.password.set")) == 1


@pytest.fixture
def mailbox() -> None:
    """No letter from before: they are files in the home folder."""
    for file in Path(settings.EMAIL_FILE_PATH).glob("*"):
        file.unlink()


def letters() -> list[EmailMessage]:
    """What was sent, in its order."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*"), key=lambda one: one.stat().st_mtime_ns)
    return [message_from_bytes(one.read_bytes(), policy=policy.default) for one in files]


def letter_to(who: Person) -> str:
    """The address in the letter, from its path on."""
    last = [one for one in letters() if "new password for" in one["Subject"]][-1]
    assert last["To"] == who.email
    match = re.search(r"https?://testserver(/\S+)", last.get_content())
    assert match, last.get_content()
    return match.group(1)


def test_a_forgotten_password_is_replaced_by_letter_and_the_second_factor_stays() -> None:
    who, client = set_up("Ayo Example"), browser()
    before = browser()
    signed(before, who)
    answer = client.post("/password/forgotten", {"email": who.email})
    assert answer["Location"] == "/password/sent"
    address = letter_to(who)
    answer = client.get(address)
    assert address.split("-", 1)[1] not in answer["Location"]
    page = client.get(answer["Location"])
    assert "Choose a new password" in page.content.decode()
    refused = client.post(answer["Location"], {"password1": "short", "password2": "short"})
    assert "12 characters" in refused.content.decode()
    done = client.post(answer["Location"], {"password1": NEW, "password2": NEW})
    assert done["Location"] == "/password/changed"
    assert client.get("/").status_code == 302
    assert before.get("/sign-in/second-factor").status_code == 302
    assert signed(browser(), who, PASSWORD) == ""
    assert signed(browser(), who, NEW) == "/"
    assert "This link has run out" in browser().get(address).content.decode()
    assert [row.details["why"] for row in told("sign-in.password.set")] == ["invitation", "reset"]


def test_a_link_works_for_an_hour() -> None:
    who, client = set_up("Ayo Example"), browser()
    client.post("/password/forgotten", {"email": who.email})
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        assert "This link has run out" in client.get(letter_to(who)).content.decode()


def test_whoever_is_unknown_gets_the_same_answer_and_a_letter_too() -> None:
    set_up("Ayo Example")
    answers = [
        Client().post("/password/forgotten", {"email": email})
        for email in ("ayo.example@example.org", "nobody@example.org")
    ]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    assert [one["To"] for one in letters()] == ["ayo.example@example.org", "nobody@example.org"]
    assert "nobody has an account with it" in letters()[1].get_content()
    assert len({row.details["account"] for row in told("sign-in.reset.asked")}) == 2


def test_a_mail_server_that_is_away_does_not_show() -> None:
    who = set_up("Ayo Example")
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9, EMAIL_TIMEOUT=2,
    ):  # fmt: skip
        answer = Client().post("/password/forgotten", {"email": who.email})
    assert answer["Location"] == "/password/sent"


def test_letters_are_not_asked_for_without_end() -> None:
    for _ in range(5):
        assert Client().post("/password/forgotten", {"email": "a@example.org"}).status_code == 302
    answer = Client().post("/password/forgotten", {"email": "a@example.org"})
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


def test_the_time_of_a_wrong_answer_does_not_tell_who_has_an_account() -> None:
    """Processor time, in turns: the median for an unknown address over that for a known one. Both
    hash once; a known account that is not hashed for would make it a tenth."""
    who = set_up("Ayo Example")
    taken: dict[str, list[float]] = {who.email: [], "nobody@example.org": []}
    for number in range(4):
        for email, times in taken.items():
            client = browser(address=f"10.1.{number}.{len(times)}")
            start = time.process_time()
            client.post("/sign-in", {"login": email, "password": "wrong wrong wrong"})
            times.append(time.process_time() - start)
    known, unknown = (statistics.median(times) for times in taken.values())
    assert 0.6 < unknown / known < 1.6
