"""`saferboard-workspace check_audit`: does the chain of the audit hold?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.events import CHAIN_CHECKED
from saferboard.workspace.audit.operations import record


class Command(BaseCommand):
    """Exit status 0 where every sealed row is as it was, 1 where not. The check is recorded."""

    help = "Find rows of the audit that were changed, removed or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seal", action="store_true", help="Seal first what has no seal yet.")

    def handle(self, *arguments: Any, **options: Any) -> None:
        if options["seal"]:
            self.stdout.write(f"{chain.seal():,} rows sealed.")
        report = chain.check()
        with transaction.atomic():
            record(
                CHAIN_CHECKED,
                by=SYSTEM,
                now=timezone.now(),
                details={
                    "sealed": report.sealed,
                    "waiting": report.waiting,
                    "faults": len(report.faults),
                },
            )
        self.stdout.write(f"{report.sealed:,} rows hold their place; {report.waiting:,} wait.")
        for fault in report.faults:
            self.stderr.write(f"Place {fault.seq}, row {fault.event}: {fault.what}.")
        if report.faults:
            places = "1 place" if len(report.faults) == 1 else f"{len(report.faults)} places"
            raise CommandError(f"The chain is broken in {places}.")
