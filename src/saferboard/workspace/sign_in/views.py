"""The pages about one's own account, and those of django-allauth that need a word of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.views import LoginView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from allauth.socialaccount.providers.openid_connect import views as provider_views
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from saferboard.workspace.access.permission import require
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in.operations import (
    end_device,
    end_other_devices,
    reset_second_factors,
)
from saferboard.workspace.sign_in.queries import (
    Device,
    Factors,
    Passkey,
    devices_of,
    factors_of,
    passkey_of,
)
from saferboard.workspace.web.asking import asking
from saferboard.workspace.web.rendering import page

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Account:
    """One's own account."""

    name: str
    email: str
    agencies: tuple[str, ...]
    factors: Factors
    devices: int
    has_password: bool


@dataclass(frozen=True)
class Enrolment:
    """The ways to a second factor. A passkey needs a name: browsers make none for an address such
    as 127.0.0.1."""

    passkeys: bool
    by_name: str
    back: str


class SignIn(LoginView):
    """E-mail and password, and the partnership's provider where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page is made of."""
        provider = settings.SIGN_IN_PROVIDER
        held: dict[str, Any] = super().get_context_data(**kwargs)
        return held | {"provider": provider.name if provider else ""}


def whole(view: View) -> View:
    """What `view` changes and what it records stand or fall together."""

    @wraps(view)
    def together(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return together


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What is known about oneself, and where it is changed."""
    person = _person(request)
    shown = Account(
        name=person.name,
        email=person.email,
        agencies=tuple(one.name for one in asking(request).agencies),
        factors=factors_of(person.id),
        devices=len(devices_of(person.id, here=request.session.session_key or "")),
        has_password=person.has_usable_password(),
    )
    return page(request, "sign_in/account.html", shown)


@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """One's second factors."""
    return page(request, "sign_in/factors.html", factors_of(_person(request).id))


@require_safe
def enrol(request: HttpRequest) -> HttpResponse:
    """Where somebody without a second factor chooses one."""
    host = request.get_host()
    name, _, port = host.partition(":")
    numbers = name.replace(".", "").isdecimal()
    by_name = f"http://localhost:{port}" if numbers and port else ""
    shown = Enrolment(passkeys=not numbers, by_name=by_name, back=request.GET.get("next", ""))
    return page(request, "sign_in/enrol.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: HttpRequest, key: str) -> HttpResponse:
    """Asks once more, then removes a passkey; never the only second factor."""
    row = passkey_of(_person(request).id, key)
    if row is None:
        raise Http404
    if is_reauthentication_required(request, app="allauth.mfa"):
        raise ReauthenticationRequired
    shown = Passkey(key, row.wrap().name, row.created_at, row.last_used_at)
    only = factors_of(_person(request).id).count == 1
    if request.method != "POST":
        return page(request, "sign_in/remove_passkey.html", shown, only=only)
    if only:
        return page(request, "sign_in/remove_passkey.html", shown, only=only, status=400)
    with transaction.atomic():
        remove_authenticator(request, row)
    return HttpResponseRedirect(reverse("mfa_index"))


@require_http_methods(["GET", "HEAD", "POST"])
def reset_factors(request: HttpRequest, person: UUID) -> HttpResponse:
    """Where an administrator takes away the second factors of somebody who lost them."""
    who = asking(request)
    require(who.by, "people.manage", now=who.now)
    found = Person.objects.filter(id=person).first()
    if found is None or found.id == who.by.person:
        raise Http404
    if request.method != "POST":
        return page(request, "sign_in/reset_factors.html", found.name)
    reset_second_factors(person=person, by=who.by, now=who.now)
    messages.success(request, "The second factors were taken away, and the sessions ended.")
    return HttpResponseRedirect(request.path)


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    shown: list[Device] = devices_of(_person(request).id, here=request.session.session_key or "")
    return page(request, "sign_in/devices.html", shown)


@require_POST
def sign_out_device(request: HttpRequest) -> HttpResponse:
    """Signs out there, or everywhere but here."""
    who = asking(request)
    if "others" in request.POST:
        here = request.session.session_key or ""
        ended = end_other_devices(here=here, by=who.by, now=who.now)
        said = "You are signed out on every other device." if ended else "There is no other device."
    else:
        end_device(device=request.POST.get("device", ""), by=who.by, now=who.now)
        said = "You are signed out there."
    messages.success(request, said)
    return HttpResponseRedirect(reverse("sign_in:devices"))


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still there: what every request says, without a page."""
    return HttpResponse(status=204)


@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads to the partnership's provider, to sign in and for nothing else."""
    if settings.SIGN_IN_PROVIDER is None or request.GET.get("process", "login") != "login":
        raise Http404
    try:
        answer: HttpResponse = provider_views.login(request, provider_id)
    except RequestException:
        return page(request, "sign_in/provider_away.html", status=503)
    return answer


@require_safe
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider's answer."""
    if settings.SIGN_IN_PROVIDER is None:
        raise Http404
    answer: HttpResponse = provider_views.callback(request, provider_id)
    return answer


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many requests from one place in a short time."""
    return page(request, "sign_in/too_many.html", status=429)


def _person(request: HttpRequest) -> Person:
    person = asking(request).person
    assert person is not None  # the middleware lets nobody else through
    return person
