"""A return from draft to the data store, and its corrections, on a real database and data store."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from procrastinate.contrib.django import app
from tests.workspace.returns.made import (
    AREA,
    HEADER,
    NOW,
    World,
    agency,
    lake_in,
    person,
    stored,
    work_off,
    world,
)

from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.models import RoleGrant
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.messages.models import Notification
from saferboard.workspace.returns import filling
from saferboard.workspace.returns.asking_for import asked_in, findings_of, period_of
from saferboard.workspace.returns.models import Due, Filing, Filler, State
from saferboard.workspace.returns.store import reported
from saferboard.workspace.returns.writing import csv_of, template_of
from saferboard.workspace.web.editing import Changed

FIRST = date(2024, 1, 1)
CALLS = {"value": "430"}
SHARE = {"value": "62%", "denominator": "790"}


@pytest.fixture(autouse=True)
def lake(database: Addresses, tmp_path: Path) -> Iterator[Path]:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with lake_in(tmp_path) as folder, app.replace_connector(connector):
        yield folder


def _save(w: World, version: int = 0, **values: dict[str, str]) -> int:
    said = w.said(**(values or {"asb_calls": CALLS, "confidence_police": SHARE}))  # type: ignore[arg-type]
    return filling.save_draft(due=w.due.id, said=said, version=version, by=w.by("filler"), now=NOW)


def _signed(w: World, version: int = 0, **values: dict[str, str]) -> None:
    version = _save(w, version, **values)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=NOW)


def _told(kind: str) -> set[uuid.UUID]:
    with transaction.atomic(), as_system():
        rows = Notification.objects.filter(kind=kind)
        return set(rows.values_list("person", flat=True))


def test_a_signed_return_becomes_a_load_of_the_data_store(lake: Path) -> None:
    w = world()
    _signed(w)
    assert w.filing().state == State.SIGNED
    assert stored(lake, "asb-calls", FIRST) == [], "not before the job"
    work_off()
    filing = w.filing()
    assert filing.state == State.LOADED and len(filing.loads) == 2 and not filing.problem
    (row,) = stored(lake, "asb-calls", FIRST)
    assert (row["value"], row["period_to"], row["reported_by"], row["comparable"]) == (
        430.0, date(2024, 3, 31), "Anytown Council", True,
    )  # fmt: skip
    (share,) = stored(lake, "confidence-police", FIRST)
    assert (share["value"], share["denominator"]) == (62.0, 790.0)
    with Lake.open(lake) as opened:
        mine = [one for one in opened.vintages if one.id in filing.loads]
    assert {file.sha256 for one in mine for file in one.files} == {filing.sha256}
    assert _told("return-to-sign") == {w.signer.id}
    assert _told("return-loaded") == {w.filler.id}
    with transaction.atomic(), as_system():
        rows = Event.objects.using("owner").filter(subject=w.due.id).order_by("id")
        events = list(rows.values_list("event", flat=True))
    assert [one.rsplit(".", 1)[1] for one in events] == [
        "saved", "submitted", "signed-off", "loaded",
    ]  # fmt: skip


def test_a_load_that_ran_twice_or_was_killed_half_way_is_one_load(lake: Path) -> None:
    w = world()
    _signed(w)
    filing = w.filing()
    from saferboard.workspace.returns.loading import _file_name
    from saferboard.workspace.returns.store import add_return

    assert filing.rows is not None
    killed = add_return(csv_of(filing.rows, filing.id, 1), _file_name(filing), now=NOW)
    assert w.filing().state == State.SIGNED, "the worker died before it could say so"
    work_off()
    filing = w.filing()
    assert (filing.state, tuple(filing.loads)) == (State.LOADED, killed.loads)
    assert len(stored(lake, "asb-calls", FIRST)) == 1


def test_what_the_store_refuses_stays_signed_and_says_why(lake: Path) -> None:
    w = world()
    _signed(w)
    manifest = lake / "manifest.json"
    held = manifest.read_bytes()
    manifest.write_text("{broken", "utf-8")
    work_off()
    filing = w.filing()
    assert filing.state == State.SIGNED and filing.problem and filing.loads == []
    assert Job.objects.get(work="returns.return.load").state == "failed"
    assert _told("return-not-loaded") == {w.signer.id, w.analyst.id}
    manifest.write_bytes(held)
    filling.load_again(due=w.due.id, by=w.by("analyst"), now=NOW)
    work_off()
    assert w.filing().state == State.LOADED and w.filing().problem == ""
    assert len(stored(lake, "asb-calls", FIRST)) == 1


def test_a_correction_is_a_new_version_and_a_new_load_and_the_newest_counts(lake: Path) -> None:
    """Even where the third version gives the figure of the first again."""
    w = world()
    _signed(w)
    work_off()
    for number, value in ((2, "455"), (3, "430")):
        assert filling.begin_correction(due=w.due.id, by=w.by("filler"), now=NOW) == number
        again = {"asb_calls": {"value": value}, "confidence_police": SHARE}
        later = NOW + timedelta(days=number)
        version = filling.save_draft(
            due=w.due.id,
            said=w.said(**again),
            version=1,
            by=w.by("filler"),
            now=later,  # type: ignore[arg-type]
        )
        filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=later)
        filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=later)
        work_off()
        assert w.filing().state == State.LOADED
        now = reported({"asb-calls"}, {AREA})["asb-calls", AREA, ""][-1]
        assert now.value == float(value)
    assert [row["value"] for row in stored(lake, "asb-calls", FIRST)] == [430.0, 455.0, 430.0]
    assert list(Filing.objects.order_by("number").values_list("state", flat=True)) == ["loaded"] * 3
    first = Filing.objects.get(number=1)
    assert first.rows and first.rows[0]["value"] == "430"


def test_the_database_refuses_to_change_or_delete_what_was_signed() -> None:
    w = world()
    _signed(w)
    filing = w.filing()
    for change in ({"rows": []}, {"entries": {}}, {"signed": None, "signed_by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Filing.objects.filter(id=filing.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        filing.delete()
    Filing.objects.filter(id=filing.id).update(problem="Disk full.")


def test_a_query_has_to_be_answered_and_a_change_of_recording_reaches_the_figure(
    lake: Path,
) -> None:
    w = world()
    version = _save(w, asb_calls={"value": "749"}, confidence_police=SHARE)
    with pytest.raises(Problem, match="stands in the way"):
        filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    answered = {
        "value": "749", "reason": "recording", "comparable": "no",
        "answer": "All calls are counted since the new system",
    }  # fmt: skip
    _signed(w, version, asb_calls=answered, confidence_police=SHARE)
    work_off()
    (row,) = stored(lake, "asb-calls", FIRST)
    assert row["recording_change"] == "All calls are counted since the new system"
    assert row["comparable"] is False
    (share,) = stored(lake, "confidence-police", FIRST)
    assert (share["recording_change"], share["comparable"]) == (None, True)


def test_an_error_blocks_and_a_draft_keeps_it_as_it_was_typed() -> None:
    w = world()
    version = _save(w, asb_calls={"value": "=2+2"}, confidence_police=SHARE)
    assert w.filing().entries[str(w.line("asb-calls"))] == {"value": "=2+2"}
    with pytest.raises(Problem):
        filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    assert [one.code for one in findings_of(w.due, w.filing())] == ["not-a-number"]


def test_a_missing_figure_is_never_nought(lake: Path) -> None:
    w = world()
    unknown = {"reason": "not-known", "answer": "The system was down"}
    _signed(w, asb_calls=unknown, confidence_police=SHARE)
    work_off()
    (row,) = stored(lake, "asb-calls", FIRST)
    assert row["value"] is None


def test_a_nil_return_is_nought_calls(lake: Path) -> None:
    w = world()
    said = w.said(nil=True, asb_calls={"reason": "real", "answer": "The line was closed"})
    version = filling.save_draft(due=w.due.id, said=said, version=0, by=w.by("filler"), now=NOW)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=NOW)
    work_off()
    assert stored(lake, "asb-calls", FIRST)[0]["value"] == 0.0
    assert stored(lake, "confidence-police", FIRST)[0]["value"] is None
    assert stored(lake, "asb-calls", FIRST)[0]["note"] == "Nil return"


def test_whoever_wrote_in_it_does_not_sign_it_off() -> None:
    w = world()
    both = person("Bo Both", "returns-officer", "agency-lead", of=w.owes)
    version = _save(w)
    version = filling.save_draft(
        due=w.due.id, said=w.said(asb_calls=CALLS, confidence_police=SHARE), version=version,
        by=Actor(both.id), now=NOW,
    )  # fmt: skip
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    with pytest.raises(Problem, match="somebody else has to sign"):
        filling.sign_off(due=w.due.id, version=version + 1, by=Actor(both.id), now=NOW)
    with pytest.raises(Refused):
        filling.sign_off(due=w.due.id, version=version + 1, by=w.by("filler"), now=NOW)
    filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=NOW)
    assert w.filing().alone is False


def test_an_agency_of_one_may_sign_what_it_wrote_and_it_is_marked() -> None:
    w = world()
    RoleGrant.objects.filter(person=w.signer).update(end=NOW - timedelta(days=1))
    alone = person("Al Alone", "returns-officer", "agency-lead", of=w.owes)
    version = filling.save_draft(
        due=w.due.id, said=w.said(asb_calls=CALLS, confidence_police=SHARE), version=0,
        by=Actor(alone.id), now=NOW,
    )  # fmt: skip
    filling.submit(due=w.due.id, version=version, by=Actor(alone.id), now=NOW)
    filling.sign_off(due=w.due.id, version=version + 1, by=Actor(alone.id), now=NOW)
    assert w.filing().alone is True


def test_sending_back_gives_the_draft_to_its_writers_with_the_reason() -> None:
    w = world()
    version = _save(w)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    with pytest.raises(Problem, match="waits to be signed off"):
        _save(w, version + 1)
    filling.send_back(
        due=w.due.id, why="March is missing", version=version + 1, by=w.by("signer"), now=NOW
    )
    assert (w.filing().state, w.filing().sent_back) == (State.DRAFT, "March is missing")
    assert _told("return-sent-back") == {w.filler.id}
    _signed(w, version + 2)


def test_the_second_of_two_writers_is_told_and_shown_both() -> None:
    w = world()
    other = person("Otto Other", "returns-officer", of=w.owes)
    version = _save(w)
    said = w.said(asb_calls={"value": "444"}, confidence_police=SHARE)
    filling.save_draft(due=w.due.id, said=said, version=version, by=Actor(other.id), now=NOW)
    with pytest.raises(Changed) as met:
        _save(w, version, asb_calls={"value": "555"}, confidence_police=SHARE)
    both = next(one for one in met.value.fields if one.differ)
    assert (both.theirs, both.yours, met.value.by) == ("444", "555", "Otto Other")
    with pytest.raises(Changed):
        _save(w, 0)
    assert w.filing().entries[str(w.line("asb-calls"))]["value"] == "444"


def test_what_the_signer_did_not_see_is_not_signed() -> None:
    w = world()
    version = _save(w)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    with pytest.raises(Changed):
        filling.sign_off(due=w.due.id, version=version, by=w.by("signer"), now=NOW)


def test_only_the_agency_that_owes_it_fills_in_and_only_who_is_named_where_some_are() -> None:
    w = world()
    stranger = person("Stan Stranger", "returns-officer", of=agency("Other Agency"))
    said = w.said(asb_calls=CALLS, confidence_police=SHARE)
    for who in (stranger, w.analyst, w.signer):
        with pytest.raises(Refused):
            filling.save_draft(due=w.due.id, said=said, version=0, by=Actor(who.id), now=NOW)
    with pytest.raises(Refused):
        filling.save_draft(due=uuid.uuid4(), said=said, version=0, by=w.by("filler"), now=NOW)
    named = person("Nan Named", "returns-officer", of=w.owes)
    Filler.objects.create(definition_id=w.definition, person=named, start=NOW)
    with pytest.raises(Refused):
        _save(w)
    assert filling.save_draft(due=w.due.id, said=said, version=0, by=Actor(named.id), now=NOW)
    with transaction.atomic(), as_system():
        assert Event.objects.using("owner").filter(kind="refusal").count() == 5


def _template(w: World, **values: str) -> bytes:
    """The return's own template, filled in as somebody would in a spreadsheet."""
    text = template_of(asked_in(w.due), period_of(w.due), "Anytown Council").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        if row["measure"].replace("-", "_") in values:
            row["value"] = values[row["measure"].replace("-", "_")]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _upload(w: World, content: bytes, version: int = 0) -> int:
    return filling.upload(
        due=w.due.id, content=content, name="return.csv", version=version, by=w.by("filler"),
        now=NOW,
    )  # fmt: skip


def test_the_template_filled_in_is_read_as_the_command_line_reads_it() -> None:
    w = world()
    _upload(w, _template(w, asb_calls="1,430", confidence_police="62.5%"))
    entries = w.filing().entries
    assert entries[str(w.line("asb-calls"))] == {"value": "1430"}
    assert entries[str(w.line("confidence-police"))] == {"value": "62.5"}


def test_a_change_of_recording_in_the_file_answers_the_query() -> None:
    w = world()
    line = f"asb-calls,{AREA},,2024-01,2024-03,,749,,,All calls since the new system,no,Council,"
    version = _upload(w, f"{HEADER}\n{line}\n".encode())
    entry = w.filing().entries[str(w.line("asb-calls"))]
    assert (entry["reason"], entry["comparable"]) == ("recording", "no")
    codes = [(one.code, one.answered) for one in findings_of(w.due, w.filing())]
    assert codes == [("jump", True), ("missing", False)]
    assert version == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a workbook", "not a CSV"),
        (b"%PDF-1.7", "not a CSV"),
        (b"a,b\n1,2\n", "source recognises"),
        (f"{HEADER}\n".encode(), "nothing under it"),
        (
            f"{HEADER}\nasb-calls,{AREA},,2024-01,2024-03,,-5,,,,,C,\n".encode(),
            "negative",
        ),
        (
            f"{HEADER}\nasb-calls,{AREA},,2023-10,2023-12,,5,,,,,C,\n".encode(),
            "October to December 2023",
        ),
        (
            f"{HEADER}\nprimary-fires,{AREA},,2024-01,2024-03,,5,,,,,C,\n".encode(),
            "not asked for",
        ),
        (
            f"{HEADER}\nasb-calls,E06000998,,2024-01,2024-03,,5,,,,,C,\n".encode(),
            "not asked for",
        ),
        (b"x" * 1_000_001, "too large"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(content: bytes, words: str) -> None:
    w = world()
    with pytest.raises(Problem) as met:
        _upload(w, content)
    assert words in met.value.sentence()
    assert not Filing.objects.exists()


def test_an_upload_is_held_to_the_version_too() -> None:
    w = world()
    _save(w)
    with pytest.raises(Changed):
        _upload(w, _template(w, asb_calls="430"), version=0)


def test_nothing_is_filled_in_for_a_period_that_was_withdrawn() -> None:
    w = world()
    Due.objects.filter(id=w.due.id).update(withdrawn=NOW)
    with pytest.raises(Problem, match="not owed any more"):
        _save(w)


def test_a_killed_transaction_leaves_no_half_of_a_sign_off() -> None:
    w = world()
    version = _save(w)
    filling.submit(due=w.due.id, version=version, by=w.by("filler"), now=NOW)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        filling.sign_off(due=w.due.id, version=version + 1, by=w.by("signer"), now=NOW)
        raise ZeroDivisionError
    connection.close()
    assert w.filing().state == State.SUBMITTED
    assert not Job.objects.filter(work="returns.return.load").exists()
