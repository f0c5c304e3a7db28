"""Pages of packs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.evidence.packs import commenting, operations, queries, reading, settling
from saferboard.workspace.evidence.packs.forms import NewPack, SendBack, WriteRemark
from saferboard.workspace.evidence.packs.models import State
from saferboard.workspace.evidence.packs.shown import PackPage
from saferboard.workspace.evidence.place import described
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page

# who does what: any of these permissions
_NEEDED = {
    "check": ("packs.check",),
    "agree": ("packs.agree",),
    "send-back": ("packs.check", "packs.build", "packs.agree"),
    "freeze": ("packs.check",),
}


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The packs library."""
    who = asking(request)
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    asked = listing(request, by=queries.SORTED_BY, first="-made_at", filters={"state": state})
    shown = queries.list_packs(asked, state=state, by=who.by, now=who.now)
    return page(request, "packs/list.html", shown, states=State.choices, state=state)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Opening a pack."""
    who = asking(request)
    require(who.by, "packs.build", now=who.now)
    areas = described().areas
    form = NewPack(areas, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            pack = operations.open_pack(
                kind=given["kind"],
                area=given["area"],
                to=given["to"],
                options=form.options(),
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The pack is being built.")
            return _to(pack)
    return page(request, "packs/new.html", areas, form=form, status=400 if form.is_bound else 200)


@require_safe
def pack_page(request: HttpRequest, pack: UUID) -> HttpResponse:
    """A pack: what it holds and how far it is."""
    return page(request, "packs/pack.html", _fetched(request, pack))


@require_POST
def build(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Builds a draft again."""
    return _done(request, pack, operations.ask_build, "The pack is being built.")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Says that the newest build is right."""
    return _settled(request, pack, "check", settling.check_pack, "The pack is checked.")


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Agrees a checked pack for one's side."""
    return _settled(request, pack, "agree", settling.agree_pack, "You have agreed the pack.")


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Freezes an agreed pack for ever, after asking."""
    if request.method == "POST":
        words = "The pack is frozen. It never changes from now on."
        return _done(request, pack, settling.freeze_pack, words)
    return page(request, "packs/settle.html", _allowed(request, pack, "freeze"), what="freeze")


@require_http_methods(["GET", "HEAD", "POST"])
def send_back_page(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Makes a checked or agreed pack a draft again, with a reason."""
    who = asking(request)
    shown = _allowed(request, pack, "send-back")
    form = SendBack(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            settling.send_back(pack=pack, why=form.cleaned_data["why"], by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The pack is a draft again.")
            return _to(pack)
    status = 400 if form.is_bound else 200
    return page(request, "packs/send_back.html", shown, form=form, status=status)


@require_POST
def edition(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Opens the next edition of a frozen pack."""
    who = asking(request)
    made = operations.open_edition(pack=pack, by=who.by, now=who.now)
    messages.success(request, "The new edition is being built.")
    return _to(made)


@require_safe
def section(request: HttpRequest, pack: UUID, anchor: str) -> HttpResponse:
    """A section of the pack, to read."""
    who = asking(request)
    shown = reading.fetch_section(pack, anchor, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "packs/section.html", shown, html=Markup(shown.html))


@require_safe
def figure(request: HttpRequest, pack: UUID, fact: str) -> HttpResponse:
    """A figure, explained."""
    who = asking(request)
    shown = reading.fetch_figure(pack, fact, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "packs/figure.html", shown)


@require_safe
def chart(request: HttpRequest, pack: UUID, name: str) -> HttpResponse:
    """A drawing of the pack."""
    who = asking(request)
    path = reading.fetch_chart(pack, name, by=who.by, now=who.now)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
def take(request: HttpRequest, pack: UUID, format_: str) -> FileResponse:
    """A file of the pack, to keep."""
    who = asking(request)
    taken = reading.take_file(pack, format_, by=who.by, now=who.now)
    if taken is None:
        raise Http404
    response = FileResponse(
        taken.path.open("rb"), as_attachment=True, filename=taken.name, content_type=taken.media
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def remarks(request: HttpRequest, pack: UUID) -> HttpResponse:
    """What is said about the measures of the pack."""
    who = asking(request)
    shown = reading.list_remarks(pack, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return page(request, "packs/remarks.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, pack: UUID, measure: str) -> HttpResponse:
    """Writing about one measure."""
    who = asking(request)
    shown = reading.fetch_remark(pack, measure, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    here = reverse("packs:remark", args=[pack, measure])
    now_there = {
        "text": shown.text,
        "author": shown.author,
        "organisation": shown.organisation,
        "date": shown.date,
        "version": shown.version,
    }
    form = WriteRemark(request.POST if request.method == "POST" else None, initial=now_there)
    if form.is_valid():
        try:
            commenting.write_remark(
                pack=pack, measure=measure, by=who.by, now=who.now, **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        except Changed as changed:
            raise Changed(changed.thing, changed.fields, by=changed.by, again=here) from changed
        else:
            messages.success(request, "Saved. Build the pack again to print it.")
            return HttpResponseRedirect(here)
    status = 400 if form.is_bound else 200
    return page(request, "packs/remark.html", shown, form=form, status=status)


def _settled(
    request: HttpRequest, pack: UUID, what: str, change: Callable[..., None], words: str
) -> HttpResponse:
    """A page that asks, with what is settled by it; by POST the change itself."""
    who = asking(request)
    if request.method != "POST":
        return page(request, "packs/settle.html", _allowed(request, pack, what), what=what)
    try:
        chosen = UUID(request.POST.get("build", ""))
    except ValueError:
        raise Http404 from None
    change(pack=pack, build=chosen, by=who.by, now=who.now)
    messages.success(request, words)
    return _to(pack)


def _done(
    request: HttpRequest, pack: UUID, change: Callable[..., Any], words: str
) -> HttpResponseRedirect:
    who = asking(request)
    change(pack=pack, by=who.by, now=who.now)
    messages.success(request, words)
    return _to(pack)


def _fetched(request: HttpRequest, pack: UUID) -> PackPage:
    who = asking(request)
    shown = queries.fetch_pack(pack, by=who.by, now=who.now)
    if shown is None:
        raise Http404
    return shown


def _allowed(request: HttpRequest, pack: UUID, what: str) -> PackPage:
    """The pack, where `what` can be done with it now. Raises Refused for whoever has no role that
    does it, and Problem where it cannot be done yet or any more."""
    who = asking(request)
    if not who.may.intersection(_NEEDED[what]):
        require(who.by, _NEEDED[what][0], now=who.now)
    shown = _fetched(request, pack)
    if what not in shown.may:
        raise Problem(
            f"This pack is {shown.line.state.lower()}, and you cannot do this with it now.",
            remedy="Look at the pack: it says what comes next and who does it.",
        )
    return shown


def _to(pack: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("packs:pack", args=[pack]))
