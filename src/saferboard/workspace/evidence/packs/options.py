"""What a pack is asked to show: the options of the command line, checked, as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from saferboard.analytics.measures.register import definitions
from saferboard.analytics.packs.asked import Question
from saferboard.vocabulary.form_faults import first_fault
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

KINDS: Mapping[str, str] = {"performance": "Performance pack", "ward": "Ward pack"}


class PackOptions(BaseModel):
    """No `measures` means the partnership's own list; no `ward` means every ward."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measures: tuple[str, ...] = Field(default=(), max_length=200)
    as_known: date | None = None
    comparators: Literal["same-vintage", "as-published"] = "same-vintage"
    baseline: int | None = Field(default=None, ge=1990, le=2100)
    rag: Literal["verdicts", "signs-2017"] = "verdicts"
    ward: str = Field(default="", max_length=100)

    @field_validator("measures")
    @classmethod
    def _known(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        for key in keys:
            if key not in definitions():
                raise ValueError(f"there is no measure “{key}”")
        return tuple(dict.fromkeys(keys))

    def question(self, area: str, to: Month) -> Question:
        """What the data store is asked."""
        return Question(
            to=to,
            area=area,
            measures=self.measures,
            as_known=self.as_known,
            comparators=self.comparators,
            baseline=self.baseline,
            rag=self.rag,
        )


def options_of(given: Mapping[str, Any]) -> PackOptions:
    """The options in `given`. Raises Problem for one that is wrong or that no pack has."""
    try:
        return PackOptions.model_validate(dict(given))
    except ValidationError as error:
        field, words = first_fault(error)
        raise Problem(words, place=field or None, remedy="Correct it and try again.") from error
