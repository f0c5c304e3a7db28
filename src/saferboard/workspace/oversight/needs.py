"""What oversight puts on the home page."""

from __future__ import annotations

from django.urls import reverse

from saferboard.workspace.oversight.queries.emergencies import waiting
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Need


def needs(who: Asking) -> list[Need]:
    """Uses of emergency access that wait for this person's review."""
    return [
        Need(
            title=f"Review emergency access by {one.person}",
            words=f"{one.category}.",
            href=reverse("record:emergency", args=[one.id]),
            due=one.due,
            late=one.late,
        )
        for one in waiting(who=who)
    ]
