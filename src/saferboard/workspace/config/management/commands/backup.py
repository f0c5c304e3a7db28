"""`saferboard-workspace backup FOLDER --keys FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit import chain
from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.config.backup import back_up
from saferboard.workspace.config.environment import BACKUP_URL
from saferboard.workspace.config.events import BACKUP_BEGUN


class Command(BaseCommand):
    """The database at one moment, the files, and their hashes; keys and head apart."""

    help = "Back up database and files into a new folder, keys into another."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the backup goes; not there yet.")
        parser.add_argument(
            "--keys",
            type=Path,
            help="Where keys and the audit's head go: another place than the backup.",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        environment, now = settings.ENVIRONMENT, timezone.now()
        if not environment.backup:
            raise Problem(
                f"{BACKUP_URL} is not set: a backup is read by a role that may not write.",
                remedy="Set it to the address of the database as that role.",
            )
        folder = options["folder"].expanduser().resolve()
        keys = options["keys"].expanduser().resolve() if options["keys"] else None
        record_first(BACKUP_BEGUN, by=SYSTEM, now=now, details={"keys": keys is not None})
        chain.seal()
        listed = back_up(
            folder, environment=environment, address=environment.backup, keys=keys, now=now
        )
        rows = sum(one.rows for one in listed.tables.values())
        self.stdout.write(
            f"{len(listed.tables)} tables with {rows:,} rows, {len(listed.files)} files: {folder}"
        )
        if keys is None:
            self.stderr.write(
                f"The keys were not backed up. Keep a copy of {environment.home / 'keys'} and "
                f"{environment.audit_head}, apart from the backup: without them the audit’s words"
                " cannot be read again."
            )
        else:
            self.stdout.write(f"The keys are in {keys}. Keep them apart from the backup.")
