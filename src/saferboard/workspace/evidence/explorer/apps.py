"""The explorer, as Django knows it: it has pages and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class ExplorerConfig(AppConfig):
    """Everything that is asked stands in the address, so that it can be shared."""

    name = "saferboard.workspace.evidence.explorer"
    label = "explorer"
