"""The pages of members, asked for as a browser does; what is typed stays text."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.people import agency, person, signed_in

from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.models import Event
from saferboard.workspace.members.models import Answer, Invitation, ReviewItem
from saferboard.workspace.members.operations.reviews import open_review
from saferboard.workspace.members.operations.seats import add_seat
from saferboard.workspace.members.urls import urlpatterns
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.partnership.models import Agency, Membership, Person, Seat

pytestmark = pytest.mark.usefixtures("database")
SCRIPT = '<script>alert("1")</script>'
PASSWORD = "three random words here"


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> list[mail.EmailMessage]:
    """Letters are kept instead of sent."""
    monkeypatch.setattr(
        "django.conf.settings.EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend"
    )
    mail.outbox = []
    return mail.outbox


def _addresses() -> dict[str, str]:
    """Every address of the app, about things that are there."""
    place = agency()
    admin = Person.objects.filter(name="Admin").first() or person("Admin", "administrator")
    other = Person.objects.filter(name="Other").first() or person("Other", "member")
    member = Membership.objects.get(person=other)
    seat = Seat.objects.first()
    if seat is None:
        by = SYSTEM.__class__(admin.id, place.id)
        add_seat(agency=place.id, title="Board", by=by, now=timezone.now())
        seat = Seat.objects.get()
    item = ReviewItem.objects.filter(membership=member).first()
    if item is None:
        now = timezone.now()
        open_review(deadline=day_of(now) + timedelta(days=28), by=SYSTEM, now=now)
        item = ReviewItem.objects.get(membership=member)
    keys = {
        "agency": place.id,
        "agency_change": place.id,
        "agency_end": place.id,
        "seat_add": place.id,
        "invite": place.id,
        "seat_hold": seat.id,
        "seat_end": seat.id,
        "person": other.id,
        "role_give": other.id,
        "leave": member.id,
        "stay": member.id,
        "role_end": other.grants.get().id,
        "revoke": uuid4(),
        "join": "a" * 43,
        "review": item.round_id,
        "answer": item.id,
    }
    found = {}
    for pattern in urlpatterns:
        route = "/" + str(pattern.pattern)
        found[str(pattern.name)] = re.sub(r"<[^>]+>", str(keys.get(str(pattern.name))), route)
    return found


def test_no_address_answers_anybody_who_has_not_signed_in() -> None:
    for name, address in _addresses().items():
        for method in ("get", "post"):
            response = getattr(Client(), method)(address)
            if name == "join":
                assert response.status_code == 404, name
                continue
            assert response.status_code in (302, 405), (name, method)
            if response.status_code == 302:
                assert response["Location"].startswith("/sign-in"), name


def test_a_member_without_a_role_reads_agencies_and_nothing_else() -> None:
    addresses = _addresses()
    browser = signed_in(person("Plain Member"))
    answers = {name: browser.get(address).status_code for name, address in addresses.items()}
    assert {name for name, status in answers.items() if status == 200} == {
        "agencies",
        "agencies_csv",
        "agency",
    }
    assert set(answers.values()) <= {200, 403, 404, 405}
    before = Event.objects.using("owner").filter(kind="administration").count()
    for name, address in addresses.items():
        response = browser.post(address, {"answer": "end", "when": "now"})
        assert response.status_code in (403, 404, 405), name
    assert Event.objects.using("owner").filter(kind="administration").count() == before


def test_a_lead_of_another_agency_changes_nothing_here() -> None:
    addresses = _addresses()
    police = agency("Anytown Police", "police")
    browser = signed_in(person("Chief", "agency-lead", of=police))
    for name in (
        "invite",
        "leave",
        "stay",
        "answer",
        "seat_hold",
        "seat_end",
        "role_give",
        "person",
    ):
        for method in ("get", "post"):
            response = getattr(browser, method)(addresses[name], {"answer": "end", "when": "now"})
            assert response.status_code in (403, 404, 405), (name, method)
    assert ReviewItem.objects.filter(answer="").count() == ReviewItem.objects.count()


def test_an_administrator_opens_every_page() -> None:
    addresses = _addresses()
    browser = signed_in(Person.objects.get(name="Admin"))
    for name, address in addresses.items():
        expected = {"join": 404}.get(name, 200)
        if name in ("stay", "revoke"):
            expected = 405
        assert browser.get(address).status_code == expected, name


def test_ids_that_are_guessed_lead_nowhere() -> None:
    browser = signed_in(person("Admin Again", "administrator"))
    for pattern in urlpatterns:
        if "uuid" in str(pattern.pattern):
            address = "/" + re.sub(r"<[^>]+>", str(uuid4()), str(pattern.pattern))
            assert browser.get(address).status_code in (404, 405), address
            sent = {"when": "now", "answer": "end", "role": "member", "agency": str(uuid4())}
            assert browser.post(address, sent).status_code in (404, 405), address


def test_invited_by_a_lead_somebody_joins_by_the_link_in_the_letter(
    letters: list[mail.EmailMessage],
) -> None:
    lead = signed_in(person("Lead Example", "agency-lead"))
    page = lead.get(f"/agencies/{agency().id}/invite").content.decode()
    assert "Practitioner" in page and "Administrator:" not in page
    sent = {"email": "new@example.org", "roles": ["practitioner"]}
    response = lead.post(f"/agencies/{agency().id}/invite", sent, follow=True)
    assert "was sent to new@example.org" in response.content.decode()
    assert [one.to for one in letters] == [["new@example.org"]]
    link = re.search(r"http://testserver(/join/\S+)", str(letters[0].body))
    assert link is not None
    new = Client()
    for _ in range(2):  # a mail scanner opens it first
        shown = new.get(link[1])
        assert shown.status_code == 200 and "Anytown Council" in shown.content.decode()
    typed = {"name": SCRIPT, "job_title": "Worker", "password": PASSWORD, "again": "another"}
    wrong = new.post(link[1], typed)
    assert wrong.status_code == 400 and "not the same password" in wrong.content.decode()
    assert SCRIPT not in wrong.content.decode() and PASSWORD not in wrong.content.decode()
    assert new.post(link[1], {**typed, "again": PASSWORD})["Location"] == "/"
    led = new.get("/")["Location"]
    assert led.startswith("/sign-in/second-factor")
    assert "You have joined" in new.get(led).content.decode()
    joined = Person.objects.get(email="new@example.org")
    assert joined.check_password(PASSWORD) and joined.name == SCRIPT
    assert SCRIPT not in lead.get(f"/agencies/{agency().id}").content.decode()
    again = new.post(link[1], {**typed, "again": PASSWORD})
    assert again.status_code == 404 and "cannot be used" in again.content.decode()


def test_where_mail_does_not_work_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    lead = signed_in(person("Lead Example", "agency-lead"))
    sent = {"email": "new@example.org", "roles": []}
    response = lead.post(f"/agencies/{agency().id}/invite", sent, follow=True)
    assert "did not take the letter" in response.content.decode()
    assert Invitation.objects.count() == 1


def test_every_link_that_cannot_be_used_is_answered_alike() -> None:
    tokens = ["A" * 43, "x", "é" * 20, "a%00b", "x" * 3000]
    pages = {Client().get(f"/join/{token}").content for token in tokens}
    answers = {Client().post(f"/join/{token}").status_code for token in tokens}
    assert answers == {404}
    assert len({re.sub(rb'value="[^"]+"', b"", one) for one in pages}) == 1


def test_the_second_editor_of_an_agency_is_shown_both() -> None:
    admin = signed_in(person("Admin Example", "administrator"))
    address = f"/agencies/{agency().id}/change"
    typed = {"kind": "council", "statutory": "on", "version": "1"}
    assert admin.post(address, {**typed, "name": "First"}).status_code == 302
    second = admin.post(address, {**typed, "name": SCRIPT})
    text = second.content.decode()
    assert second.status_code == 409
    assert "First" in text and "&lt;script&gt;" in text and SCRIPT not in text
    assert Agency.objects.get(kind="council").name == "First"


def test_a_review_is_answered_person_by_person() -> None:
    lead = person("Lead Example", "agency-lead")
    _addresses()
    item = ReviewItem.objects.get(membership__person__name="Other")
    browser = signed_in(lead)
    page = browser.get(f"/reviews/{item.round_id}").content.decode()
    assert "somebody else answers for you" in page or "Lead Example" not in page
    assert "End the access of Other?" in browser.get(f"/reviews/people/{item.id}").content.decode()
    assert browser.post(f"/reviews/people/{item.id}", {}).status_code == 400
    response = browser.post(f"/reviews/people/{item.id}", {"answer": "confirm"}, follow=True)
    assert "Other was confirmed" in response.content.decode()
    item.refresh_from_db()
    assert item.answer == Answer.CONFIRMED
    twice = browser.post(f"/reviews/people/{item.id}", {"answer": "end"})
    assert twice.status_code == 400 and "answered already" in twice.content.decode()


def test_home_tells_the_lead_whom_to_confirm() -> None:
    lead = person("Lead Example", "agency-lead")
    _addresses()
    assert "Confirm 2 people" in signed_in(lead).get("/").content.decode()


def test_the_register_leaves_as_csv_without_formulas_and_is_recorded() -> None:
    Agency.objects.create(name="=HYPERLINK(1)", kind="other", start=timezone.now())
    browser = signed_in(person("Plain Member"))
    answer = browser.get("/agencies.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][0] == "Agency"
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Anytown Council"]
    assert Event.objects.using("owner").filter(event="members.agencies.exported").count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "words=" + "x" * 5000,
        "words=%00",
        "kind=circus",
        "sort=password",
        "page=99999999",
        "words=%27%3B+drop+table+partnership_agency%3B--",
        f"words={SCRIPT}",
        "agency=not-an-id&role=%00&left=1",
    ],
)
def test_a_list_takes_whatever_an_address_says(query: str) -> None:
    browser = signed_in(person("Admin Example", "administrator"))
    for address in ("/agencies/", "/people/", "/invitations/", "/agencies.csv"):
        response = browser.get(f"{address}?{query}")
        assert response.status_code == 200
        assert SCRIPT not in response.getvalue().decode()


@given(
    name=st.text(max_size=300),
    kind=st.sampled_from(["fire", "circus", "", "\0"]),
    version=st.sampled_from(["1", "x", "", "-5", "9" * 30]),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_form_takes_whatever_is_typed(name: str, kind: str, version: str) -> None:
    who = Person.objects.filter(name="Admin Example").first()
    browser = signed_in(who or person("Admin Example", "administrator"))
    typed = {"name": name, "kind": kind, "version": version}
    assert browser.post("/agencies/add", typed).status_code in (302, 400)
    change = browser.post(f"/agencies/{agency().id}/change", typed)
    assert change.status_code in (302, 400, 404, 409)
