"""The jobs app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Its tables begin with `jobs_`."""

    name = "saferboard.workspace.jobs"
    label = "jobs"
