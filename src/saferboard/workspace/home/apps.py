"""The home app, as Django knows it: it has pages and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Above every other app, so that it can ask each."""

    name = "saferboard.workspace.home"
    label = "home"
