"""Addresses of the record."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.oversight.views import emergencies, people, record

app_name = "record"
urlpatterns = [
    path("record/", record.record, name="list"),
    path("record/export", record.record_csv, name="export"),
    path("record/<int:event>", record.row, name="row"),
    path("record/<int:event>/words", record.words, name="words"),
    path("record/people", people.find, name="people"),
    path("record/people/<uuid:person>", people.report, name="report"),
    path("record/people/<uuid:person>/export", people.report_csv, name="report-export"),
    path("record/people/<uuid:person>/sees", people.sees, name="sees"),
    path("record/emergencies", emergencies.reviews, name="emergencies"),
    path("record/emergencies/<uuid:which>", emergencies.review, name="emergency"),
]
