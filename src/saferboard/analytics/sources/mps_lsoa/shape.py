"""Recognise and read the LSOA files of the Metropolitan Police (quirk 9)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from saferboard.analytics.intake.area_names import Gazetteer, Place, lsoa_kind
from saferboard.analytics.intake.forms import Form, read_forms
from saferboard.analytics.intake.wide_files import WideFiles
from saferboard.analytics.intake.wide_table import Wide
from saferboard.analytics.store.vintage import LoadNote

_PARTIAL = LoadNote(
    "remark",
    "The publisher leaves sexual offences and fraud out of the LSOA file: a sum over its "
    "offences is not total recorded crime.",
)


@cache
def form() -> Form:
    """An LSOA's code and name, a borough and two labels: the columns before the months."""
    return read_forms(__package__, "forms.yaml")["lsoa"]


def _places(wide: Wide, names: Gazetteer) -> Sequence[Place]:
    kind = lsoa_kind(set(wide.labels["code"]))
    edition = kind.removeprefix("lsoa")
    boroughs = {name: names.authority(name) for name in set(wide.labels["area"])}
    return [
        Place(kind, code, name, edition=f"20{edition}", within=boroughs[area].code)
        if code
        else Place("other", None, name or area, within=boroughs[area].code)
        for code, name, area in zip(
            wide.labels["code"], wide.labels["name"], wide.labels["area"], strict=True
        )
    ]


_FILES = WideFiles("mps-lsoa", "metropolitan", form, "lsoa", _places, (_PARTIAL,))
recognise = _FILES.recognise
read = _FILES.read
