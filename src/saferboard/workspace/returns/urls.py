"""Addresses of returns."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.returns import views

app_name = "returns"
urlpatterns = [
    path("", views.owed, name="list"),
    path("late", views.late_list, name="late"),
    path("late.csv", views.late_table, name="late-csv"),
    path("register", views.register_page, name="register"),
    path("register/add", views.add, name="add"),
    path("register/<uuid:definition>", views.change, name="change"),
    path("register/<uuid:definition>/end", views.end, name="end"),
    path("<uuid:due>", views.one, name="due"),
    path("<uuid:due>/fill", views.fill, name="fill"),
    path("<uuid:due>/form.csv", views.form, name="form"),
    path("<uuid:due>/upload", views.upload_file, name="upload"),
    path("<uuid:due>/sign", views.sign, name="sign"),
    path("<uuid:due>/back", views.back, name="back"),
    path("<uuid:due>/correct", views.correct, name="correct"),
    path("<uuid:due>/load", views.load, name="load"),
    path("<uuid:due>/withdraw", views.withdraw, name="withdraw"),
]
