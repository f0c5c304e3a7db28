"""The register of breaks in comparability, and which of them a comparison meets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from saferboard.analytics.measures.model import Key, Words
from saferboard.analytics.measures.results import BreakMet
from saferboard.vocabulary.data_file import parsed
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

_FILE = "breaks.yaml"
# A field called `date` hides the type in the body of its class.
Day = date


class Break(BaseModel):
    """An entry of the register; the head of breaks.yaml says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    title: Words
    date: date
    until: Day | None = None
    severity: Literal["not comparable", "caution"]
    touches: Literal["counts", "rates", "places"]
    offences: tuple[str, ...] | Literal["all"]
    sources: tuple[Key, ...] = ()
    units: tuple[Key, ...] = ()
    within: tuple[str, ...] = ()
    restated: bool = False
    words: Words
    reference: Words

    @model_validator(mode="after")
    def _an_unusual_period_is_a_caution(self) -> Break:
        if self.until is None:
            return self
        if self.until < self.date:
            raise ValueError("an unusual period ends after it began")
        if self.severity != "caution" or self.touches != "counts" or self.restated:
            raise ValueError("an unusual period is a caution that touches counts")
        return self

    def met(self) -> BreakMet:
        """The break as a result carries it."""
        return BreakMet(self.key, self.date, self.severity, self.words, self.reference, self.until)

    def holds(self, month: Month) -> bool:
        """Whether any day of the month lies in this unusual period."""
        if self.until is None:
            return False
        return self.date <= month.last_day and month.first_day <= self.until


@dataclass(frozen=True)
class Setting:
    """Where a comparison stands: the source and the reporting bodies that its figures come
    from, the area and the authority it lies in, and when each side was published."""

    source: str
    units: Collection[str]
    area: str
    within: str | None = None
    published: tuple[date, ...] = ()
    before: tuple[date, ...] = ()


@cache
def breaks() -> Mapping[str, Break]:
    """Every break by key, in the order of the file."""
    text = resources.files("saferboard.analytics.measures").joinpath(_FILE).read_text("utf-8")
    return MappingProxyType(parse_breaks(text, _FILE))


def parse_breaks(text: str, file: str) -> dict[str, Break]:
    """A register from YAML. Raises Problem with the entry and field that is wrong."""
    body: dict[str, Any] = parsed(text) or {}
    register: dict[str, Break] = {}
    for key, entry in body.items():
        try:
            register[key] = Break.model_validate({"key": key, **entry})
        except ValidationError as error:
            first = error.errors()[0]
            place = " > ".join((str(key), *(str(part) for part in first["loc"])))
            raise Problem(f"{first['msg']}.", file=file, place=place) from error
    return register


def met_between(
    keys: Sequence[str],
    current: Period,
    previous: Period,
    setting: Setting,
    *,
    touches: Literal["counts", "rates", "places"] = "counts",
    register: Mapping[str, Break] | None = None,
) -> tuple[BreakMet, ...]:
    """The breaks among `keys` that lie between, or inside, two periods.

    A break that restated history is met only when the two figures were published on either
    side of it: within one release they are counted alike. An unusual period is met where either
    period touches it."""
    known = breaks() if register is None else register
    found: list[BreakMet] = []
    for entry in _asked(keys, known):
        if entry.touches != touches or not _applies(entry, setting):
            continue
        if entry.until is not None:
            spans = (current, previous)
            if any(entry.date <= one.end and one.start <= entry.until for one in spans):
                found.append(entry.met())
        elif entry.restated:
            days = (*setting.published, *setting.before)
            if days and min(days) < entry.date <= max(days):
                found.append(entry.met())
        elif min(previous.start, current.start) < entry.date <= max(current.end, previous.end):
            found.append(entry.met())
    return tuple(found)


def unusual(
    keys: Sequence[str],
    setting: Setting,
    *,
    register: Mapping[str, Break] | None = None,
) -> tuple[Break, ...]:
    """The unusual periods that concern a measure with these `keys`: no expectation rests on
    their months."""
    known = breaks() if register is None else register
    return tuple(
        entry
        for entry in _asked(keys, known)
        if entry.until is not None and _applies(entry, setting)
    )


def _asked(keys: Sequence[str], known: Mapping[str, Break]) -> list[Break]:
    """The entries that a measure lists, and the unusual periods of all offences."""
    everywhere = [key for key, entry in known.items() if entry.until and entry.offences == "all"]
    return [known[key] for key in dict.fromkeys((*keys, *everywhere))]


def first_comparable(
    keys: Sequence[str],
    setting: Setting,
    last: date,
    *,
    register: Mapping[str, Break] | None = None,
) -> date | None:
    """The day from which counts up to `last` are comparable: the newest break that is “not
    comparable”, or None when there is none."""
    known = breaks() if register is None else register
    days = [
        entry.date
        for key in keys
        if (entry := known[key]).severity == "not comparable"
        and entry.touches == "counts"
        and not entry.restated
        and _applies(entry, setting)
        and entry.date <= last
    ]
    return max(days, default=None)


def refusal(met: Sequence[BreakMet]) -> BreakMet | None:
    """The break that refuses the comparison, if one does."""
    return next((one for one in met if one.severity == "not comparable"), None)


def _applies(entry: Break, setting: Setting) -> bool:
    if entry.sources and setting.source not in entry.sources:
        return False
    if entry.units and not set(entry.units) & set(setting.units):
        return False
    return not entry.within or setting.area in entry.within or setting.within in entry.within
