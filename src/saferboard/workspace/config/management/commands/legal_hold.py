"""`saferboard-workspace legal_hold`: keeps words of the audit from retention."""

from __future__ import annotations

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.holds import lift_hold, place_hold
from saferboard.workspace.audit.models import Hold


class Command(BaseCommand):
    """Places a hold, lifts one, or lists those that last. The reason is read from the input."""

    help = "Keep words of the audit while proceedings last, or lift such a hold."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--about", help="Hold words about this person or thing (its id).")
        what.add_argument("--everything", action="store_true", help="Hold all words.")
        what.add_argument("--lift", help="Lift the hold with this id.")
        what.add_argument("--list", action="store_true", help="List the holds that last.")

    def handle(self, *arguments: Any, **options: Any) -> None:
        now = timezone.now()
        if options["list"]:
            for one in Hold.objects.filter(end=None).order_by("start"):
                about = one.subject or "everything"
                self.stdout.write(f"{one.id}: {about}, since {one.start:%d %B %Y}")
            return
        if sys.stdin.isatty():
            self.stdout.write("Reason (one line):")
        why = sys.stdin.readline().strip()
        if options["lift"]:
            lift_hold(hold=_id(options["lift"]), why=why, by=SYSTEM, now=now)
            self.stdout.write("The hold was lifted.")
            return
        subject = None if options["everything"] else _id(options["about"])
        hold = place_hold(subject=subject, why=why, by=SYSTEM, now=now)
        self.stdout.write(f"The hold {hold} was placed.")


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as error:
        raise Problem("This is no id.", remedy="Ids look like 4f0c0b3e-….") from error
