"""A file as the answer to a request."""

from __future__ import annotations

from django.http import FileResponse

from saferboard.workspace.files.queries import GivenFile


def given_answer(given: GivenFile) -> FileResponse:
    """The file: an attachment unless its kind is safe to show, never guessed at, never run."""
    response = FileResponse(
        given.path.open("rb"),
        as_attachment=not given.inline,
        filename=given.name,
        content_type=given.media,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
