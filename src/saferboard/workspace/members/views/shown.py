"""A page that is one form, used by all views of members."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from saferboard.workspace.web.rendering import page

FORM = ["GET", "HEAD", "POST"]
"""The methods of a page with a form."""


def form_page(
    request: HttpRequest,
    form: Form,
    title: str,
    button: str,
    back: str,
    words: str = "",
    *,
    warns: bool = False,
) -> HttpResponse:
    """The page of `form`; 400 where something in it is wrong. `words` stand above it, as a warning
    where `warns`."""
    status = 400 if form.is_bound and form.errors else 200
    shown = {"title": title, "button": button, "back": back, "words": words, "warns": warns}
    return page(request, "members/form.html", None, status=status, form=form, **shown)
