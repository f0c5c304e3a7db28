"""What django-allauth tells becomes rows of the audit, and marks in the session. The middleware
loads this: without requests there is nothing to be told."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_used
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in import sessions
from saferboard.workspace.sign_in.events import (
    CONFIRMED,
    FACTOR_FAILED,
    RECOVERY_CODE_USED,
    SESSION_ENDED,
    SIGNED_IN,
)
from saferboard.workspace.sign_in.telling import tell
from saferboard.workspace.web.asking import asking, forget

ENDING = "_sign_in_ending"
"""The attribute of a request under which whoever ends a session says why."""
_HOW = {"socialaccount": "provider", "password_reset": "reset"}


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """Starts the clock of the session and records who came in, and how."""
    forget(request)
    steps = get_authentication_records(request, user)
    how = next((step["method"] for step in reversed(steps) if step["method"] != "mfa"), "password")
    vouched = sessions.vouched(request.session, str(user.pk))
    stay = sessions.begin(
        request.session,
        agent=sessions.agent_mark(request.META.get("HTTP_USER_AGENT", "")),
        factor=sessions.PROVIDER if vouched else "",
    )
    sessions.stop_vouching(request.session)
    factor = (stay.factor or "none").replace("_", "-")
    tell(SIGNED_IN, request, subject=user.pk, how=_HOW.get(how, how), factor=factor)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    """Records the end of a session, and why."""
    if user is None:
        return
    belongs = asking(request).agency is not None
    why = getattr(request, ENDING, "signed-out" if belongs else "belongs-to-no-agency")
    tell(SESSION_ENDED, request, subject=user.pk, why=why)
    forget(request)


@receiver(authenticator_used)
def factor_shown(
    request: HttpRequest,
    user: Person,
    authenticator: Authenticator,
    reauthenticated: bool,
    **_: Any,
) -> None:
    """Notes in the session that a second factor was shown, and in which browser."""
    agent = sessions.agent_mark(request.META.get("HTTP_USER_AGENT", ""))
    sessions.shown(request.session, authenticator.type, agent=agent if reauthenticated else "")
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        stored = Authenticator.objects.get(pk=authenticator.pk)  # the one given is from before
        left = len(stored.wrap().get_unused_codes())
        tell(RECOVERY_CODE_USED, request, subject=user.pk, left=left)
    if reauthenticated:
        how = authenticator.type.replace("_", "-")
        tell(CONFIRMED, request, subject=user.pk, how=how)


@receiver(authentication_step_completed)
def password_shown(
    request: HttpRequest, user: Person, method: str, reauthenticated: bool = False, **_: Any
) -> None:
    """Records that a password was asked for again."""
    if method == "password" and reauthenticated:
        tell(CONFIRMED, request, subject=user.pk, how="password")


@receiver(authentication_failed)
def factor_refused(
    request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any
) -> None:
    """Records a wrong code."""
    kind = authenticator.type.replace("_", "-")
    tell(FACTOR_FAILED, request, subject=user.pk, kind=kind)


@receiver(authenticator_added)
def factor_enrolled(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Whoever has just enrolled has shown it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        sessions.shown(request.session, authenticator.type)
