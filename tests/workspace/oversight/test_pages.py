"""The pages of oversight: who gets them, what stands on them, and that reading is recorded."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.workspace.people import agency, person, signed_in

from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.access.models import Agreement, AgreementParty, Emergency
from saferboard.workspace.access.operations import (
    name_person,
    open_matter,
    restrict_matter,
    use_emergency_access,
)
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.partnership.models import Person

pytestmark = pytest.mark.usefixtures("database")
TYPED = "<script>alert(1)</script> threats by the brother"


@dataclass
class Town:
    """Two agencies that share for casework, people, and a matter of the council's coordinator."""

    council: uuid.UUID
    officer: Person
    coordinator: Person
    practitioner: Person
    elsewhere: Person
    matter: uuid.UUID

    def act(self, who: Person) -> Actor:
        return Actor(who.id, self.council, uuid.uuid4())


@pytest.fixture
def town(database: object) -> Town:
    council, police = agency("Anytown Council"), agency("Anytown Police", "police")
    start = timezone.now() - timedelta(days=30)
    signed = Agreement.objects.create(
        title="One", purpose="casework", gateway="s.115", basis="6", review=start, start=start
    )
    for one in (council, police):
        AgreementParty.objects.create(agreement=signed, agency=one, start=start)
    coordinator = person("Cora Coordinator", "coordinator", of=council)
    made = Town(
        council.id,
        person("Gwen Officer", "governance-officer", of=council),
        coordinator,
        person("Pat Practitioner", "practitioner", of=council),
        person("Eli Elsewhere", "coordinator", of=police),
        uuid.uuid4(),
    )
    made.matter = open_matter(
        kind="secret-kind",
        purpose="casework",
        parties=[council.id],
        by=made.act(coordinator),
        now=timezone.now(),
    )
    return made


def _restrict(town: Town, restriction: Restriction) -> None:
    restrict_matter(
        matter=town.matter,
        restriction=restriction,
        why=TYPED,
        by=town.act(town.coordinator),
        now=timezone.now(),
    )


def _text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def _events(key: str) -> list[Event]:
    return list(Event.objects.using("owner").filter(event=key).order_by("id"))


def test_the_record_tells_that_a_matter_was_opened_and_not_what_it_is(town: Town) -> None:
    text = _text(signed_in(town.officer), "/record/")
    assert "Opened a matter (not shown)." in text
    assert "secret-kind" not in text
    assert "Cora Coordinator" in text
    assert f"Matter {str(town.matter)[:8]}" in text


def test_reading_the_record_is_recorded_with_its_filters(town: Town) -> None:
    client = signed_in(town.officer)
    _text(client, f"/record/?actor={town.coordinator.id}&kind=collection&subject={town.matter}")
    row = _events("oversight.record.read")[-1]
    assert row.subject == town.matter
    assert row.details == {
        "count": 1,
        "actor": str(town.coordinator.id),
        "kind": "collection",
    }


@pytest.mark.parametrize(
    "query",
    [
        "actor=me",
        "kind=everything",
        "event=x",
        "since-day=31&since-month=2&since-year=2024",
        "until-day=1&until-month=1&until-year=9999",
        "since-day=2&since-month=1&since-year=2024&until-day=1&until-month=1&until-year=2024",
        "agency=1",
        "order=oldest%00",
    ],
)
def test_a_filter_that_does_not_fit_says_so_and_shows_nothing(town: Town, query: str) -> None:
    text = _text(signed_in(town.officer), f"/record/?{query}", 400)
    assert "There is a problem" in text
    assert "Opened a matter" not in text


@pytest.mark.parametrize("query", ["after=x", "before=9999999999999999999", "page=2", "sort=id"])
def test_what_the_address_does_not_know_is_ignored(town: Town, query: str) -> None:
    assert "Opened a matter" in _text(signed_in(town.officer), f"/record/?{query}")


def test_pages_of_the_record_lead_on_and_back(town: Town) -> None:
    client = signed_in(town.officer)
    for _ in range(60):
        _text(client, "/matters/")
    first = _text(client, "/record/?event=access.matters.listed")
    assert "Previous" not in first
    following = first.split('rel="next"')[0].rpartition('href="')[2].rstrip('" ')
    second = _text(client, "/record/" + following.replace("&amp;", "&"))
    assert second.count("Listed 0 matters.") == 10
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


def test_rows_of_a_sealed_matter_are_found_by_its_id_alone(town: Town) -> None:
    _restrict(town, Restriction.SEALED)
    client = signed_in(town.officer)
    short = f"Matter {str(town.matter)[:8]}"
    assert short not in _text(client, "/record/")
    file = b"".join(client.get("/record/export").streaming_content).decode()
    assert str(town.matter) not in file
    text = _text(client, f"/record/?subject={town.matter}")
    assert short in text
    assert "secret-kind" not in text
    sealed = _events("access.matter.opened")[0]
    assert client.get(f"/record/{sealed.id}").status_code == 404
    assert client.get(f"/record/{sealed.id}/words").status_code == 404
    assert short not in _text(client, f"/record/people/{town.coordinator.id}")


def test_a_row_is_shown_with_what_its_request_did_besides(town: Town) -> None:
    opened = _events("access.matter.opened")[0]
    text = _text(signed_in(town.officer), f"/record/{opened.id}")
    assert str(town.matter) in text
    assert "An agency became party to a matter." in text
    assert _events("oversight.row.read")[-1].details == {"row": opened.id}
    for wrong in (10**9, 10**30):
        assert signed_in(town.officer).get(f"/record/{wrong}").status_code == 404


def test_words_are_shown_for_a_reason_that_is_recorded_first(town: Town) -> None:
    _restrict(town, Restriction.PROTECTED)
    row = _events("access.matter.restricted")[0]
    client = signed_in(town.officer)
    address = f"/record/{row.id}/words"
    assert "brother" not in _text(client, address)
    for wrong in ({}, {"reason": "curious", "why": "I want to"}, {"reason": "misuse", "why": " "}):
        answer = client.post(address, wrong)
        assert answer.status_code == 400
        assert "brother" not in answer.content.decode()
    assert _events("oversight.words.read") == []
    answer = client.post(address, {"reason": "complaint", "why": "Complaint 17"}).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; threats by the brother" in answer
    read = _events("oversight.words.read")[0]
    assert (read.reason, read.parent, read.details) == ("complaint", town.matter, {"row": row.id})
    assert read.text is not None


def test_the_record_leaves_as_a_file_that_runs_nothing(town: Town) -> None:
    client = signed_in(town.officer)
    answer = client.get(f"/record/export?actor={town.coordinator.id}")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["Event"] for row in rows] == ["access.matter.opened", "access.party.joined"]
    assert rows[0]["Thing id"] == str(town.matter)
    assert _events("oversight.record.exported")[0].details == {
        "count": 2,
        "actor": str(town.coordinator.id),
    }
    assert answer["Cache-Control"] == "no-store"


def test_a_subjects_report_tells_who_saw_them_and_is_itself_recorded(town: Town) -> None:
    name_person(
        matter=town.matter,
        person=town.practitioner.id,
        level=Level.SUMMARY,
        by=town.act(town.coordinator),
        now=timezone.now(),
    )
    client, address = signed_in(town.officer), f"/record/people/{town.practitioner.id}"
    text = _text(client, address)
    assert "Who saw Pat Practitioner" in text
    assert "A person was named on a matter at level a summary." in text
    assert _events("oversight.report.read")[0].about == [town.practitioner.id]
    assert "Read who saw a person" in _text(client, address)
    assert "Nothing about this person" in _text(
        client, f"{address}?until-day=1&until-month=1&until-year=2020"
    )
    file = b"".join(client.get(f"{address}/export").streaming_content).decode()
    assert "access.person.named" in file
    assert f"Who saw Person {'0' * 8}" in _text(client, f"/record/people/{uuid.UUID(int=5)}")


def test_people_are_found_by_post_and_the_words_stand_in_no_row(town: Town) -> None:
    answer = signed_in(town.officer).post("/record/people", {"words": "pat pract"})
    assert "Pat Practitioner" in answer.content.decode()
    row = _events("oversight.people.found")[0]
    assert row.details == {"count": 1}
    assert row.text is not None
    assert "Pat" not in signed_in(town.officer).get("/record/people?words=pat").content.decode()
    answer = signed_in(town.elsewhere).post("/record/people", {"words": "pat pract"})
    assert "Pat Practitioner" not in answer.content.decode()


def test_what_somebody_would_see_is_told_with_reasons_and_no_more_than_the_asker_sees(
    town: Town,
) -> None:
    address = f"/record/people/{town.practitioner.id}/sees"
    text = _text(signed_in(town.coordinator), address)
    assert "Has a role in an agency that is party to it." in text
    assert "an agreement is in force" in text
    assert "Use emergency access to a protected matter" in text
    assert str(town.matter)[:8] not in _text(signed_in(town.officer), address)
    assert signed_in(town.elsewhere).get(address).status_code == 404
    assert signed_in(town.practitioner).get(address).status_code == 403


def test_who_can_see_it_is_told_with_reasons_to_those_who_see_it_in_full(town: Town) -> None:
    address = f"/matters/{town.matter}/who"
    text = _text(signed_in(town.coordinator), address)
    assert "Is named on it." in text
    assert "Pat Practitioner" in text
    assert signed_in(town.practitioner).get(address).status_code == 403
    for one in (town.officer, town.elsewhere):
        assert signed_in(one).get(address).status_code == 404


def test_a_matter_at_presence_level_shows_its_kind_and_no_more(town: Town) -> None:
    text = _text(signed_in(town.practitioner), f"/matters/{town.matter}")
    assert "Secret-kind" in text
    for hidden in ("Casework", "Cora Coordinator", "Anytown Police", str(town.matter) + "<"):
        assert hidden not in text
    assert "Use emergency access" in text
    for way in ("restriction", "name", "exclude", "who"):
        assert signed_in(town.practitioner).get(f"/matters/{town.matter}/{way}").status_code in (
            403,
            404,
        )


def test_a_matter_is_protected_named_and_excluded_from_on_its_pages(town: Town) -> None:
    client, base = signed_in(town.coordinator), f"/matters/{town.matter}"
    sent = {"restriction": "protected", "why": "There are threats", "seen": "open"}
    assert client.post(f"{base}/restriction", sent).status_code == 302
    again = client.post(f"{base}/restriction", {**sent, "restriction": "sealed"})
    assert again.status_code == 400
    assert "in the meantime" in again.content.decode()
    email = town.elsewhere.email.upper()
    assert client.post(f"{base}/name", {"email": email, "level": "2"}).status_code == 302
    assert "Eli Elsewhere" in _text(client, base)
    assert signed_in(town.elsewhere).get(base).status_code == 200
    for wrong in ({"email": "x"}, {"email": "nobody@example.org", "level": "2"}, {"level": "0"}):
        assert client.post(f"{base}/name", wrong).status_code == 400
    excluded = {"email": town.elsewhere.email, "reason": "excluded"}
    assert client.post(f"{base}/exclude", excluded).status_code == 302
    assert signed_in(town.elsewhere).get(base).status_code == 404
    assert client.post(f"{base}/excluded/{town.elsewhere.id}/end").status_code == 302
    assert signed_in(town.elsewhere).get(base).status_code == 200
    assert client.post(f"{base}/named/{town.elsewhere.id}/end").status_code == 302
    assert signed_in(town.elsewhere).get(base).status_code == 404
    last = client.post(f"{base}/named/{town.coordinator.id}/end", follow=True)
    assert "Nobody would be left" in last.content.decode()


def test_whoever_declares_a_conflict_sees_it_no_more(town: Town) -> None:
    client, base = signed_in(town.practitioner), f"/matters/{town.matter}"
    assert "You will not see this record any more" in _text(client, f"{base}/conflict")
    assert client.post(f"{base}/conflict").status_code == 302
    assert client.get(base).status_code == 404
    assert client.post(f"{base}/conflict").status_code == 404
    assert client.get(f"{base}/emergency").status_code == 404


def test_the_list_of_matters_leaves_as_a_file_and_is_filtered(town: Town) -> None:
    client = signed_in(town.practitioner)
    assert str(town.matter)[:8] in _text(client, "/matters/?kind=secret-kind&sort=-level")
    assert str(town.matter)[:8] not in _text(client, "/matters/?restriction=Open")
    file = b"".join(client.get("/matters/export").streaming_content).decode()
    assert str(town.matter) in file
    assert "Casework" not in file
    assert _events("oversight.matters.exported")[0].details == {"count": 1}


def test_emergency_access_is_used_seen_and_reviewed_by_another(town: Town) -> None:
    _restrict(town, Restriction.PROTECTED)
    client, base = signed_in(town.practitioner), f"/matters/{town.matter}"
    assert "four hours" in _text(client, f"{base}/emergency")
    assert (
        client.post(f"{base}/emergency", {"category": "bored", "why": "because"}).status_code == 400
    )
    used = client.post(f"{base}/emergency", {"category": "risk-to-life", "why": TYPED})
    assert used.status_code == 302
    assert "Cora Coordinator" in _text(client, base)
    officer = signed_in(town.officer)
    assert "Review emergency access by Pat Practitioner" in _text(officer, "/")
    assert "Pat Practitioner" in _text(officer, "/record/emergencies")
    told = _events("messages.person.told")
    assert [row.about for row in told] == [[town.officer.id]]
    with transaction.atomic(), as_system():
        emergency = Emergency.objects.get().id
    address = f"/record/emergencies/{emergency}"
    text = _text(officer, address)
    assert "&lt;script&gt;" in text
    assert "Read a matter at level everything" in text
    assert _events("oversight.emergency.read")[0].subject == town.matter
    assert officer.post(address, {"justified": "perhaps", "words": "ok ok ok"}).status_code == 400
    assert officer.post(address, {"justified": "no", "words": "There was none"}).status_code == 302
    again = officer.post(address, {"justified": "yes", "words": "There was one"})
    assert again.status_code == 400
    assert "Not justified" in _text(officer, "/record/emergencies")
    assert "Review emergency access" not in _text(officer, "/")


def test_nobody_reviews_their_own(town: Town) -> None:
    both = person("Both Things", "governance-officer", "practitioner")
    name_person(
        matter=town.matter,
        person=both.id,
        level=Level.PRESENCE,
        by=town.act(town.coordinator),
        now=timezone.now(),
    )
    use_emergency_access(
        matter=town.matter,
        category="court-order",
        why="An order",
        by=town.act(both),
        now=timezone.now(),
    )
    with transaction.atomic(), as_system():
        emergency = Emergency.objects.get().id
    client, address = signed_in(both), f"/record/emergencies/{emergency}"
    assert "somebody else reviews it" in _text(client, "/record/emergencies")
    assert client.get(address).status_code == 404
    sent = {"justified": "yes", "words": "It was fine"}
    assert client.post(address, sent).status_code == 404
    assert "Review emergency access" not in _text(client, "/")


def test_a_review_is_overdue_after_three_days(town: Town) -> None:
    long_ago = timezone.now() - timedelta(days=5)
    with transaction.atomic(), as_system():
        Emergency.objects.create(
            matter_id=town.matter,
            person=town.practitioner,
            category="court-order",
            start=long_ago,
            end=long_ago + timedelta(hours=4),
        )
    client = signed_in(town.officer)
    assert "Overdue" in _text(client, "/")
    assert "Overdue" in _text(client, "/record/emergencies")


def test_no_glass_before_a_sealed_or_unknown_matter_and_both_look_alike(town: Town) -> None:
    _restrict(town, Restriction.SEALED)
    client = signed_in(town.practitioner)
    sealed = client.get(f"/matters/{town.matter}/emergency")
    absent = client.get(f"/matters/{uuid.uuid4()}/emergency")
    assert (sealed.status_code, absent.status_code) == (404, 404)
    assert len(sealed.content) == len(absent.content)
    sent = {"category": "risk-to-life", "why": "A reason"}
    assert client.post(f"/matters/{town.matter}/emergency", sent).status_code == 404


def test_a_record_that_no_list_shows_is_named_by_its_id(town: Town) -> None:
    client = signed_in(town.practitioner)
    answer = client.post("/matters/emergency", {"matter": str(town.matter)})
    assert answer.headers["Location"] == f"/matters/{town.matter}/emergency"
    assert client.post("/matters/emergency", {"matter": "x"}).status_code == 400
    assert signed_in(town.officer).get("/matters/emergency").status_code == 403
