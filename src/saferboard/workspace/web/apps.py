"""The web app, as Django knows it: it has templates and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, for all apps above."""

    name = "saferboard.workspace.web"
    label = "web"
