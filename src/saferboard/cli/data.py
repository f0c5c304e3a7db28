"""`saferboard data`: put files into the data store, see what it holds, check it, take out."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from saferboard.analytics.intake.add import add as add_to_lake
from saferboard.analytics.intake.limits import Limits
from saferboard.analytics.intake.report_words import load_text, report_text, size_text
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.check import check_lake
from saferboard.analytics.store.manifest import read as read_manifest
from saferboard.analytics.store.manifest import vintage_to
from saferboard.analytics.store.writer import writing
from saferboard.cli.data_fetch import fetch
from saferboard.cli.data_words import findings_text, load_table
from saferboard.cli.place import DEFAULT_LAKE, LakeOption, no_store
from saferboard.vocabulary.problem import Problem

app = typer.Typer(help="The data store: fetch, add, list, show, check and remove files.")
app.command()(fetch)
_TEMPLATE_FOLDER = "saferboard.analytics.sources.local_return"
_JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _out() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _say(words: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(words)


def _waiting() -> None:
    _say("Somebody else is writing to this data store: waiting until they have finished.")


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    lake: LakeOption = DEFAULT_LAKE,
    max_unpacked: Annotated[
        float, typer.Option(help="The most an archive may unpack to, in gigabytes.")
    ] = Limits().unpacked / 1e9,
    max_ratio: Annotated[
        int, typer.Option(help="The most an archive may unpack to, in times its size.")
    ] = Limits().ratio,
    as_json: _JsonOption = False,
) -> None:
    """Read files of the police, the ONS and partners into the data store.

    What a file is, is seen from its content. The same bytes again change nothing; a newer
    file never destroys an older one. Exit status 1 when any file was refused or there was none."""
    limits = Limits(unpacked=int(max_unpacked * 1e9), ratio=max_ratio)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("starting", total=None)

        def progress(done: int, total: int, words: str) -> None:
            bar.update(task, completed=done, total=total or None, description=words[:70])

        report = add_to_lake(
            lake,
            paths,
            sources(),
            now=datetime.now(UTC).replace(microsecond=0),
            progress=progress,
            waiting=_waiting,
            limits=limits,
        )
    if as_json:
        body = {
            "read": [vintage_to(vintage) for vintage in report.read],
            "refused": [
                {"file": one.name, "problem": one.problem.sentence()} for one in report.refused
            ],
            "skipped": [{"file": one.name, "why": one.why} for one in report.skipped],
        }
        typer.echo(json.dumps(body, indent=1, ensure_ascii=False))
    else:
        _out().print(report_text(report), markup=False)
    if not report.ok or report.nothing:
        raise typer.Exit(1)


@app.command("list")
def list_loads(lake: LakeOption = DEFAULT_LAKE, as_json: _JsonOption = False) -> None:
    """Every load: its source, months, date of publication, files and rows."""
    vintages = read_manifest(lake).vintages
    if as_json:
        typer.echo(json.dumps([vintage_to(one) for one in vintages], indent=1, ensure_ascii=False))
    elif vintages:
        screen = Console(highlight=False)
        screen.print(load_table(vintages, screen.width))
    else:
        _out().print(f"The data store {lake} is empty. Add files: saferboard data add PATH…")


@app.command()
def show(
    load: Annotated[str, typer.Argument(help="The name of a load, as “data list” shows it.")],
    lake: LakeOption = DEFAULT_LAKE,
    as_json: _JsonOption = False,
) -> None:
    """Everything about one load: files, months, gaps and what a reader should know.

    The beginning of its name is enough where no other load begins so."""
    vintage = read_manifest(lake).entry(load).vintage
    if as_json:
        typer.echo(json.dumps(vintage_to(vintage), indent=1, ensure_ascii=False))
    else:
        _out().print(load_text(vintage), markup=False)


@app.command()
def check(lake: LakeOption = DEFAULT_LAKE, as_json: _JsonOption = False) -> None:
    """Verify every stored file, and report missing months and overlaps.

    Exit status 1 when a file is damaged or gone; gaps and overlaps are only reported."""
    if not lake.exists():
        raise no_store(lake)
    findings = check_lake(lake)
    if as_json:
        typer.echo(json.dumps([vars(one) for one in findings], indent=1, ensure_ascii=False))
    else:
        _out().print(findings_text(findings), markup=False)
    if any(one.serious for one in findings):
        raise typer.Exit(1)


@app.command()
def remove(
    loads: Annotated[list[str], typer.Argument(help="Names of loads, as “data list” shows.")],
    lake: LakeOption = DEFAULT_LAKE,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take loads out of the data store."""
    held = read_manifest(lake)
    chosen = [held.entry(name).vintage for name in loads]
    short = [name for name in loads if name not in {vintage.id for vintage in chosen}]
    if yes and short:
        raise Problem(
            f"“{short[0]}” is the beginning of a name.",
            remedy="With --yes, give the whole name of a load.",
        )
    for vintage in chosen:
        _out().print(f"{vintage.id}: {size_text(vintage)}", markup=False)
    if not yes and not _confirmed():
        _out().print("Nothing was removed.")
        raise typer.Exit(1)
    with writing(lake, waiting=_waiting) as writer:
        gone = writer.remove([vintage.id for vintage in chosen])
    _out().print("Removed: " + ", ".join(vintage.id for vintage in gone), markup=False)


def _confirmed() -> bool:
    """Whether the loads may go. Control-C, or an end of what answers, is a no."""
    try:
        return typer.confirm("Take these loads out of the data store?")
    except typer.Abort:
        typer.echo()
        return False


@app.command()
def template(
    out: Annotated[Path, typer.Argument(help="The file to write.")] = Path("local-return.csv"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the form for anything that a partner reports: one tidy CSV."""
    if out.exists() and not force:
        raise Problem("This file is there already.", file=str(out), remedy="Add --force.")
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes((resources.files(_TEMPLATE_FOLDER) / "template.csv").read_bytes())
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Problem(
            f"The form cannot be written here: {error.strerror}.",
            file=str(out),
            remedy="Name a file in a folder that is there and that you may write to, with room.",
        ) from error
    _out().print(f"Wrote {out}. Fill it in and run: saferboard data add {out}", markup=False)
