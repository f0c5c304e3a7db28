"""Django's settings. What differs between installations comes from the environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from saferboard.workspace.config.environment import read_environment
from saferboard.workspace.config.logs import logging_settings
from saferboard.workspace.config.sign_in import OPEN_ADDRESSES as SIGN_IN_OPEN_ADDRESSES
from saferboard.workspace.config.sign_in import mail_settings, sign_in_settings

UI_STATIC = Path(__file__).resolve().parents[2] / "ui" / "static"

ENVIRONMENT = read_environment()
SECRET_KEY = ENVIRONMENT.key("django").hex()
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts or ("localhost", "127.0.0.1"))


def _database(address: str) -> dict[str, Any]:
    """A conninfo string or URL as Django's settings of a database."""
    parts = conninfo_to_dict(address)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    settings: dict[str, Any] = {name: str(parts.pop(key, "") or "") for key, name in known.items()}
    settings["PORT"] = str(parts.pop("port", "") or "")
    settings["OPTIONS"] = {"connect_timeout": "5", **parts}
    # Kept from one request to the next: who asks is named for one transaction (audit/session.py),
    # and a new connection costs the database as much as the questions of a page.
    settings |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    return {"ENGINE": "django.db.backends.postgresql", **settings}


DATABASES = {
    "default": _database(ENVIRONMENT.application),
    "owner": _database(ENVIRONMENT.owner),
}
DATABASE_ROUTERS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "saferboard.workspace.config",
    "pgtrigger",
    "procrastinate.contrib.django",
    "saferboard.workspace.audit",
    "saferboard.workspace.partnership",
    "saferboard.workspace.access",
    "saferboard.workspace.files",
    "saferboard.workspace.jobs",
    "saferboard.workspace.evidence.data",
    "saferboard.workspace.evidence.explorer",
    "saferboard.workspace.evidence.packs",
    "saferboard.workspace.evidence.paper_check",
    "saferboard.workspace.web",
    "saferboard.workspace.oversight",
    "saferboard.workspace.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "saferboard.workspace.sign_in",
    "saferboard.workspace.returns",
    "saferboard.workspace.members",
    "saferboard.workspace.agreements",
    "saferboard.workspace.home",
]
MIDDLEWARE = [
    "saferboard.workspace.config.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "saferboard.workspace.sign_in.middleware.SessionsEnd",
    "saferboard.workspace.web.middleware.ClosedByDefault",
    "saferboard.workspace.sign_in.middleware.SecondFactorFirst",
    "saferboard.workspace.web.middleware.Troubles",
]
ROOT_URLCONF = "saferboard.workspace.config.urls"
WSGI_APPLICATION = "saferboard.workspace.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "saferboard.workspace.web.rendering.environment",
            "context_processors": ["saferboard.workspace.web.frame.context"],
        },
    },
]

LOGGING = logging_settings()

# Who may ask without having signed in, by the names of addresses. Everything else is closed.
OPEN_ADDRESSES = frozenset(
    {"brand", "live", "ready", "home:accessibility", "home:help", "members:join"}
    | SIGN_IN_OPEN_ADDRESSES
)
# Numbers beside a menu's lines: functions of apps above `web`; navigation.yaml names the key.
FRAME_COUNTS: dict[str, str] = {
    "messages": "saferboard.workspace.messages.queries.unread_count",
}
SITE_ADDRESS = ENVIRONMENT.address
PARTNERSHIP_FILE = str(ENVIRONMENT.partnership)

AUTH_USER_MODEL = "partnership.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:page"
SIGN_IN_IDLE = timedelta(minutes=30)
SIGN_IN_LONGEST = timedelta(hours=12)
SIGN_IN_PROVIDER = ENVIRONMENT.provider
# for how many seconds after showing who one is nothing sensitive asks again
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
globals().update(sign_in_settings(ENVIRONMENT), **mail_settings(ENVIRONMENT))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [str(UI_STATIC)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 30 * 24 * 60 * 60  # addresses change with each build

SESSION_COOKIE_NAME = "saferboard"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "saferboard.workspace.web.errors.forged_page"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # the button that leads to the provider is a form, and browsers look where it leads
        "form-action": ["'self'", *([ENVIRONMENT.provider.origin] if ENVIRONMENT.provider else [])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    },
}
if ENVIRONMENT.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # whoever watches asks the server itself
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
UPLOAD_MOST_BYTES = 2_500_000_000  # a year of data.police.uk; each place takes less
FILE_UPLOAD_HANDLERS = [
    "saferboard.workspace.files.uploading.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
