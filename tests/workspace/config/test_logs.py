"""No personal data in a log: a secret word goes in by every door, and none comes out."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from tests.workspace.people import person, signed_in

from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.logs import JsonLines, logging_settings
from saferboard.workspace.config.urls import urlpatterns as real
from saferboard.workspace.partnership.models import Person

MARK = "Quillfeather"
EMAIL = f"{MARK}@example.org"


def _raises(request: HttpRequest, word: str) -> HttpResponse:
    raise ValueError(f"{word} and {request.POST.get('name')} of {request.GET.get('q')}")


def _twice(request: HttpRequest, word: str) -> HttpResponse:
    """The database's own words: Key (email)=(…) already exists."""
    for _ in range(2):
        with transaction.atomic():
            Person.objects.create(name=MARK, email=EMAIL.lower())
    return HttpResponse()


urlpatterns = [
    path("raises/<str:word>", _raises, name="raises"),
    path("twice/<str:word>", _twice, name="twice"),
    *real,
]
handler404 = "saferboard.workspace.web.errors.missing_page"
handler500 = "saferboard.workspace.web.errors.failed_page"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the real settings of logging write, at their most talkative."""
    out = io.StringIO()
    settings = logging_settings("DEBUG")
    settings["handlers"]["lines"]["stream"] = out
    settings["root"]["level"] = "DEBUG"
    for one in settings["loggers"].values():
        one["level"] = "DEBUG"
    logging.config.dictConfig(settings)
    yield out
    logging.config.dictConfig(logging_settings())


def _lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def _record(message: str, *args: object, **more: Any) -> dict[str, Any]:
    record = logging.LogRecord("a.b", logging.INFO, "f", 1, message, args, None)
    for name, value in more.items():
        setattr(record, name, value)
    line: dict[str, Any] = json.loads(JsonLines().format(record))
    return line


@pytest.mark.usefixtures("database")
@override_settings(
    ROOT_URLCONF=__name__, OPEN_ADDRESSES=frozenset({"raises", "twice", "home:help"})
)
def test_whatever_goes_wrong_in_a_request_no_log_tells_of_a_person(
    written: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    who = person(f"{MARK} Green", "analyst")
    for client in (Client(raise_request_exception=False), signed_in(who)):
        client.raise_request_exception = False
        headers = {
            "user-agent": MARK,
            "referer": f"http://localhost/{MARK}",
            "x-forwarded-for": "203.0.113.9",
            "cookie": f"x={MARK}",
        }
        assert client.get(f"/raises/{MARK}?q={EMAIL}").status_code == 500
        client.post(f"/raises/{MARK}?q={EMAIL}", {"name": MARK, "password": MARK})
        client.post(f"/twice/{MARK}", {"name": MARK})
        client.get(f"/not-there/{MARK}/{EMAIL}?q={MARK}", headers=headers)
        client.get("/help", headers={"host": f"{MARK}.example.org"})
        client.generic("BREW", f"/help?q={MARK}")
        client.post("/search", {"words": MARK})
        client.post("/", "{" + MARK, content_type="application/json")
    text = written.getvalue()
    assert len(text.splitlines()) > 12 and "ValueError" in text and "IntegrityError" in text
    said = text + "".join(capfd.readouterr())
    for word in (MARK, MARK.lower(), "example.org", "203.0.113.9", str(who.id)):
        assert word not in said, [line for line in said.splitlines() if word in line][:3]


@pytest.mark.usefixtures("database")
def test_each_request_has_one_line_with_pattern_status_and_time(written: io.StringIO) -> None:
    Client().get("/help?q=secret")
    (line,) = [one for one in _lines(written) if one["logger"] == "saferboard.requests"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "help", 200)
    assert line["level"] == "info" and line["milliseconds"] >= 0
    assert uuid.UUID(line["request"])


@pytest.mark.usefixtures("database")
def test_the_id_in_the_log_is_the_one_in_the_audit(written: io.StringIO) -> None:
    client = signed_in(person("Sam Brown", "member"))
    client.post("/search", {"words": "anything"})
    asked = {one.get("request") for one in _lines(written)}
    rows = set(
        map(
            str,
            Event.objects.using("owner").exclude(request=None).values_list("request", flat=True),
        )
    )
    assert rows and rows <= asked


def test_of_the_arguments_of_a_message_only_numbers_and_ids_are_told() -> None:
    id_ = uuid.uuid4()
    line = _record("%s rows for %s by %s (%d)", 7, MARK, id_, 3)
    assert line["message"] == f"7 rows for … by {id_} (3)"
    assert _record("%(who)s asked", {"who": MARK})["message"] == "… asked"
    assert _record("100 % of %s", MARK)["message"] == "100 % of %s"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sent to sam.smith+x@example.org.uk now", "Sent to [e-mail] now"),
        ("GET /people?q=smith&x=1 failed", "GET /people?… failed"),
        ("from 203.0.113.9 port 4", "from [address] port 4"),
        ("from 2001:db8::7 port 4", "from [address] port 4"),
        ("host=db password=hunter2 user=x", "host=db password=… user=x"),
    ],
)
def test_what_stands_in_a_text_of_somebody_elses_is_blacked_out(text: str, said: str) -> None:
    assert _record(text)["message"] == said


def test_of_an_exception_the_type_and_the_places_are_told_and_never_its_text() -> None:
    try:
        try:
            raise IntegrityError(f"Key (email)=({EMAIL}) already exists")
        except IntegrityError as error:
            raise ValueError(MARK) from error
    except ValueError as error:
        line = _record("It failed", exc_info=(ValueError, error, error.__traceback__))
    assert line["error"] == ["builtins.ValueError", "django.db.utils.IntegrityError"]
    assert any("test_logs.py" in place for place in line["trace"])
    assert MARK not in json.dumps(line)


def test_of_more_fields_only_those_that_are_known_are_told() -> None:
    line = _record(
        "x", person=MARK, route=f"people/{MARK} Green", status=200, job=str(uuid.uuid4())
    )
    assert "person" not in line and line["route"] == "…" and line["status"] == 200
