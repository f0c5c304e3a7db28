"""Pages of the explorer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from saferboard.documents.render.pictures import Size
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.evidence.explorer import queries
from saferboard.workspace.evidence.explorer.forms import Explore
from saferboard.workspace.evidence.explorer.question import Asked, asked_in
from saferboard.workspace.web.asking import Asking, asking
from saferboard.workspace.web.downloads import csv_answer, file_answer
from saferboard.workspace.web.rendering import page

_PARTS = ("area", "measure", "to", "peers")


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """The question, and the answer where one is asked."""
    who = asking(request)
    given = {name: request.GET[name] for name in _PARTS if name in request.GET}
    offered = queries.what_can_be_asked(by=who.by, now=who.now)
    form = Explore(offered, given)
    if not {"area", "to"} & set(given):  # nothing is asked yet; a measure may be chosen already
        return page(request, "explorer/explore.html", None, form=form)
    try:
        shown = queries.explore(asked_in(given), by=who.by, now=who.now)
    except Problem as problem:
        words = " ".join(part for part in (problem.message, problem.remedy) if part)
        return page(request, "explorer/explore.html", None, form=form, problem=words, status=400)
    link = request.build_absolute_uri(f"{reverse('explorer:explore')}?{shown.query}")
    return page(
        request, "explorer/explore.html", shown, form=form, link=link, html=Markup(shown.html)
    )


@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """A figure of an answer, explained."""
    who, asked = _asked(request)
    fact = request.GET.get("fact", "")[:400]
    shown = queries.fetch_figure(asked, fact, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "explorer/figure.html", shown)


@require_safe
def drawing(request: HttpRequest) -> HttpResponse:
    """A chart, for the page."""
    who, asked = _asked(request)
    size: Size = "narrow" if request.GET.get("size") == "narrow" else "wide"
    drawn = queries.draw(asked, _chart(request), size, by=who.by, now=who.now)
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """A chart, to keep."""
    who, asked = _asked(request)
    taken = queries.take_picture(asked, _chart(request), by=who.by, now=who.now)
    if taken is None:
        raise Http404
    return file_answer(taken[0], taken[1], "image/png")


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The table behind a chart, to keep."""
    who, asked = _asked(request)
    taken = queries.take_table(asked, _chart(request), by=who.by, now=who.now)
    if taken is None:
        raise Http404
    return csv_answer(taken.name, taken.head, taken.rows)


def _asked(request: HttpRequest) -> tuple[Asking, Asked]:
    """Who asks and what. Whoever may not ask is refused before the question is looked at."""
    who = asking(request)
    require(who.by, queries.READ, now=who.now)
    return who, asked_in(_given(request))


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in _PARTS}


def _chart(request: HttpRequest) -> str:
    return request.GET.get("chart", "")[:200]
