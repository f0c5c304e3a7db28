"""Where django-allauth asks what is particular here: words, letters, limits, secrets."""

from __future__ import annotations

import logging
import time
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from saferboard.workspace.audit.operations import record
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.sign_in import sessions
from saferboard.workspace.sign_in.events import (
    LOCKED,
    PASSWORD_FAILED,
    PROVIDER_LINKED,
    PROVIDER_REFUSED,
)
from saferboard.workspace.sign_in.operations import address_is_theirs, set_password
from saferboard.workspace.sign_in.sealing import mark, opened, sealed
from saferboard.workspace.sign_in.telling import tell
from saferboard.workspace.web.asking import actor_of
from saferboard.workspace.web.brand import partnership_look
from saferboard.workspace.web.rendering import page

_log = logging.getLogger("saferboard.sign_in")
_SAID = {
    "account/messages/logged_out.txt": "You have signed out.",
    "account/messages/password_changed.txt": (
        "Your password was changed. Other devices have to sign in again."
    ),
    "account/messages/password_set.txt": "Your password was set.",
    "mfa/messages/totp_activated.txt": "Your authenticator app was added.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app was removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey was added.",
    "mfa/messages/webauthn_removed.txt": "The passkey was removed.",
}
_WHY = {
    "account_change_password": "changed",
    "account_set_password": "first",
    "account_reset_password_from_key": "reset",
}
_TOO_MANY = "There were too many wrong tries. Wait 15 minutes and try again."


class Accounts(DefaultAccountAdapter):
    """Passwords, letters and what is said. Nobody makes an account for themselves."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is wrong.",
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "The password is wrong.",
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: every answer is a page."""
        return False

    def get_login_stages(self) -> list[str]:
        """The one stage that there is."""
        return ["saferboard.workspace.sign_in.stages.SecondFactor"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try. Raises ValidationError where there were too many for this account or
        this network address, known to us or not."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            tell(LOCKED, request, account=mark("account", credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Records the wrong try, in the same way whether the account exists or not."""
        email = credentials.get("email", "")
        known = Person.objects.filter(email=email.lower()).values_list("id", flat=True).first()
        tell(PASSWORD_FAILED, request, subject=known, account=mark("account", email))

    def set_password(self, user: Person, password: str) -> None:
        """Sets it, and records why."""
        match = self.request.resolver_match
        why = _WHY.get(match.view_name if match else "", "changed")
        set_password(
            person=user, password=password, why=why, by=actor_of(self.request), now=timezone.now()
        )

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not in the minutes after signing in, while the session is not in doubt."""
        request = context.request
        stay = sessions.stay_of(request.session)
        records = get_authentication_records(request, request.user)
        fresh = bool(records) and (
            time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        )
        enrolling = stay is not None and not stay.factor
        doubted = enrolling and Authenticator.objects.filter(user=request.user).exists()
        return not fresh or doubted

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """Second factors where there are any: a password alone proves less than the session."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [one for one in found if one["id"] != "reauthenticate"]
        return factors or found

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return "/account/"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Says what happened in our own words; what we have no words for is not said."""
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The letter, in plain text. Rendered without the request: its frame would take what the
        next page has to say."""
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        body = render_to_string(f"{template_prefix}_message.txt", context)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(
            " ".join(subject.split()),
            f"{body.strip()}\n",
            self.get_from_email(),
            to,
            headers=headers,
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a letter. Where the mail server does not take it the log says so, without the
        address, and the page is answered: whether a letter went out tells who has an account."""
        try:
            super().send_mail(
                template_prefix, email, {**context, "partnership": partnership_look().name}
            )
        except (SMTPException, OSError) as error:
            _log.error("A letter was not sent (%s): %s", template_prefix, type(error).__name__)


class SecondFactors(DefaultMFAAdapter):
    """Names, and secrets that are stored encrypted."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is wrong or was used before.",
        "cannot_delete_authenticator": (
            "This is your only second factor. Add another one before you remove it."
        ),
    }

    def get_totp_issuer(self) -> str:
        """What the app on the telephone shows."""
        return partnership_look().name

    def _get_site_name(self) -> str:
        return partnership_look().name

    def encrypt(self, text: str) -> str:
        """For the database."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return opened(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only while another one is left: everybody has a second factor."""
        others = Authenticator.objects.filter(
            user=authenticator.user, type__in=("totp", "webauthn")
        )
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """A name until the person gives one."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class Providers(DefaultSocialAccountAdapter):
    """The partnership's provider says who somebody is; only people whom we know get in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: people come by invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lets in whom an earlier sign-in linked, or whose verified address is a person's, and
        notes whether the provider vouches for a second factor. Raises ImmediateHttpResponse with
        the page that says what to do otherwise."""
        sessions.stop_vouching(request.session)
        if not sociallogin.is_existing:
            verified = any(one.verified is True for one in sociallogin.email_addresses)
            tell(PROVIDER_REFUSED, request, why="not-invited" if verified else "not-verified")
            raise ImmediateHttpResponse(
                page(request, "sign_in/not_invited.html", verified, status=403)
            )
        if sociallogin.account.pk is None:
            self._link(request, sociallogin)
        provider = settings.SIGN_IN_PROVIDER
        if provider is not None and _factors_shown(sociallogin) & provider.factors:
            sessions.vouch(request.session, str(sociallogin.user.pk))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Person, str] | None:
        """The person with the address, where the provider says in so many words that it was
        verified: some send “unknown”, or words."""
        for one in sociallogin.email_addresses:
            if one.verified is True:
                found = Person.objects.filter(email=one.email.lower(), is_active=True).first()
                if found is not None:
                    return found, found.email
        return None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Records that the provider's answer was no good."""
        why = type(exception).__name__ if exception else str(getattr(error, "value", error))
        tell(PROVIDER_REFUSED, request, why=why.lower())

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No letter: the person did nothing but sign in."""

    def _link(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        with transaction.atomic():
            address_is_theirs(sociallogin.user)
            sociallogin.connect(request, sociallogin.user)
            record(
                PROVIDER_LINKED,
                by=actor_of(request),
                now=timezone.now(),
                subject_type="person",
                subject=sociallogin.user.pk,
                about=[sociallogin.user.pk],
            )


def _factors_shown(sociallogin: SocialLogin) -> set[str]:
    """The words of the claim `amr` of the identity token, which came straight from the provider."""
    claims = sociallogin.account.extra_data.get("id_token") or {}
    said = claims.get("amr") or []
    return {str(one) for one in said} if isinstance(said, list) else {str(said)}
