"""Django's settings. What differs between installations comes from the environment."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from saferboard.workspace.config.environment import read_environment

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
    settings["OPTIONS"] = parts
    return {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": False, **settings}


DATABASES = {
    "default": _database(ENVIRONMENT.application),
    "owner": _database(ENVIRONMENT.owner),
}
DATABASE_ROUTERS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "pgtrigger",
    "saferboard.workspace.audit",
    "saferboard.workspace.partnership",
    "saferboard.workspace.access",
    "saferboard.workspace.files",
]
AUTH_USER_MODEL = "partnership.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"
