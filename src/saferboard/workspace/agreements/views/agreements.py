"""Agreements."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.agreements.access import require_sign
from saferboard.workspace.agreements.forms import AgreementForm, CopyForm, EndForm, RenewForm
from saferboard.workspace.agreements.operations.agreements import (
    change_agreement,
    end_agreement,
    enter_agreement,
    leave_agreement,
    renew_agreement,
    sign_agreement,
)
from saferboard.workspace.agreements.operations.copies import keep_signed_copy
from saferboard.workspace.agreements.operations.terms import Terms
from saferboard.workspace.agreements.queries.agreements import (
    SORTS,
    AgreementFilter,
    agency_choices,
    export_agreements,
    fetch_agreement,
    list_agreements,
)
from saferboard.workspace.agreements.views.shown import (
    FORM,
    checked_key,
    checked_text,
    confirm_page,
    form_page,
    keys,
    posted,
)
from saferboard.workspace.files.answers import given_answer
from saferboard.workspace.files.queries import fetch_file
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """The register."""
    who, asked = asking(request), _asked(request)
    kept = {
        "words": asked.words,
        "purpose": asked.purpose,
        "agency": str(asked.agency or ""),
        "state": asked.state,
    }
    shown = listing(request, by=SORTS, first="end", filters=kept)
    return page(
        request, "agreements/list.html", list_agreements(shown, asked, by=who.by, now=who.now)
    )


@require_safe
def agreements_csv(request: HttpRequest) -> HttpResponseBase:
    """The register as a table to take away."""
    who = asking(request)
    rows = export_agreements(_asked(request), by=who.by, now=who.now)
    header = [
        "Title",
        "Purpose",
        "Legal gateway",
        "Article 6",
        "Article 9",
        "Schedule 1",
        "First day",
        "Last day",
        "Review by",
        "Standing",
        "Signed by",
    ]
    return csv_answer(
        "agreements.csv",
        header,
        (
            (
                one.title,
                one.purpose,
                one.gateway,
                one.basis,
                one.special_category_basis,
                one.schedule_1_condition,
                day_of(one.first).isoformat(),
                one.last.isoformat() if one.last else "",
                one.review.isoformat(),
                one.standing.value,
                "; ".join(names),
            )
            for one, names in rows
        ),
    )


@require_safe
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """One agreement."""
    who = asking(request)
    shown = fetch_agreement(key, by=who.by, now=who.now)
    return page(request, "agreements/agreement.html", shown)


@require_http_methods(FORM)
def enter(request: HttpRequest) -> HttpResponse:
    """Enters an agreement."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    form = AgreementForm(agency_choices(now=who.now), posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_agreement(
                terms=_terms(form), parties=_parties(form), by=who.by, now=who.now
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The agreement was entered. Its agencies can sign it now.")
            return _to(made)
    return form_page(request, form, "Enter an agreement", "Enter", reverse("agreements:list"))


@require_http_methods(FORM)
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Changes an agreement."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    held = fetch_agreement(key, by=who.by, now=who.now)
    start = {
        **held.terms,
        "parties": [str(one.agency) for one in held.parties],
        "version": held.version,
    }
    choices = agency_choices(now=who.now)
    form = AgreementForm(choices, posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            change_agreement(
                agreement=key,
                version=form.cleaned_data["version"],
                terms=_terms(form),
                parties=_parties(form),
                by=who.by,
                now=who.now,
                again=request.path,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The change was saved.")
            return _to(key)
    words = ""
    if held.row.signed:
        words = (
            "It was signed. Only its title, the day to look at it again and the agencies asked to "
            "sign can change; for anything else enter a new agreement."
        )
    return form_page(request, form, f"Change {held.row.title}", "Save", _page(key), words)


@require_http_methods(FORM)
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Renews an agreement, or lets a new one follow it."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    held = fetch_agreement(key, by=who.by, now=who.now)
    form = RenewForm(posted(request), initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        try:
            made = renew_agreement(agreement=key, **form.cleaned_data, by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        except Changed as error:
            error.again = request.path
            raise
        else:
            said = "It was renewed." if made == key else "A new agreement follows it, to be signed."
            messages.success(request, said)
            return _to(made)
    words = (
        "It is over. A new agreement with the same words follows it, which each agency signs anew."
        if held.over
        else "It is in force, so the signatures stand. Make sure that its agencies agree."
    )
    return form_page(request, form, f"Renew {held.row.title}", "Renew", _page(key), words)


@require_http_methods(FORM)
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends an agreement."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    held = fetch_agreement(key, by=who.by, now=who.now)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_agreement(agreement=key, at=form.moment(who.now), by=who.by, now=who.now)
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The end was saved.")
            return _to(key)
    words = (
        "From then on nobody sees by it what is shared for its purpose, unless another agreement "
        "is in force. Emergency access stays."
    )
    title = f"End {held.row.title}"
    return form_page(request, form, title, "End the agreement", _page(key), words, warns=True)


@require_POST
def sign(request: HttpRequest, key: UUID, agency: UUID) -> HttpResponse:
    """An agency signs."""
    who = asking(request)
    sign_agreement(agreement=key, agency=agency, by=who.by, now=who.now)
    messages.success(request, "The signature was recorded.")
    return _to(key)


@require_http_methods(FORM)
def leave(request: HttpRequest, key: UUID, agency: UUID) -> HttpResponse:
    """An agency is no longer party, after asking once more."""
    who = asking(request)
    if request.method != "POST":
        require_sign(who.by, agency, now=who.now)
        held = fetch_agreement(key, by=who.by, now=who.now)
        name = next((one.name for one in held.parties if one.agency == agency), "")
        if not name:
            raise Http404
        words = f"Everybody in {name} stops seeing, at once, what this agreement opens to them."
        title = f"Withdraw {name} from {held.row.title}?"
        return confirm_page(request, title, "Withdraw", _page(key), words)
    leave_agreement(agreement=key, agency=agency, by=who.by, now=who.now)
    messages.success(request, "The agency is no longer party to the agreement.")
    return _to(key)


@require_safe
def copy(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The signed copy."""
    who = asking(request)
    held = fetch_agreement(key, by=who.by, now=who.now)
    given = fetch_file(held.signed_copy, by=who.by, now=who.now) if held.signed_copy else None
    if given is None:
        raise Http404
    return given_answer(given)


@require_http_methods(FORM)
def copy_keep(request: HttpRequest, key: UUID) -> HttpResponse:
    """Uploads the signed copy."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    held = fetch_agreement(key, by=who.by, now=who.now)
    form = CopyForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            keep_signed_copy(agreement=key, content=file, name=file.name, by=who.by, now=who.now)
        except Problem as problem:
            form.add_error("file", problem.sentence())
        else:
            messages.success(request, "The signed copy is on file.")
            return _to(key)
    title = f"Signed copy of {held.row.title}"
    return form_page(request, form, title, "Upload", _page(key), upload=True)


def _asked(request: HttpRequest) -> AgreementFilter:
    state = request.GET.get("state", "")
    return AgreementFilter(
        words=checked_text(request.GET.get("words", "")),
        purpose=checked_text(request.GET.get("purpose", "")),
        agency=checked_key(request.GET.get("agency", "")),
        state=state if state in ("current", "soon", "over", "all") else "current",
    )


def _terms(form: AgreementForm) -> Terms:
    return Terms(**{one.name: form.cleaned_data[one.name] for one in fields(Terms)})


def _parties(form: AgreementForm) -> list[UUID]:
    return keys(form.cleaned_data["parties"])


def _page(agreement: UUID) -> str:
    return reverse("agreements:agreement", args=[agreement])


def _to(agreement: UUID) -> HttpResponse:
    return HttpResponseRedirect(_page(agreement))
