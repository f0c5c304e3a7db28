"""Addresses of packs. A section's figures and charts lie beside `read/`: what a build wrote into
its pages leads to `../figures/` and `../charts/`."""

from __future__ import annotations

from django.urls import path

from saferboard.workspace.evidence.packs import views

app_name = "packs"
urlpatterns = [
    path("", views.library, name="list"),
    path("new", views.new, name="new"),
    path("<uuid:pack>", views.pack_page, name="pack"),
    path("<uuid:pack>/build", views.build, name="build"),
    path("<uuid:pack>/check", views.check, name="check"),
    path("<uuid:pack>/agree", views.agree, name="agree"),
    path("<uuid:pack>/send-back", views.send_back_page, name="send-back"),
    path("<uuid:pack>/freeze", views.freeze, name="freeze"),
    path("<uuid:pack>/edition", views.edition, name="edition"),
    path("<uuid:pack>/commentary", views.remarks, name="remarks"),
    path("<uuid:pack>/commentary/<slug:measure>", views.remark, name="remark"),
    path("<uuid:pack>/files/<slug:format_>", views.take, name="file"),
    path("<uuid:pack>/read/<str:anchor>", views.section, name="section"),
    path("<uuid:pack>/charts/<str:name>", views.chart, name="chart"),
    path("<uuid:pack>/figures/<path:fact>", views.figure, name="figure"),
]
