"""Answers of the data.police.uk API: lists of entries, places as text, fields that are absent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.store.file_rows import is_off_map
from saferboard.vocabulary.problem import Problem


@dataclass(frozen=True)
class Place:
    """Where an entry is: degrees (WGS84) and the street's name, all None where not known."""

    longitude: float | None
    latitude: float | None
    street: str | None


def unit_of(candidate: Candidate) -> str:
    """The unit that an answer is filed under. It covers the area that was asked for and never a
    whole force: under a unit of its own, no measure takes it for a force's month."""
    return f"api-area-{candidate.sha256[:8]}"


def answer_list(candidate: Candidate) -> list[Mapping[str, Any]]:
    """The entries of an answer. Raises Problem where it is cut short, is not a list of
    entries, or is empty."""
    try:
        body = json.loads(candidate.path.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else None
        raise Problem(
            "This answer of the API cannot be read: it may have been cut short.",
            file=candidate.name,
            place=place,
            remedy="Fetch it again.",
        ) from error
    if not isinstance(body, list) or not all(isinstance(entry, dict) for entry in body):
        raise Problem(
            "This is not a list of entries, which is what the API answers.",
            file=candidate.name,
            remedy="Keep the answer as it came, without a frame around it.",
        )
    if not body:
        raise Problem(
            "The API answered with an empty list.",
            file=candidate.name,
            remedy="Ask for a month that the publisher has, or for another area.",
        )
    return body


def field(entry: Mapping[str, Any], name: str, file: str, number: int) -> object:
    """A field that every entry must have. Raises Problem with the number of the entry."""
    value = entry.get(name)
    if value is None:
        raise Problem(
            f"The field “{name}” is missing.",
            file=file,
            place=f"entry {number}",
            remedy="Keep the answer as it came from the API.",
        )
    return value


def place_of(entry: Mapping[str, Any], file: str, number: int) -> Place:
    """The place of an entry; nothing where it has none. Raises Problem where the point lies
    off the map."""
    location = entry.get("location") or {}
    longitude, latitude = location.get("longitude"), location.get("latitude")
    street = (location.get("street") or {}).get("name")
    if longitude is None or latitude is None:
        return Place(None, None, street)
    if is_off_map(str(longitude), str(latitude)):
        raise Problem(
            f"The point {latitude}, {longitude} lies outside the British Isles.",
            file=file,
            place=f"entry {number}",
            remedy="Fetch the answer again.",
        )
    return Place(float(longitude), float(latitude), street)
