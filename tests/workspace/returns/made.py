"""A partnership that owes returns, with a data store of its own, for the tests of returns."""

from __future__ import annotations

import dataclasses
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django import app
from tests.workspace import people

from saferboard.analytics.intake.add import add
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.partnership.models import Agency, Membership, Person
from saferboard.workspace.returns.defining import LineAsked, define_return
from saferboard.workspace.returns.entries import Entry, Written
from saferboard.workspace.returns.models import Due, Filing, Line
from saferboard.workspace.returns.periods import Cycle

AREA = "E06000999"
HEADER = (
    "measure,area_code,area_name,period_from,period_to,period_words,value,denominator,breakdown,"
    "recording_change,comparable,reported_by,note"
)
NOW = datetime(2024, 4, 10, 9, 0, tzinfo=UTC)
LINES = (LineAsked("asb-calls", highest=50_000), LineAsked("confidence-police"))


_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def agency(name: str = "Anytown Council", kind: str = "council") -> Agency:
    """An agency that has been there for long."""
    made = people.agency(name, kind)
    Agency.objects.filter(id=made.id).update(start=_LONG_AGO)
    return made


def person(name: str, *roles: str, of: Agency | None = None) -> Person:
    """Somebody who has been there, with these roles, for long."""
    made = people.person(name, *roles, of=of or agency())
    Membership.objects.filter(person=made).update(start=_LONG_AGO)
    RoleGrant.objects.filter(person=made).update(start=_LONG_AGO)
    return made


@dataclass(frozen=True)
class World:
    """The agency that owes a return, its people, the analyst, and the return."""

    owes: Agency
    filler: Person
    signer: Person
    analyst: Person
    definition: UUID
    due: Due

    def by(self, name: str) -> Actor:
        """One of the people as an actor."""
        who: Person = getattr(self, name)
        return Actor(who.id, request=uuid.uuid4())

    def line(self, measure: str, breakdown: str = "") -> UUID:
        """The id of a line."""
        return Line.objects.get(measure=measure, breakdown=breakdown, end=None).id

    def said(self, nil: bool = False, change: str = "", **values: Mapping[str, str]) -> Written:
        """A whole return: `asb_calls={"value": "12"}`."""
        entries = {self.line(key.replace("_", "-")): Entry.of(held) for key, held in values.items()}
        return Written(entries, nil, change)

    def filing(self) -> Filing:
        """The newest version."""
        found = Filing.objects.filter(due=self.due).order_by("-number").first()
        assert found
        return found


@contextmanager
def lake_in(folder: Path) -> Iterator[Path]:
    """The workspace uses a data store in `folder`, with four quarters of two measures."""
    lake = folder / "lake"
    file = folder / "history.csv"
    rows = [HEADER]
    for first, last, calls, share in (
        ("2023-01", "2023-03", 400, 61),
        ("2023-04", "2023-06", 420, 62),
        ("2023-07", "2023-09", 390, 60),
        ("2023-10", "2023-12", 410, 63),
    ):
        rows.append(f"asb-calls,{AREA},,{first},{last},,{calls},,,,yes,Anytown Council,")
        rows.append(f"confidence-police,{AREA},,{first},{last},,{share}%,800,,,yes,Police,")
    file.write_text("\n".join(rows), "utf-8")
    report = add(lake, [file], sources(), now=datetime(2024, 1, 20, tzinfo=UTC))
    assert report.ok, report.refused
    environment = dataclasses.replace(settings.ENVIRONMENT, lake=lake)
    with override_settings(
        ENVIRONMENT=environment,
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=str(folder / "letters"),
    ):
        yield lake


def world(lines: tuple[LineAsked, ...] = LINES, *, cycle: Cycle = Cycle.QUARTERLY) -> World:
    """An agency that owes a quarterly return on calls and confidence since January 2024."""
    owes = agency("Anytown Council")
    analyst = person("Ana Analyst", "analyst", of=agency("Anytown Police", "police"))
    definition = define_return(
        title="Calls and confidence",
        about="From the contact centre.",
        agency=owes.id,
        area=AREA,
        cycle=cycle,
        first=date(2024, 1, 1),
        due_days=28,
        lines=lines,
        by=Actor(analyst.id),
        now=NOW,
    )
    return World(
        owes=owes,
        filler=person("Fay Filler", "returns-officer", of=owes),
        signer=person("Sol Signer", "agency-lead", of=owes),
        analyst=analyst,
        definition=definition,
        due=Due.objects.order_by("period_start")[0],
    )


def work_off() -> None:
    """All jobs that wait, in a thread of this process: a browser's test has a loop of its own."""
    connection.close()
    running = threading.Thread(
        target=app.run_worker,
        kwargs={"wait": False, "install_signal_handlers": False, "listen_notify": False},
    )
    running.start()
    running.join()


def stored(lake: Path, measure: str, first: date) -> list[dict[str, object]]:
    """The rows of a measure and period in the data store, oldest load first."""
    with Lake.open(lake) as opened:
        order = [one.id for one in opened.vintages]
        table = opened.table("local_returns")
        rows = opened.run(table.filter(table.measure == measure)).to_pylist()
    mine = [row for row in rows if row["period_from"] == first]
    return sorted(mine, key=lambda row: order.index(row["vintage"]))
