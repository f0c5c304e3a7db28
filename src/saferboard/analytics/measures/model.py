"""The schema of a measure's definition. Data names things: there are no expressions in it.

A definition is a public claim about what is counted, so that it carries its governance: who
owns it, who checked it, when it is looked at again and what was changed when.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from saferboard.vocabulary.verdict import Polarity

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]

Kind = Literal[
    "monthly-count",  # a number of things each month, from a publisher
    "outcome-rate",  # positive outcomes in a month as a percentage of offences in it
    "stops",  # stops and searches, placed by their point
    "return-count",  # a number that a partner reports for any period
    "return-percentage",  # a survey: a percentage, its base, a wave
    "return-rate",  # a number over a population
    "return-index",  # a published figure that is neither count nor percentage
]
Base = Literal["residents", "households", "residents-10-17", "dwellings"]
Disclosure = Literal["open", "counts-of-people", "sensitive"]
RETURN_KINDS = frozenset({"return-count", "return-percentage", "return-rate", "return-index"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Unit(_Strict):
    """What one of them and many of them are called in a sentence."""

    one: Words
    many: Words


class RateBase(_Strict):
    """`per` so many `of` a denominator: the base belongs to the measure."""

    per: Literal[1000, 10000, 100000, 1000000]
    of: Base


class Feed(_Strict):
    """A source that can feed the measure, because its definition matches.

    `offences` are keys of the vocabulary that are summed; empty with `all_offences` means
    every row but the keys in `without`. `without_units` are reporting bodies left out.
    `out_of` names the source of the crimes that outcomes belong to, where they stand apart.
    `small_areas` says that it counts by LSOA, which are brought to wards.
    `provisional_months` is how many of a release's last months the publisher still changes.
    `note` is printed wherever this source fed the measure."""

    source: Key
    table: Literal[
        "recorded_offences",
        "street_crimes",
        "street_outcomes",
        "stop_searches",
        "published_counts",
        "local_returns",
    ]
    dataset: str = ""
    topic: str = ""
    offences: tuple[Key, ...] = ()
    all_offences: bool = False
    without: tuple[Key, ...] = ()
    without_units: tuple[Key, ...] = ()
    counted: Literal["offences", "positive-outcomes"] = "offences"
    out_of: Key | Literal[""] = ""
    small_areas: bool = False
    provisional_months: int = Field(default=0, ge=0, le=12)
    note: str = ""

    @model_validator(mode="after")
    def _counts_something(self) -> Feed:
        counting = self.table not in ("local_returns", "stop_searches")
        if counting and not self.offences and not self.all_offences:
            raise ValueError("name the offences that are counted, or set all_offences")
        if self.offences and self.all_offences:
            raise ValueError("either offences or all_offences, not both")
        if self.without and not self.all_offences:
            raise ValueError("“without” goes with all_offences")
        return self


class Change(_Strict):
    """An entry of the change log: the version that it made, when, and what was changed."""

    version: int = Field(ge=1)
    date: date
    what: Words


class Definition(_Strict):
    """A measure. `key` is the name of its file. See docs/how-to/add-a-measure.md."""

    key: Key
    title: Words
    question: Words
    why_it_matters: Words
    what_good_looks_like: Words
    polarity: Polarity
    kind: Kind
    numerator: Words
    denominator: Words
    unit: Unit
    rate: RateBase | None = None
    sources: tuple[Feed, ...] = Field(min_length=1)
    family: Key
    priority: Key
    disclosure: Disclosure
    caveats: tuple[Words, ...] = ()
    breaks: tuple[Key, ...] = ()
    owner: Words
    checked_by: Words
    review_by: date
    version: int = Field(ge=1)
    change_log: tuple[Change, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Definition:
        if self.change_log[-1].version != self.version:
            raise ValueError("the last entry of change_log is about another version")
        if [entry.version for entry in self.change_log] != sorted(
            {entry.version for entry in self.change_log}
        ):
            raise ValueError("the versions in change_log do not rise")
        if self.owner == self.checked_by:
            raise ValueError("owner and checked_by are the same role")
        if self.kind in RETURN_KINDS and any(f.table != "local_returns" for f in self.sources):
            raise ValueError("a return is fed by local_returns only")
        if self.kind not in RETURN_KINDS and any(f.table == "local_returns" for f in self.sources):
            raise ValueError("only a return is fed by local_returns")
        if self.kind == "return-rate" and self.rate is None:
            raise ValueError("a return-rate says per how many of what")
        return self

    @property
    def is_return(self) -> bool:
        """Whether a partner reports it (as against a publisher's file)."""
        return self.kind in RETURN_KINDS

    @property
    def is_percentage(self) -> bool:
        """Whether its value is a percentage, compared in percentage points."""
        return self.kind in ("outcome-rate", "return-percentage")
