"""Pages of the paper check."""

from __future__ import annotations

import base64
import hashlib
import re
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.evidence.paper_check import queries
from saferboard.workspace.evidence.paper_check.deleting import delete_check
from saferboard.workspace.evidence.paper_check.forms import AskCheck
from saferboard.workspace.evidence.paper_check.operations import ask_check
from saferboard.workspace.evidence.place import described, store
from saferboard.workspace.files.answers import given_answer
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.rendering import page

_STYLE = re.compile(rb"<style>(.*?)</style>", re.S)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Dropping a draft in, and one's own checks of today."""
    who = asking(request)
    mine = queries.list_checks(by=who.by, now=who.now)
    areas = described().areas if store().is_dir() else ()
    if request.method == "POST":
        form = AskCheck(areas, request.POST, request.FILES)
    else:
        form = AskCheck(areas)
    if form.is_valid():
        given = form.cleaned_data
        papers = [(one.name or "paper", one.file) for one in given["papers"]]
        try:
            check = ask_check(
                papers=papers,
                area=given["area"],
                to=given["to"],
                meeting=given["meeting"],
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            form.add_error("papers", problem.sentence())
        else:
            return HttpResponseRedirect(reverse("papers:check", args=[check]))
    status = 400 if form.is_bound else 200
    return page(request, "paper_check/ask.html", mine, form=form, status=status)


@require_safe
def found(request: HttpRequest, check: UUID) -> HttpResponse:
    """What a check found, or how far it is."""
    who = asking(request)
    shown = queries.fetch_check(check, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "paper_check/check.html", shown)


@require_safe
def report(request: HttpRequest, check: UUID) -> HttpResponse:
    """The papers' own words, marked. The report is one page with its styles inside: exactly those
    are let through, and nothing else, least of all a script."""
    who = asking(request)
    given = queries.fetch_report(check, by=who.by, now=who.now)
    if given is None:
        raise Http404
    body = given.path.read_bytes()
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one).digest()).decode()}'"
        for one in _STYLE.findall(body)
    )
    marks = hashes or "'none'"
    response = HttpResponse(body, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {marks}; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def copy(request: HttpRequest, check: UUID, file: UUID) -> FileResponse:
    """A Word paper with comments."""
    who = asking(request)
    given = queries.fetch_copy(check, file, by=who.by, now=who.now)
    if given is None:
        raise Http404
    return given_answer(given)


@require_POST
def delete(request: HttpRequest, check: UUID) -> HttpResponse:
    """Deletes the papers and the answers at once."""
    who = asking(request)
    delete_check(check=check, by=who.by, now=who.now)
    messages.success(request, "The papers and what was found in them are deleted.")
    return HttpResponseRedirect(reverse("papers:ask"))
