"""The data app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DataConfig(AppConfig):
    """Its tables begin with `data_`."""

    name = "saferboard.workspace.evidence.data"
    label = "data"
