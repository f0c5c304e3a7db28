"""The partnership app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Its tables begin with `partnership_`."""

    name = "saferboard.workspace.partnership"
    label = "partnership"
