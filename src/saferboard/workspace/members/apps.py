"""The members app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from saferboard.workspace.members import events

TELLS = events
"""Declared at start, so that the audit's pages know the words of what happened."""


class MembersConfig(AppConfig):
    """Its tables begin with `members_`."""

    name = "saferboard.workspace.members"
    label = "members"
