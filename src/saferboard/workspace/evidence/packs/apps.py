"""The packs app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Its tables begin with `packs_`."""

    name = "saferboard.workspace.evidence.packs"
    label = "packs"
