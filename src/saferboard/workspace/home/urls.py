"""Addresses of home, search and help."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="page"),
    path("agency", views.choose_agency, name="agency"),
    path("search", views.find, name="search"),
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
]
