"""The sign-in app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Its own table holds the counts of wrong tries."""

    name = "saferboard.workspace.sign_in"
    label = "sign_in"
