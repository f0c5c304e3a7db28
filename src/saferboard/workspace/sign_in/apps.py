"""The sign-in app, as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Its own table holds the counts of wrong tries."""

    name = "saferboard.workspace.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        """From now on what happens in sign-in is recorded: the receivers need models, which are
        there only now."""
        import_module(f"{self.name}.receivers")
