"""Which fields of an outline are its code and its name: any kind of area, any edition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from saferboard.vocabulary.area import is_gss, kind_of_gss
from saferboard.vocabulary.data_file import data_file

_CODE = re.compile(r"^([A-Z]+)(\d\d)CD$", re.IGNORECASE)
_AUTHORITIES = ("LAD", "LTLA")


@dataclass(frozen=True)
class Outline:
    """An area with its outline as well-known binary; `code` is empty where it is not known."""

    code: str
    name: str
    kind: str
    edition: str | None
    within: str | None
    geometry: bytes


@dataclass(frozen=True)
class OutlineFields:
    """The fields of a file. `kind` and `edition` are None where the field does not tell."""

    code: str | None
    name: str
    kind: str | None
    edition: str | None
    within: str | None

    def outline(self, properties: Mapping[str, Any], geometry: bytes) -> Outline:
        """The outline of one feature."""
        code = str(properties.get(self.code) or "").strip() if self.code else ""
        code = code if is_gss(code) else ""
        within = str(properties.get(self.within) or "").strip() if self.within else ""
        return Outline(
            code=code,
            name=str(properties.get(self.name) or code).strip(),
            kind=self.kind or (kind_of_gss(code) if code else "other"),
            edition=self.edition,
            within=within if within and within != code else None,
            geometry=geometry,
        )


def outline_fields(names: Sequence[str]) -> OutlineFields | None:
    """What the fields called `names` are, or None where none of them is a name."""
    prefixed: dict[str, tuple[str, str, str]] = {}
    for name in names:
        if found := _CODE.match(name):
            prefix, year = found[1].upper(), found[2]
            prefixed[prefix] = (name, prefix, year)
            prefixed[prefix + year] = (name, prefix, year)
    for level in _data()["levels"]:
        if level["prefix"] in prefixed:
            code, prefix, year = prefixed[level["prefix"]]
            name = next((one for one in names if one.upper() == f"{prefix}{year}NM"), code)
            return OutlineFields(
                code, name, level["kind"], f"20{year}", _within(names, prefixed, code)
            )
    lowered = {name.casefold(): name for name in names}
    plain = _data()["plain"]
    title = next((lowered[one] for one in plain["name"] if one in lowered), None)
    if title is None:
        return None
    plain_code = next((lowered[one] for one in plain["code"] if one in lowered), None)
    return OutlineFields(plain_code, title, None, None, None)


def _within(
    names: Sequence[str], prefixed: Mapping[str, tuple[str, str, str]], code: str
) -> str | None:
    for prefix in _AUTHORITIES:
        if prefix in prefixed and prefixed[prefix][0] != code:
            return prefixed[prefix][0]
    return next((name for name in _data()["within"] if name in names), None)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file(__package__, "levels.yaml")
    return data
