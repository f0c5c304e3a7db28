"""Writing commentary: the reason beside the number, by somebody who is named."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from saferboard.analytics.measures.register import definitions
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.evidence.packs.events import REMARK_WRITTEN
from saferboard.workspace.evidence.packs.held import PACK, held_pack, in_state, who
from saferboard.workspace.evidence.packs.models import Remark, State
from saferboard.workspace.web.editing import Both, Changed

LONGEST = 5000


def write_remark(
    *,
    pack: UUID,
    measure: str,
    text: str,
    author: str,
    organisation: str,
    date: date | None,
    version: int,
    by: Actor,
    now: datetime,
) -> int:
    """Writes what is said about a measure for the month of a draft pack and returns its version.
    `author` is a role or a name, `version` the one that was edited (0 for none). An empty text
    takes the words back. Raises Problem for words without an author, and Changed where somebody
    else wrote in the meantime."""
    require(by, "packs.build", now=now)
    words = text.replace("\r\n", "\n").strip()
    _sensible(measure, words, author)
    try:
        with transaction.atomic():
            held = held_pack(pack)
            in_state(held, State.DRAFT)
            row = Remark.objects.select_for_update().filter(
                area=held.area, month=held.to, measure=measure
            )
            remark = row.first() or Remark(
                id=uuid4(), area=held.area, month=held.to, measure=measure, version=0
            )
            if remark.version != version:
                raise _changed(remark, words, author, organisation)
            remark.text, remark.author, remark.organisation = words, author, organisation
            remark.date, remark.written_by_id, remark.written_at = date, who(by), now
            remark.version += 1
            remark.save()
            record(
                REMARK_WRITTEN,
                by=by,
                now=now,
                subject_type=PACK,
                subject=held.id,
                details={"measure": measure, "month": held.to, "version": remark.version},
                text=words,
            )
    except IntegrityError:  # both wrote the first words at one moment
        again = Remark.objects.get(area=held.area, month=held.to, measure=measure)
        raise _changed(again, words, author, organisation) from None
    return remark.version


def _sensible(measure: str, words: str, author: str) -> None:
    if measure not in definitions():
        raise Problem(f"There is no measure “{measure}”.", remedy="Choose one of the pack’s.")
    if len(words) > LONGEST:
        raise Problem(
            f"This is longer than {LONGEST} letters, the most that a page holds.",
            remedy="Say it in fewer words.",
        )
    if words and not author.strip():
        raise Problem(
            "It does not say who says so.", remedy="Give a role or a name, and the organisation."
        )


def _changed(now_there: Remark, words: str, author: str, organisation: str) -> Changed:
    return Changed(
        "this commentary",
        (
            Both("Commentary", now_there.text, words),
            Both("Author", now_there.author, author),
            Both("Organisation", now_there.organisation, organisation),
        ),
        by=now_there.written_by.name,
    )
