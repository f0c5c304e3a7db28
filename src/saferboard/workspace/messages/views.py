"""Notifications in the app: the list, opening one, and how letters come."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.workspace.messages.kinds import message_kinds
from saferboard.workspace.messages.operations import (
    choose_letters,
    mark_all_read,
    mark_read,
    resume_letters,
)
from saferboard.workspace.messages.queries import inbox, letters_of
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What this person was told."""
    who = asking(request)
    shown = listing(request, by=("created",), first="-created", size=25)
    return page(request, "messages/list.html", inbox(shown, by=who.by, now=who.now))


@require_safe
def open_one(request: HttpRequest, notification: UUID) -> HttpResponse:
    """Leads to what a notification is about, and marks it as read on the way."""
    who = asking(request)
    kind, subject = mark_read(notification=notification, by=who.by, now=who.now)
    return HttpResponseRedirect(_place(kind, subject))


@require_POST
def read_one(request: HttpRequest, notification: UUID) -> HttpResponse:
    """Marks one as read."""
    who = asking(request)
    mark_read(notification=notification, by=who.by, now=who.now)
    return HttpResponseRedirect(reverse("messages:list"))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks all as read."""
    who = asking(request)
    mark_all_read(by=who.by, now=who.now)
    return HttpResponseRedirect(reverse("messages:list"))


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """How letters come, by kind."""
    who = asking(request)
    if request.method != "POST":
        return page(request, "messages/letters.html", letters_of(who.by))
    for key, kind in message_kinds().items():
        chosen = request.POST.get(key, "")
        if chosen and not kind.always:
            choose_letters(kind=key, choice=chosen, by=who.by, now=who.now)
    messages.success(request, "Your choice was saved.")
    return HttpResponseRedirect(reverse("messages:letters"))


@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Sends letters again."""
    who = asking(request)
    resume_letters(by=who.by, now=who.now)
    messages.success(request, "Letters are sent to you again.")
    return HttpResponseRedirect(reverse("messages:letters"))


def _place(kind: str, subject: UUID | None) -> str:
    known = message_kinds().get(kind)
    if known is None or not known.link:
        return reverse("messages:list")
    try:
        return reverse(known.link, args=[subject] if subject else None)
    except NoReverseMatch:
        return reverse("messages:list")
