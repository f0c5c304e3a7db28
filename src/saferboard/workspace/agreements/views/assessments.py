"""Impact assessments."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import require
from saferboard.workspace.agreements.forms import AssessmentForm
from saferboard.workspace.agreements.operations.assessments import (
    Findings,
    change_assessment,
    enter_assessment,
)
from saferboard.workspace.agreements.queries.agreements import agreement_choices
from saferboard.workspace.agreements.queries.assessments import (
    SORTS,
    AssessmentFilter,
    export_assessments,
    fetch_assessment,
    list_assessments,
)
from saferboard.workspace.agreements.views.shown import FORM, checked_text, form_page, keys, posted
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.downloads import csv_answer
from saferboard.workspace.web.listing import listing
from saferboard.workspace.web.rendering import page


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """The register."""
    who, asked = asking(request), _asked(request)
    kept = {"words": asked.words, "outcome": asked.outcome}
    shown = listing(request, by=SORTS, first="review", filters=kept)
    return page(
        request,
        "agreements/assessments.html",
        list_assessments(shown, asked, by=who.by, now=who.now),
    )


@require_safe
def assessments_csv(request: HttpRequest) -> HttpResponseBase:
    """The register as a table to take away."""
    who = asking(request)
    rows = export_assessments(_asked(request), by=who.by, now=who.now)
    return csv_answer(
        "impact-assessments.csv",
        ["Title", "Outcome", "Review by", "Agreements"],
        ((one.title, one.outcome, one.review.isoformat(), one.agreements) for one in rows),
    )


@require_safe
def assessment(request: HttpRequest, key: UUID) -> HttpResponse:
    """One assessment."""
    who = asking(request)
    shown = fetch_assessment(key, by=who.by, now=who.now)
    return page(request, "agreements/assessment.html", shown)


@require_http_methods(FORM)
def enter(request: HttpRequest) -> HttpResponse:
    """Enters an assessment."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    form = AssessmentForm(agreement_choices(), posted(request), initial={"outcome": "draft"})
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_assessment(
                findings=_findings(form),
                agreements=keys(form.cleaned_data["agreements"]),
                by=who.by,
                now=who.now,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The assessment was entered.")
            return HttpResponseRedirect(reverse("agreements:assessment", args=[made]))
    back = reverse("agreements:assessments")
    return form_page(request, form, "Enter an impact assessment", "Enter", back)


@require_http_methods(FORM)
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Changes an assessment."""
    who = asking(request)
    require(who.by, "agreements.manage", now=who.now)
    held = fetch_assessment(key, by=who.by, now=who.now)
    start = {
        "title": held.row.title,
        "purpose": held.purpose,
        "risks": held.risks,
        "mitigations": held.mitigations,
        "outcome": held.row.outcome_key,
        "advice": held.advice,
        "review": held.row.review,
        "agreements": [str(one) for one, _ in held.agreements],
        "version": held.version,
    }
    form = AssessmentForm(agreement_choices(), posted(request), initial=start)
    back = reverse("agreements:assessment", args=[key])
    if request.method == "POST" and form.is_valid():
        try:
            change_assessment(
                assessment=key,
                version=form.cleaned_data["version"],
                findings=_findings(form),
                agreements=keys(form.cleaned_data["agreements"]),
                by=who.by,
                now=who.now,
                again=request.path,
            )
        except Problem as problem:
            form.add_error(None, problem.sentence())
        else:
            messages.success(request, "The change was saved.")
            return HttpResponseRedirect(back)
    return form_page(request, form, f"Change {held.row.title}", "Save", back)


def _asked(request: HttpRequest) -> AssessmentFilter:
    return AssessmentFilter(
        words=checked_text(request.GET.get("words", "")),
        outcome=checked_text(request.GET.get("outcome", "")),
    )


def _findings(form: AssessmentForm) -> Findings:
    return Findings(**{one.name: form.cleaned_data[one.name] for one in fields(Findings)})
