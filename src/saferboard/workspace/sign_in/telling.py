"""Recording what happens at the door, where nobody is known yet or the request itself is what is
told of."""

from __future__ import annotations

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import Detail, record_first
from saferboard.workspace.sign_in.sealing import mark
from saferboard.workspace.web.asking import asking


def tell(
    event: EventType, request: HttpRequest, *, subject: UUID | None = None, **details: Detail
) -> None:
    """Records an event of sign-in at once, before the answer. `subject` is the person whose account
    it is; the mark of the network address is added where the event has one."""
    who = asking(request)
    if "address" in event.details:
        details["address"] = mark("address", get_adapter().get_client_ip(request))
    record_first(
        event,
        by=who.by,
        now=who.now,
        subject_type="person" if subject else "",
        subject=subject,
        about=[subject] if subject else [],
        details=details,
    )
