"""Pages from templates. Templates get frozen values, never models."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import json_script
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)

from saferboard.ui.fields import component, faults

UI = Path(__file__).resolve().parents[2] / "ui"


def page(
    request: HttpRequest, template: str, shown: object = None, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page that `template` (`app/name.html`) makes of `shown`, which it knows as `page`.
    `more` are forms and the like, each under its name."""
    text = render_to_string(template, {"page": shown, **more}, request=request)
    return HttpResponse(text, status=status)


def environment(**options: Any) -> Environment:
    """The template engine: each app's `templates`, those of `saferboard.ui`, and GOV.UK's."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    own = [folder for folder in folders if "saferboard" in folder.parts and folder.is_dir()]
    options["undefined"] = ChainableUndefined  # GOV.UK's macros ask for parameters of parameters
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader([str(folder) for folder in (*own, UI / "templates")]),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    made.globals |= {
        "static": _static,
        "url": _address,
        "component": component,
        "json_script": json_script,
        "faults_of": faults,
    }
    made.filters |= {"day": day, "moment": moment}
    return made


def day(value: date | datetime | None) -> str:
    """`5 March 2024`; nothing for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(local, "j F Y")


def moment(value: datetime | None) -> str:
    """`5 March 2024 at 14:07`, by the clock of the United Kingdom; nothing for None."""
    return date_format(timezone.localtime(value), r"j F Y \a\t H:i") if value else ""


def _static(name: str) -> str:
    """The address of a file of `saferboard.ui`, which changes with every build, so that browsers
    may keep what they have for long."""
    return f"{static(name)}?v={_build()}"


@cache
def _build() -> str:
    stamp = UI / "static" / "built-from.txt"
    return stamp.read_text("ascii")[:12] if stamp.is_file() else "none"


def _address(name: str, *parts: object, **named: object) -> str:
    return reverse(name, args=parts or None, kwargs=named or None)
