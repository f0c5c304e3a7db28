"""What the register tells the home page: agreements that end soon, and signatures that wait."""

from __future__ import annotations

from django.urls import reverse

from saferboard.workspace.agreements.queries.agreements import expiring, to_sign
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Need


def needs(who: Asking) -> list[Need]:
    """Agreements that end within 60 days, for whoever keeps the register and for the leads of their
    parties; and those that a lead's agency is asked to sign."""
    keeps = "agreements.manage" in who.may
    if not keeps and "agreements.sign" not in who.may:
        return []
    own = {one.id for one in who.agencies}
    found = [
        Need(
            title=f"Renew “{one.title}”" if keeps else f"“{one.title}” ends soon",
            words="When it ends, it opens nothing any more."
            if one.days
            else "Today is its last day. Tomorrow it opens nothing any more.",
            href=reverse("agreements:agreement", args=[one.id]),
            due=one.last,
        )
        for one in expiring(now=who.now)
        if keeps or own & one.parties
    ]
    found += [
        Need(
            title=f"Sign “{title}”",
            words="Until your agency signs, its people see nothing by it.",
            href=reverse("agreements:agreement", args=[key]),
        )
        for key, title in to_sign(by=who.by, now=who.now)
    ]
    return found
