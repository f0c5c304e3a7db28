"""Agencies and their seats."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.members.forms import AgencyForm, HolderForm, SeatForm, WhenForm
from saferboard.workspace.members.operations.agencies import add_agency, change_agency, end_agency
from saferboard.workspace.members.operations.seats import add_seat, end_seat, hold_seat
from saferboard.workspace.members.queries.agencies import (
    SORTS,
    AgencyFilter,
    agency_of_seat,
    choices_for_seat,
    export_agencies,
    fetch_agency,
    list_agencies,
)
from saferboard.workspace.members.views.asked import checked_text
from saferboard.workspace.members.views.shown import FORM, confirm_page, form_page, posted
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The register of agencies."""
    who, asked = asking(request), _asked(request)
    kept = {"words": asked.words, "kind": asked.kind, "ended": "yes" if asked.ended else ""}
    shown = listing(request, by=SORTS, first="name", filters=kept)
    return page(
        request, "members/agencies.html", list_agencies(shown, asked, by=who.by, now=who.now)
    )


@require_safe
def agencies_csv(request: HttpRequest) -> HttpResponseBase:
    """The register as a table to take away."""
    who = asking(request)
    rows = export_agencies(_asked(request), by=who.by, now=who.now)
    header = ["Agency", "Kind", "Responsible authority", "People", "Seats", "From", "Until"]
    return csv_answer(
        "agencies.csv",
        header,
        (
            (
                one.name,
                one.kind,
                "yes" if one.statutory else "no",
                one.people,
                one.seats,
                day_of(one.start).isoformat(),
                day_of(one.end).isoformat() if one.end else "",
            )
            for one in rows
        ),
    )


@require_safe
def agency(request: HttpRequest, key: UUID) -> HttpResponse:
    """One agency."""
    who = asking(request)
    return page(request, "members/agency.html", fetch_agency(key, by=who.by, now=who.now))


@require_http_methods(FORM)
def add(request: HttpRequest) -> HttpResponse:
    """Adds an agency."""
    who = asking(request)
    require(who.by, "agencies.manage", now=who.now)
    form = AgencyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = add_agency(
                name=given["name"],
                kind=given["kind"],
                statutory=given["statutory"],
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, f"{given['name']} was added.")
            return _to(made)
    return form_page(request, form, "Add an agency", "Add", reverse("members:agencies"))


@require_http_methods(FORM)
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Changes an agency."""
    who = asking(request)
    require(who.by, "agencies.manage", now=who.now)
    held = fetch_agency(key, by=who.by, now=who.now)
    start = {
        "name": held.name,
        "kind": held.kind_key,
        "statutory": held.statutory,
        "version": held.version,
    }
    form = AgencyForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_agency(agency=key, **given, by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        except Changed as error:
            error.again = request.path
            raise
        else:
            messages.success(request, "The change was saved.")
            return _to(key)
    return form_page(
        request, form, f"Change {held.name}", "Save", reverse("members:agency", args=[key])
    )


@require_http_methods(FORM)
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends an agency, with everything that hangs on it."""
    who = asking(request)
    require(who.by, "agencies.manage", now=who.now)
    held = fetch_agency(key, by=who.by, now=who.now)
    form = WhenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ended = end_agency(agency=key, at=form.moment(who.now), by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, f"{held.name} ends, and {ended} memberships with it.")
            return _to(key)
    words = (
        "Its people lose their roles in it and its seats end. It is no longer party to agreements. "
        "What it did stays in the record."
    )
    back = reverse("members:agency", args=[key])
    return form_page(request, form, f"End {held.name}", "End the agency", back, words, warns=True)


@require_http_methods(FORM)
def seat_add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Gives an agency a seat."""
    who = asking(request)
    require(who.by, "agencies.manage", now=who.now)
    held = fetch_agency(key, by=who.by, now=who.now)
    form = SeatForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            add_seat(agency=key, title=form.cleaned_data["title"], by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The seat was added.")
            return _to(key)
    back = reverse("members:agency", args=[key])
    return form_page(request, form, f"Add a seat of {held.name}", "Add", back)


@require_http_methods(FORM)
def seat_hold(request: HttpRequest, key: UUID) -> HttpResponse:
    """Says who holds a seat."""
    who = asking(request)
    seat = agency_of_seat(key, by=who.by, now=who.now)
    people = choices_for_seat(seat.agency, at=who.now)
    form = HolderForm(people, posted(request), initial={"person": str(seat.holder or "")})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["person"]
        try:
            hold_seat(seat=key, person=UUID(chosen) if chosen else None, by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The seat’s holder was changed.")
            return _to(seat.agency)
    back = reverse("members:agency", args=[seat.agency])
    return form_page(request, form, seat.title, "Save", back)


@require_http_methods(FORM)
def seat_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends a seat, after asking once more."""
    who = asking(request)
    require(who.by, "agencies.manage", now=who.now)
    seat = agency_of_seat(key, by=who.by, now=who.now)
    if request.method != "POST":
        back = reverse("members:agency", args=[seat.agency])
        words = "Nobody holds it any more. What was decided and promised from it stays."
        return confirm_page(request, f"End the seat “{seat.title}”?", "End the seat", back, words)
    end_seat(seat=key, by=who.by, now=who.now)
    messages.success(request, f"The seat “{seat.title}” has ended.")
    return _to(seat.agency)


def _asked(request: HttpRequest) -> AgencyFilter:
    return AgencyFilter(
        words=checked_text(request.GET.get("words", "")),
        kind=checked_text(request.GET.get("kind", "")),
        ended=bool(request.GET.get("ended")),
    )


def _to(agency: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("members:agency", args=[agency]))
