"""`saferboard summary`: the measures of an area to a month, as a table or as JSON."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from saferboard.analytics.disclosure import read_log
from saferboard.analytics.measures.as_json import summary_json
from saferboard.analytics.measures.results import SummaryResult
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.store.lake import Lake
from saferboard.cli.place import DEFAULT_LAKE, LakeOption
from saferboard.cli.summary_words import printed
from saferboard.vocabulary.partnership import FILE_NAME, Partnership, load_partnership
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

SETS_FOLDER = "area_sets"


class ComparatorChoice(StrEnum):
    """Whose figures of last year are compared with."""

    same_vintage = "same-vintage"
    as_published = "as-published"


class RagChoice(StrEnum):
    """How the rating is made."""

    verdicts = "verdicts"
    signs_2017 = "signs-2017"


AreaOption = Annotated[str | None, typer.Option("--area", help="A name or a GSS code.")]
ToOption = Annotated[str, typer.Option("--to", help="The last month, such as 2023-12.")]
MeasureOption = Annotated[
    list[str] | None, typer.Option("--measure", help="A measure's key; may be repeated.")
]
AsKnownOption = Annotated[
    str, typer.Option("--as-known", help="Use only what was published by this day, or latest.")
]
ComparatorOption = Annotated[
    ComparatorChoice,
    typer.Option(
        "--comparators",
        help="Last year's figures from the same release, or as they stood a year earlier.",
    ),
]
BaselineOption = Annotated[
    int | None,
    typer.Option(
        "--baseline", min=1990, max=2100, help="Compare with this year too, such as 2019."
    ),
]
RagOption = Annotated[
    RagChoice, typer.Option("--rag", help="Rate by what the changes mean, or by signs as in 2017.")
]
PartnershipOption = Annotated[
    Path | None,
    typer.Option("--partnership", help="A partnership's file; else the one in this folder."),
]
EngineOption = Annotated[str, typer.Option("--engine", help="duckdb or spark.")]


def summary(
    to: ToOption,
    area: AreaOption = None,
    measure: MeasureOption = None,
    as_known: AsKnownOption = "latest",
    comparators: ComparatorOption = ComparatorChoice.same_vintage,
    baseline: BaselineOption = None,
    rag: RagOption = RagChoice.verdicts,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lake: LakeOption = DEFAULT_LAKE,
    partnership: PartnershipOption = None,
    engine: EngineOption = "duckdb",
) -> None:
    """Show what was counted, what changed, what the change means and where the area stands."""
    file = partnership_of(partnership)
    with Lake.open(lake, engine=engine) as held:
        result = summary_of(
            held, file, area=area, to=to, measures=measure, as_known=as_known,
            comparators=comparators, baseline=baseline, rag=rag,
            folder=partnership,
        )  # fmt: skip
    warn_of(result)
    if as_json:
        typer.echo(json.dumps(summary_json(result), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(printed(result, console.width))


def summary_of(
    lake: Lake,
    partnership: Partnership | None,
    *,
    area: str | None,
    to: str,
    measures: list[str] | None,
    as_known: str,
    comparators: ComparatorChoice,
    baseline: int | None,
    rag: RagChoice,
    folder: Path | None = None,
    wards: bool = False,
    funnels: bool = False,
) -> SummaryResult:
    """The summary that the options of a command ask for: the pack's command has the same, and
    asks for the tables by ward and the limits of chance besides."""
    asked = area if area is not None else partnership.area.code if partnership else None
    if asked is None:
        raise Problem(
            "No area was named.",
            remedy="Name one with --area, or make a partnership file with “saferboard init”.",
        )
    return summarise(
        lake,
        asked,
        to=Month.parse(to),
        measures=measures or None,
        as_known=known_day(as_known),
        comparators=comparators.value,
        baseline=baseline,
        rag=rag.value,
        partnership=partnership,
        sets_folder=(folder_of(folder) / SETS_FOLDER),
        wards=wards,
        funnels=funnels,
        released=read_log(folder_of(folder)),
    )


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
