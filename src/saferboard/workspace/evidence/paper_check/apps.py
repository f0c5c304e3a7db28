"""The paper check, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PaperCheckConfig(AppConfig):
    """Its tables begin with `paper_check_`."""

    name = "saferboard.workspace.evidence.paper_check"
    label = "paper_check"
