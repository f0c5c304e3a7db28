"""Emergency access: using it, and its review."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.operations import review_emergency
from saferboard.workspace.access.permission import require
from saferboard.workspace.oversight.forms import EmergencyForm, EmergencyIdForm, ReviewForm, posted
from saferboard.workspace.oversight.operations import break_glass
from saferboard.workspace.oversight.queries.emergencies import (
    REVIEW_WITHIN_DAYS,
    Used,
    emergencies,
    emergency,
    may_use_emergency,
)
from saferboard.workspace.oversight.queries.naming import short
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.rendering import moment, page


@dataclass(frozen=True)
class Glass:
    """The page before the glass."""

    matter: UUID
    reference: str
    days: int


@dataclass(frozen=True)
class Reviews:
    """What waits for review, and what was reviewed."""

    waiting: tuple[Used, ...]
    done: tuple[Used, ...]
    days: int


@require_http_methods(["GET", "HEAD", "POST"])
def which(request: HttpRequest) -> HttpResponse:
    """For a record that no list shows, because an agreement has lapsed: asks for its id."""
    who = asking(request)
    require(who.by, "emergency.break", now=who.now)
    form = EmergencyIdForm(posted(request))
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(
            reverse("matters:emergency", args=[form.cleaned_data["matter"]])
        )
    status = 400 if form.is_bound else 200
    return page(request, "oversight/emergency_which.html", form=form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, matter: UUID) -> HttpResponse:
    """Says what will happen, asks why, and opens the record for four hours."""
    who = asking(request)
    if not may_use_emergency(matter, who=who):
        raise Http404
    form = EmergencyForm(posted(request))
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        until = break_glass(
            matter=matter, category=asked["category"], why=asked["why"], by=who.by, now=who.now
        )
        messages.success(
            request, f"You see this record until {moment(until)}. Its reviewers have been told."
        )
        return HttpResponseRedirect(reverse("matters:matter", args=[matter]))
    shown = Glass(matter, short(matter), REVIEW_WITHIN_DAYS)
    status = 400 if form.is_bound else 200
    return page(request, "oversight/emergency.html", shown, form=form, status=status)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every use, what waits for review first."""
    found = emergencies(who=asking(request))
    shown = Reviews(
        tuple(one for one in found if one.reviewed is None),
        tuple(one for one in found if one.reviewed is not None),
        REVIEW_WITHIN_DAYS,
    )
    return page(request, "oversight/reviews.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, which: UUID) -> HttpResponse:
    """One use, and whether it was justified."""
    who = asking(request)
    found = emergency(which, who=who)
    if found is None:
        raise Http404
    form = ReviewForm(posted(request))
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            review_emergency(
                emergency=which,
                justified=asked["justified"] == "yes",
                words=asked["words"],
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The review was saved.")
            return HttpResponseRedirect(reverse("record:emergencies"))
    status = 400 if form.is_bound else 200
    return page(request, "oversight/review.html", found, form=form, status=status)
