"""Every address is closed unless the settings open it, and whatever is refused or goes wrong is
answered by a page that helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.errors import (
    changed_page,
    ended_page,
    problem_page,
    refused_page,
    trouble_page,
)

Answer = Callable[[HttpRequest], HttpResponse]
METHODS = ("GET", "HEAD", "POST")


class ClosedByDefault:
    """Anonymous requests are led to sign-in, and people who belong to no agency any more are signed
    out, unless the address is one of settings.OPEN_ADDRESSES. A method that no page has is
    refused, whatever the view would make of it. Nothing that a signed-in person sees is kept by
    a browser or a proxy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Decides before the view is called."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        match = request.resolver_match
        if match is not None and match.view_name in settings.OPEN_ADDRESSES:
            return None
        who = asking(request)
        if who.person is None:
            if request.method in ("GET", "HEAD"):
                back = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{back}")
            return HttpResponseRedirect(reverse(settings.LOGIN_URL))
        if who.agency is None:
            logout(request)
            return ended_page(request)
        return None


class Troubles:
    """Turns what operations and queries raise into pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for `error`; None for what Django answers itself."""
        answers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
            Refused: refused_page,
            Problem: problem_page,
            Changed: changed_page,
            OperationalError: trouble_page,
        }
        if isinstance(error, Http404):
            return None
        for kind, answer in answers.items():
            if isinstance(error, kind):
                return answer(request, error)
        return None
