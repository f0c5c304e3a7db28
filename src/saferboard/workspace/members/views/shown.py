"""A page that is one form, used by all views of members."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from saferboard.workspace.web.rendering import page

FORM = ["GET", "HEAD", "POST"]
"""The methods of a page with a form."""


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, an empty form too; None for whoever only looks at the page."""
    return request.POST if request.method == "POST" else None


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


def confirm_page(
    request: HttpRequest, title: str, button: str, back: str, words: str, **sent: str
) -> HttpResponse:
    """The page that asks once more before something ends. `sent` is one name and value that its
    button sends along."""
    name, value = next(iter(sent.items()), ("", ""))
    return page(
        request,
        "members/confirm.html",
        None,
        title=title,
        button=button,
        back=back,
        words=words,
        name=name,
        value=value,
    )
