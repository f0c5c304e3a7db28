"""The addresses of the workspace."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.config.health import live, ready

urlpatterns = [
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
]
