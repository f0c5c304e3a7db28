"""`saferboard`: every command, put together."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from saferboard import __version__
from saferboard.cli import data, measures, pack
from saferboard.cli.check import check
from saferboard.cli.data_fetch import fetch
from saferboard.cli.init import init
from saferboard.cli.summary import summary
from saferboard.vocabulary.problem import Problem

app = typer.Typer(
    name="saferboard",
    help="The working platform of a Community Safety Partnership.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
data.app.command()(fetch)
app.add_typer(data.app, name="data")
app.add_typer(measures.app, name="measures")
app.add_typer(pack.app, name="pack")
app.command()(check)
app.command()(init)
app.command()(summary)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"saferboard {__version__}")
        raise typer.Exit()


def main() -> None:
    """The entry point: a Problem becomes one clear message and exit status 1."""
    try:
        app(prog_name="saferboard")
    except Problem as problem:
        Console(stderr=True, soft_wrap=True).print(
            f"[bold red]Problem:[/] {problem.sentence()}", highlight=False
        )
        sys.exit(1)
