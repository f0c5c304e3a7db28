"""The settings of sign-in: how long sessions last, how many tries there are, what a password must
be. django-allauth reads them by name."""

from __future__ import annotations

from typing import Any

from saferboard.workspace.config.environment import Environment
from saferboard.workspace.config.outside import Provider

OPEN_ADDRESSES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    }
)
_APP = "saferboard.workspace.sign_in"
_VALIDATION = "django.contrib.auth.password_validation"


def sign_in_settings(environment: Environment) -> dict[str, Any]:
    """What Django and django-allauth have to know, by the names that they ask for."""
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": _hashers(environment),
        # NCSC: length and a list of refused passwords; no mixture of signs, no forced change.
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": f"{_APP}.passwords.NotTooLong"},
            {"NAME": f"{_APP}.passwords.NotCommon"},
            {"NAME": f"{_APP}.passwords.NotAboutOneself"},
        ],
        "PASSWORD_RESET_TIMEOUT": 60 * 60,
        # Wrong tries are counted in the database, so that every worker knows of them.
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "sign_in_cache",
                "OPTIONS": {"MAX_ENTRIES": 200_000},
            }
        },
        "ALLAUTH_TRUSTED_PROXY_COUNT": environment.proxies,
        **_account(),
        **_second_factor(),
        **provider_settings(environment.provider),
    }


def _hashers(environment: Environment) -> list[str]:
    """Memory-hard, with the parameters that OWASP gives for scrypt (N=2^14, r=8, p=5). What is set
    in a demonstration is good for nothing elsewhere."""
    hashers = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "saferboard.workspace.config.demo_mark.DemoPasswordHasher",
    ]
    return hashers[::-1] if environment.demo_mark.is_file() else hashers


def mail_settings(environment: Environment) -> dict[str, Any]:
    """Letters go to the mail server, or into files in the folder `mail` of the home folder."""
    common = {
        "DEFAULT_FROM_EMAIL": environment.mail_from,
        "EMAIL_FILE_PATH": str(environment.home / "mail"),
        "EMAIL_TIMEOUT": 10,
    }
    mail = environment.mail
    if mail is None:
        return {**common, "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    return {
        **common,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": mail.host,
        "EMAIL_PORT": mail.port,
        "EMAIL_HOST_USER": mail.user,
        "EMAIL_HOST_PASSWORD": mail.password,
        "EMAIL_USE_SSL": mail.encrypted,
        "EMAIL_USE_TLS": mail.starttls,
    }


def _account() -> dict[str, Any]:
    """E-mail and password; nobody makes an account for themselves."""
    forms = {
        "login": "SignInForm",
        "reset_password": "ForgottenForm",
        "reset_password_from_key": "ResetForm",
        "change_password": "ChangeForm",
        "set_password": "FirstForm",
        "reauthenticate": "ConfirmForm",
    }
    return {
        "ACCOUNT_ADAPTER": f"{_APP}.adapters.Accounts",
        "ACCOUNT_FORMS": {key: f"{_APP}.forms.{name}" for key, name in forms.items()},
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        # Whoever was invited showed by it that the address is theirs.
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_RATE_LIMITS": {
            "login": "60/m/ip",
            "login_failed": "30/10m/ip,5/15m/key",
            "reset_password": "20/m/ip,5/h/key",
            "reset_password_from_key": "20/m/ip",
            "change_password": "5/m/user",
            "reauthenticate": "10/m/user",
        },
    }


def _second_factor() -> dict[str, Any]:
    forms = {
        "authenticate": "CodeForm",
        "reauthenticate": "CodeAgainForm",
        "activate_totp": "ActivateForm",
        "add_webauthn": "PasskeyForm",
        "authenticate_webauthn": "UsePasskeyForm",
        "reauthenticate_webauthn": "UsePasskeyAgainForm",
    }
    return {
        "MFA_ADAPTER": f"{_APP}.adapters.SecondFactors",
        "MFA_FORMS": {key: f"{_APP}.forms.{name}" for key, name in forms.items()},
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_RECOVERY_CODE_DIGITS": 10,
        # A code counts for one period before and after its own: clocks of telephones differ.
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_WEBAUTHN_USER_VERIFICATION": "preferred",
    }


def provider_settings(provider: Provider | None) -> dict[str, Any]:
    """Sign-in through the partnership's provider. Nobody becomes a person by it."""
    fixed: dict[str, Any] = {
        "SOCIALACCOUNT_ADAPTER": f"{_APP}.adapters.Providers",
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "",
    }
    if provider is None:
        return {**fixed, "SOCIALACCOUNT_PROVIDERS": {}}
    app = {
        "provider_id": "provider",
        "name": provider.name,
        "client_id": provider.client,
        "secret": provider.secret,
        "settings": {"server_url": provider.issuer, "email_authentication": True},
    }
    return {
        **fixed,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}},
    }
