"""Inviting, and joining by an invitation."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.members.forms import InviteForm, JoinForm
from saferboard.workspace.members.operations.invitations import (
    CannotJoin,
    Joining,
    accept_invitation,
    invite,
    look_at_invitation,
    revoke_invitation,
)
from saferboard.workspace.members.queries.invitations import (
    SORTS,
    agency_to_join,
    list_invitations,
    role_choices,
)
from saferboard.workspace.members.views.shown import FORM, form_page, posted
from saferboard.workspace.sign_in.entrance import welcome
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.letters import Letter, send
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import day, page


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations that the asker may see."""
    who = asking(request)
    shown = listing(request, by=SORTS, first="-made")
    return page(
        request, "members/invitations.html", list_invitations(shown, by=who.by, now=who.now)
    )


@require_http_methods(FORM)
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Invites somebody to an agency, and sends them the link."""
    who = asking(request)
    name = agency_to_join(key, by=who.by, now=who.now)
    form = InviteForm(role_choices(by=who.by, now=who.now), posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = invite(
                email=given["email"], agency=key, roles=given["roles"], by=who.by, now=who.now
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            link = request.build_absolute_uri(reverse("members:join", args=[made.token]))
            lines = (
                f"You are invited to join the workspace as a member of {name}.",
                f"Open this link to join: {link}",
                f"It works once, until {day(made.expires)}, and for this address only.",
                "If you did not expect it, do nothing: nobody can join without the link.",
            )
            sent = send([Letter(given["email"].strip(), "You are invited", lines)])
            if sent:
                messages.success(request, f"The invitation was sent to {given['email']}.")
            else:
                messages.warning(
                    request,
                    "The invitation was made, but the mail server did not take the letter. Take it "
                    "back and invite again when mail works: the link is kept nowhere.",
                )
            return HttpResponseRedirect(reverse("members:invitations"))
    back = reverse("members:agency", args=[key])
    return form_page(request, form, f"Invite somebody to {name}", "Send the invitation", back)


@require_POST
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes an invitation back."""
    who = asking(request)
    revoke_invitation(invitation=key, by=who.by, now=who.now)
    messages.success(request, "The invitation was taken back. Its link no longer works.")
    return HttpResponseRedirect(reverse("members:invitations"))


@sensitive_post_parameters("password", "again")
@require_http_methods(FORM)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Joins. Opening the link changes nothing, so that a mail scanner that opens it does no harm;
    the button does."""
    who = asking(request)
    try:
        offered = look_at_invitation(token=token, by=who.by, now=who.now)
        if offered.account:
            return _with_account(request, token, offered)
        form = JoinForm(offered.email, posted(request))
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                joined = accept_invitation(
                    token=token,
                    name=given["name"],
                    job_title=given["job_title"],
                    password=given["password"],
                    by=who.by,
                    now=who.now,
                )
            except CannotJoin:
                raise
            except Problem as problem:
                form.add_error(None, problem.sentence())
            else:
                messages.success(request, "You have joined. One more step: your second factor.")
                return welcome(request, joined)
    except CannotJoin as error:
        return page(request, "members/cannot_join.html", error.remedy, status=404)
    status = 400 if form.is_bound and form.errors else 200
    return page(request, "members/join.html", offered, status=status, form=form)


def _with_account(request: HttpRequest, token: str, offered: Joining) -> HttpResponse:
    """Whoever has an account joins as themselves, signed in, by one button."""
    who, problem = asking(request), ""
    own = who.person is not None and who.person.email == offered.email
    if request.method == "POST":
        try:
            accept_invitation(
                token=token, name="", job_title="", password="", by=who.by, now=who.now
            )
        except CannotJoin:
            raise
        except Problem as error:
            problem = error.sentence()
        else:
            messages.success(request, f"You belong to {offered.agency} now.")
            return HttpResponseRedirect(reverse("home:page"))
    return page(
        request,
        "members/join_account.html",
        offered,
        status=400 if problem else 200,
        own=own,
        signed_in=who.person is not None,
        problem=problem,
        sign_in=f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
    )
