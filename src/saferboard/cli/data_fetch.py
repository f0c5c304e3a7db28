"""`saferboard data fetch`: download from the publishers, then read into the data store."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from saferboard.analytics.intake.add import add as add_to_lake
from saferboard.analytics.intake.download import Fetched, client, download
from saferboard.analytics.intake.fetches import Errand, errands, gaps, option, specs_by_key
from saferboard.analytics.intake.report_words import report_text
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.analytics.store.places import ring_of
from saferboard.cli.place import DEFAULT_LAKE, LakeOption
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_CACHE = "SAFERBOARD_CACHE"


def fetch(
    what: Annotated[list[str] | None, typer.Argument(help="Keys, as --list shows them.")] = None,
    show: Annotated[bool, typer.Option("--list", help="Show what can be fetched.")] = False,
    month: Annotated[
        list[str] | None, typer.Option(help="A month, 2024-01. May be given again.")
    ] = None,
    force: Annotated[
        list[str] | None, typer.Option(help="A police force as data.police.uk writes it.")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="GSS code of an area whose outline is in the data store."),
    ] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="Another gap of an address: name=value.")
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(envvar=_CACHE, help="The folder that downloads are kept in.")
    ] = None,
    mirror: Annotated[
        str | None, typer.Option(help="Fetch from this address in place of the publishers'.")
    ] = None,
    no_add: Annotated[
        bool, typer.Option("--no-add", help="Download only; print where the files are.")
    ] = False,
    lake: LakeOption = DEFAULT_LAKE,
) -> None:
    """Download from the publishers and read the files into the data store.

    A download that is cut is resumed; what has not changed is not fetched again."""
    if show or not what:
        _show()
        return
    filling = {
        "month": [str(Month.parse(text)) for text in month or ()],
        "force": list(force or ()),
        "poly": [_polygon(code, lake) for code in area or ()],
        **_settings(setting or ()),
    }
    wanted = errands(what, sources(), filling, mirror=mirror)
    fetched = _download(wanted, cache or _default_cache())
    for one in fetched:
        state = "nothing newer" if one.unchanged else f"{one.size / 1e6:,.1f} MB"
        typer.echo(f"{one.path}: {state}")
    if no_add:
        return
    report = add_to_lake(
        lake,
        [one.path for one in fetched],
        sources(),
        now=datetime.now(UTC).replace(microsecond=0),
    )
    Console(highlight=False, soft_wrap=True).print(report_text(report), markup=False)
    if not report.ok:
        raise typer.Exit(1)


def _show() -> None:
    for key, spec in specs_by_key(sources()).items():
        needs = " ".join(option(name) for name in gaps(spec))
        typer.echo(f"{key}  {spec.title}")
        typer.echo(f"    saferboard data fetch {key} {needs}".rstrip())
        if spec.page:
            typer.echo(f"    {spec.page}")


def _download(wanted: Sequence[Errand], cache: Path) -> list[Fetched]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    screen = Console(stderr=True)
    with Progress(*columns, TransferSpeedColumn(), console=screen, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def progress(done: int, total: int, words: str) -> None:
            bar.update(task, completed=done, total=total or None, description=words[:60])

        with client() as http:
            return [
                download(one.url, cache, name=one.name, http=http, progress=progress)
                for one in wanted
            ]


def _default_cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "saferboard" / "downloads"


def _settings(given: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in given:
        name, mark, value = text.partition("=")
        if not mark or not name.strip():
            raise Problem(f"“{text}” is not name=value.", remedy="Write --set edition=…")
        found.setdefault(name.strip(), []).append(value.strip())
    return found


def _polygon(code: str, lake: Path) -> str:
    """The outline of an area as the API of data.police.uk takes it: lat,lng:lat,lng."""
    opened = Lake.open(lake)
    try:
        table = opened.table("boundaries")
        rows = opened.run(table.filter(table["code"] == code).select("geometry").limit(1))
    finally:
        opened.close()
    for row in rows.to_pylist():
        return ":".join(f"{y:.5f},{x:.5f}" for x, y in ring_of(row["geometry"]))
    raise Problem(
        f"The data store has no outline of {code}.",
        file=str(lake),
        remedy="Add boundaries first (saferboard data add), or check the code.",
    )
