"""The area that a return names: by code, or by a name that means one area only."""

from __future__ import annotations

from saferboard.analytics.intake.area_names import Gazetteer, Place, lsoa_kind
from saferboard.analytics.intake.offence_labels import plain
from saferboard.vocabulary.area import is_gss, kind_of_gss


def find(names: Gazetteer, code: str | None, name: str | None) -> Place:
    """The area of a row. ValueError for a code that is none, a name that nobody knows, and a
    name with two meanings."""
    if code:
        if not is_gss(code):
            raise ValueError(f"“{code}” is not a GSS code: a letter and eight digits.")
        kind = lsoa_kind([code]) if code.startswith("E01") else kind_of_gss(code)
        return Place(kind, code, name or names.register.get(code, code))
    if not name:
        raise ValueError("The row names no area: give its area_code.")
    place = names.authority(name)
    if place.code:
        return place
    wards = sorted(
        (ward, authority)
        for (authority, ward_name), codes in names.wards_by_name.items()
        if ward_name == plain(name)
        for ward in codes
    )
    if len(wards) == 1:
        return Place("ward", wards[0][0], name, within=wards[0][1])
    if wards:
        listed = " or ".join(f"{ward} ({names.register.get(a, a)})" for ward, a in wards)
        raise ValueError(f"“{name}” is the name of {len(wards)} wards: give {listed}.")
    raise ValueError(f"No look-up knows an area called “{name}”: give its area_code.")
