"""Addresses of sign-in. Those of django-allauth are named as it asks for them, and only what is
used is there: nobody can make an account, add an address of e-mail or link another provider."""

from __future__ import annotations

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as providers
from django.urls import include, path, re_path

from saferboard.workspace.sign_in import views
from saferboard.workspace.sign_in.views import whole

_RESET = r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$"

_own = [
    path("account/", views.account, name="account"),
    path("account/devices", views.devices, name="devices"),
    path("account/devices/sign-out", views.sign_out_device, name="sign-out-device"),
    path("account/passkeys/<str:key>/remove", views.remove_passkey, name="remove-passkey"),
    path("account/of/<uuid:person>/second-factors", views.reset_factors, name="reset-factors"),
    path("sign-in/second-factor", views.enrol, name="enrol"),
    path("sign-in/stay", views.stay, name="stay"),
]
urlpatterns = [
    path("", include((_own, "sign_in"))),
    path("sign-in", views.SignIn.as_view(), name="account_login"),
    path("sign-out", accounts.logout, name="account_logout"),
    path("sign-in/off", accounts.account_inactive, name="account_inactive"),
    path("sign-in/code", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/again/password", accounts.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/with/<str:provider_id>", views.to_provider, name="openid_connect_login"),
    path(
        "sign-in/with/<str:provider_id>/answer",
        views.from_provider,
        name="openid_connect_callback",
    ),
    path("sign-in/cancelled", providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/error", providers.login_error, name="socialaccount_login_error"),
    path("password/forgotten", accounts.password_reset, name="account_reset_password"),
    path("password/sent", accounts.password_reset_done, name="account_reset_password_done"),
    re_path(
        _RESET, whole(accounts.password_reset_from_key), name="account_reset_password_from_key"
    ),
    path(
        "password/changed",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/password", whole(accounts.password_change), name="account_change_password"),
    path("account/password/first", whole(accounts.password_set), name="account_set_password"),
    path("account/second-factors", views.factors, name="mfa_index"),
    path("account/app/add", whole(app.activate_totp), name="mfa_activate_totp"),
    path("account/app/remove", whole(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/add", whole(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/codes/new",
        whole(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
