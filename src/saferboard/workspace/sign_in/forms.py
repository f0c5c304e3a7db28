"""What is asked at the door. Fields are django-allauth's, words are ours."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateFactorForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from saferboard.workspace.sign_in.events import LOCKED, RESET_ASKED
from saferboard.workspace.sign_in.passwords import LONGEST, SHORTEST
from saferboard.workspace.sign_in.sealing import mark
from saferboard.workspace.sign_in.telling import tell

_RULES = (
    f"At least {SHORTEST} characters. Three words that do not belong together are good. "
    "It never has to be changed because of its age."
)
_CODE_LASTS = 3 * 30
_BROKEN = (
    AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError,
    struct.error,
)  # fmt: skip


def _plain(field: forms.Field, label: str, hint: str = "", **attributes: str) -> None:
    """Our label and hint on a field, and no grey words in its box."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = f"Fill in: {label[0].lower()}{label[1:]}."
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def _longest(field: forms.Field, most: int) -> None:
    """Over-long input is refused before anything is done with it."""
    if isinstance(field, forms.CharField):
        field.max_length = most
        field.validators.append(MaxLengthValidator(most))


def _passwords(form: forms.BaseForm, label: str) -> None:
    first, second = form.fields["password1"], form.fields["password2"]
    _plain(first, label, _RULES, autocomplete="new-password")
    _plain(second, f"{label} again", autocomplete="new-password")
    _longest(first, LONGEST)
    _longest(second, LONGEST)


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], "E-mail address", autocomplete="username", spellcheck="false")
        _plain(self.fields["password"], "Password", autocomplete="current-password")
        _longest(self.fields["login"], 254)
        _longest(self.fields["password"], LONGEST)


class ForgottenForm(ResetPasswordForm):
    """The address to which the link goes, where there is an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["email"], "E-mail address", autocomplete="email", spellcheck="false")
        _longest(self.fields["email"], 254)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """A letter goes out either way, so that neither the answer nor its time tells who has an
        account."""
        email = str(self.cleaned_data["email"])
        tell(RESET_ASKED, request, account=mark("account", email))
        if self.users:
            return str(super().save(request, **kwargs))
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ResetForm(ResetPasswordKeyForm):
    """A new password, by the link in the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _passwords(self, "New password")


class ChangeForm(ChangePasswordForm):
    """Another password; the present one is asked for too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], "Present password", autocomplete="current-password")
        _longest(self.fields["oldpassword"], LONGEST)
        _passwords(self, "New password")


class FirstForm(SetPasswordForm):
    """A first password for somebody who signs in through the provider."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _passwords(self, "Password")


class ConfirmForm(ReauthenticateForm):
    """The password again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], "Password", autocomplete="current-password")
        _longest(self.fields["password"], LONGEST)


class _Code:
    """A code counts once, also in the periods beside its own in which it is accepted, and there are
    so many tries for each person."""

    user: Any

    def clean_code(self) -> str:
        """The code, where it is right and was not used before."""
        try:
            code = str(super().clean_code())  # type: ignore[misc]  # of the form beside this class
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                tell(LOCKED, context.request, subject=self.user.pk)
            raise
        bare = mark("code", "".join(code.split()).lower())
        if not cache.add(f"sign-in:code:{self.user.pk}:{bare}", 1, _CODE_LASTS):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


def _code(form: forms.BaseForm) -> None:
    field = form.fields["code"]
    hint = "The 6 figures that your app shows now, or one of your recovery codes."
    _plain(field, "Code", hint, inputmode="numeric", autocomplete="one-time-code")
    _longest(field, 20)


class CodeForm(_Code, AuthenticateForm):
    """The second factor when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class CodeAgainForm(_Code, ReauthenticateFactorForm):
    """The second factor again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class ActivateForm(ActivateTOTPForm):
    """The first code of an app, which shows that it was set up rightly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "The 6 figures that the app shows now."
        _plain(self.fields["code"], "Code", hint, inputmode="numeric")
        _longest(self.fields["code"], 20)


@contextmanager
def _not_broken() -> Iterator[None]:
    """What a browser sends is taken apart by code that trusts its shape. Raises ValidationError for
    anything that has another."""
    try:
        yield
    except _BROKEN as error:
        raise get_mfa_adapter().validation_error("incorrect_code") from error


class PasskeyForm(AddWebAuthnForm):
    """A name for a passkey; the browser fills in the passkey itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], "Name", "So that you know it again, such as “work laptop”.")
        _longest(self.fields["name"], 60)

    def clean(self) -> dict[str, Any]:
        """The passkey, where it is one and was asked for just now."""
        with _not_broken():
            return dict(super().clean())


class UsePasskeyForm(AuthenticateWebAuthnForm):
    """A passkey as the second factor when signing in."""

    def clean_credential(self) -> Authenticator:
        """The row of the passkey that signed."""
        with _not_broken():
            return super().clean_credential()


class UsePasskeyAgainForm(ReauthenticateWebAuthnForm):
    """A passkey again, before something sensitive."""

    def clean_credential(self) -> Authenticator:
        """The row of the passkey that signed."""
        with _not_broken():
            return super().clean_credential()
