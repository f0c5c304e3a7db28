"""Making facts for one measure and one area: what is the same in each is said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from saferboard.analytics.facts.fact import Fact, FactKind
from saferboard.analytics.measures.cube import Extract
from saferboard.analytics.measures.model import Definition
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month, Period

# Nothing in these is a fact: a result holds a hundred of them for each that is.
_PLAIN = frozenset({str, int, float, bool, type(None), Period, Month, Area})
_FIELDS: dict[type, tuple[str, ...]] = {}
NO_PERCENTAGE = "no percentage of zero"
NO_LOAD = "not in any load"


@dataclass(frozen=True)
class Maker:
    """`provisional` and `vintages` differ from fact to fact, the rest does not."""

    definition: Definition
    area: Area

    def fact(
        self,
        kind: FactKind,
        period: Period,
        value: float | int | None,
        *,
        unit: str | None = None,
        area: Area | None = None,
        **more: Any,
    ) -> Fact:
        """A fact about the measure here, or in another `area`. `unit` is the measure's own
        unless given."""
        place = area or self.area
        return Fact(
            kind=kind,
            measure=self.definition.key,
            area=place.code,
            area_name=place.name,
            period=period,
            value=value,
            unit=self.definition.unit.many if unit is None else unit,
            definition=self.definition.version,
            **more,
        )


def whole(value: float) -> float | int:
    """A count as the whole number that it is."""
    return int(value) if float(value).is_integer() else value


def not_published(months: Sequence[Month]) -> str:
    """Why there is no figure: `not published for June 2022`, or how many months are missing."""
    if not months:
        return NO_LOAD
    if len(months) <= 3:
        names = [month.label() for month in months]
        return f"not published for {_listed(names)}"
    consecutive = months[-1] - months[0] + 1 == len(months)
    if consecutive:
        return f"not published for {months[0].label()} to {months[-1].label()}"
    return f"not published for {len(months)} of the months, {months[0].label()} the first"


def missing_words(extract: Extract | None, code: str, period: Period) -> str:
    """Why the count of an area in a period is missing."""
    if extract is None:
        return not_published(tuple(period.months()))
    return not_published(extract.missing_months(code))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def facts_in(value: object) -> list[Fact]:
    """Every fact anywhere in a result, in the order of its fields."""
    found: list[Fact] = []
    _gather(value, found)
    return found


def _gather(value: object, found: list[Fact]) -> None:
    # A list that is filled, not a generator in a generator: a run has millions of values.
    if isinstance(value, Fact):
        found.append(value)
    elif isinstance(value, (tuple, list)):
        for one in value:
            if type(one) not in _PLAIN:
                _gather(one, found)
    else:
        for name in _field_names(type(value)):
            held = getattr(value, name)
            if type(held) not in _PLAIN:
                _gather(held, found)


def _field_names(kind: type) -> tuple[str, ...]:
    names = _FIELDS.get(kind)
    if names is None:
        known = kind not in _PLAIN and is_dataclass(kind)
        names = tuple(field.name for field in fields(kind)) if known else ()
        _FIELDS[kind] = names
    return names
