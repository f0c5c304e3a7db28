"""A date asked for as day, month and year, in three boxes, as GOV.UK does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_PARTS = ("day", "month", "year")
_LENGTHS = {"day": 2, "month": 2, "year": 4}


class DateBoxes(forms.Widget):
    """Three boxes named `<name>-day`, `-month` and `-year`. What was typed is kept as it was."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> dict[str, str]:
        """The three texts, without blanks around them."""
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in _PARTS}

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Whether none of the three was sent."""
        return all(f"{name}-{part}" not in data for part in _PARTS)


class DateField(forms.Field):
    """A date by day, month and year. Each way to get it wrong has its own sentence."""

    widget = DateBoxes

    def prepare_value(self, value: Any) -> Any:
        """A date as its three texts; what was typed stays."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value or {}

    def to_python(self, value: Any) -> date | None:
        """The date, or None where all three boxes are empty. Raises ValidationError."""
        if value is None or isinstance(value, date):
            return value
        given = {part: value.get(part, "") for part in _PARTS}
        missing = [part for part in _PARTS if not given[part]]
        if len(missing) == len(_PARTS):
            return None
        if missing:
            raise ValidationError(f"{self._named()} must include a {' and a '.join(missing)}")
        for part, text in given.items():
            if not (text.isascii() and text.isdigit()) or len(text) > _LENGTHS[part]:
                raise ValidationError(f"{self._named()}: write the {part} in figures")
        if len(given["year"]) != _LENGTHS["year"]:
            raise ValidationError(f"{self._named()} must have a year of four figures")
        try:
            return date(int(given["year"]), int(given["month"]), int(given["day"]))
        except ValueError:
            raise ValidationError(f"{self._named()} must be a date that exists") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _named(self) -> str:
        return str(self.label or "The date")
