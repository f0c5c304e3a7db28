"""Giving files out."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from saferboard.workspace.files.answers import given_answer
from saferboard.workspace.files.queries import fetch_file
from saferboard.workspace.web.asking import asking


@require_safe
def give(request: HttpRequest, file: UUID) -> FileResponse:
    """A file, where the person may have it."""
    who = asking(request)
    given = fetch_file(file, by=who.by, now=who.now)
    if given is None:
        raise Http404
    return given_answer(given)
