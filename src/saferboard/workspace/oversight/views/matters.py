"""Matters: the list, one, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.access.operations import (
    end_exclusion,
    end_naming,
    exclude_person,
    name_person,
    restrict_matter,
)
from saferboard.workspace.oversight.forms import ExcludeForm, NameForm, RestrictForm, posted
from saferboard.workspace.oversight.queries.matters import (
    RESTRICTIONS,
    SORTS,
    MatterLine,
    MatterPage,
    matter_page,
    matters_exported,
    matters_seen,
    viewers_of,
)
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.listing import Listing, listing
from saferboard.workspace.web.rendering import page

HEADER = ("Id", "Kind", "You see", "Why", "Purpose", "Restriction")


@dataclass(frozen=True)
class Listed:
    """A page of the list."""

    lines: tuple[MatterLine, ...]
    listing: Listing
    kinds: tuple[str, ...]
    kind: str
    restrictions: tuple[str, ...]
    restriction: str
    query: str
    may_emergency: bool


@dataclass(frozen=True)
class Asked:
    """A form about a matter: `title` is the page's heading, `lines` say what will happen."""

    matter: MatterPage
    title: str
    lines: tuple[str, ...]
    button: str


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Everything that the asker may see."""
    who = asking(request)
    found, asked = _listed(request)
    at = asked.of(len(found))
    shown = Listed(
        lines=tuple(found[at.start : at.start + at.size]),
        listing=at,
        kinds=tuple(sorted({one.kind for one in found})),
        kind=request.GET.get("kind", "")[:60],
        restrictions=tuple(RESTRICTIONS.values()),
        restriction=request.GET.get("restriction", "")[:20],
        query=asked.at_page(1),
        may_emergency="emergency.break" in who.may,
    )
    return page(request, "oversight/matters.html", shown)


@require_safe
def matters_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file."""
    found, _ = _listed(request)
    lines = matters_exported(found, who=asking(request))
    rows = [[str(m.id), m.kind, m.level, m.why, m.purpose, m.restriction] for m in lines]
    return csv_answer("matters.csv", HEADER, rows)


@require_safe
def matter(request: HttpRequest, matter: UUID) -> HttpResponse:
    """One matter, as far as the asker may see it."""
    return page(request, "oversight/matter.html", _found(request, matter))


@require_safe
def viewers(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Who can see it, and why."""
    found = viewers_of(matter, who=asking(request))
    if found is None:
        raise Http404
    return page(request, "oversight/viewers.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Opens, protects or seals it."""
    found = _found(request, matter, may="restrict")
    now = found.restriction or Restriction.OPEN
    form = RestrictForm(posted(request), initial={"seen": now.value, "restriction": now.value})
    asked = Asked(
        found,
        "Restriction",
        (
            f"It is {RESTRICTIONS[now].lower()} now. The change holds at once, for everybody.",
            "Sealing also ends emergency access: nobody who is not named learns of it any more.",
        ),
        "Change the restriction",
    )

    def change() -> str:
        who = asking(request)
        restrict_matter(
            matter=matter,
            restriction=Restriction(form.cleaned_data["restriction"]),
            why=form.cleaned_data["why"],
            seen=Restriction(form.cleaned_data["seen"]),
            by=who.by,
            now=who.now,
        )
        return "The restriction was changed."

    return _asked(request, asked, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Names somebody on it."""
    form = NameForm(posted(request))
    asked = Asked(
        _found(request, matter, may="name"),
        "Name somebody",
        ("They see it from now on, restricted or not. What named them before ends.",),
        "Name them",
    )

    def change() -> str:
        who = asking(request)
        assert form.found is not None  # a valid form has found them
        name_person(
            matter=matter,
            person=form.found.id,
            level=Level(int(form.cleaned_data["level"])),
            by=who.by,
            now=who.now,
        )
        return f"{form.found.name} is named."

    return _asked(request, asked, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
def exclude(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Excludes somebody from it."""
    form = ExcludeForm(posted(request))
    asked = Asked(
        _found(request, matter, may="exclude"),
        "Exclude somebody",
        ("From now on it does not exist for them. This outweighs everything else.",),
        "Exclude them",
    )

    def change() -> str:
        who = asking(request)
        assert form.found is not None  # a valid form has found them
        exclude_person(
            matter=matter,
            person=form.found.id,
            reason=form.cleaned_data["reason"],
            by=who.by,
            now=who.now,
        )
        return f"{form.found.name} is excluded."

    return _asked(request, asked, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Declares the asker's own conflict of interest."""
    who = asking(request)
    asked = Asked(
        _found(request, matter),
        "Declare a conflict of interest",
        (
            "You will not see this record any more, not even that it is there.",
            "Only somebody who sees it in full can undo this.",
        ),
        "Declare it",
    )
    if request.method != "POST":
        return page(request, "oversight/matter_form.html", asked, form=forms.Form())
    assert who.by.person is not None  # the middleware lets nobody else through
    exclude_person(matter=matter, person=who.by.person, reason="conflict", by=who.by, now=who.now)
    messages.success(request, "Your conflict of interest was recorded.")
    return HttpResponseRedirect(reverse("matters:list"))


@require_POST
def unname(request: HttpRequest, matter: UUID, person: UUID) -> HttpResponse:
    """Ends that somebody is named."""
    who = asking(request)
    return _ended(
        request,
        matter,
        lambda: end_naming(matter=matter, person=person, by=who.by, now=who.now),
        "They are no longer named.",
    )


@require_POST
def readmit(request: HttpRequest, matter: UUID, person: UUID) -> HttpResponse:
    """Ends that somebody is excluded."""
    who = asking(request)
    return _ended(
        request,
        matter,
        lambda: end_exclusion(matter=matter, person=person, by=who.by, now=who.now),
        "They are no longer excluded.",
    )


def _listed(request: HttpRequest) -> tuple[list[MatterLine], Listing]:
    filters = {name: request.GET.get(name, "")[:60] for name in ("kind", "restriction")}
    asked = listing(request, by=SORTS, first="kind", filters=filters)
    found = matters_seen(
        who=asking(request), kind=filters["kind"], restriction=filters["restriction"]
    )
    found.sort(key=lambda one: str(getattr(one, asked.sort)), reverse=asked.down)
    return found, asked


def _found(request: HttpRequest, matter: UUID, *, may: str = "") -> MatterPage:
    found = matter_page(matter, who=asking(request))
    if found is None or (may and may not in found.may):
        raise Http404
    return found


def _asked(
    request: HttpRequest, asked: Asked, form: forms.Form, change: Callable[[], str]
) -> HttpResponse:
    """Shows a form, or makes its change and goes back to the matter; where that is gone for the
    asker, to the list."""
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, change())
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            return HttpResponseRedirect(reverse("matters:matter", args=[asked.matter.line.id]))
    status = 400 if form.is_bound else 200
    return page(request, "oversight/matter_form.html", asked, form=form, status=status)


def _ended(
    request: HttpRequest, matter: UUID, change: Callable[[], None], words: str
) -> HttpResponse:
    try:
        change()
    except Problem as problem:
        messages.error(request, problem.sentence())
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse("matters:matter", args=[matter]))
