"""`saferboard-workspace restore FOLDER --keys FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import record
from saferboard.workspace.config.backup import restore
from saferboard.workspace.config.events import RESTORED


class Command(BaseCommand):
    """Into an empty database. Every table and file is compared, and the audit's chain checked."""

    help = "Restore a backup into an empty database and check all of it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="What `backup` made.")
        parser.add_argument("--keys", type=Path, help="Where its keys were kept.")

    def handle(self, *arguments: Any, **options: Any) -> None:
        environment = settings.ENVIRONMENT
        listed = restore(
            options["folder"].expanduser().resolve(),
            environment=environment,
            owner=environment.owner,
            backup=environment.backup,
            keys=options["keys"].expanduser().resolve() if options["keys"] else None,
        )
        report = chain.check()
        with transaction.atomic():
            details = {"tables": len(listed.tables), "files": len(listed.files)}
            record(RESTORED, by=SYSTEM, now=timezone.now(), details=details)
        self.stdout.write(
            f"{len(listed.tables)} tables and {len(listed.files)} files are as they were on "
            f"{listed.made}; {report.sealed:,} rows of the audit hold their place."
        )
        if report.faults:
            raise CommandError("The audit’s chain does not hold: see check_audit.")
