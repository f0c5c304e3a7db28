"""Signing somebody in who has just shown, by an invitation, who they are."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from saferboard.workspace.partnership.models import Person


def welcome(request: HttpRequest, person: Person) -> HttpResponse:
    """Signs in a person whose account was just set up (`operations.set_up_account`) and answers
    with the way on: the page on which they enrol their second factor. Whoever was signed in with
    this browser before is not any more."""
    if request.user.is_authenticated and request.user != person:
        request.session.flush()
    record_authentication(request, person, method="password")
    answer: HttpResponse = perform_login(request, Login(user=person, email=person.email))
    return answer
