"""Logs as lines of JSON, without personal data.

What a person typed reaches a log by three ways: an argument of a message, the text of an exception,
an address. So a message is written as its template: of its arguments only numbers, ids and codes of
the program are filled in; of an exception its type and the places in the code, never its text; of a
request the pattern of its address, never the address. E-mail addresses, query strings and addresses
of machines that still stand in a text are blacked out.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID

REQUEST: ContextVar[UUID | None] = ContextVar("request", default=None)
"""The id of the request that is being answered: it stands in each line and in the audit."""
HIDDEN = "…"
_EXTRAS = ("action", "job", "method", "route", "status", "status_code", "milliseconds")
_BLACKED = (
    (re.compile(r"[^\s@'\"<>(),;:]+@[^\s@'\"<>(),;]+"), "[e-mail]"),
    (re.compile(r"\?[^\s'\"]+"), f"?{HIDDEN}"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I), "[address]"),
    (re.compile(r"(?i)\b(password|passwd|secret|token)=\S+"), rf"\1={HIDDEN}"),
)
_SAID_INSTEAD = {
    "django.request": "It was answered with an error.",
    "django.security": "It looked like an attack and was refused.",
    "procrastinate": "The queue of jobs.",
}
"""For loggers whose messages are put together before they come here, or say too little without what
is filled in."""


class JsonLines(logging.Formatter):
    """One record as one line of JSON: `at` (UTC), `level`, `logger`, `message`, and `request`,
    `error`, `trace` and a few numbers where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if (request := REQUEST.get()) is not None:
            line["request"] = str(request)
        for name in _EXTRAS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = _extra(value)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"], line["trace"] = _of_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Django's and gunicorn's settings of logging: everything to the standard error as JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{__name__}.JsonLines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "saferboard": {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "procrastinate": {"level": "WARNING"},
        },
    }


def _message(record: logging.LogRecord) -> str:
    for name, instead in _SAID_INSTEAD.items():
        if f"{record.name}.".startswith(f"{name}."):
            return instead
    text = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    if record.args:
        try:
            text %= _arguments(record.args)
        except (TypeError, ValueError, KeyError):
            text = record.msg if isinstance(record.msg, str) else HIDDEN
    for pattern, instead in _BLACKED:
        text = pattern.sub(instead, text)
    return text


def _arguments(given: Any) -> Any:
    if isinstance(given, dict):
        return {name: _shown(value) for name, value in given.items()}
    return tuple(_shown(value) for value in given)


def _shown(value: Any) -> Any:
    if isinstance(value, int | float | UUID) and not isinstance(value, Enum):
        return value
    return HIDDEN


def _extra(value: Any) -> Any:
    """Numbers as they are; words only where they are the program's own: patterns, methods, keys."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return text if re.fullmatch(r"[\w/<>:.\-^$()?*\\]{0,200}", text) and "@" not in text else HIDDEN


def _of_error(error: BaseException) -> tuple[list[str], list[str]]:
    """The types of an exception and of its causes, and the innermost places of the first."""
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < 8:
        kinds.append(f"{type(one).__module__}.{type(one).__qualname__}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    places = [
        f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return kinds, places[-12:]
