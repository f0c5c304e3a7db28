"""Every address of the workspace, by app."""

from __future__ import annotations

from django.urls import include, path

from saferboard.workspace.config.health import live, ready
from saferboard.workspace.sign_in.views import too_many
from saferboard.workspace.web.brand import sheet
from saferboard.workspace.web.errors import bad_page, failed_page, missing_page

urlpatterns = [
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
    path("brand.css", sheet, name="brand"),
    path("", include("saferboard.workspace.members.urls")),
    path("agreements/", include("saferboard.workspace.agreements.urls")),
    path("", include("saferboard.workspace.oversight.urls.matters")),
    path("", include("saferboard.workspace.oversight.urls.record")),
    path("", include("saferboard.workspace.home.urls")),
    path("files/", include("saferboard.workspace.files.urls")),
    path("papers/", include("saferboard.workspace.evidence.paper_check.urls")),
    path("data/", include("saferboard.workspace.evidence.data.urls")),
    path("explore/", include("saferboard.workspace.evidence.explorer.urls")),
    path("packs/", include("saferboard.workspace.evidence.packs.urls")),
    path("returns/", include("saferboard.workspace.returns.urls")),
    path("notifications/", include("saferboard.workspace.messages.urls")),
    path("", include("saferboard.workspace.sign_in.urls")),
]
handler400 = bad_page
handler404 = missing_page
handler500 = failed_page
handler429 = too_many
