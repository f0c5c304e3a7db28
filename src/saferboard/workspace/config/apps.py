"""The house of settings and operators' commands, as Django knows it: no tables."""

from __future__ import annotations

from django.apps import AppConfig

from saferboard.workspace.config import events

TELLS = events
"""Declared at start, so that the audit's pages know the words of what operators did."""


class OperatorsConfig(AppConfig):
    """It has the operators' commands."""

    name = "saferboard.workspace.config"
    label = "config"
