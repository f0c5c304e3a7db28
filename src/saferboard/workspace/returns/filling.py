"""Filling in a return, sending it to be signed off, signing it off, correcting it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import holders_of, may
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record
from saferboard.workspace.jobs.operations import start_job
from saferboard.workspace.messages.operations import notify
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.returns.asking_for import asked_in, findings_of, period_of, written_in
from saferboard.workspace.returns.checking import blocking
from saferboard.workspace.returns.entries import Asked, Entry, Written
from saferboard.workspace.returns.events import (
    CORRECTION_BEGUN,
    DRAFT_SAVED,
    LOAD_ASKED,
    SENT_BACK,
    SIGNED_OFF,
    SUBMITTED,
)
from saferboard.workspace.returns.models import Due, Filing, State
from saferboard.workspace.returns.people import (
    DUE,
    MANAGE,
    SIGN,
    due_for,
    line_of,
    refuse,
    require_fill,
    require_sign,
    second_person,
)
from saferboard.workspace.returns.store import read_upload
from saferboard.workspace.returns.tasks import LOAD
from saferboard.workspace.returns.uploading import entries_of
from saferboard.workspace.returns.writing import rows_of
from saferboard.workspace.web.editing import Both, Changed

OPEN = (State.DRAFT, State.SUBMITTED)


def save_draft(
    *, due: UUID, said: Written, version: int, uploaded: bool = False, by: Actor, now: datetime
) -> int:
    """Keeps what was entered, right or wrong, and returns the draft's version. `version` is the
    one that the writer had before them, 0 where there was none; another one raises Changed with
    both texts. Raises Problem for what is signed off, waits for it, or is not owed."""
    held = due_for(due, by=by, now=now)
    require_fill(held, by, now)
    asked = asked_in(held)
    with transaction.atomic():
        _lock(held)
        filing = _open(held)
        if filing is None and Filing.objects.filter(due=held).exists():
            raise Problem(
                "This return was signed off.", remedy="Begin a correction: it is a new version."
            )
        _not_waiting(filing)
        if (filing.version if filing else 0) != version:
            raise _changed(held, filing, asked, said)
        filing = filing or Filing(due=held, number=1, version=0)
        known = {one.line for one in asked}
        filing.entries = {
            str(line): entry.stored()
            for line, entry in said.entries.items()
            if line in known and entry.stored()
        }
        filing.nil, filing.comparable = said.nil, said.comparable
        filing.recording_change = " ".join(said.recording_change.split())[:500]
        if by.person is None:
            refuse(due, by, now)
        filing.hands = sorted({*filing.hands, by.person})
        filing.saved_by_id, filing.saved = by.person, now
        filing.version = version + 1
        filing.save()
        details: dict[str, Detail] = {"number": filing.number, "uploaded": uploaded}
        _tell(DRAFT_SAVED, held, by, now, details)
    return filing.version


def upload(*, due: UUID, content: bytes, name: str, version: int, by: Actor, now: datetime) -> int:
    """Takes a CSV in the form of the local return as the draft, with the reader and the checks of
    the command line. What it does not mention is left empty; the statement about the whole
    return stays. Raises Problem for a file that cannot be read or does not fit."""
    held = due_for(due, by=by, now=now)
    require_fill(held, by, now)
    rows = read_upload(content, name)
    entries = entries_of(rows, asked_in(held), period_of(held), name)
    before = written_in(_open(held))
    said = Written(entries, False, before.recording_change, before.comparable)
    return save_draft(due=due, said=said, version=version, uploaded=True, by=by, now=now)


def submit(*, due: UUID, version: int, by: Actor, now: datetime) -> None:
    """Sends the draft to be signed off. Raises Problem while a check finds an error or a query has
    no explanation."""
    held = due_for(due, by=by, now=now)
    require_fill(held, by, now)
    findings = findings_of(held, _present(held, version, (State.DRAFT,)))
    _nothing_in_the_way(len(blocking(findings)))
    with transaction.atomic():
        _lock(held)
        filing = _present(held, version, (State.DRAFT,))
        filing.state, filing.sent_back = State.SUBMITTED, ""
        filing.submitted, filing.submitted_by_id = now, by.person
        filing.version += 1
        filing.save()
        queries = sum(one.severity == "query" for one in findings)
        _tell(SUBMITTED, held, by, now, {"number": filing.number, "queries": queries})
        signing = holders_of(SIGN, now=now, agency=held.definition.agency_id)
        others = signing - set(filing.hands)
        notify(
            people=others or signing,
            kind="return-to-sign",
            subject=held.id,
            line=line_of(held),
            by=by,
            now=now,
        )


def send_back(*, due: UUID, why: str, version: int, by: Actor, now: datetime) -> None:
    """Gives a return back to those who filled it in, with a reason, as a draft."""
    held = due_for(due, by=by, now=now)
    require_sign(held, by, now)
    words = " ".join(why.split())
    if not words or len(words) > 500:
        raise Problem("Say what has to be changed.", remedy="At most 500 letters.")
    with transaction.atomic():
        _lock(held)
        filing = _present(held, version, (State.SUBMITTED,))
        filing.state, filing.sent_back = State.DRAFT, words
        filing.submitted, filing.submitted_by = None, None
        filing.version += 1
        filing.save()
        _tell(SENT_BACK, held, by, now, {"number": filing.number}, text=words)
        notify(
            people=set(filing.hands),
            kind="return-sent-back",
            subject=held.id,
            line=line_of(held),
            by=by,
            now=now,
        )


def sign_off(*, due: UUID, version: int, by: Actor, now: datetime) -> None:
    """Signs a return off as it stands, and puts its loading into the queue. Never by somebody who
    wrote in it, unless nobody else of the agency may sign: it is then marked so. The checks are
    made once more: what was reported since may have raised a query."""
    held = due_for(due, by=by, now=now)
    require_sign(held, by, now)
    seen = _present(held, version, (State.SUBMITTED,))
    _nothing_in_the_way(len(blocking(findings_of(held, seen))))
    asked = asked_in(held)
    with transaction.atomic():
        _lock(held)
        filing = _present(held, version, (State.SUBMITTED,))
        wrote = by.person in filing.hands
        if wrote and second_person(filing, held.definition, now=now):
            raise Problem(
                "You wrote in this return: somebody else has to sign it off.",
                remedy="Ask somebody of your agency who may sign returns off.",
            )
        filing.state, filing.signed, filing.signed_by_id = State.SIGNED, now, by.person
        filing.alone = wrote
        filing.rows = rows_of(
            asked, written_in(filing), period_of(held), held.definition.agency.name
        )
        filing.version += 1
        filing.save()
        _tell(SIGNED_OFF, held, by, now, {"number": filing.number, "alone": wrote})
        start_job(LOAD, subject=filing.id, by=by, now=now)


def begin_correction(*, due: UUID, by: Actor, now: datetime) -> int:
    """Begins another version of what is in the data store, from the figures as they are, and
    returns its number. The earlier one stays as it was signed."""
    held = due_for(due, by=by, now=now)
    require_fill(held, by, now)
    with transaction.atomic():
        _lock(held)
        last = Filing.objects.filter(due=held).order_by("-number").first()
        if last is None or last.state != State.LOADED:
            raise Problem(
                "There is nothing to correct yet.",
                remedy="A correction begins when the last version is in the data store.",
            )
        if by.person is None:
            refuse(due, by, now)
        made = Filing.objects.create(
            due=held,
            number=last.number + 1,
            entries=last.entries,
            nil=last.nil,
            recording_change=last.recording_change,
            comparable=last.comparable,
            hands=[by.person],
            saved_by_id=by.person,
            saved=now,
        )
        _tell(CORRECTION_BEGUN, held, by, now, {"number": made.number})
    return made.number


def load_again(*, due: UUID, by: Actor, now: datetime) -> None:
    """Puts the loading of a version that is signed and not in the data store into the queue once
    more. By those who sign off, or an analyst."""
    held = due_for(due, by=by, now=now)
    if not may(by.person, MANAGE, now=now):
        require_sign(held, by, now)
    with transaction.atomic():
        _lock(held)
        filing = Filing.objects.filter(due=held, state=State.SIGNED).first()
        if filing is None:
            raise Problem("Nothing waits for the data store.", remedy="Nothing was changed.")
        _tell(LOAD_ASKED, held, by, now, {})
        start_job(LOAD, subject=filing.id, by=by, now=now)


def _lock(due: Due) -> None:
    """One change of a period at a time. Raises Problem where it is not owed any more."""
    held = Due.objects.select_for_update().get(id=due.id)
    if held.withdrawn is not None:
        raise Problem("This period is not owed any more.", remedy="Nothing was changed.")


def _open(due: Due) -> Filing | None:
    return Filing.objects.filter(due=due, state__in=OPEN).first()


def _present(due: Due, version: int, states: Sequence[State]) -> Filing:
    """The open version, in the state and at the version that the actor had before them."""
    filing = Filing.objects.filter(due=due, state__in=states).first()
    if filing is None:
        raise Problem(
            "The return is not at that point any more.",
            remedy="Look at it again: somebody may have been quicker.",
        )
    if filing.version != version:
        raise Changed("the return", [], by=_name(filing.saved_by_id))
    return filing


def _not_waiting(filing: Filing | None) -> None:
    if filing is not None and filing.state == State.SUBMITTED:
        raise Problem(
            "This return waits to be signed off.",
            remedy="Ask the one who signs it off to send it back.",
        )


def _nothing_in_the_way(count: int) -> None:
    if count:
        raise Problem(
            f"{'One thing stands' if count == 1 else f'{count} things stand'} in the way.",
            remedy="Correct each error, and answer each query with a reason and a sentence.",
        )


def _changed(due: Due, filing: Filing | None, asked: Sequence[Asked], said: Written) -> Changed:
    theirs = written_in(filing)
    fields = []
    for one in asked:
        title = f"{one.title}, {one.breakdown}" if one.breakdown else one.title
        fields.append(
            Both(
                title,
                _line(theirs.entries.get(one.line, Entry())),
                _line(said.entries.get(one.line, Entry())),
            )
        )
    fields.append(Both("Nothing to report", _yes(theirs.nil), _yes(said.nil)))
    fields.append(Both("Change of recording", theirs.recording_change, said.recording_change))
    who = _name(filing.saved_by_id) if filing else ""
    return Changed(f"the return “{due.definition.title}”", fields, by=who)


def _line(entry: Entry) -> str:
    return "; ".join(entry.stored().values())


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _name(person: UUID) -> str:
    return Person.objects.filter(id=person).values_list("name", flat=True).first() or ""


def _tell(
    event: EventType, due: Due, by: Actor, now: datetime, details: dict[str, Detail], text: str = ""
) -> None:
    record(
        event,
        by=by,
        now=now,
        subject_type=DUE,
        subject=due.id,
        parent=due.definition_id,
        details=details,
        text=text,
    )
