"""Recognise and read the ward files of the Metropolitan Police (quirks 9 and 14)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from saferboard.analytics.intake.area_names import Gazetteer, Place
from saferboard.analytics.intake.forms import Form, read_forms
from saferboard.analytics.intake.wide_files import WideFiles
from saferboard.analytics.intake.wide_table import Wide


@cache
def form() -> Form:
    """A ward's name and code, a borough and two labels: the columns before the months."""
    return read_forms(__package__, "forms.yaml")["ward"]


def _places(wide: Wide, names: Gazetteer) -> Sequence[Place]:
    keys = list(zip(wide.labels["code"], wide.labels["ward"], wide.labels["area"], strict=True))
    placed = {
        (code, ward, area): names.ward(code, ward, names.authority(area))
        for code, ward, area in set(keys)
    }
    return [placed[key] for key in keys]


_FILES = WideFiles("mps-ward", "metropolitan", form, "ward", _places)
recognise = _FILES.recognise
read = _FILES.read
