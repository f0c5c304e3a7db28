"""`saferboard-workspace demo`: fills an empty workspace with the sample partnership."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from saferboard.vocabulary.period import Month
from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.config.demo import SignIn, code_for, fill_demo
from saferboard.workspace.config.worker import work_off


class Command(BaseCommand):
    """Prints the sign-ins, once: the passwords are random and kept nowhere."""

    help = "Fill an empty workspace with an invented partnership and print its sign-ins."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", help="Build packs to this month, such as 2025-06.")
        parser.add_argument(
            "--code", metavar="E-MAIL", help="Print what this person’s app would show now."
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        if options["code"]:
            self.stdout.write(code_for(options["code"]))
            return
        to = Month.parse(options["to"]) if options["to"] else None
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        made, jobs = fill_demo(now=timezone.now(), to=to)
        if jobs:
            self.stdout.write("Building packs …")
            self.stdout.flush()
            work_off()
        self.stdout.write(_table(made))
        self.stdout.write(
            "Everybody has an app as second factor. What it would show now:\n"
            "  saferboard-workspace demo --code E-MAIL"
        )


def _table(made: list[SignIn]) -> str:
    titles = {key: role.title for key, role in roles().items()}
    table = Table("Name", "Agency", "Roles", "E-mail", "Password")
    for one in made:
        held = ", ".join(titles[role] for role in one.roles)
        table.add_row(one.name, one.agency, held, one.email, one.password)
    console = Console(width=150, highlight=False)
    with console.capture() as drawn:
        console.print(table)
    return drawn.get()
