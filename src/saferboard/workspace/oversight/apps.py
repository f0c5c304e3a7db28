"""The oversight app, as Django knows it: it has pages and policies, and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Reads what `audit` and `access` hold."""

    name = "saferboard.workspace.oversight"
    label = "oversight"
