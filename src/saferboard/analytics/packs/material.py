"""What a pack is composed from: results, the partnership, commentary, outlines of areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from saferboard.analytics.measures.results import MeasureResult, SummaryResult
from saferboard.analytics.packs.commentary import Commentary
from saferboard.analytics.packs.tallies import Tallies
from saferboard.documents.model import Look
from saferboard.vocabulary.partnership import Partnership

LOCAL = "local-return"
OTHER = "Other measures"
OWN = "The partnership's own measures"


@dataclass(frozen=True)
class Group:
    """Measures that stand together on the summary page: a priority, or the partners' own."""

    key: str
    title: str
    measures: tuple[MeasureResult, ...]


@dataclass(frozen=True)
class Material:
    """`outlines` are GeoJSON geometries by area code, for maps."""

    summary: SummaryResult
    partnership: Partnership
    commentary: Commentary
    tallies: Tallies
    look: Look = field(default_factory=Look)
    outlines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def with_data(self) -> tuple[MeasureResult, ...]:
        """The measures that some load feeds, in the order shown. What somebody has commented
        on has a page."""
        return tuple(
            replace(one, own_page=one.own_page or self.commentary.of(one.measure) is not None)
            for one in self.summary.measures
            if one.missing is None
        )

    @property
    def without_data(self) -> tuple[MeasureResult, ...]:
        return tuple(one for one in self.summary.measures if one.missing is not None)

    def presenter(self, result: MeasureResult) -> str:
        """Who presents a measure: the partnership's file decides, else its definition."""
        return self.partnership.presenter_of(result.measure) or result.presenter

    def groups(self) -> Iterator[Group]:
        """Police measures by priority in the order of the strategy, then the partners' own."""
        police = [one for one in self.with_data if one.source != LOCAL]
        placed: set[str] = set()
        for priority in self.partnership.priorities:
            held = tuple(
                one
                for one in police
                if one.measure not in placed
                and (
                    one.measure in priority.measures
                    or one.priority in (priority.key, priority.title)
                )
            )
            placed.update(one.measure for one in held)
            if held:
                yield Group(priority.key, priority.title, held)
        rest = tuple(one for one in police if one.measure not in placed)
        if rest:
            yield Group("other", OTHER if placed else "Recorded crime", rest)
        own = tuple(one for one in self.with_data if one.source == LOCAL)
        if own:
            yield Group("own", OWN, own)
