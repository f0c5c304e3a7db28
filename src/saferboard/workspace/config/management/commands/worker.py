"""`saferboard-workspace worker`: works jobs off. `serve` starts one; more may run beside it."""

from __future__ import annotations

import logging
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from procrastinate.exceptions import ConnectorException

from saferboard.workspace.config.web_server import LIFELINE, end_with
from saferboard.workspace.config.worker import run_worker

_log = logging.getLogger("saferboard.worker")


class Command(BaseCommand):
    """Exit status 1 where the database went away: whoever supervises it starts it anew."""

    help = "Work jobs off, until Ctrl+C."
    requires_system_checks = ()

    def handle(self, *arguments: Any, **options: Any) -> None:
        if number := os.environ.get(LIFELINE):
            end_with(int(number))
        try:
            run_worker()
        except (DatabaseError, ConnectorException) as error:
            _log.warning("The worker ends: the database does not answer.", exc_info=error)
            raise CommandError("The database does not answer.") from error
