"""What members tell the home page: people who wait to be confirmed."""

from __future__ import annotations

from django.urls import reverse

from saferboard.workspace.members.queries.reviews import waiting_for
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Need


def needs(who: Asking) -> list[Need]:
    """The open access review, for whoever is asked about somebody."""
    waiting = waiting_for(by=who.by, now=who.now)
    if waiting is None:
        return []
    people = "1 person" if waiting.people == 1 else f"{waiting.people} people"
    return [
        Need(
            title=f"Confirm {people}",
            words="The access review closes whoever is not confirmed by its deadline.",
            href=reverse("members:review", args=[waiting.review]),
            due=waiting.deadline,
        )
    ]
