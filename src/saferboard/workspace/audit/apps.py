"""The audit app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Its tables begin with `audit_`."""

    name = "saferboard.workspace.audit"
    label = "audit"
