"""Pages of the data app."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.evidence.data import queries
from saferboard.workspace.evidence.data.forms import SendFiles
from saferboard.workspace.evidence.data.operations import LOAD, send_files
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.rendering import page


@require_safe
def loads(request: HttpRequest) -> HttpResponse:
    """What is in the data store."""
    who = asking(request)
    return page(request, "data/list.html", queries.list_loads(by=who.by, now=who.now))


@require_safe
def load_page(request: HttpRequest, load: str) -> HttpResponse:
    """Everything about one load."""
    who = asking(request)
    shown = queries.fetch_load(load, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "data/load.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Sending files."""
    who = asking(request)
    require(who.by, LOAD, now=who.now)
    form = SendFiles(request.POST, request.FILES) if request.method == "POST" else SendFiles()
    if form.is_valid():
        files = [(one.name or "file", one.file) for one in form.cleaned_data["chosen"]]
        try:
            adding = send_files(files=files, by=who.by, now=who.now)
        except Problem as problem:
            form.add_error("chosen", problem.sentence())
        else:
            return HttpResponseRedirect(reverse("data:adding", args=[adding]))
    status = 400 if form.is_bound else 200
    return page(request, "data/add.html", None, form=form, status=status)


@require_safe
def added(request: HttpRequest, adding: UUID) -> HttpResponse:
    """What became of files that were sent."""
    who = asking(request)
    shown = queries.fetch_adding(adding, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "data/adding.html", shown)
