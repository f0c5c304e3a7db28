"""From a question to results: what the command line and the workspace both ask of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from saferboard.analytics.disclosure import read_log
from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.measures.frame import Comparators
from saferboard.analytics.measures.results import SummaryResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.measures.ward_names import WardNames
from saferboard.analytics.packs.commentary import Commentary
from saferboard.analytics.packs.make import material_of
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.outlines import outlines
from saferboard.analytics.packs.publications import fed_by
from saferboard.analytics.packs.wards import ward_breakdown
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

SETS_FOLDER = "area_sets"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which measures of which area to which month, how compared and how rated. `area` is a name
    or a code; None is the partnership's own. No `measures` means the partnership's, else all."""

    to: Month
    area: str | None = None
    measures: tuple[str, ...] = ()
    as_known: date | None = None
    comparators: Comparators = "same-vintage"
    baseline: int | None = None
    rag: Literal["verdicts", "signs-2017"] = "verdicts"


def answered(
    lake: Lake,
    question: Question,
    partnership: Partnership | None,
    folder: Path,
    *,
    wards: bool = False,
    funnels: bool = False,
) -> SummaryResult:
    """The summary that `question` asks for; with the tables by ward and the limits of chance
    where they are wanted. `folder` is that of the partnership's file: its area sets and the log
    of what was released lie there. Raises Problem where no area is named or known, and where
    nothing that is loaded has a figure of it."""
    area = question.area or (partnership.area.code if partnership else None)
    if area is None:
        raise no_area()
    result = summarise(
        lake,
        area,
        to=question.to,
        measures=question.measures or None,
        as_known=question.as_known,
        comparators=question.comparators,
        baseline=question.baseline,
        rag=question.rag,
        partnership=partnership,
        sets_folder=folder / SETS_FOLDER,
        wards=wards,
        funnels=funnels,
        released=read_log(folder),
    )
    if result.measures and all(one.missing is not None for one in result.measures):
        if question.area is None:
            Atlas.of(lake).resolve(area)  # a code that nothing knows is a mistake in the file
        one, *more = result.measures
        raise Problem(
            f"Nothing that is loaded has a figure of {result.area.name} up to "
            f"{result.to.label()} for {'these measures' if more else one.title}.",
            remedy=f"Ask for a later month, or add files: “{one.title}” can be fed by "
            f"{fed_by(one)}.",
        )
    return result


def ward_doubt(lake: Lake, area: Area, partnership: Partnership | None) -> str:
    """What is to be said of the year of ward boundaries in the partnership's file, or nothing."""
    if partnership is None or partnership.area.code != area.code:
        return ""
    return WardNames.of(lake).doubt(area, partnership.wards)


def no_area() -> Problem:
    """What is said where neither a question nor a partnership's file names an area."""
    return Problem(
        "No area was named.",
        remedy="Name one with --area, or make a partnership file with “saferboard init”.",
    )


def material_from(
    lake: Lake, result: SummaryResult, partnership: Partnership | None, commentary: Commentary
) -> Material:
    """What a pack about `result` is composed from, with the outlines of its wards. The
    partnership's file counts only where it names the pack's area."""
    if partnership is not None:
        codes = {partnership.area.code, *(one.code for one in partnership.areas)}
        partnership = partnership if result.area.code in codes else None
    wards = {
        row.key
        for one in result.measures
        if (table := ward_breakdown(one)) is not None
        for row in table.rows
    }
    return material_of(result, partnership, commentary=commentary, outlines=outlines(lake, wards))
