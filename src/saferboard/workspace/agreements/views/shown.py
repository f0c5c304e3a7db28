"""A page that is one form, and what filters of an address ask for."""

from __future__ import annotations

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from saferboard.workspace.web.rendering import page

FORM = ["GET", "HEAD", "POST"]
"""The methods of a page with a form."""
_LONGEST = 100


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
    upload: bool = False,
) -> HttpResponse:
    """The page of `form`; 400 where something in it is wrong. `words` stand above it, as a warning
    where `warns`; `upload` where it sends a file."""
    status = 400 if form.is_bound and form.errors else 200
    shown = {"title": title, "button": button, "back": back, "words": words, "warns": warns}
    shown["upload"] = upload
    return page(request, "agreements/form.html", None, status=status, form=form, **shown)


def confirm_page(
    request: HttpRequest, title: str, button: str, back: str, words: str, **sent: str
) -> HttpResponse:
    """The page that asks once more before something ends. `sent` is one name and value that its
    button sends along."""
    name, value = next(iter(sent.items()), ("", ""))
    return page(
        request,
        "agreements/confirm.html",
        None,
        title=title,
        button=button,
        back=back,
        words=words,
        name=name,
        value=value,
    )


def checked_text(given: str) -> str:
    """Words of a filter: without what a database cannot hold, and not endless."""
    return " ".join(given.replace("\0", "").split())[:_LONGEST]


def checked_key(given: str) -> UUID | None:
    """An id of a filter; None for anything else."""
    try:
        return UUID(given)
    except ValueError:
        return None


def keys(given: list[str]) -> list[UUID]:
    """Ids that a form has checked against its choices."""
    return [UUID(one) for one in given]
