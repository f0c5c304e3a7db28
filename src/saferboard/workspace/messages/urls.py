"""Addresses of messages."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.own, name="list"),
    path("read", views.read_all, name="read-all"),
    path("letters", views.letters, name="letters"),
    path("letters/again", views.resume, name="resume"),
    path("<uuid:notification>", views.open_one, name="open"),
    path("<uuid:notification>/read", views.read_one, name="read"),
]
