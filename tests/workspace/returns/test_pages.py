"""Pages of returns: from the list to the data store without scripts, and who may not."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from tests.workspace.people import signed_in
from tests.workspace.returns.made import (
    AREA,
    HEADER,
    NOW,
    World,
    agency,
    lake_in,
    person,
    work_off,
    world,
)

from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.returns.models import Due, Filing, Line, ReturnDefinition, State

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def lake(database: Addresses, tmp_path: Path) -> Iterator[Path]:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with lake_in(tmp_path) as folder, app.replace_connector(connector):
        yield folder


def _sent(w: World, version: int, do: str, calls: str = "430", **more: str) -> dict[str, str]:
    line, share = w.line("asb-calls"), w.line("confidence-police")
    return {
        "version": str(version), "do": do, "comparable": "yes",
        f"value-{line}": calls, f"value-{share}": "62%", f"denominator-{share}": "790",
        **{f"{name}-{line}": text for name, text in more.items()},
    }  # fmt: skip


def _file(value: str) -> SimpleUploadedFile:
    text = f"{HEADER}\nasb-calls,{AREA},,2024-01,2024-03,,{value},,,,,C,"
    return SimpleUploadedFile("x.csv", text.encode())


def _text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_return_goes_from_the_list_into_the_data_store() -> None:
    w = world()
    fay, sol, ana = (signed_in(one, csrf=False) for one in (w.filler, w.signer, w.analyst))
    at = f"/returns/{w.due.id}"
    assert "Fill in Calls and confidence" in _text(fay, "/")
    assert "What we owe" in _text(fay, "/returns/")
    assert "October to December 2023: 410" in _text(fay, at)
    assert "October to December 2023: 410" in _text(fay, f"{at}/fill")
    checked = fay.post(f"{at}/fill", _sent(w, 0, "check", "749"), follow=True).content.decode()
    assert "more than is usual. Say why." in checked and "Send to be signed off" not in checked
    answer = {"reason": "recording", "answer": "A new system", "comparable": "no"}
    checked = fay.post(f"{at}/fill", _sent(w, 1, "check", "749", **answer), follow=True)
    assert "Send to be signed off" in checked.content.decode()
    sent = fay.post(f"{at}/fill", _sent(w, 2, "send", "749", **answer), follow=True)
    assert "was sent to be signed off" in sent.content.decode()
    assert "Sign off Calls and confidence" in _text(sol, "/")
    assert "Calls and confidence, January to March 2024" in _text(sol, "/notifications/")
    shown = _text(sol, at)
    assert "A new system" in shown and "not to be compared" in shown
    version = re.search(r'name="version" value="(\d+)"', shown)
    assert version
    sol.post(f"{at}/sign", {"version": version[1]})
    assert w.filing().state == State.SIGNED
    work_off()
    assert "In the data store" in _text(ana, at)
    assert "Version 1, signed off" in _text(fay, at)
    fay.post(f"{at}/correct")
    assert "749" in _text(fay, f"{at}/fill")
    with transaction.atomic(), as_system():
        read = list(Event.objects.using("owner").filter(event="returns.due.read", subject=w.due.id))
    assert {one.actor for one in read} == {w.filler.id, w.signer.id, w.analyst.id}


def test_a_file_is_taken_and_one_that_does_not_fit_says_why() -> None:
    w = world()
    fay, at = signed_in(w.filler), f"/returns/{w.due.id}"
    form = fay.get(f"{at}/form.csv")
    assert form["Content-Type"].startswith("text/csv")
    assert form.content.decode("utf-8-sig").splitlines()[0] == HEADER
    bad = SimpleUploadedFile(
        "x.csv", f"{HEADER}\nasb-calls,{AREA},,2024-01,2024-03,,-1,,,,,C,".encode()
    )
    answer = fay.post(f"{at}/upload", {"file": bad, "version": "0"})
    assert answer.status_code == 400 and "negative" in answer.content.decode()
    assert fay.post(f"{at}/upload", {"version": "0"}).status_code == 400
    good = SimpleUploadedFile(
        "x.csv", f"{HEADER}\nasb-calls,{AREA},,2024-01,2024-03,,430,,,,,C,".encode()
    )
    answer = fay.post(f"{at}/upload", {"file": good, "version": "0"}, follow=True)
    assert "The file was read" in answer.content.decode()
    assert "There is no figure" in answer.content.decode()


def test_the_second_writer_is_shown_both() -> None:
    w = world()
    fay, at = signed_in(w.filler), f"/returns/{w.due.id}"
    fay.post(f"{at}/fill", _sent(w, 0, "save", "444"))
    answer = fay.post(f"{at}/fill", _sent(w, 0, "save", "555"))
    text = answer.content.decode()
    assert answer.status_code == 409 and "444" in text and "555" in text
    assert f"{at}/fill" in text
    assert w.filing().entries[str(w.line("asb-calls"))]["value"] == "444"


def test_what_is_typed_stays_text_and_is_cut_to_size() -> None:
    w = world()
    fay, at = signed_in(w.filler), f"/returns/{w.due.id}"
    typed = _sent(w, 0, "check", SCRIPT * 50, note=SCRIPT * 50, answer=SCRIPT, reason=SCRIPT)
    text = fay.post(f"{at}/fill", typed, follow=True).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    assert all(len(one) <= 300 for one in w.filing().entries[str(w.line("asb-calls"))].values())
    for odd in ("-1", "x", "9" * 30, ""):
        sent = {**_sent(w, 1, "save"), "version": odd}
        assert fay.post(f"{at}/fill", sent).status_code == 409
    assert fay.post(f"{at}/fill", {**_sent(w, 1, "save"), "do": SCRIPT}).status_code == 302


def test_returns_of_others_do_not_exist() -> None:
    w = world()
    other = agency("Other Agency")
    strangers = [
        person("Stan Stranger", "returns-officer", "agency-lead", of=other),
        person("Mo Member", "member", of=w.owes),
        person("Ada Admin", "administrator", of=w.owes),
    ]
    paths = ["", "/fill", "/form.csv"]
    posts = ["/fill", "/upload", "/sign", "/back", "/correct", "/load"]
    for who in strangers:
        client = signed_in(who)
        for path in paths:
            assert client.get(f"/returns/{w.due.id}{path}").status_code == 404
            assert client.get(f"/returns/{uuid.uuid4()}{path}").status_code == 404
        for path in posts:
            data = _sent(w, 0, "save") | {"why": "x", "file": SimpleUploadedFile("x.csv", b"x")}
            assert client.post(f"/returns/{w.due.id}{path}", data).status_code == 404
        for path in ("late", "late.csv", "register", "register/add"):
            assert client.get(f"/returns/{path}").status_code == 403
        assert client.get(f"/returns/{w.due.id}/withdraw").status_code == 403
    assert signed_in(strangers[1]).get("/returns/").status_code == 403
    assert "Calls and confidence" not in _text(signed_in(strangers[0]), "/returns/")
    assert not Filing.objects.exists()


def test_anonymous_people_are_led_to_sign_in_and_methods_and_tokens_are_asked_for() -> None:
    w = world()
    at = f"/returns/{w.due.id}"
    for path in ("/returns/", at, f"{at}/fill", "/returns/late.csv", "/returns/register"):
        assert Client().get(path).status_code == 302
    fay = signed_in(w.filler)
    for path in ("sign", "back", "correct", "load", "upload"):
        assert fay.get(f"{at}/{path}").status_code == 405
    assert fay.post("/returns/").status_code == 405
    assert signed_in(w.filler, csrf=True).post(f"{at}/fill", _sent(w, 0, "save")).status_code == 403


def test_the_one_who_signs_does_not_fill_in_and_the_other_way_round() -> None:
    w = world()
    at = f"/returns/{w.due.id}"
    assert signed_in(w.signer).post(f"{at}/fill", _sent(w, 0, "save")).status_code == 403
    signed_in(w.filler).post(f"{at}/fill", _sent(w, 0, "send"))
    assert signed_in(w.filler).post(f"{at}/sign", {"version": "2"}).status_code == 403
    assert signed_in(w.analyst).post(f"{at}/sign", {"version": "2"}).status_code == 403
    assert signed_in(w.signer).post(f"{at}/sign", {"version": "1"}).status_code == 409
    assert w.filing().state == State.SUBMITTED
    answer = signed_in(w.signer).post(f"{at}/back", {"version": "2", "why": ""})
    assert answer.status_code == 400
    signed_in(w.signer).post(f"{at}/back", {"version": "2", "why": SCRIPT})
    assert "&lt;script&gt;" in _text(signed_in(w.filler), f"{at}/fill")


def test_the_analyst_sees_what_is_late_by_agency_and_takes_it_as_a_table() -> None:
    w = world()
    ana = signed_in(w.analyst)
    text = _text(ana, "/returns/late")
    assert "Anytown Council" in text and "days late" in text
    answer = ana.get("/returns/late.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    late = (timezone.localdate() - date(2024, 4, 28)).days
    assert lines[1].startswith(
        f"Anytown Council,Calls and confidence,January to March 2024,2024-04-28,{late},Overdue"
    )
    ana.post(f"/returns/{w.due.id}/withdraw", {"why": "The service closed"})
    assert "January to March 2024" not in _text(ana, "/returns/late")
    assert "The service closed" in _text(ana, f"/returns/{w.due.id}")
    assert ana.post(f"/returns/{w.due.id}/withdraw", {"why": ""}).status_code == 400


def test_the_analyst_says_who_owes_which_return() -> None:
    w = world()
    ana = signed_in(w.analyst)
    today = timezone.localdate().replace(day=1) - timedelta(days=1)
    sent = {
        "title": "Fires", "about": "", "agency": str(w.owes.id), "area": AREA.lower(),
        "cycle": "monthly",
        "first-day": "1", "first-month": str(today.month), "first-year": str(today.year),
        "due_days": "14", "lines": "2", "line-0-measure": "primary-fires", "line-0-highest": "900",
        "line-1-measure": "",
    }  # fmt: skip
    assert "Add a return" in _text(ana, "/returns/register/add")
    answer = ana.post("/returns/register/add", sent)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    made = ReturnDefinition.objects.get(title="Fires")
    assert Due.objects.filter(definition=made).count() >= 2
    assert list(Line.objects.filter(definition=made).values_list("measure", "highest")) == [
        ("primary-fires", 900.0)
    ]
    at = answer["Location"]
    assert "Fires" in _text(ana, at)
    changed = {
        "title": SCRIPT, "about": "", "due_days": "20", "version": "1", "lines": "1",
        "line-0-measure": "lift-releases",
    }  # fmt: skip
    assert ana.post(at, changed).status_code == 302
    assert "&lt;script&gt;" in _text(ana, "/returns/register")
    assert ana.post(at, changed).status_code == 409
    for wrong in ({"area": "Anytown"}, {"agency": str(uuid.uuid4())}, {"cycle": "daily"},
                  {"due_days": "0"}, {"title": "x" * 201}, {"line-0-measure": SCRIPT},
                  {"lines": "9" * 20}, {"first-month": "13"}):  # fmt: skip
        answer = ana.post("/returns/register/add", sent | wrong)
        assert answer.status_code == 400 or "lines" in wrong, wrong
    assert ana.post(f"{at}/end").status_code == 302
    assert "Ended" in _text(ana, "/returns/register")
    assert ana.get(f"/returns/register/{uuid.uuid4()}").status_code == 404


def test_a_long_list_turns_pages_and_what_waits_comes_first() -> None:
    w = world()
    for month in range(1, 13):
        for year in range(2017, 2022):
            Due.objects.create(
                definition_id=w.definition, period_start=date(year, month, 1),
                period_end=date(year, month, 28), day=date(year, month, 28), created=NOW,
            )  # fmt: skip
    Due.objects.filter(period_start=date(2017, 1, 1)).update(
        withdrawn=NOW, day=timezone.localdate()
    )
    first = _text(signed_in(w.filler), "/returns/")
    assert "1 to 50 of 62" in first and ">Filed<" not in first
    second = _text(signed_in(w.filler), "/returns/?page=2")
    assert "51 to 62 of 62" in second and ">Filed<" in second and "Not owed" in second


def test_an_empty_partnership_says_what_would_stand_here() -> None:
    who = person("Ana Analyst", "analyst")
    assert "No return is owed yet" in _text(signed_in(who), "/returns/")
    assert "No agency owes a return yet" in _text(signed_in(who), "/returns/register")
    assert "Nothing is overdue" in _text(signed_in(who), "/returns/late")
