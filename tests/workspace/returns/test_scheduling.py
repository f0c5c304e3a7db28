"""Periods come onto the list ahead of time, people are reminded once for each step, and what is not
owed any more is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from tests.workspace.returns.made import AREA, LINES, NOW, agency, lake_in, person, work_off, world

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.messages.models import Notification
from saferboard.workspace.returns import filling
from saferboard.workspace.returns.defining import (
    LineAsked,
    change_return,
    define_return,
    end_return,
    withdraw_period,
)
from saferboard.workspace.returns.models import Due, Line, Reminder, ReturnDefinition
from saferboard.workspace.returns.periods import Cycle
from saferboard.workspace.returns.scheduling import add_all_periods, remind
from saferboard.workspace.web.editing import Changed


@pytest.fixture(autouse=True)
def lake(database: Addresses, tmp_path: Path) -> Iterator[Path]:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with lake_in(tmp_path) as folder, app.replace_connector(connector):
        yield folder


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T06:00").replace(tzinfo=UTC)


def _told() -> list[tuple[str, str]]:
    with transaction.atomic(), as_system():
        rows = Notification.objects.order_by("created", "person__name")
        return [(one.kind, one.person.name) for one in rows.select_related("person")]


def test_periods_come_a_month_before_they_begin_and_once() -> None:
    w = world()
    days = [(str(one.period_start), str(one.day)) for one in Due.objects.order_by("day")]
    assert days == [("2024-01-01", "2024-04-28"), ("2024-04-01", "2024-07-28")]
    assert add_all_periods(now=_at("2024-05-30")) == 0
    assert add_all_periods(now=_at("2024-06-01")) == 1
    assert add_all_periods(now=_at("2024-06-01")) == 0
    end_return(definition=w.definition, by=w.by("analyst"), now=_at("2024-06-02"))
    assert add_all_periods(now=_at("2025-06-01")) == 0
    assert Due.objects.count() == 2, "the period that has not begun is gone"


def test_people_are_reminded_once_for_each_step_and_those_who_sign_when_it_is_late() -> None:
    world()
    for day in ("2024-04-13", "2024-04-14", "2024-04-14", "2024-04-22", "2024-04-27"):
        remind(now=_at(day))
    assert _told() == [("return-due", "Fay Filler")] * 3
    remind(now=_at("2024-04-28"))
    remind(now=_at("2024-04-30"))
    remind(now=_at("2024-05-06"))
    assert _told()[3:] == [
        ("return-due", "Fay Filler"),
        ("return-overdue", "Fay Filler"),
        ("return-overdue", "Sol Signer"),
        ("return-overdue", "Fay Filler"),
        ("return-overdue", "Sol Signer"),
    ]
    assert list(Reminder.objects.order_by("sent").values_list("step", flat=True)) == [
        14, 7, 1, 0, -1, -8,
    ]  # fmt: skip


def test_what_waits_to_be_signed_reminds_the_signer_and_what_is_signed_nobody() -> None:
    w = world()
    said = w.said(asb_calls={"value": "430"}, confidence_police={"value": "62"})
    version = filling.save_draft(due=w.due.id, said=said, version=0, by=w.by("filler"), now=NOW)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    remind(now=_at("2024-04-14"))
    assert _told()[-1] == ("return-due", "Sol Signer")
    filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=NOW)
    assert remind(now=_at("2024-04-28")) == 0
    assert remind(now=_at("2024-05-06")) == 0


def test_letters_of_reminders_are_real_files_without_the_return_in_them(tmp_path: Path) -> None:
    world()
    remind(now=_at("2024-04-28"))
    work_off()
    (letter,) = (tmp_path / "letters").glob("*.log")
    text = letter.read_text("utf-8")
    assert "A return is due" in text
    for given_away in ("Calls and confidence", "Anytown", "Fay"):
        assert given_away not in text.replace("fay.filler@example.org", "")


def test_a_withdrawn_period_is_neither_reminded_of_nor_filled_in() -> None:
    w = world()
    with pytest.raises(Problem, match="why it is not owed"):
        withdraw_period(due=w.due.id, why=" ", by=w.by("analyst"), now=NOW)
    with pytest.raises(Refused):
        withdraw_period(due=w.due.id, why="Closed", by=w.by("signer"), now=NOW)
    withdraw_period(due=w.due.id, why="The service closed", by=w.by("analyst"), now=NOW)
    assert remind(now=_at("2024-05-06")) == 0
    with pytest.raises(Problem, match="already"):
        withdraw_period(due=w.due.id, why="Again", by=w.by("analyst"), now=NOW)


def test_what_was_signed_cannot_be_withdrawn() -> None:
    w = world()
    said = w.said(asb_calls={"value": "430"}, confidence_police={"value": "62"})
    version = filling.save_draft(due=w.due.id, said=said, version=0, by=w.by("filler"), now=NOW)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=NOW)
    with pytest.raises(Problem, match="signed off"):
        withdraw_period(due=w.due.id, why="The service closed", by=w.by("analyst"), now=NOW)


def test_a_changed_return_keeps_the_lines_that_stay_and_ends_those_that_go() -> None:
    w = world()
    kept = w.line("asb-calls")
    lines = [
        LineAsked("asb-calls", highest=9),
        LineAsked("asb-calls", breakdown="ward = North ;kind=Noise"),
    ]
    change_return(
        definition=w.definition, title="Calls", about="", due_days=30, lines=lines, version=1,
        by=w.by("analyst"), now=NOW + timedelta(days=1),
    )  # fmt: skip
    assert w.line("asb-calls") == kept
    assert w.line("asb-calls", "kind=Noise; ward=North")
    assert Line.objects.get(measure="confidence-police").end is not None
    with pytest.raises(Changed):
        change_return(
            definition=w.definition, title="Else", about="", due_days=30, lines=lines, version=1,
            by=w.by("analyst"), now=NOW,
        )  # fmt: skip
    assert ReturnDefinition.objects.get().title == "Calls"


@pytest.mark.parametrize(
    ("lines", "area", "words"),
    [
        ([], AREA, "asks for nothing"),
        ([LineAsked("no-such")], AREA, "not a measure"),
        ([LineAsked("burglary")], AREA, "not a measure"),
        (list(LINES) * 2, AREA, "twice"),
        ([LineAsked("asb-calls", breakdown="Female")], AREA, "breakdown"),
        ([LineAsked("asb-calls", lowest=5, highest=1)], AREA, "over the highest"),
        (list(LINES), "Anytown", "code of an area"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(lines: list[LineAsked], area: str, words: str) -> None:
    who = person("Ana Analyst", "analyst")
    with pytest.raises(Problem) as met:
        define_return(
            title="Return", about="", agency=agency().id, area=area, cycle=Cycle.MONTHLY,
            first=date(2024, 1, 1), due_days=10, lines=lines, by=Actor(who.id), now=NOW,
        )  # fmt: skip
    assert words in met.value.sentence()
    assert not ReturnDefinition.objects.exists()


def test_only_whoever_manages_returns_says_who_owes_them() -> None:
    for role in ("returns-officer", "agency-lead", "administrator", "governance-officer"):
        who = person(f"Some {role}", role)
        with pytest.raises(Refused):
            define_return(
                title="Return", about="", agency=agency().id, area=AREA, cycle=Cycle.MONTHLY,
                first=date(2024, 1, 1), due_days=10, lines=LINES, by=Actor(who.id), now=NOW,
            )  # fmt: skip
