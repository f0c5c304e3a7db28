"""Addresses of the data app."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.evidence.data import views

app_name = "data"
urlpatterns = [
    path("", views.loads, name="list"),
    path("add", views.add, name="add"),
    path("added/<uuid:adding>", views.added, name="adding"),
    path("loads/<str:load>", views.load_page, name="load"),
]
