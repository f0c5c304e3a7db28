"""`saferboard-workspace serve`: the whole workspace, until it is told to stop."""

from __future__ import annotations

import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from saferboard.workspace.config.serving import Stop, run, stopping


class Command(BaseCommand):
    """Migrates as the owner, then serves pages and works jobs off as the application."""

    help = "Serve the workspace: database, pages and jobs, until Ctrl+C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument("--port", type=int, default=port, help="0 takes a free one (8000).")
        parser.add_argument(
            "--host",
            default="localhost",
            help="Where to listen; behind a proxy on another machine 0.0.0.0 (localhost).",
        )
        parser.add_argument(
            "--processes", type=int, default=2, help="Processes that answer pages (2)."
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        try:
            with stopping():
                call_command("migrate", database="owner", verbosity=0, interactive=False)
                for connection in connections.all(initialized_only=True):
                    connection.close()
                run(options["host"], options["port"], processes=options["processes"], say=self._say)
        except Stop:
            self._say("The workspace has stopped.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
