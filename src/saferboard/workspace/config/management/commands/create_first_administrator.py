"""`saferboard-workspace create_first_administrator`."""

from __future__ import annotations

import getpass
import secrets
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.first_administrator import create_first_administrator
from saferboard.workspace.partnership.models import AgencyKind

_ASKED = {
    "name": "Name of the administrator",
    "email": "Address of e-mail",
    "agency": "Their agency",
}


class Command(BaseCommand):
    """Asks for what no option gives. A password is never an option: command lines are seen by
    others on the machine, and kept."""

    help = "Make the first administrator of an empty workspace."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="Name of the administrator.")
        parser.add_argument("--email", help="Their address of e-mail.")
        parser.add_argument("--agency", help="Name of their agency.")
        parser.add_argument(
            "--kind", choices=AgencyKind.values, default="council", help="What it is (council)."
        )
        parser.add_argument(
            "--password-from-input",
            action="store_true",
            help="Read the password from the first line of the standard input.",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        given = {key: options[key] or self._ask(key, words) for key, words in _ASKED.items()}
        password, made = self._password(options["password_from_input"])
        create_first_administrator(
            **given, kind=options["kind"], password=password, now=timezone.now()
        )
        self.stdout.write(f"{given['name']} is administrator and signs in with {given['email']}.")
        if made:
            self.stdout.write(f"Password, shown this once: {password}")
        self.stdout.write("At the first sign-in a second factor is set up.")

    def _ask(self, key: str, words: str) -> str:
        if not sys.stdin.isatty():
            raise Problem(f"{words}: nothing was given.", remedy=f"Give --{key}.")
        return input(f"{words}: ")

    def _password(self, from_input: bool) -> tuple[str, bool]:
        """The password, and whether it was made here."""
        if from_input:
            return sys.stdin.readline().rstrip("\r\n"), False
        if sys.stdin.isatty():
            typed = getpass.getpass("Password (empty: one is made for you): ")
            if typed and typed != getpass.getpass("Once more: "):
                raise Problem("The two passwords differ.", remedy="Begin again.")
            if typed:
                return typed, False
        return secrets.token_urlsafe(15), True
