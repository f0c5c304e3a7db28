"""Pages of the paper check, and of files: who gets them, and what becomes of bad uploads."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.workspace.evidence.paper_check.test_paper_check import WRONG, word
from tests.workspace.people import signed_in

from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.evidence.paper_check.checking import do_check
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.partnership.models import Person

Staff = dict[str, Actor]


def _browser(by: Actor) -> Client:
    return signed_in(Person.objects.get(id=by.person))


def _send(client: Client, *papers: tuple[str, bytes], **more: str) -> object:
    files = [SimpleUploadedFile(name, body) for name, body in papers]
    return client.post("/papers/", {"papers": files, "area": "", "to": "", **more})


@pytest.fixture
def mine(staff: Staff, home: Path) -> Client:
    return _browser(staff["member"])


def _done(address: str, by: Actor) -> None:
    check = address.rsplit("/", 1)[-1]
    do_check(UUID(check), say=lambda percent, words: None, by=by, now=timezone.now())
    Job.objects.update(state="done", ended=timezone.now())


def test_an_officer_drops_a_draft_in_and_gets_it_back_marked(staff: Staff, mine: Client) -> None:
    answer = _send(mine, ("Draft <b>.docx", word(WRONG)))
    assert answer.status_code == 302  # type: ignore[attr-defined]  # a response
    here = answer["Location"]  # type: ignore[index]  # likewise
    assert 'data-again="2"' in mine.get(here).content.decode()
    _done(here, staff["member"])
    text = mine.get(here).content.decode()
    assert "Expected: 25%" in text
    assert "Draft &lt;b&gt;.docx" in text
    report = mine.get(f"{here}/report")
    policy = report["Content-Security-Policy"]
    style = re.search(rb"<style>(.*?)</style>", report.content, re.S)
    assert style
    mark = base64.b64encode(hashlib.sha256(style[1]).digest()).decode()
    assert f"'sha256-{mark}'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert b" style=" not in report.content
    assert b"Draft &lt;b&gt;.docx" in report.content
    copy = re.search(r'href="([^"]*/copies/[^"]*)"', text)
    assert copy
    taken = mine.get(copy[1])
    assert taken["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as package:
        assert "word/comments.xml" in package.namelist()
    file = copy[1].rsplit("/", 1)[-1]
    given = mine.get(f"/files/{file}")
    assert (given.status_code, given["X-Content-Type-Options"]) == (200, "nosniff")
    assert "sandbox" in given["Content-Security-Policy"]
    other = _browser(staff["analyst"])
    for address in (here, f"{here}/report", copy[1], f"/files/{file}", f"/files/{uuid4()}"):
        assert other.get(address).status_code == 404, address
        assert Client().get(address).status_code == 302
        assert mine.post(address).status_code == 405
    assert other.post(f"{here}/delete").status_code == 404
    assert mine.get(f"{here}/delete").status_code == 405
    assert mine.post(f"{here}/delete").status_code == 302
    assert mine.get(here).status_code == 404
    assert mine.get(copy[1]).status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("paper.docx", b"%PDF-1.7", "is a PDF"),
        ("paper.docm", word(WRONG), "called “.docm”"),
        ("empty.txt", b"  ", "empty"),
        ("program.pdf", b"MZ\x90", "program"),
        ("data.json", b'{"a": 1}', "not taken here"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "not taken here"),
    ],
)
def test_what_is_no_paper_is_refused_on_the_page(
    mine: Client, name: str, body: bytes, words: str
) -> None:
    answer = _send(mine, (name, body))
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a response
    assert words in answer.content.decode()  # type: ignore[attr-defined]  # likewise
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"area": "E09000001"}, {"to": "soon"}, {"meeting-day": "31", "meeting-month": "2"}]
)
def test_a_wrong_form_asks_for_nothing(mine: Client, wrong: dict[str, str]) -> None:
    answer = _send(mine, ("a.txt", b"words"), **wrong)
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a response
    assert _send(mine).status_code == 400  # type: ignore[attr-defined]  # no paper at all
    assert not Job.objects.exists()


def test_whoever_may_not_uploads_nothing(staff: Staff, home: Path) -> None:
    for client, status in (
        (_browser(staff["administrator"]), 403),
        (_browser(staff["stranger"]), 403),
        (Client(), 302),
    ):
        answer = _send(client, ("a.txt", b"words"))
        assert answer.status_code == status  # type: ignore[attr-defined]  # a response
        assert client.get("/papers/").status_code == status
    assert not (home / "files").exists()


def test_an_upload_beyond_every_limit_is_not_read(mine: Client) -> None:
    huge = {"CONTENT_LENGTH": "3000000000"}
    answer = mine.generic(
        "POST", "/papers/", b"--x--", content_type="multipart/form-data; boundary=x", **huge
    )
    assert answer.status_code == 400
    assert "larger than is taken" in answer.content.decode()
    nobody = Client(enforce_csrf_checks=True)
    nobody.cookies["csrftoken"] = "a" * 32
    some = {"CONTENT_LENGTH": "5000000"}
    answer = nobody.generic(
        "POST", "/papers/", b"--x--", content_type="multipart/form-data; boundary=x", **some
    )
    assert answer.status_code == 400
