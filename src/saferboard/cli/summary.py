"""`saferboard summary`: the measures of an area to a month, as a table or as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from saferboard.analytics.measures.as_json import summary_json
from saferboard.analytics.measures.results import SummaryResult
from saferboard.analytics.packs.asked import Question, answered, no_area
from saferboard.analytics.store.lake import Lake
from saferboard.cli.options import Asked, takes
from saferboard.cli.place import no_store
from saferboard.cli.summary_words import printed
from saferboard.vocabulary.partnership import FILE_NAME, Partnership, load_partnership
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem


@takes(Asked)
def summary(
    asked: Asked,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what was counted, what changed, what the change means and where the area stands."""
    with Lake.open(asked.lake, engine=asked.engine) as held:
        result = summary_of(held, partnership_of(asked.partnership), asked)
    warn_of(result)
    if as_json:
        typer.echo(json.dumps(summary_json(result), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(printed(result, console.width))


def summary_of(
    lake: Lake,
    partnership: Partnership | None,
    asked: Asked,
    *,
    wards: bool = False,
    funnels: bool = False,
) -> SummaryResult:
    """The summary that the options of a command ask for: the pack's command has the same, and
    asks for the tables by ward and the limits of chance besides."""
    if not (asked.area or partnership):
        raise no_area()
    if not asked.lake.exists():
        raise no_store(asked.lake)
    question = Question(
        to=Month.parse(asked.to),
        area=asked.area,
        measures=tuple(asked.measure or ()),
        as_known=known_day(asked.as_known),
        comparators=asked.comparators.value,
        baseline=asked.baseline,
        rag=asked.rag.value,
    )
    folder = folder_of(asked.partnership)
    return answered(lake, question, partnership, folder, wards=wards, funnels=funnels)


def warn_of(result: SummaryResult) -> None:
    """Say on the error channel which small numbers earlier releases give away: a notice to
    whoever makes the pack, and no part of what is passed on."""
    for one in result.measures:
        for words in one.given_away:
            typer.echo(f"Notice: {words} Withholding it now does not take it back.", err=True)


def partnership_of(path: Path | None) -> Partnership | None:
    """The partnership's file that was named, or the one in the working folder, or none."""
    if path is not None:
        return load_partnership(path)
    return load_partnership(Path(FILE_NAME)) if Path(FILE_NAME).exists() else None


def known_day(text: str) -> date | None:
    """The day of `--as-known`; None for latest. Raises Problem for anything else."""
    if text == "latest":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem(
            f"“{text}” is not a day.", place="--as-known", remedy="Write 2024-02-28, or latest."
        ) from error


def folder_of(path: Path | None) -> Path:
    """The folder of the partnership's file: its area sets and its commentary lie beside it."""
    if path is None:
        return Path()
    return path if path.is_dir() else path.parent
