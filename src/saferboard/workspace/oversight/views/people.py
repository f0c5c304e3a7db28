"""People: finding one, who saw them, what they would see."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.oversight.forms import FindForm, ReportForm, posted
from saferboard.workspace.oversight.queries.people import (
    FoundPerson,
    Report,
    find_people,
    what_would_they_see,
    who_saw,
    who_saw_exported,
)
from saferboard.workspace.oversight.views.record import HEADER, as_rows
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.rendering import page


@dataclass(frozen=True)
class Found:
    """Who was found; `asked` is False before anybody was looked for."""

    people: tuple[FoundPerson, ...]
    asked: bool
    may_read: bool
    may_explain: bool


@dataclass(frozen=True)
class ReportShown:
    """A report, and the dates of the address for the link to the file."""

    report: Report | None
    person: UUID
    dates: str
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Looks for people; the words come by POST and stand in no address."""
    who = asking(request)
    may_read, may_explain = "audit.read" in who.may, "access.explain" in who.may
    if not (may_read or may_explain):
        require(who.by, "audit.read", now=who.now)
    form = FindForm(posted(request))
    people: tuple[FoundPerson, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            people = tuple(find_people(form.cleaned_data["words"], who=who))
        except Problem as problem:
            form.add_error("words", problem.sentence())
    asked = form.is_bound and not form.errors
    shown = Found(people, asked, may_read, may_explain)
    status = 400 if form.errors else 200
    return page(request, "oversight/people.html", shown, form=form, status=status)


@require_safe
def report(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who saw this person."""
    who = asking(request)
    require(who.by, "audit.read", now=who.now)
    form = ReportForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        nothing = ReportShown(None, person, "")
        return page(request, "oversight/report.html", nothing, form=form, status=400)
    since, until = form.span() if form.is_bound else (None, None)
    dates = urlencode([(key, value) for key, value in request.GET.items() if "-" in key and value])
    try:
        found = who_saw(person, since=since, until=until, who=who)
    except Problem as problem:
        shown = ReportShown(None, person, dates, problem.sentence())
        return page(request, "oversight/report.html", shown, form=form, status=400)
    return page(request, "oversight/report.html", ReportShown(found, person, dates), form=form)


@require_safe
def report_csv(request: HttpRequest, person: UUID) -> HttpResponseBase:
    """The same as a file."""
    who = asking(request)
    require(who.by, "audit.read", now=who.now)
    form = ReportForm(request.GET)
    if not form.is_valid():
        raise Problem("These dates do not fit.", remedy="Go back and set them again.")
    since, until = form.span()
    lines = who_saw_exported(person, since=since, until=until, who=who)
    return csv_answer("who-saw-this-person.csv", HEADER, as_rows(lines))


@require_safe
def sees(request: HttpRequest, person: UUID) -> HttpResponse:
    """What this person would see, and why."""
    found = what_would_they_see(person, who=asking(request))
    if found is None:
        raise Http404
    return page(request, "oversight/sees.html", found)
