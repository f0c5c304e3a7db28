"""The quarterly access review."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.members.forms import ReviewForm
from saferboard.workspace.members.operations.reviews import USUAL_DAYS, answer_item, open_review
from saferboard.workspace.members.queries.reviews import fetch_review, list_reviews, review_of_item
from saferboard.workspace.members.views.shown import FORM, confirm_page, form_page, posted
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.rendering import page


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every round."""
    who = asking(request)
    return page(request, "members/reviews.html", list_reviews(by=who.by, now=who.now))


@require_safe
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """One round, with the people whom the asker answers for or may read."""
    who = asking(request)
    return page(request, "members/review.html", fetch_review(key, by=who.by, now=who.now))


@require_http_methods(FORM)
def review_open(request: HttpRequest) -> HttpResponse:
    """Opens a round."""
    who = asking(request)
    require(who.by, "people.manage", now=who.now)
    usual = day_of(who.now) + timedelta(days=USUAL_DAYS)
    form = ReviewForm(posted(request), initial={"deadline": usual})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_review(deadline=form.cleaned_data["deadline"], by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The review is open. Whoever has to answer is told.")
            return HttpResponseRedirect(reverse("members:review", args=[made]))
    words = (
        "Each agency’s lead is asked to confirm the agency’s people. Whoever is not confirmed by "
        "the end of the deadline loses their access."
    )
    back = reverse("members:reviews")
    return form_page(request, form, "Open an access review", "Open the review", back, words)


@require_http_methods(FORM)
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Confirms a person, or ends their access after asking once more."""
    who = asking(request)
    held = review_of_item(key, by=who.by, now=who.now)
    if request.method != "POST":
        back = reverse("members:review", args=[held.review])
        title = f"End the access of {held.name}?"
        words = f"{held.name} loses every role and seat in {held.agency} at once."
        return confirm_page(request, title, "End their access", back, words, answer="end")
    confirm = request.POST.get("answer") == "confirm"
    if not confirm and request.POST.get("answer") != "end":
        raise Problem("No answer was chosen.", remedy="Choose to confirm or to end.")
    answer_item(item=key, confirm=confirm, by=who.by, now=who.now)
    said = f"{held.name} was confirmed." if confirm else f"The access of {held.name} has ended."
    messages.success(request, said)
    return HttpResponseRedirect(reverse("members:review", args=[held.review]))
