"""The agreements app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from saferboard.workspace.agreements import events

TELLS = events
"""Declared at start, so that the audit's pages know the words of what happened."""


class AgreementsConfig(AppConfig):
    """Its tables begin with `agreements_`."""

    name = "saferboard.workspace.agreements"
    label = "agreements"
