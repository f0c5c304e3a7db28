"""The explorer: what it shows is what the command line says, and can be taken away."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from tests.workspace.evidence.conftest import TO
from tests.workspace.people import signed_in
from typer.testing import CliRunner

from saferboard.cli.main import app
from saferboard.vocabulary.partnership import load_partnership
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.partnership.models import Person

Staff = dict[str, Actor]
MEASURE = "personal-robbery"


@pytest.fixture
def reader(staff: Staff, home: Path) -> Client:
    return signed_in(Person.objects.get(id=staff["member"].person))


def _query(home: Path, **more: str) -> str:
    area = load_partnership(home).area.code
    return urlencode({"area": area, "measure": MEASURE, "to": str(TO), **more})


def _said(home: Path, sample: Path) -> dict[str, object]:
    """What the command line says of the same."""
    result = CliRunner().invoke(
        app,
        [
            *("summary", "--json", "--to", str(TO), "--measure", MEASURE),
            *("--lake", str(sample / "lake"), "--partnership", str(home)),
        ],
    )
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)[0]  # type: ignore[no-any-return]  # as it is made


def test_it_shows_what_the_command_line_says(reader: Client, home: Path, sample: Path) -> None:
    text = unescape(reader.get(f"/explore/?{_query(home)}").content.decode())
    said = _said(home, sample)
    year = said["year"]
    assert isinstance(year, dict)
    sentence = re.search(r'id="sentence">(.*?)</p>', text, re.S)
    assert sentence
    assert f"{year['value']:,} offences" in sentence[1]
    assert year["verdict"] in text
    assert "Source: " in text
    assert "Data as published on" in text
    assert f"http://testserver/explore/?{_query(home)}" in text
    row = Event.objects.using("owner").filter(event="explorer.measure.read").get()
    assert row.details == {"measure": MEASURE, "to": str(TO)}


def test_chart_table_and_figure_can_be_taken(reader: Client, home: Path, sample: Path) -> None:
    page = unescape(reader.get(f"/explore/?{_query(home)}").content.decode())
    for kind in ("chart.svg", "chart.png", "table.csv"):
        address = re.search(rf'"((?:/explore/)?{re.escape(kind)}\?[^"]+)"', page)
        assert address, kind
        answer = reader.get(f"/explore/{address[1].removeprefix('/explore/')}")
        assert answer.status_code == 200
        body = b"".join(answer.streaming_content) if kind == "table.csv" else answer.content
        if kind == "chart.svg":
            assert body.startswith(b"<svg")
        elif kind == "chart.png":
            assert body.startswith(b"\x89PNG")
        else:
            rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
            assert rows[0][:2] == ["Month", "Offences"]
            assert rows[-3][0] == "Jun 2025"
            assert rows[-3][1].isdigit()
            assert rows[-1][0].startswith("Source: ")
    figure = re.search(r'href="(figure\?[^"]+)"', page)
    assert figure
    explained = reader.get(f"/explore/{figure[1]}").content.decode()
    assert "Where it comes from" in explained
    assert Event.objects.using("owner").filter(event="explorer.measure.taken").count() == 2


def test_peers_are_chosen_and_a_foreign_set_is_said_to_be_one(reader: Client, home: Path) -> None:
    own = load_partnership(home)
    chosen = next(iter([*own.peer_sets, *(one.key for one in own.area_sets)]))
    assert reader.get(f"/explore/?{_query(home, peers=chosen)}").status_code == 200
    answer = reader.get(f"/explore/?{_query(home, peers='london')}")
    assert answer.status_code == 400
    assert "is not in this set of areas" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"area": "Nowhere"}, "Nowhere"),
        ({"measure": "<script>alert(1)</script>"}, "no such measure"),
        ({"to": "soon"}, "soon"),
        ({"to": ""}, "to is missing"),
        ({"peers": "../../etc"}, "no such set"),
        ({"area": "x" * 5000}, "longer than any"),
        ({"to": "1999-01"}, ""),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_said_on_the_page(
    reader: Client, home: Path, wrong: dict[str, str], words: str
) -> None:
    answer = reader.get(f"/explore/?{_query(home, **wrong)}")
    body = answer.content.decode()
    assert answer.status_code == 400
    assert words in unescape(body)
    assert "<script>alert" not in body
    assert reader.get(f"/explore/table.csv?{_query(home, **wrong)}").status_code == 400


def test_it_is_closed_to_whoever_may_not(staff: Staff, reader: Client, home: Path) -> None:
    stranger = signed_in(Person.objects.get(id=staff["administrator"].person))
    asked = _query(home)
    for address in (
        "/explore/", f"/explore/?{asked}", f"/explore/table.csv?{asked}&chart=x",
        f"/explore/chart.png?{asked}&chart=x", f"/explore/chart.svg?{asked}&chart=x",
        f"/explore/figure?{asked}&fact=x",
    ):  # fmt: skip
        assert stranger.get(address).status_code == 403, address
        assert Client().get(address).status_code == 302
        assert reader.post(address).status_code == 405
    for address in ("table.csv", "chart.png", "chart.svg"):
        assert reader.get(f"/explore/{address}?{asked}&chart=none").status_code == 404
    assert reader.get(f"/explore/figure?{asked}&fact=none").status_code == 404


def test_without_data_it_says_so(
    staff: Staff, reader: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, lake=home / "none"))
    answer = reader.get("/explore/")
    assert answer.status_code == 400
    assert "There is no data yet" in answer.content.decode()
