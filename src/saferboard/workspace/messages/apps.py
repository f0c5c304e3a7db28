"""The messages app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Its tables begin with `notices_`: Django has an app `messages` of its own."""

    name = "saferboard.workspace.messages"
    label = "notices"
