"""The access app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Its tables begin with `access_`."""

    name = "saferboard.workspace.access"
    label = "access"
