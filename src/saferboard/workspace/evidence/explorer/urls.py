"""Addresses of the explorer."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.evidence.explorer import views

app_name = "explorer"
urlpatterns = [
    path("", views.explore, name="explore"),
    path("figure", views.figure, name="figure"),
    path("chart.svg", views.drawing, name="drawing"),
    path("chart.png", views.picture, name="picture"),
    path("table.csv", views.table, name="table"),
]
