"""Codes for outlines that have only names, from the look-ups in the lake."""

from __future__ import annotations

import re

from saferboard.analytics.intake.source import Desk

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A name to compare by: lower case, `&` as and, one blank between words."""
    return _NOT_A_WORD.sub(" ", name.casefold().replace("&", " and ")).strip()


def codes_by_name(desk: Desk) -> dict[str, str]:
    """Codes of local authorities by plain name: the newest edition, and only names that one
    authority has. Empty where the lake holds no look-up."""
    areas = desk.lake("areas")
    if areas is None:
        return {}
    wanted = areas.filter(areas["kind"] == "authority").select("code", "name", "edition")
    newest: dict[str, tuple[str, set[str]]] = {}
    for row in desk.run(wanted.distinct()).to_pylist():
        key, edition = plain(row["name"]), row["edition"] or ""
        known, codes = newest.get(key, ("", set()))
        if edition > known:
            newest[key] = (edition, {row["code"]})
        elif edition == known:
            codes.add(row["code"])
            newest[key] = (known, codes)
    return {key: next(iter(codes)) for key, (_, codes) in newest.items() if len(codes) == 1}
