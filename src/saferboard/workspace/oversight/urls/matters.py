"""Addresses of matters."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.oversight.views import emergencies, matters

app_name = "matters"
urlpatterns = [
    path("matters/", matters.matters, name="list"),
    path("matters/export", matters.matters_csv, name="export"),
    path("matters/emergency", emergencies.which, name="emergency-which"),
    path("matters/<uuid:matter>", matters.matter, name="matter"),
    path("matters/<uuid:matter>/who", matters.viewers, name="viewers"),
    path("matters/<uuid:matter>/restriction", matters.restrict, name="restrict"),
    path("matters/<uuid:matter>/name", matters.name, name="name"),
    path("matters/<uuid:matter>/named/<uuid:person>/end", matters.unname, name="unname"),
    path("matters/<uuid:matter>/exclude", matters.exclude, name="exclude"),
    path("matters/<uuid:matter>/excluded/<uuid:person>/end", matters.readmit, name="readmit"),
    path("matters/<uuid:matter>/conflict", matters.conflict, name="conflict"),
    path("matters/<uuid:matter>/emergency", emergencies.use, name="emergency"),
]
