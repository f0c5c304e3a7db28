"""`saferboard pack`: the quarterly pack, the ward pack, and places for commentary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from saferboard.analytics.packs.asked import material_from, ward_doubt
from saferboard.analytics.packs.build import FORMATS, Built, Told, formats_of
from saferboard.analytics.packs.commentary import add_template, read_commentary
from saferboard.analytics.packs.make import (
    Wanted,
    make_performance,
    make_ward,
    of_no_measure,
    unknown_in_commentary,
)
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.release import remember_release
from saferboard.analytics.packs.sentences import headline
from saferboard.analytics.store.lake import Lake
from saferboard.cli.options import Asked, AskedArea, takes
from saferboard.cli.summary import folder_of, partnership_of, summary_of, warn_of
from saferboard.documents.model import plain
from saferboard.vocabulary.problem import Problem

app = typer.Typer(help="Packs for the board: documents in five formats, with their facts.")


@dataclass(frozen=True, kw_only=True)
class AskedPack(Asked):
    """Where a pack goes, and in which formats."""

    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")]
    formats: Annotated[
        str, typer.Option("--formats", help="Which formats to make, separated by commas.")
    ] = ",".join(FORMATS)
    release: Annotated[
        bool,
        typer.Option(
            "--release",
            help="This pack leaves the partnership: remember which counts of people it shows.",
        ),
    ] = False


@app.command()
@takes(AskedPack)
def performance(asked: AskedPack) -> None:
    """Make the performance pack of a quarter: a summary, and a page for each measure."""
    _make(asked, make_performance, funnels=True)


@app.command()
@takes(AskedPack)
def ward(
    asked: AskedPack,
    every: Annotated[bool, typer.Option("--all", help="A page for each ward.")] = False,
    ward_name: Annotated[
        str | None, typer.Option("--ward", help="One ward: its name or its code.")
    ] = None,
) -> None:
    """Make the ward pack: one page for each ward of an area, or for one of them."""
    if every == (ward_name is not None):
        raise Problem(
            "Say which wards: --all for every ward, or --ward with the name of one.",
            place="pack ward",
        )
    _make(asked, lambda material, wanted: make_ward(material, ward_name, wanted))


@app.command()
@takes(AskedArea)
def commentary(asked: AskedArea) -> None:
    """Make room for commentary beside the partnership's file: a place for each measure. What
    is written there already is never changed."""
    with _progress() as told:
        material = _material(told, Asked(**vars(asked)), wards=False)
    places = [(one.measure, plain(headline(one))) for one in material.with_data]
    file, added = add_template(folder_of(asked.partnership), material.summary.to, places)
    out = Console(highlight=False, soft_wrap=True)
    if added:
        out.print(f"{file}: places for {counted(added)} were added. Write under “text”.")
    else:
        out.print(f"{file}: every measure has its place already; nothing was changed.")


def _make(
    asked: AskedPack, make: Callable[[Material, Wanted], Built], *, funnels: bool = False
) -> None:
    wanted_formats = formats_of(asked.formats)
    with _progress() as told:
        material = _material(told, asked, funnels=funnels)
        built = make(material, Wanted(asked.out, wanted_formats, told))
    _say(material, built)
    if asked.release:
        _record(material, folder_of(asked.partnership), built)
    if built.failed:
        raise typer.Exit(1)


def _material(told: Told, asked: Asked, *, wards: bool = True, funnels: bool = False) -> Material:
    partnership = partnership_of(asked.partnership)
    told("Counting")
    with Lake.open(asked.lake, engine=asked.engine) as lake:
        result = summary_of(lake, partnership, asked, wards=wards, funnels=funnels)
        warn_of(result)
        if wards and (doubt := ward_doubt(lake, result.area, partnership)):
            typer.echo(f"Notice: {doubt}", err=True)
        commentary = read_commentary(folder_of(asked.partnership), result.to)
        return material_from(lake, result, partnership, commentary)


@contextmanager
def _progress() -> Iterator[Told]:
    """A line that says what is being done, gone when it is done."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("Starting", total=None)
        yield lambda words: bar.update(task, description=words)


def counted(measures: int) -> str:
    """`1 measure`, `2 measures`."""
    return f"{measures} measure{'' if measures == 1 else 's'}"


def _record(material: Material, folder: Path, built: Built) -> None:
    """Remember which counts of people this pack shows: later packs protect against the
    difference."""
    day = datetime.now().astimezone().date()
    name = built.files[0].stem
    file = remember_release(folder, name, day, material.summary.sheet, material.partnership)
    Console(highlight=False, soft_wrap=True).print(f"Recorded as released: {file}", markup=False)


def _say(material: Material, built: Built) -> None:
    out = Console(highlight=False, soft_wrap=True)
    shown, left = len(material.with_data), len(material.without_data)
    missing = f"; {left} asked for have no data" if left else ""
    out.print(f"{counted(shown)} for {material.summary.area.name}{missing}. Made:", markup=False)
    for file in built.files:
        out.print(f"  {file} ({file.stat().st_size / 1e6:.1f} MB)", markup=False)
    for problem in built.failed.values():
        Console(stderr=True, soft_wrap=True).print(
            f"Problem: {problem.sentence()}", markup=False, highlight=False
        )
    for place in of_no_measure(material):
        out.print(
            f"Check {place}: there is no such measure, so these words are in no pack. "
            "“saferboard measures list” shows them all.",
            markup=False,
        )
    for place, numbers in unknown_in_commentary(material).items():
        out.print(
            f"Check {place}: {', '.join(numbers)} is no figure of that measure.", markup=False
        )
