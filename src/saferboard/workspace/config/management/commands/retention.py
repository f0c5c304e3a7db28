"""`saferboard-workspace retention`: what has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from saferboard.workspace.config.retention import due, erase


class Command(BaseCommand):
    """Says what is due; with --erase it goes."""

    help = "Say what has been kept long enough, or erase it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--erase", action="store_true", help="Erase what is due.")

    def handle(self, *arguments: Any, **options: Any) -> None:
        now = timezone.now()
        found = due(now=now)
        for one in found:
            since = f", the oldest of {one.oldest:%d %B %Y}" if one.oldest else ""
            held = f"; {one.held:,} are under a legal hold" if one.held else ""
            self.stdout.write(
                f"{one.title}: {one.count:,} are due after {one.days:,} days{since}{held}."
            )
        if options["erase"]:
            for title, count in erase(now=now):
                self.stdout.write(f"{title}: {count:,} erased.")
        elif any(one.count for one in found):
            self.stdout.write("Nothing was erased. To erase what is due: --erase.")
