"""The pages of the register, asked for as a browser does."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.agreements.test_agreements import _enter, _officer, _police, _sign
from tests.workspace.agreements.test_assessments import _findings
from tests.workspace.people import agency, person, signed_in

from saferboard.workspace.access.models import Agreement, AgreementParty
from saferboard.workspace.agreements.operations.agreements import end_agreement
from saferboard.workspace.agreements.operations.assessments import enter_assessment
from saferboard.workspace.agreements.urls import urlpatterns
from saferboard.workspace.audit.models import Event
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.partnership.models import Person

pytestmark = pytest.mark.usefixtures("database")
SCRIPT = '<script>alert("1")</script>'
_POSTS = {"sign"}


def _boxes(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def _typed(**more: object) -> dict[str, object]:
    today = day_of(timezone.now())
    return {
        "title": "Typed agreement",
        "purpose": "casework",
        "gateway": "Section 115",
        "basis": "6(1)(e)",
        "special_category_basis": "",
        "schedule_1_condition": "",
        "data_classes": "Names",
        "retention": "A year",
        **_boxes("first_day", today),
        **_boxes("last_day", today + timedelta(days=200)),
        **_boxes("review", today + timedelta(days=100)),
        "parties": [str(agency().id), str(_police().id)],
        "version": "1",
        **more,
    }


def _addresses(agreement: UUID, assessment: UUID, place: UUID) -> dict[str, str]:
    found = {}
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        key = assessment if route.startswith("assessments") else agreement
        route = route.replace("<uuid:key>", str(key)).replace("<uuid:agency>", str(place))
        found[str(pattern.name)] = f"/agreements/{route}"
    return found


def _all() -> dict[str, str]:
    agreement = _enter()
    assessment = enter_assessment(
        findings=_findings(), agreements=[agreement], by=_officer(), now=timezone.now()
    )
    return _addresses(agreement, assessment, _police().id)


def test_no_address_answers_anybody_who_has_not_signed_in() -> None:
    for name, address in _all().items():
        for method in ("get", "post"):
            assert getattr(Client(), method)(address).status_code in (302, 405), name


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        ("governance-officer", True, True),
        ("administrator", True, False),
        ("agency-lead", True, False),
        ("practitioner", True, False),
        ("analyst", False, False),
        ("member", False, False),
    ],
)
def test_who_reads_and_who_keeps_the_register(role: str, reads: bool, keeps: bool) -> None:
    addresses = _all()
    browser = signed_in(person("Asks For It", role))
    reading = {"list", "csv", "agreement", "assessments", "assessments_csv", "assessment"}
    for name, address in addresses.items():
        status = browser.get(address).status_code
        if name in _POSTS:
            assert status == 405
        elif name == "copy":
            assert status in (403, 404)  # none on file
        else:
            assert (status == 200) is (reads if name in reading else keeps), (name, status)
            assert status in (200, 403, 404)
    if not keeps:
        before = (Agreement.objects.count(), AgreementParty.objects.count())
        for name, address in addresses.items():
            assert browser.post(address, _typed()).status_code in (403, 404, 405), name
        assert (Agreement.objects.count(), AgreementParty.objects.count()) == before


def test_ids_that_are_guessed_lead_nowhere() -> None:
    _officer()
    browser = signed_in(Person.objects.get(name="Officer Example"))
    for name, address in _addresses(uuid4(), uuid4(), uuid4()).items():
        if name in ("list", "csv", "enter", "assessments", "assessments_csv", "assessment_enter"):
            continue
        assert browser.get(address).status_code in (404, 405), name
        assert browser.post(address, _typed(when="now")).status_code in (404, 405), name


def test_an_agreement_is_entered_signed_changed_and_ended_by_its_pages() -> None:
    _officer()
    browser = signed_in(Person.objects.get(name="Officer Example"))
    entered = browser.post("/agreements/enter", _typed(title=SCRIPT))
    assert entered.status_code == 302
    page = browser.get(entered["Location"]).content.decode()
    assert SCRIPT not in page and "&lt;script&gt;" in page and "Not signed yet" in page
    key = Agreement.objects.get().id
    chief = signed_in(person("Chief", "agency-lead", of=_police()))
    assert "Sign “" in chief.get("/").content.decode()
    assert chief.post(f"/agreements/{key}/sign/{agency().id}").status_code == 403
    assert chief.post(f"/agreements/{key}/sign/{_police().id}").status_code == 302
    assert chief.post(f"/agreements/{key}/sign/{_police().id}").status_code == 400
    assert "In force" in browser.get(f"/agreements/{key}").content.decode()
    refused = browser.post(f"/agreements/{key}/change", _typed(title=SCRIPT, retention="Other"))
    assert refused.status_code == 400 and "was signed" in refused.content.decode()
    typed = _typed(title="A better title")
    assert browser.post(f"/agreements/{key}/change", typed).status_code == 302
    both = browser.post(f"/agreements/{key}/change", _typed(title="A second title"))
    text = both.content.decode()
    assert both.status_code == 409
    assert "A better title" in text and "A second title" in text and "Officer Example" in text
    assert browser.post(f"/agreements/{key}/end", {"when": "now"}).status_code == 302
    over = browser.get(f"/agreements/{key}").content.decode()
    assert "It opens nothing any more" in over and "A better title" in over
    today = day_of(timezone.now())
    renewed = browser.post(
        f"/agreements/{key}/renew",
        {
            **_boxes("until", today + timedelta(days=300)),
            **_boxes("review", today + timedelta(days=200)),
            "version": "3",
        },
    )
    assert renewed.status_code == 302 and renewed["Location"] != f"/agreements/{key}"


@pytest.mark.parametrize(
    "more",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"data_classes": "x" * 6000},
        {"gateway": "a\0b"},
        {"purpose": "espionage"},
        {"parties": []},
        {"parties": [str(uuid4())]},
        {"last_day-day": "31", "last_day-month": "2"},
        {"last_day-year": "99999"},
        {"first_day-day": SCRIPT},
        {"version": "one"},
    ],
)
def test_what_is_typed_wrong_is_said_above_the_form_and_nothing_is_entered(
    more: dict[str, object],
) -> None:
    _officer()
    browser = signed_in(Person.objects.get(name="Officer Example"))
    response = browser.post("/agreements/enter", _typed(**more))
    text = response.content.decode()
    assert response.status_code == 400
    assert "There is a problem" in text and SCRIPT not in text
    assert Agreement.objects.count() == 0


def test_the_home_page_warns_whoever_has_to_act() -> None:
    _officer()
    agreement = _enter(
        last_day=day_of(timezone.now()) + timedelta(days=20), review=day_of(timezone.now())
    )
    _sign(agreement, _police())
    chief = person("Chief", "agency-lead", of=_police())
    elsewhere = person("Elsewhere", "agency-lead", of=agency("Anytown Health", "health"))
    assert (
        "Renew “Sharing"
        in signed_in(Person.objects.get(name="Officer Example")).get("/").content.decode()
    )
    assert "ends soon" in signed_in(chief).get("/").content.decode()
    assert "ends soon" not in signed_in(elsewhere).get("/").content.decode()


def test_filters_narrow_the_register() -> None:
    kept, over = _enter(title="Kept"), _enter(title="Over already")
    now = timezone.now()
    end_agreement(agreement=over, at=now, by=_officer(), now=now)
    browser = signed_in(Person.objects.get(name="Officer Example"))
    for query, shows in (
        ("", {"Kept"}),
        ("state=over", {"Over already"}),
        ("state=all", {"Kept", "Over already"}),
        ("state=soon", set()),
        ("state=all&words=KEPT", {"Kept"}),
        ("purpose=governance", set()),
        (f"agency={_police().id}", {"Kept"}),
        (f"agency={uuid4()}", set()),
        ("agency=x&sort=-signers&page=7", {"Kept"}),
    ):
        text = browser.get(f"/agreements/?{query}").content.decode()
        found = set(re.findall(r'href="/agreements/[0-9a-f-]{36}">([^<]+)<', text))
        assert found == shows, query
    assert kept


def test_the_register_leaves_as_csv_and_is_recorded() -> None:
    _sign(_enter(title="=1+1"))
    browser = signed_in(Person.objects.get(name="Officer Example"))
    text = browser.get("/agreements/register.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Title"], row["Signed by"], row["Standing"]) for row in rows] == [
        ("'=1+1", "Anytown Council; Anytown Police", "In force")
    ]
    told = Event.objects.using("owner").get(event="agreements.agreements.exported")
    assert told.details == {"count": 1} and told.kind == "disclosure"


def test_an_assessment_is_entered_and_changed_by_its_pages() -> None:
    agreement = _enter()
    browser = signed_in(Person.objects.get(name="Officer Example"))
    typed = {
        "title": "DPIA",
        "purpose": SCRIPT,
        "risks": "Some",
        "mitigations": "Some",
        "outcome": "draft",
        "advice": "",
        **_boxes("review", day_of(timezone.now()) + timedelta(days=90)),
        "agreements": [str(agreement)],
        "version": "1",
    }
    entered = browser.post("/agreements/assessments/enter", typed)
    assert entered.status_code == 302
    page = browser.get(entered["Location"]).content.decode()
    assert SCRIPT not in page and "Sharing for casework" in page
    address = f"{entered['Location']}/change"
    undecided = browser.post(address, {**typed, "outcome": "go"})
    assert undecided.status_code == 400 and "advice is missing" in undecided.content.decode()
    assert browser.post(address, {**typed, "risks": "More"}).status_code == 302
    assert browser.post(address, {**typed, "risks": "Others"}).status_code == 409


@given(
    typed=st.dictionaries(
        st.sampled_from(
            sorted(
                [
                    "title",
                    "purpose",
                    "gateway",
                    "basis",
                    "data_classes",
                    "retention",
                    "last_day-day",
                    "last_day-month",
                    "last_day-year",
                    "review-year",
                    "parties",
                    "version",
                ]
            )
        ),
        st.text(max_size=40),
        max_size=6,
    )
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_form_takes_whatever_is_typed(typed: dict[str, str]) -> None:
    _officer()
    browser = signed_in(Person.objects.get(name="Officer Example"))
    assert browser.post("/agreements/enter", _typed(**typed)).status_code in (302, 400)


def test_a_signed_copy_is_kept_replaced_and_given_to_whoever_reads_the_register() -> None:
    agreement = _enter()
    browser = signed_in(Person.objects.get(name="Officer Example"))
    address = f"/agreements/{agreement}/copy"
    assert browser.get(address).status_code == 404
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

    def sent(content: bytes, name: str) -> int:
        file = SimpleUploadedFile(name, content, "application/pdf")
        return browser.post(f"{address}/keep", {"file": file}).status_code

    assert sent(b"", "empty.pdf") == 400
    assert sent(b"MZ\x90\x00 a program", "signed.pdf") == 400
    assert browser.post(f"{address}/keep", {}).status_code == 400
    assert Agreement.objects.get(id=agreement).signed_copy is None
    assert sent(pdf, "signed.pdf") == 302
    assert sent(pdf + b"% second\n", "again.pdf") == 302
    lead = signed_in(person("Chief", "agency-lead", of=_police()))
    given_out = lead.get(address)
    assert given_out.status_code == 200 and given_out.getvalue() == pdf + b"% second\n"
    assert given_out["X-Content-Type-Options"] == "nosniff"
    assert lead.post(f"{address}/keep", {}).status_code == 403
    assert signed_in(person("Plain", "member")).get(address).status_code == 403
    history = browser.get(f"/agreements/{agreement}").content.decode()
    assert history.count("Signed copy") >= 3
