"""Sessions end, and nobody gets past the door without a second factor."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in import sessions
from saferboard.workspace.sign_in.events import SESSION_MOVED
from saferboard.workspace.sign_in.queries import has_factor, has_passkey_only
from saferboard.workspace.sign_in.receivers import ENDING
from saferboard.workspace.sign_in.sessions import Stay
from saferboard.workspace.sign_in.telling import tell
from saferboard.workspace.web.frame import AT_THE_DOOR

Answer = Callable[[HttpRequest], HttpResponse]
_SAID = {
    "idle": "You were signed out because nothing happened for 30 minutes.",
    "too-long": "You were signed out because 12 hours had passed.",
}
_ENROLLING = frozenset(
    {
        "sign_in:enrol",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
    }
)
_CONFIRMING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


class SessionsEnd:
    """Ends a session that was not used for 30 minutes or is 12 hours old, and doubts one that comes
    from another browser than it began in: it then has to show a second factor again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            self._look(request, person)
        return self.get_response(request)

    def _look(self, request: HttpRequest, person: Person) -> None:
        session = request.session
        stay = sessions.stay_of(session) or sessions.begin(session)
        agent = sessions.agent_mark(request.META.get("HTTP_USER_AGENT", ""))
        if why := stay.over(timezone.now().timestamp()):
            setattr(request, ENDING, why)
            logout(request)
            messages.info(request, _SAID[why])
        elif stay.agent and stay.agent != agent:
            if stay.factor:
                self._doubt(request, person, stay)
        elif sessions.seen(session, stay, agent):
            UserSession.objects.filter(session_key=session.session_key).update(
                last_seen_at=timezone.now()
            )

    def _doubt(self, request: HttpRequest, person: Person, stay: Stay) -> None:
        tell(SESSION_MOVED, request, subject=person.id)
        if not has_factor(person.id):
            setattr(request, ENDING, "moved")
            logout(request)
        else:
            sessions.doubted(request.session)


class SecondFactorFirst:
    """Whoever is signed in without having shown a second factor in this session is led to show one,
    or to enrol one where they have none, before anything else. Stands after ClosedByDefault."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Decides before the view is called."""
        person = request.user
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not isinstance(person, Person) or name in settings.OPEN_ADDRESSES:
            return None
        stay = sessions.stay_of(request.session)
        if stay is not None and stay.factor:
            return None
        setattr(request, AT_THE_DOOR, True)
        if not has_factor(person.id):
            allowed, where = _ENROLLING, "sign_in:enrol"
        elif has_passkey_only(person.id):
            allowed, where = _CONFIRMING, "mfa_reauthenticate_webauthn"
        else:
            allowed, where = _CONFIRMING, "mfa_reauthenticate"
        if name in allowed:
            return None
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return HttpResponseRedirect(f"{reverse(where)}?{urlencode({'next': back})}")
