"""Signing somebody in who has just shown, by an invitation, who they are."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from saferboard.workspace.partnership.models import Person


def welcome(request: HttpRequest, person: UUID) -> HttpResponse:
    """Signs in somebody whose account was just set up (`operations.set_up_account`) and answers
    with the way on: to their second factor, which they enrol or, where they come back, show.
    Whoever was signed in with this browser before is not any more."""
    if request.user.is_authenticated:
        request.session.flush()
    found = Person.objects.get(id=person)
    record_authentication(request, found, method="password")
    answer: HttpResponse = perform_login(request, Login(user=found, email=found.email))
    return answer
