"""What returns put on the home page."""

from __future__ import annotations

from django.urls import reverse

from saferboard.workspace.returns.people import FILL, SIGN
from saferboard.workspace.returns.queries import waiting_for
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Need


def needs(who: Asking) -> list[Need]:
    """Returns that this person has to fill in or to sign off."""
    if not who.may & {FILL, SIGN}:
        return []
    return [
        Need(
            title=f"{'Sign off' if sign else 'Fill in'} {one.title}, {one.period}",
            words=one.agency,
            href=reverse("returns:due", args=[one.id]),
            due=one.due,
            late=one.days > 0,
        )
        for one, sign in waiting_for(who.by, now=who.now)
    ]
