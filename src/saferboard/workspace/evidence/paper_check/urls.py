"""Addresses of the paper check."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.evidence.paper_check import views

app_name = "papers"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("<uuid:check>", views.found, name="check"),
    path("<uuid:check>/report", views.report, name="report"),
    path("<uuid:check>/copies/<uuid:file>", views.copy, name="copy"),
    path("<uuid:check>/delete", views.delete, name="delete"),
]
