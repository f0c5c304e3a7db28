"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.files import views

app_name = "files"
urlpatterns = [path("<uuid:file>", views.give, name="file")]
