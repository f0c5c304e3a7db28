"""Pages for what goes wrong: what happened, that nothing was lost, and the way on."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import permissions, roles
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.editing import Both, Changed
from saferboard.workspace.web.rendering import page


@dataclass(frozen=True)
class WentWrong:
    """A page of trouble: `lines` are paragraphs, `way` a link on."""

    title: str
    lines: tuple[str, ...]
    way: tuple[str, str] | None = None
    fields: tuple[Both, ...] = ()


def _shown(request: HttpRequest, wrong: WentWrong, status: int) -> HttpResponse:
    return page(request, "web/trouble.html", wrong, status=status)


def refused_page(request: HttpRequest, error: Refused) -> HttpResponse:
    """403 for something that a role would allow; 404 for a thing, which then does not exist."""
    permission = str(error)
    if permission not in permissions():
        return missing_page(request)
    holders = [role.title for role in roles().values() if permission in role.may]
    lines = (
        f"This needs the permission “{permissions()[permission].rstrip('.')}”.",
        f"It comes with the role {' or '.join(holders)}." if holders else "No role has it.",
        "Your agency’s lead or an administrator can give you a role. That you asked was recorded.",
    )
    return _shown(request, WentWrong("You cannot do this", lines), 403)


def missing_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this person; both look alike."""
    lines = (
        "If you typed the address, check that it is whole.",
        "If somebody sent you a link, it may lead to what you cannot see, or to what has ended.",
    )
    return _shown(request, WentWrong("This page is not there", lines), 404)


def problem_page(request: HttpRequest, error: Problem) -> HttpResponse:
    """400: something that the user can put right, where the view did not say it in its form."""
    lines = tuple(line for line in (error.place, error.remedy, "Nothing was changed.") if line)
    return _shown(request, WentWrong(error.message.rstrip("."), lines), 400)


def changed_page(request: HttpRequest, error: Changed) -> HttpResponse:
    """409: somebody else was quicker; both texts are shown."""
    who = f"{error.by} changed" if error.by else "Somebody else changed"
    lines = (
        f"{who} {error.thing} while you were writing. What you wrote has not been saved.",
        "Both are below: copy what you want to keep, then edit the present text.",
    )
    way = ("Edit the present text", error.again) if error.again else None
    wrong = WentWrong("This was changed in the meantime", lines, way, error.fields)
    return _shown(request, wrong, 409)


def bad_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what cannot be read at all: an upload beyond every limit, too many fields."""
    lines = (
        "What was sent is larger than is taken anywhere here, or is no form of ours.",
        "Divide the files, or send fewer at once.",
    )
    return _bare(WentWrong("This could not be read", lines), 400)


def ended_page(request: HttpRequest) -> HttpResponse:
    """403 for somebody who belongs to no agency any more."""
    lines = (
        "You belong to no agency of the partnership at present, so there is nothing to show.",
        "If that is a mistake, ask your agency’s lead to invite you again.",
    )
    return _bare(WentWrong("Your access has ended", lines), 403)


def trouble_page(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """503 where the database is away."""
    lines = (
        "The database does not answer at the moment. Nothing was changed.",
        "Try again in a minute. What you typed is still there if you go back.",
    )
    return _bare(WentWrong("Please try again shortly", lines), 503)


def failed_page(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; 503 where the database went away before a view was reached."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return trouble_page(request)
    lines = (
        "This is a fault of the program, not yours. Nothing was changed.",
        "Tell your administrator when it happened and what you did.",
    )
    return _bare(WentWrong("Something went wrong", lines), 500)


def forged_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: sent twice, from another page, or after signing out."""
    lines = (
        "The form came without the mark that shows that it was ours, so it was not accepted.",
        "Go back, load the page again and send it once more. Cookies have to be allowed.",
    )
    if asking(request).person is None:
        return _bare(WentWrong("This form has run out", lines), 403)
    return _shown(request, WentWrong("This form has run out", lines), 403)


def _bare(wrong: WentWrong, status: int) -> HttpResponse:
    """Without the frame, which asks the database."""
    return HttpResponse(render_to_string("web/bare.html", {"page": wrong}), status=status)
