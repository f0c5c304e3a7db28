"""The fact sheet: every fact of a pack, frozen, in one JSON file beside it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.vocabulary.period import Period
from saferboard.vocabulary.problem import Problem

SCHEMA = 1


class FactSheet:
    """An immutable mapping from fact id to Fact, with the loads that they came from.

    `vintages` maps a load's id to a plain dictionary (publisher, data set, months, date
    published, sha256 of its files, licence). Two facts of one id must be equal.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        vintages: Mapping[str, Mapping[str, Any]] | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        held: dict[str, Fact] = {}
        for fact in facts:
            if held.setdefault(fact.id, fact) != fact:
                raise ValueError(f"two different facts have the id {fact.id}")
        self._facts = MappingProxyType(held)
        self.vintages: Mapping[str, Mapping[str, Any]] = MappingProxyType(dict(vintages or {}))
        self.about: Mapping[str, Any] = MappingProxyType(dict(about or {}))

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def to_json(self) -> str:
        """The whole sheet as JSON, the same bytes for the same facts."""
        body = {
            "schema": SCHEMA,
            "about": dict(self.about),
            "vintages": {key: dict(value) for key, value in sorted(self.vintages.items())},
            "facts": [{"id": fact.id, **_pack(fact)} for _, fact in sorted(self._facts.items())],
        }
        return json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"

    def digest(self) -> str:
        """sha256 of the JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> FactSheet:
        """Read what `to_json` wrote. Raises Problem when it is something else."""
        try:
            body = json.loads(text)
            if body["schema"] != SCHEMA:
                raise Problem(f"The fact sheet has schema {body['schema']}, not {SCHEMA}.")
            facts = [_unpack(entry) for entry in body["facts"]]
        except (ValueError, KeyError, TypeError) as error:
            raise Problem("This is not a fact sheet.", remedy="Build the pack again.") from error
        return cls(facts, body["vintages"], body["about"])


def _pack(fact: Fact) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for field in dataclasses.fields(fact):
        value = getattr(fact, field.name)
        empty = value is None or value is False or (isinstance(value, str | tuple) and not value)
        if empty and field.name != "value":
            continue
        match value:
            case Period():
                entry[field.name] = _pack_period(value)
            case Interval():
                entry[field.name] = [value.low, value.high, value.level]
            case _:
                entry[field.name] = value
    return entry


def _unpack(entry: Mapping[str, Any]) -> Fact:
    values = {key: value for key, value in entry.items() if key != "id"}
    values["period"] = _unpack_period(values["period"])
    if "against" in values:
        values["against"] = _unpack_period(values["against"])
    if "interval" in values:
        values["interval"] = Interval(*values["interval"])
    values["vintages"] = tuple(values.get("vintages", ()))
    values.setdefault("unit", "")
    return Fact(**values)


def _pack_period(period: Period) -> dict[str, str]:
    packed = {"from": period.start.isoformat(), "to": period.end.isoformat()}
    return {**packed, "words": period.words} if period.words else packed


def _unpack_period(packed: Mapping[str, str]) -> Period:
    start, end = date.fromisoformat(packed["from"]), date.fromisoformat(packed["to"])
    return Period(start, end, packed.get("words"))
