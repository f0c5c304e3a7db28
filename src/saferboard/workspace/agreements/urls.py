"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.agreements.views import agreements, assessments

app_name = "agreements"
urlpatterns = [
    path("", agreements.agreements, name="list"),
    path("register.csv", agreements.agreements_csv, name="csv"),
    path("enter", agreements.enter, name="enter"),
    path("<uuid:key>", agreements.agreement, name="agreement"),
    path("<uuid:key>/change", agreements.change, name="change"),
    path("<uuid:key>/renew", agreements.renew, name="renew"),
    path("<uuid:key>/end", agreements.end, name="end"),
    path("<uuid:key>/copy", agreements.copy, name="copy"),
    path("<uuid:key>/copy/keep", agreements.copy_keep, name="copy_keep"),
    path("<uuid:key>/sign/<uuid:agency>", agreements.sign, name="sign"),
    path("<uuid:key>/leave/<uuid:agency>", agreements.leave, name="leave"),
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments.csv", assessments.assessments_csv, name="assessments_csv"),
    path("assessments/enter", assessments.enter, name="assessment_enter"),
    path("assessments/<uuid:key>", assessments.assessment, name="assessment"),
    path("assessments/<uuid:key>/change", assessments.change, name="assessment_change"),
]
