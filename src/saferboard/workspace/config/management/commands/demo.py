"""`saferboard-workspace demo`: fills an empty workspace with the sample partnership."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.config.demo import fill_demo


class Command(BaseCommand):
    """Prints the sign-ins, once: the passwords are random and kept nowhere."""

    help = "Fill an empty workspace with an invented partnership and print its sign-ins."
    requires_system_checks = ()

    def handle(self, *arguments: Any, **options: Any) -> None:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        titles = {key: role.title for key, role in roles().items()}
        table = Table("Name", "Agency", "Roles", "E-mail", "Password")
        for one in fill_demo(now=timezone.now()):
            held = ", ".join(titles[role] for role in one.roles)
            table.add_row(one.name, one.agency, held, one.email, one.password)
        console = Console(width=150, highlight=False)
        with console.capture() as drawn:
            console.print(table)
        self.stdout.write(drawn.get())
