"""People: the register, one person, leaving, their roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.operations import end_role, give_role
from saferboard.workspace.access.permission import require
from saferboard.workspace.members.forms import GiveRoleForm, WhenForm
from saferboard.workspace.members.operations.leaving import end_membership, keep_membership
from saferboard.workspace.members.queries.people import (
    SORTS,
    PeopleFilter,
    fetch_person,
    list_people,
    person_of_grant,
    person_of_membership,
)
from saferboard.workspace.members.queries.roles import export_roles, read_roles
from saferboard.workspace.members.views.asked import checked_key, checked_text
from saferboard.workspace.members.views.shown import FORM, confirm_page, form_page, posted
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The register of people."""
    who = asking(request)
    asked = PeopleFilter(
        words=checked_text(request.GET.get("words", "")),
        agency=checked_key(request.GET.get("agency", "")),
        role=checked_text(request.GET.get("role", "")),
        left=bool(request.GET.get("left")),
    )
    kept = {
        "words": asked.words,
        "agency": str(asked.agency or ""),
        "role": asked.role,
        "left": "yes" if asked.left else "",
    }
    shown = listing(request, by=SORTS, first="name", filters=kept)
    return page(request, "members/people.html", list_people(shown, asked, by=who.by, now=who.now))


@require_safe
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person."""
    who = asking(request)
    return page(request, "members/person.html", fetch_person(key, by=who.by, now=who.now))


@require_http_methods(FORM)
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends a membership, now or on a day to come."""
    who = asking(request)
    held = person_of_membership(key, by=who.by, now=who.now)
    form = WhenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership=key, at=form.moment(who.now), by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, f"{held.name} leaves {held.agency_name}.")
            return HttpResponseRedirect(reverse("members:agency", args=[held.agency]))
    words = (
        f"{held.name} loses every role and seat in {held.agency_name}, by itself, at that moment. "
        "Nothing that they wrote is lost."
    )
    back = reverse("members:person", args=[held.person])
    title = f"End the membership of {held.name}"
    return form_page(request, form, title, "End the membership", back, words, warns=True)


@require_POST
def stay(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes a day of leaving back."""
    who = asking(request)
    held = person_of_membership(key, by=who.by, now=who.now)
    keep_membership(membership=key, by=who.by, now=who.now)
    messages.success(request, f"{held.name} stays in {held.agency_name}.")
    return HttpResponseRedirect(reverse("members:person", args=[held.person]))


@require_http_methods(FORM)
def role_give(request: HttpRequest, key: UUID) -> HttpResponse:
    """Gives a person a role."""
    who = asking(request)
    require(who.by, "roles.manage", now=who.now)
    held = fetch_person(key, by=who.by, now=who.now)
    places = [(one.agency, one.agency_name) for one in held.memberships if one.now]
    form = GiveRoleForm(held.roles, places, posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            give_role(
                person=key,
                agency=UUID(given["agency"]),
                role=given["role"],
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, f"{held.name} has the role now.")
            return HttpResponseRedirect(reverse("members:person", args=[key]))
    back = reverse("members:person", args=[key])
    words = "What each role may do stands on the page “Roles”."
    return form_page(request, form, f"Give {held.name} a role", "Give the role", back, words)


@require_http_methods(FORM)
def role_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends a role now, after asking once more."""
    who = asking(request)
    held = person_of_grant(key, by=who.by, now=who.now)
    back = reverse("members:person", args=[held.person])
    if request.method != "POST":
        title = f"End the role {held.role} of {held.name}?"
        words = f"{held.name} can no longer do what it allows in {held.agency}, at once."
        return confirm_page(request, title, "End the role", back, words)
    end_role(grant=key, by=who.by, now=who.now)
    messages.success(request, "The role has ended.")
    return HttpResponseRedirect(back)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role in words, and who has it."""
    who = asking(request)
    return page(request, "members/roles.html", read_roles(by=who.by, now=who.now))


@require_safe
def roles_csv(request: HttpRequest) -> HttpResponseBase:
    """Who has which role, as a table to take away."""
    who = asking(request)
    rows = export_roles(by=who.by, now=who.now)
    return csv_answer(
        "roles.csv",
        ["Role", "Person", "Agency", "From", "Until", "Counts"],
        (
            (
                role.title,
                one.name,
                one.agency,
                day_of(one.start).isoformat(),
                day_of(one.end).isoformat() if one.end else "",
                "yes" if one.counts else "no",
            )
            for role in rows
            for one in role.holders
        ),
    )
