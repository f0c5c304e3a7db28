"""Pages of packs: who gets them, what they say, and what becomes of bad requests."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.workspace.evidence.conftest import TO
from tests.workspace.people import signed_in

from saferboard.vocabulary.partnership import load_partnership
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.evidence.packs import making
from saferboard.workspace.evidence.packs.models import Build, Pack, Remark, State
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.partnership.models import Person

Staff = dict[str, Actor]


def _browser(by: Actor) -> Client:
    return signed_in(Person.objects.get(id=by.person))


def _new(client: Client, home: Path, **more: str) -> object:
    given = {
        "kind": "performance",
        "area": load_partnership(home).area.code,
        "to": str(TO),
        "measures": ["personal-robbery"],
        "comparators": "same-vintage",
        "rag": "verdicts",
        **more,
    }
    return client.post("/packs/new", given)


@pytest.fixture
def analyst(staff: Staff, home: Path) -> Client:
    return _browser(staff["analyst"])


@pytest.fixture
def opened(analyst: Client, home: Path) -> UUID:
    """A pack that waits for its build."""
    assert _new(analyst, home).status_code == 302  # type: ignore[attr-defined]  # a response
    return Pack.objects.get().id


def _make(pack: UUID) -> Build:
    build = Build.objects.get(pack=pack)
    by = Actor(build.asked_by_id)
    making.make_build(build.id, say=lambda percent, words: None, by=by, now=timezone.now())
    Job.objects.update(state="done", ended=timezone.now())
    return build


def test_an_analyst_makes_reads_and_settles_a_pack(
    staff: Staff, analyst: Client, opened: UUID
) -> None:
    waiting = analyst.get(f"/packs/{opened}").content.decode()
    assert 'data-again="3"' in waiting
    assert "Waiting for its turn" in waiting
    build = _make(opened)
    text = analyst.get(f"/packs/{opened}").content.decode()
    assert "Read it here" in text
    section = analyst.get(f"/packs/{opened}/read/personal-robbery")
    body = section.content.decode()
    assert "unsafe" not in section["Content-Security-Policy"]
    assert " style=" not in body
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", body)
    for address in (
        re.search(r'src="\.\./(charts/[^"]+\.svg)"', body),
        re.search(r'href="\.\./(figures/[^"]+)"', body),
    ):
        assert address
        answer = analyst.get(f"/packs/{opened}/{address[1]}")
        assert answer.status_code == 200, address[1]
    for format_, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
        answer = analyst.get(f"/packs/{opened}/files/{format_}")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"".join(answer.streaming_content).startswith(begins)
    asked = analyst.get(f"/packs/{opened}/check").content.decode()
    assert str(build.id) in asked
    assert analyst.post(f"/packs/{opened}/check", {"build": build.id}).status_code == 302
    for name in ("council approver", "police approver"):
        client = _browser(staff[name])
        assert client.get(f"/packs/{opened}/agree").status_code == 200
        assert client.post(f"/packs/{opened}/agree", {"build": build.id}).status_code == 302
    assert analyst.get(f"/packs/{opened}/freeze").status_code == 200
    assert analyst.post(f"/packs/{opened}/freeze").status_code == 302
    assert Pack.objects.get().state == State.FROZEN
    library = _browser(staff["member"]).get("/packs/?state=frozen&sort=area_name").content.decode()
    assert "Kestrelby" in library
    assert "Make a pack" not in library


def test_commentary_is_written_and_the_second_editor_is_shown_both(
    staff: Staff, analyst: Client, opened: UUID
) -> None:
    _make(opened)
    here = f"/packs/{opened}/commentary/personal-robbery"
    assert "Robbery of personal property" in analyst.get(here).content.decode()
    first = {"text": "<script>alert(1)</script> 9731", "author": "Lead", "version": "0"}
    assert analyst.post(here, first).status_code == 302
    text = analyst.get(here).content.decode()
    assert "<script>alert" not in text
    assert "This number is no figure" in " ".join(text.split())
    second = _browser(staff["second analyst"]).post(
        here, {"text": "Mine", "author": "Other", "version": "0"}
    )
    assert second.status_code == 409
    assert "Mine" in second.content.decode()
    assert "&lt;script&gt;" in second.content.decode()
    assert Remark.objects.get().version == 1
    for bad in (
        {"text": "x" * 5001, "author": "Lead", "version": "1"},
        {"text": "Words", "author": "", "version": "1"},
        {"text": "Words", "author": "Lead", "version": "one"},
        {"text": "Words", "author": "x" * 121, "version": "1"},
        {"text": "Words", "author": "Lead", "version": "1", "date-day": "31", "date-month": "2"},
    ):
        assert analyst.post(here, bad).status_code == 400, bad
    assert analyst.get(f"/packs/{opened}/commentary").status_code == 200
    assert analyst.get(f"/packs/{opened}/commentary/nothing").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "yesterday"},
        {"to": "2023-13"},
        {"kind": "<script>"},
        {"area": "E09000001"},
        {"measures": ["nothing"]},
        {"baseline": "12"},
        {"ward": "x" * 101},
        {"as_known-day": "31", "as_known-month": "2", "as_known-year": "2024"},
        {"comparators": "none"},
    ],
    ids=str,
)
def test_a_wrong_form_opens_nothing_and_says_what_is_wrong(
    analyst: Client, home: Path, wrong: dict[str, str]
) -> None:
    answer = _new(analyst, home, **wrong)
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a response
    body = answer.content.decode()  # type: ignore[attr-defined]  # likewise
    assert "There is a problem" in body
    assert "<script>" not in body.replace('<script type="module"', "")
    assert not Pack.objects.exists()


def test_every_address_is_closed_to_whoever_may_not(staff: Staff, opened: UUID) -> None:
    reads = [
        "/packs/", f"/packs/{opened}", f"/packs/{opened}/read/summary",
        f"/packs/{opened}/charts/x.svg", f"/packs/{opened}/figures/x/y",
        f"/packs/{opened}/files/pdf", f"/packs/{opened}/commentary",
    ]  # fmt: skip
    asks = [f"/packs/{opened}/{one}" for one in ("check", "agree", "freeze", "send-back")]
    writes = ["/packs/new", f"/packs/{opened}/commentary/personal-robbery"]
    changes = [f"/packs/{opened}/{one}" for one in ("build", "edition")]
    stranger, member, nobody = (
        _browser(staff["stranger"]), _browser(staff["member"]), Client(),
    )  # fmt: skip
    for address in [*reads, *asks, *writes]:
        assert nobody.get(address).status_code == 302
        assert stranger.get(address).status_code == 403, address
    for address in [*asks, *writes, *changes]:
        before = Pack.objects.values().get()
        given = {"build": str(uuid4()), "why": "x", "text": "x", "author": "x", "version": "0"}
        assert nobody.post(address, given).status_code == 302
        for client in (stranger, member):
            assert client.post(address, given).status_code in (400, 403), address
        assert Pack.objects.values().get() == before
    for address in writes:
        assert member.get(address).status_code == 403
    for address in reads:
        assert member.post(address).status_code == 405
    for address in changes:
        assert member.get(address).status_code == 405
    assert Build.objects.count() == 1


def test_forged_ids_and_names_lead_nowhere(analyst: Client, opened: UUID) -> None:
    _make(opened)
    for address in (
        f"/packs/{uuid4()}", f"/packs/{uuid4()}/read/summary", f"/packs/{opened}/read/none",
        f"/packs/{opened}/charts/..%2fcontents.json", f"/packs/{opened}/files/exe",
        f"/packs/{opened}/figures/none", "/packs/not-an-id", f"/packs/{opened}/read/..%2f..%2fx",
        f"/packs/{uuid4()}/commentary/personal-robbery",
    ):  # fmt: skip
        assert analyst.get(address).status_code == 404, address
    assert analyst.post(f"/packs/{opened}/check", {"build": "x"}).status_code == 404
    assert analyst.post(f"/packs/{opened}/check", {"build": uuid4()}).status_code == 400
    assert analyst.post(f"/packs/{uuid4()}/build").status_code == 404
    assert Pack.objects.get().state == State.DRAFT


def test_home_says_whose_turn_it_is_and_search_finds_the_pack(
    staff: Staff, analyst: Client, opened: UUID
) -> None:
    def needs(name: str) -> str:
        return _browser(staff[name]).get("/").content.decode()

    assert "the performance pack" not in needs("analyst")
    build = _make(opened)
    assert "Check the performance pack for Kestrelby to June 2025" in needs("analyst")
    assert "the performance pack" not in needs("police approver")
    analyst.post(f"/packs/{opened}/check", {"build": build.id})
    for side in ("police", "council"):
        name = f"{side} approver"
        assert f"It is checked and waits for the {side}." in needs(name)
        _browser(staff[name]).post(f"/packs/{opened}/agree", {"build": build.id})
        assert "the performance pack" not in needs(name)
    assert "the performance pack" not in needs("health approver")
    assert "Freeze the performance pack" in needs("analyst")
    found = _browser(staff["member"]).post("/search", {"words": "performance kestrel"})
    assert f"/packs/{opened}" in found.content.decode()
    found = _browser(staff["member"]).post("/search", {"words": "robbery personal"})
    assert "/explore/?measure=personal-robbery" in found.content.decode()
    hidden = _browser(staff["administrator"]).post("/search", {"words": "performance kestrel"})
    assert f"/packs/{opened}" not in hidden.content.decode()
    assert analyst.get("/explore/?measure=personal-robbery").status_code == 200
