"""`saferboard measures`: list them, show one, check them all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from saferboard.analytics.measures.model import Definition, Feed
from saferboard.analytics.measures.register import check as check_definitions
from saferboard.analytics.measures.register import definition, definitions
from saferboard.analytics.sources.registry import sources
from saferboard.vocabulary.denominator import denominator_words
from saferboard.vocabulary.problem import Problem

app = typer.Typer(help="The measures: what is counted, how, why, and who answers for it.")
_JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command(name="list")
def list_measures(as_json: _JsonOption = False) -> None:
    """List every measure with the sources that can feed it, first the preferred."""
    every = definitions()
    if as_json:
        rows = [one.model_dump(mode="json") for one in every.values()]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for one in every.values():
        good = one.polarity.replace("-", " ").replace("neither", "neither way is better")
        feeds = ", ".join(feed.source for feed in one.sources)
        console.print(one.key, style="bold", soft_wrap=True)  # to be copied: never broken
        console.print(Padding(f"{one.title}: {good}; from {feeds}", (0, 0, 0, 2)))
    console.print(f"{len(every)} measures. “saferboard measures show KEY” explains one.")


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="The measure's key.")], as_json: _JsonOption = False
) -> None:
    """Show a measure: what it counts, why, from which sources, and who answers for it."""
    one = definition(key)
    if as_json:
        typer.echo(json.dumps(one.model_dump(mode="json"), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(f"[bold]{one.title}[/] ({one.key}), version {one.version}\n")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in _about(one):
        table.add_row(name, words)
    console.print(table)


@app.command()
def check() -> None:
    """Check every definition: its form, its offences, its breaks, its sources, its review."""
    every = definitions()
    known = [source.key for source in sources()]
    faults = check_definitions(every.values(), today=datetime.now(tz=UTC).date(), sources=known)
    for words in faults:
        typer.echo(words)
    if faults:
        raise Problem(
            f"{len(faults)} things are wrong in {len(every)} definitions.",
            remedy="See docs/how-to/add-a-measure.md.",
        )
    typer.echo(f"{len(every)} definitions: nothing is wrong.")


def _about(one: Definition) -> list[tuple[str, str]]:
    rows = [
        ("Question", one.question),
        ("Why it matters", one.why_it_matters),
        ("What good looks like", one.what_good_looks_like),
        ("Polarity", one.polarity.replace("-", " ")),
        ("Numerator", one.numerator),
        ("Denominator", one.denominator),
        ("Unit", one.unit.many),
    ]
    if one.rate:
        rows.append(("Rate", f"per {one.rate.per:,} {denominator_words(one.rate.of)}"))
    rows += [("Source" if at == 0 else "or", _feed(feed)) for at, feed in enumerate(one.sources)]
    rows += [("Caveat", words) for words in one.caveats]
    rows += [("Break", key) for key in one.breaks]
    rows += [
        ("Disclosure", one.disclosure),
        ("Priority", one.priority),
        ("Owner", one.owner),
        ("Checked by", one.checked_by),
        ("Review by", one.review_by.isoformat()),
    ]
    rows += [
        (f"Version {entry.version}", f"{entry.date.isoformat()}: {entry.what}")
        for entry in one.change_log
    ]
    return rows


def _feed(feed: Feed) -> str:
    counted = f"every offence but {', '.join(feed.without)}" if feed.all_offences else ""
    counted = counted or ", ".join(feed.offences)
    words = f"{feed.source}: {counted}" if counted else feed.source
    return f"{words}. {feed.note}" if feed.note else words
