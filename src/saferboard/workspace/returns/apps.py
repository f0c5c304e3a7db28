"""The returns app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Its tables begin with `returns_`."""

    name = "saferboard.workspace.returns"
    label = "returns"
