"""Data files are sent, read as the command line reads them, and forgotten."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.workspace.people import signed_in

from saferboard.analytics.store.manifest import read as read_manifest
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.evidence.data.adding import do_adding
from saferboard.workspace.evidence.data.models import Adding
from saferboard.workspace.files.models import File
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.partnership.models import Person

Staff = dict[str, Actor]


def _browser(by: Actor) -> Client:
    return signed_in(Person.objects.get(id=by.person))


@pytest.fixture
def empty(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data store of this test's own, with nothing in it."""
    lake = home / "lake"
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, lake=lake))
    return lake


@pytest.fixture
def analyst(staff: Staff, empty: Path) -> Client:
    return _browser(staff["analyst"])


def _a_return(sample: Path) -> bytes:
    """A partner's return from the sample."""
    return next((sample / "data" / "partners").glob("*.csv")).read_bytes()


def _send(client: Client, *files: tuple[str, bytes]) -> object:
    return client.post("/data/add", {"chosen": [SimpleUploadedFile(*one) for one in files]})


def _do(by: Actor) -> Adding:
    """The newest adding, done as the worker does it."""
    adding = Adding.objects.order_by("-asked_at")[0]
    do_adding(adding.id, say=lambda percent, words: None, by=by, now=timezone.now())
    Job.objects.update(state="done", ended=timezone.now())
    return Adding.objects.get(id=adding.id)


def test_a_file_is_sent_read_and_forgotten(
    staff: Staff, analyst: Client, empty: Path, sample: Path, home: Path
) -> None:
    assert "Nothing is loaded yet" in analyst.get("/data/").content.decode()
    answer = _send(analyst, ("return.csv", _a_return(sample)), ("bad.csv", b"a,b\n1,2\n"))
    assert answer.status_code == 302  # type: ignore[attr-defined]  # a response
    here = answer["Location"]  # type: ignore[index]  # likewise
    assert 'data-again="3"' in analyst.get(here).content.decode()
    done = _do(staff["analyst"])
    loads = read_manifest(empty).vintages
    assert (set(done.loads), done.refused) == ({one.id for one in loads}, 1)
    load = loads[0]
    text = analyst.get(here).content.decode()
    assert f"Read into the data store: {len(loads)} loads." in text
    assert "bad.csv" in text
    assert [one.name for one in load.files] == ["return.csv"]
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    assert list((home / "adding").iterdir()) == []
    listed = analyst.get("/data/").content.decode()
    assert load.id in listed
    shown = analyst.get(f"/data/loads/{load.id}").content.decode()
    assert "return.csv" in shown
    assert load.files[0].sha256 not in shown  # small numbers could be guessed from it
    assert "withheld, with the small numbers" in shown
    row = Event.objects.using("owner").get(event="data.files.added")
    assert (row.details, row.actor) == (
        {"loads": len(loads), "refused": 1},
        staff["analyst"].person,
    )


def test_the_same_file_again_changes_nothing(
    staff: Staff, analyst: Client, empty: Path, sample: Path
) -> None:
    _send(analyst, ("return.csv", _a_return(sample)))
    assert _do(staff["analyst"]).loads
    before = read_manifest(empty)
    _send(analyst, ("return.csv", _a_return(sample)))
    done = _do(staff["analyst"])
    assert (read_manifest(empty), done.loads, done.refused) == (before, [], 0)
    assert "the same bytes are in the data store" in done.report


def test_a_job_that_is_given_out_again_does_nothing_twice(
    staff: Staff, analyst: Client, empty: Path, sample: Path, home: Path
) -> None:
    _send(analyst, ("return.csv", _a_return(sample)))
    adding = Adding.objects.get()

    def stop(percent: int, words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do_adding(adding.id, say=stop, by=staff["analyst"], now=timezone.now())
    assert not read_manifest(empty).vintages
    assert list((home / "adding").iterdir()) == []
    _do(staff["analyst"])
    before = read_manifest(empty).vintages
    _do(staff["analyst"])
    assert read_manifest(empty).vintages == before


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("data.csv", b"%PDF-1.7", "is a PDF"),
        ("data.xlsm", b"PK\x03\x04", "damaged"),
        ("data.csv", b"", "empty"),
        ("page.html", b"<html><p>x", "not taken here"),
        ("program.csv", b"\x7fELF", "program"),
    ],
)
def test_what_is_no_data_is_refused_on_the_page(
    analyst: Client, empty: Path, name: str, body: bytes, words: str
) -> None:
    answer = _send(analyst, ("good.csv", b"a,b\n1,2\n"), (name, body))
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a response
    assert words in answer.content.decode()  # type: ignore[attr-defined]  # likewise
    assert not Job.objects.exists()
    assert not Adding.objects.exists()


def test_it_is_closed_to_whoever_may_not(staff: Staff, empty: Path, sample: Path) -> None:
    adding = uuid4()
    member, stranger, nobody = (
        _browser(staff["member"]), _browser(staff["administrator"]), Client(),
    )  # fmt: skip
    for address in ("/data/", "/data/loads/none", "/data/add", f"/data/added/{adding}"):
        assert stranger.get(address).status_code == 403, address
        assert nobody.get(address).status_code == 302
    assert member.get("/data/").status_code == 200
    assert member.get("/data/loads/none").status_code == 404
    for address in ("/data/add", f"/data/added/{adding}"):
        assert member.get(address).status_code == 403
    for client, status in ((member, 403), (stranger, 403), (nobody, 302)):
        assert _send(client, ("a.csv", b"a\n")).status_code == status  # type: ignore[attr-defined]  # a response
    assert member.post("/data/").status_code == 405
    assert not Adding.objects.exists()
    assert _browser(staff["analyst"]).get(f"/data/added/{adding}").status_code == 404


def test_no_file_of_anybody_stays_when_one_is_refused(
    staff: Staff, analyst: Client, empty: Path, home: Path
) -> None:
    shutil.rmtree(home / "files", ignore_errors=True)
    _send(analyst, ("good.csv", b"a,b\n1,2\n"), ("bad.csv", b"\x00\x01"))
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    assert not File.objects.exists()
