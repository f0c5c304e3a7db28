"""Home, search, help."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import roles
from saferboard.workspace.home.queries import LONGEST, needs_of, search
from saferboard.workspace.web.asking import AGENCY_CHOSEN, WorksFor, asking
from saferboard.workspace.web.needs import Find, Need
from saferboard.workspace.web.rendering import page


@dataclass(frozen=True)
class Home:
    """The home page."""

    person: str
    agency: str
    agencies: tuple[WorksFor, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Search:
    """What was looked for, and what was found; `problem` where it could not be looked for."""

    words: str
    finds: tuple[Find, ...] = ()
    problem: str = ""
    asked: bool = False


@dataclass(frozen=True)
class RoleHelp:
    """A role as the help page explains it."""

    title: str
    about: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs me."""
    who = asking(request)
    assert who.person and who.agency  # the middleware lets nobody else through
    shown = Home(
        person=who.person.name,
        agency=who.agency.name,
        agencies=who.agencies,
        needs=tuple(needs_of(who)),
    )
    return page(request, "home/home.html", shown)


@require_POST
def choose_agency(request: HttpRequest) -> HttpResponse:
    """Acts for another of the person's agencies from now on."""
    chosen = request.POST.get("agency", "")
    if any(str(one.id) == chosen for one in asking(request).agencies):
        request.session[AGENCY_CHOSEN] = chosen
    return HttpResponseRedirect(reverse("home:page"))


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Search. The words come by POST, so that they stand in no address and no log."""
    if request.method != "POST":
        return page(request, "home/search.html", Search(""))
    words = request.POST.get("words", "")[: LONGEST + 1]
    try:
        shown = Search(words, tuple(search(words, who=asking(request))), asked=True)
    except Problem as problem:
        shown = Search(words, problem=problem.sentence())
    return page(request, "home/search.html", shown, status=400 if shown.problem else 200)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What the workspace is for and how it is used."""
    known = tuple(RoleHelp(role.title, role.about) for role in roles().values())
    return page(request, "home/help.html", known)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return page(request, "home/accessibility.html")
