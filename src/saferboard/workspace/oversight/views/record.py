"""The record of what was done: list, one row, its words, the export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.audit.queries import Sought
from saferboard.workspace.oversight.forms import RecordForm, WordsForm, posted
from saferboard.workspace.oversight.queries.records import (
    Line,
    OneRow,
    RecordPage,
    exported,
    one_row,
    record_page,
    words_of_row,
)
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.rendering import page

HEADER = (
    "Row",
    "When (UTC)",
    "Kind",
    "Event",
    "What happened",
    "Person",
    "Person id",
    "Agency",
    "Thing",
    "Thing id",
    "Belongs to",
    "Purpose",
    "Reason",
    "Request",
    "Words kept",
)


@dataclass(frozen=True)
class Shown:
    """The record as a page: `filters` are those of the address, for links; `newer` and `older` the
    addresses beside it."""

    record: RecordPage
    filters: str
    narrowed: bool
    previous: str
    following: str
    may_export: bool


@dataclass(frozen=True)
class Words:
    """What somebody typed, or that it is gone."""

    row: int
    words: str | None


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The record, filtered by what the address says."""
    who = asking(request)
    require(who.by, "audit.read", now=who.now)
    form = RecordForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        empty = Shown(RecordPage((), False, False), "", True, "", "", False)
        return page(request, "oversight/record.html", empty, form=form, status=400)
    sought = form.sought() if form.is_bound else Sought()
    found = record_page(
        sought,
        who=who,
        oldest_first=bool(form.is_bound and form.cleaned_data["order"]),
        after=_row_number(request, "after"),
        before=_row_number(request, "before"),
    )
    kept = [(key, value) for key, value in request.GET.items() if key in _kept(form) and value]
    lines = found.lines
    shown = Shown(
        record=found,
        filters=urlencode(kept),
        narrowed=bool(kept),
        previous=urlencode([*kept, ("before", lines[0].id)]) if found.before and lines else "",
        following=urlencode([*kept, ("after", lines[-1].id)]) if found.after and lines else "",
        may_export=True,
    )
    return page(request, "oversight/record.html", shown, form=form)


@require_safe
def record_csv(request: HttpRequest) -> HttpResponseBase:
    """The filtered record as a file."""
    who = asking(request)
    require(who.by, "audit.read", now=who.now)
    form = RecordForm(request.GET)
    if not form.is_valid():
        raise Problem("These filters do not fit.", remedy="Go back and set them again.")
    lines = exported(form.sought(), who=who)
    return csv_answer("record.csv", HEADER, as_rows(lines))


@require_safe
def row(request: HttpRequest, event: int) -> HttpResponse:
    """One row with everything that it holds."""
    found = one_row(event, who=asking(request))
    if found is None:
        raise Http404
    return page(request, "oversight/row.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, event: int) -> HttpResponse:
    """Asks why, then shows what somebody typed."""
    who = asking(request)
    require(who.by, "audit.words", now=who.now)
    found: OneRow | None = one_row(event, who=who)
    if found is None or not found.line.words:
        raise Http404
    form = WordsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        said = words_of_row(event, reason=asked["reason"], why=asked["why"], who=who)
        return page(request, "oversight/words.html", Words(event, said))
    status = 400 if form.is_bound else 200
    return page(request, "oversight/words_ask.html", found.line, form=form, status=status)


def as_rows(lines: Iterable[Line]) -> Iterator[list[object]]:
    """Lines as rows of a file under HEADER."""
    for one in lines:
        yield [
            one.id,
            one.at.isoformat(timespec="seconds"),
            one.kind,
            one.event,
            one.sentence,
            one.actor_name,
            str(one.actor or ""),
            one.agency_name,
            one.thing,
            str(one.subject or ""),
            str(one.parent or ""),
            one.purpose,
            one.reason,
            str(one.request or ""),
            "yes" if one.words else "no",
        ]


def _row_number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def _kept(form: RecordForm) -> set[str]:
    dates = {f"{name}-{part}" for name in ("since", "until") for part in ("day", "month", "year")}
    return (set(form.fields) - {"since", "until"}) | dates
