"""The files app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Its tables begin with `files_`."""

    name = "saferboard.workspace.files"
    label = "files"
