"""The partnership's name and colours, from its file where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from saferboard.documents.model import Look
from saferboard.ui.brand import brand_sheet
from saferboard.vocabulary.partnership import load_partnership


@dataclass(frozen=True)
class Brand:
    """What stands in the header, and in which colours."""

    name: str
    look: Look


def partnership_file() -> Path | None:
    """Where the partnership's file lies; None where there is none yet."""
    file = Path(settings.PARTNERSHIP_FILE)
    return file if file.is_file() else None


def partnership_look() -> Brand:
    """Name and colours; the program's own where there is no file. Raises Problem for a broken
    file."""
    file = partnership_file()
    return _read(file, file.stat().st_mtime_ns) if file else Brand("Saferboard", Look())


@cache
def _read(file: Path, _changed: int) -> Brand:
    known = load_partnership(file)
    return Brand(known.name, Look(known.appearance.brand, known.appearance.accent))


@require_safe
@cache_control(public=True, max_age=300)
def sheet(request: HttpRequest) -> HttpResponse:
    """The style sheet with the partnership's colours."""
    return HttpResponse(brand_sheet(partnership_look().look), content_type="text/css")
