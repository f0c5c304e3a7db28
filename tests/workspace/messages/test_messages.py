"""People are told inside the transaction of the change; letters go out afterwards, say only that
something waits, and real files are read back."""

from __future__ import annotations

import email
import email.message
import email.policy
import smtplib
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection, transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from tests.workspace.people import agency, person, signed_in

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.session import acting, as_system
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.messages.kinds import message_kinds
from saferboard.workspace.messages.models import Choice, Letter, Mailbox, Notification
from saferboard.workspace.messages.operations import (
    choose_letters,
    mark_read,
    notify,
    resume_letters,
)
from saferboard.workspace.messages.sending import people_with_letters, send_digest, send_letter
from saferboard.workspace.partnership.models import Person


class AddressGone(EmailBackend):
    """The file backend behind a server that refuses addresses of one domain for good."""

    def send_messages(self, letters: Any) -> int:
        refused = {to: (550, b"no such user") for one in letters for to in one.to if "gone" in to}
        if refused:
            raise smtplib.SMTPRecipientsRefused(refused)
        return super().send_messages(letters)


@pytest.fixture(autouse=True)
def letters(tmp_path: Path) -> Iterator[Path]:
    """The folder into which the real file backend writes."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=str(tmp_path),
        SITE_ADDRESS="https://safer.example",
    ):
        yield tmp_path


@pytest.fixture(autouse=True)
def here(database: Addresses) -> Iterator[None]:
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        yield


def _work_off() -> None:
    connection.close()
    app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def _read(folder: Path) -> list[email.message.EmailMessage]:
    found = []
    for file in sorted(folder.glob("*.log")):
        text = file.read_bytes().split(b"-" * 79)[0]
        found.append(email.message_from_bytes(text, policy=email.policy.default))
    return found  # type: ignore[return-value]


def _tell(*people: Person, kind: str = "return-due", subject: uuid.UUID | None = None) -> None:
    with transaction.atomic():
        notify(
            people=[one.id for one in people],
            kind=kind,
            subject=subject,
            by=SYSTEM,
            now=timezone.now(),
        )


def _all() -> list[Notification]:
    with transaction.atomic(), as_system():
        return list(Notification.objects.order_by("created"))


def _by(who: Person) -> Actor:
    return Actor(who.id, request=uuid.uuid4())


def test_a_letter_says_that_something_waits_and_where_and_nothing_else(letters: Path) -> None:
    who = person("Ayo Example", "returns-officer")
    subject = uuid.uuid4()
    _tell(who, subject=subject)
    _work_off()
    (letter,) = _read(letters)
    (held,) = _all()
    text = letter.get_content()
    assert letter["To"] == "ayo.example@example.org"
    assert letter["Subject"].startswith("A return is due – ")
    assert f"https://safer.example/notifications/{held.id}" in text
    for given_away in ("Ayo", "Example", "Anytown", str(subject), str(who.id)):
        assert given_away not in text
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (held.letter, held.mailed is not None) == (Letter.SENT, True)


def test_nothing_is_told_or_sent_where_the_change_does_not_come_about(letters: Path) -> None:
    who = person("Ayo Example")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(people=[who.id], kind="return-due", by=SYSTEM, now=timezone.now())
        raise ZeroDivisionError
    _work_off()
    assert _all() == [] and _read(letters) == [] and Job.objects.count() == 0
    with pytest.raises(transaction.TransactionManagementError):
        notify(people=[who.id], kind="return-due", by=SYSTEM, now=timezone.now())


def test_a_letter_is_sent_once_however_often_its_job_runs(letters: Path) -> None:
    _tell(person("Ayo Example"))
    _work_off()
    with transaction.atomic():
        Job.objects.all().delete()
    send_letter(_all()[0].id, now=timezone.now())
    assert len(_read(letters)) == 1


def test_only_people_of_the_partnership_are_told_and_nobody_who_has_left_is_written_to(
    letters: Path,
) -> None:
    gone = person("Gone Away", until=timezone.now() - timedelta(days=1))
    leaving = person("Soon Leaving", until=timezone.now() + timedelta(seconds=0.5))
    _tell(gone, leaving)
    assert [one.person_id for one in _all()] == [leaving.id]
    connection.cursor().execute("select pg_sleep(0.6)")
    _work_off()
    assert _read(letters) == [] and _all()[0].letter == Letter.NONE


def test_each_kind_of_letter_comes_as_it_was_chosen(letters: Path) -> None:
    never, daily, once = person("Never Please"), person("Daily Please"), person("Once Please")
    now = timezone.now()
    choose_letters(kind="return-due", choice="never", by=_by(never), now=now)
    choose_letters(kind="return-due", choice="daily", by=_by(daily), now=now)
    _tell(never, daily, once)
    _tell(daily)
    _work_off()
    assert [one["To"] for one in _read(letters)] == ["once.please@example.org"]
    assert people_with_letters(timezone.now()) == [daily.id]
    send_digest(daily.id, now=timezone.now())
    send_digest(daily.id, now=timezone.now())
    (digest,) = [one for one in _read(letters) if one["To"] == "daily.please@example.org"]
    assert digest["Subject"].startswith("2 things wait for you")
    assert "https://safer.example/notifications/" in digest.get_content()
    assert people_with_letters(timezone.now()) == []


def test_letters_about_emergency_access_cannot_be_turned_off() -> None:
    who = person("Ayo Example")
    with pytest.raises(Problem, match="always come"):
        choose_letters(kind="emergency-used", choice="never", by=_by(who), now=timezone.now())
    with pytest.raises(Problem):
        choose_letters(kind="no-such", choice="never", by=_by(who), now=timezone.now())
    choose_letters(kind="emergency-used", choice="at-once", by=_by(who), now=timezone.now())


def test_a_mailbox_that_refuses_for_good_is_left_alone_until_its_owner_asks(
    letters: Path, settings_backend: None
) -> None:
    who = person("Ayo Gone")
    for _ in range(3):
        _tell(who)
        _work_off()
    assert [one.letter for one in _all()] == [Letter.FAILED] * 3
    with transaction.atomic(), as_system():
        assert Mailbox.objects.get(person=who).stopped is not None
    _tell(who)
    assert _all()[-1].letter == Letter.NONE
    assert Job.objects.filter(state="failed").count() == 0, "a refusal is an answer, not a fault"
    page = signed_in(who).get("/notifications/letters").content.decode()
    assert "has sent several of our e-mails back" in page
    resume_letters(by=_by(who), now=timezone.now())
    _tell(who)
    assert _all()[-1].letter == Letter.WAITING


@pytest.fixture
def settings_backend() -> Iterator[None]:
    with override_settings(EMAIL_BACKEND=f"{AddressGone.__module__}.AddressGone"):
        yield


def test_a_server_that_is_away_is_tried_again_and_then_the_letter_goes_with_the_daily_one(
    letters: Path,
) -> None:
    who = person("Ayo Example")
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1
    ):
        _tell(who)
        _work_off()
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert _all()[0].letter == Letter.WAITING
    later = timezone.now() + timedelta(hours=2)
    assert people_with_letters(later) == [who.id]
    send_digest(who.id, now=later)
    assert len(_read(letters)) == 1
    assert people_with_letters(later + timedelta(days=8)) == []


def test_the_database_shows_somebody_their_own_only() -> None:
    ayo, bel = person("Ayo Example"), person("Bel Example")
    _tell(ayo, bel, bel)
    with acting(_by(ayo)):
        assert [one.person_id for one in Notification.objects.all()] == [ayo.id]
    assert Notification.objects.count() == 0, "nobody asks, nothing is shown"


def test_the_list_counts_opens_and_marks_as_read() -> None:
    who = person("Ayo Example", "returns-officer")
    client = signed_in(who)
    assert "have not been told anything yet" in client.get("/notifications/").content.decode()
    _tell(who)
    _tell(who, kind="emergency-used")
    home = client.get("/").content.decode()
    assert 'sb-header__count"><span class="govuk-visually-hidden">, </span>2' in home
    text = client.get("/notifications/").content.decode()
    assert "A return is due" in text and "Emergency access was used" in text
    emergency = next(one for one in _all() if one.kind == "emergency-used")
    answer = client.get(f"/notifications/{emergency.id}")
    assert (answer.status_code, answer["Location"]) == (302, "/notifications/")
    assert [one.read is None for one in _all()] == [True, False]
    client.post("/notifications/read")
    assert all(one.read for one in _all())
    assert 'sb-header__count"' not in client.get("/").content.decode()
    events = set(Event.objects.using("owner").values_list("event", flat=True))
    assert {"messages.person.told", "messages.notifications.listed"} <= events


def test_somebody_elses_does_not_exist_and_methods_and_tokens_are_asked_for() -> None:
    ayo, bel = person("Ayo Example"), person("Bel Example", of=agency("Other Agency"))
    _tell(bel)
    (theirs,) = _all()
    client = signed_in(ayo)
    assert client.get(f"/notifications/{theirs.id}").status_code == 404
    assert client.post(f"/notifications/{theirs.id}/read").status_code == 404
    assert client.get(f"/notifications/{uuid.uuid4()}").status_code == 404
    assert client.get("/notifications/<script>").status_code == 404
    assert client.get("/notifications/read").status_code == 405
    assert client.get(f"/notifications/{theirs.id}/read").status_code == 405
    assert signed_in(bel, csrf=True).post("/notifications/read").status_code == 403
    with pytest.raises(Refused):
        mark_read(notification=theirs.id, by=_by(ayo), now=timezone.now())
    assert _all()[0].read is None


def test_choosing_letters_on_the_page_takes_known_choices_only() -> None:
    who = person("Ayo Example")
    client = signed_in(who)
    saved = client.post(
        "/notifications/letters", {"return-due": "never", "emergency-used": "never"}
    )
    assert saved.status_code == 302
    _tell(who)
    assert _all()[0].letter == Letter.NONE
    odd = client.post("/notifications/letters", {"return-due": "<script>" * 999})
    assert odd.status_code == 400
    assert "<script>" not in odd.content.decode().replace('<script type="module"', "")


def test_every_kind_has_words_and_a_link_that_leads_somewhere() -> None:
    for key, kind in message_kinds().items():
        assert kind.title and kind.words.endswith("."), key
        if kind.link:
            assert reverse(kind.link, args=[uuid.uuid4()])
    assert set(Choice.values) == {"at-once", "daily", "never"}
