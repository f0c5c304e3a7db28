"""Pages of returns: what we owe, one return, filling in, signing off; for analysts what is late and
the register."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.returns import defining, filling, queries
from saferboard.workspace.returns.forms import (
    BackForm,
    ChangeForm,
    DefineForm,
    LineForm,
    UploadForm,
    WithdrawForm,
    line_forms,
    lines_of,
    version_from,
    written_from,
)
from saferboard.workspace.returns.periods import Cycle
from saferboard.workspace.returns.shown import DuePage
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer, file_answer
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page


@dataclass(frozen=True)
class FillPage:
    """The form of a return; `checked` says that what the checks say is shown."""

    due: DuePage
    checked: bool
    problem: str = ""


@require_safe
def owed(request: HttpRequest) -> HttpResponse:
    """What we owe."""
    who = asking(request)
    shown = listing(request, by=("day",), first="day")
    return page(request, "returns/owed.html", queries.dues(shown, by=who.by, now=who.now))


@require_safe
def late_list(request: HttpRequest) -> HttpResponse:
    """What is late, by agency."""
    who = asking(request)
    return page(request, "returns/late.html", queries.late(by=who.by, now=who.now))


@require_safe
def late_table(request: HttpRequest) -> HttpResponseBase:
    """The same as a table."""
    who = asking(request)
    found = queries.late(by=who.by, now=who.now, exported=True)
    rows = [
        [agency, one.title, one.period, one.due.isoformat(), one.days, one.state, one.reminders]
        for agency, owes in found.agencies
        for one in owes
    ]
    header = ["Agency", "Return", "Period", "Due", "Days late", "State", "Reminders"]
    return csv_answer("late returns.csv", header, rows)


@require_safe
def one(request: HttpRequest, due: UUID) -> HttpResponse:
    """One return: its state, its figures, what was reported before, what can be done now."""
    who = asking(request)
    shown = queries.due_page(due, by=who.by, now=who.now)
    return _page_of(request, shown)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, due: UUID) -> HttpResponse:
    """The form. “Save draft” keeps what is there, “Check” shows what the checks say, “Send” sends
    it to be signed off where nothing stands in the way."""
    who = asking(request)
    shown = queries.due_page(due, by=who.by, now=who.now)
    checked = "checked" in request.GET
    if request.method != "POST":
        if not shown.fills or shown.state not in ("", "draft"):
            return HttpResponseRedirect(reverse("returns:due", args=[due]))
        return page(request, "returns/fill.html", FillPage(shown, checked and shown.version > 0))
    said = written_from(request.POST, [figure.asked for figure in shown.figures])
    version = version_from(request.POST)
    try:
        version = filling.save_draft(due=due, said=said, version=version, by=who.by, now=who.now)
    except Changed as error:
        error.again = reverse("returns:fill", args=[due])
        raise
    pressed = request.POST.get("do", "save")
    if pressed == "send":
        try:
            filling.submit(due=due, version=version, by=who.by, now=who.now)
        except Problem as problem:
            again = queries.due_page(due, by=who.by, now=who.now)
            wrong = FillPage(again, True, problem.sentence())
            return page(request, "returns/fill.html", wrong, status=400)
        messages.success(request, "The return was sent to be signed off.")
        return HttpResponseRedirect(reverse("returns:due", args=[due]))
    messages.success(request, "The draft was saved.")
    return HttpResponseRedirect(
        reverse("returns:fill", args=[due]) + ("?checked" if pressed == "check" else "")
    )


@require_safe
def form(request: HttpRequest, due: UUID) -> HttpResponse:
    """The empty form of this period as a CSV."""
    who = asking(request)
    name, content = queries.template_for(due, by=who.by, now=who.now)
    return file_answer(name, content, "text/csv; charset=utf-8")


@require_POST
def upload_file(request: HttpRequest, due: UUID) -> HttpResponse:
    """Takes a filled-in CSV as the draft."""
    who = asking(request)
    sent = UploadForm(request.POST, request.FILES)
    if sent.is_valid():
        given = sent.cleaned_data["file"]
        try:
            filling.upload(
                due=due,
                content=given.read(1_000_001),
                name=given.name,
                version=sent.cleaned_data["version"],
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            sent.add_error("file", problem.sentence())
        except Changed as error:
            error.again = reverse("returns:due", args=[due])
            raise
        else:
            messages.success(request, "The file was read. This is what the checks say of it.")
            return HttpResponseRedirect(reverse("returns:fill", args=[due]) + "?checked")
    shown = queries.due_page(due, by=who.by, now=who.now)
    return _page_of(request, shown, sent=sent)


@require_POST
def sign(request: HttpRequest, due: UUID) -> HttpResponse:
    """Signs a return off."""
    who = asking(request)
    try:
        filling.sign_off(due=due, version=version_from(request.POST), by=who.by, now=who.now)
    except Changed as error:
        error.again = reverse("returns:due", args=[due])
        raise
    messages.success(request, "Signed off. The figures are on their way into the data store.")
    return HttpResponseRedirect(reverse("returns:due", args=[due]))


@require_POST
def back(request: HttpRequest, due: UUID) -> HttpResponse:
    """Sends a return back to those who filled it in."""
    who = asking(request)
    sent = BackForm(request.POST)
    if sent.is_valid():
        try:
            filling.send_back(
                due=due,
                why=sent.cleaned_data["why"],
                version=sent.cleaned_data["version"],
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            sent.add_error(None, problem.sentence())
        else:
            messages.success(request, "The return went back to those who filled it in.")
            return HttpResponseRedirect(reverse("returns:due", args=[due]))
    shown = queries.due_page(due, by=who.by, now=who.now)
    return _page_of(request, shown, back=sent)


@require_POST
def correct(request: HttpRequest, due: UUID) -> HttpResponse:
    """Begins a correction."""
    who = asking(request)
    filling.begin_correction(due=due, by=who.by, now=who.now)
    return HttpResponseRedirect(reverse("returns:fill", args=[due]))


@require_POST
def load(request: HttpRequest, due: UUID) -> HttpResponse:
    """Asks the data store once more."""
    who = asking(request)
    filling.load_again(due=due, by=who.by, now=who.now)
    messages.success(request, "The data store was asked again.")
    return HttpResponseRedirect(reverse("returns:due", args=[due]))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, due: UUID) -> HttpResponse:
    """Says that a period is not owed."""
    who = asking(request)
    shown = queries.page_to_withdraw(due, by=who.by, now=who.now)
    sent = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and sent.is_valid():
        try:
            defining.withdraw_period(due=due, why=sent.cleaned_data["why"], by=who.by, now=who.now)
        except Problem as problem:
            sent.add_error(None, problem.sentence())
        else:
            messages.success(request, "The period is not owed any more.")
            return HttpResponseRedirect(reverse("returns:due", args=[due]))
    status = 400 if sent.is_bound else 200
    return page(request, "returns/withdraw.html", shown, status=status, form=sent)


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """Every kind of return."""
    who = asking(request)
    return page(request, "returns/register.html", queries.register(by=who.by, now=who.now))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Says that an agency owes a return."""
    who = asking(request)
    queries.register(by=who.by, now=who.now)
    sent = request.POST if request.method == "POST" else None
    main = DefineForm(sent, agencies=queries.agencies_now(now=who.now))
    lines = line_forms(sent, (), queries.measures_to_choose())
    if sent is not None and _all_valid(main, lines):
        held = main.cleaned_data
        try:
            made = defining.define_return(
                title=held["title"],
                about=held["about"],
                agency=UUID(held["agency"]),
                area=held["area"].strip().upper(),
                cycle=Cycle(held["cycle"]),
                first=held["first"],
                due_days=held["due_days"],
                lines=lines_of(lines),
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            main.add_error(None, problem.sentence())
        else:
            messages.success(request, "The return was added, and its periods are on the list.")
            return HttpResponseRedirect(reverse("returns:change", args=[made]))
    status = 400 if sent is not None else 200
    return page(request, "returns/define.html", None, status=status, form=main, lines=lines)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, definition: UUID) -> HttpResponse:
    """Changes what a return asks for."""
    who = asking(request)
    held = queries.defined(definition, by=who.by, now=who.now)
    sent = request.POST if request.method == "POST" else None
    first = {"title": held.title, "about": held.about, "due_days": held.due_days}
    main = ChangeForm(sent, initial=first)
    lines = line_forms(sent, held.lines, queries.measures_to_choose())
    if sent is not None and _all_valid(main, lines):
        try:
            defining.change_return(
                definition=definition,
                **main.cleaned_data,
                lines=lines_of(lines),
                version=version_from(sent),
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            main.add_error(None, problem.sentence())
        except Changed as error:
            error.again = reverse("returns:change", args=[definition])
            raise
        else:
            messages.success(request, "The return was changed.")
            return HttpResponseRedirect(reverse("returns:change", args=[definition]))
    status = 400 if sent is not None else 200
    return page(request, "returns/define.html", held, status=status, form=main, lines=lines)


@require_POST
def end(request: HttpRequest, definition: UUID) -> HttpResponse:
    """The return is owed no more."""
    who = asking(request)
    defining.end_return(definition=definition, by=who.by, now=who.now)
    messages.success(request, "No further period of this return is owed.")
    return HttpResponseRedirect(reverse("returns:register"))


def _page_of(
    request: HttpRequest,
    shown: DuePage,
    *,
    sent: UploadForm | None = None,
    back: BackForm | None = None,
) -> HttpResponse:
    """The page of a return, with a form that was sent and could not be taken."""
    return page(
        request,
        "returns/due.html",
        shown,
        status=400 if sent or back else 200,
        upload=sent or UploadForm(initial={"version": shown.version}),
        back=back or BackForm(initial={"version": shown.version}),
    )


def _all_valid(main: ChangeForm, lines: list[LineForm]) -> bool:
    return all([main.is_valid(), *(one.is_valid() for one in lines)])
