"""`saferboard`: every command, put together. A command's modules are imported when it is the
one that was typed, so that `saferboard data add` does not wait for the writers of slides."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import typer
from rich.console import Console

from saferboard import __version__
from saferboard.vocabulary.problem import Problem

COMMANDS = ("data", "init", "measures", "pack", "summary")
"""Each is a module of this folder that holds either `app`, a group of commands, or a function
of its own name."""


def application(commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """The command line with `commands`, which must be among COMMANDS."""
    app = typer.Typer(
        name="saferboard",
        help="The working platform of a Community Safety Partnership.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_root)
    for name in commands:
        module = import_module(f"saferboard.cli.{name}")
        if group := getattr(module, "app", None):
            app.add_typer(group, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def _root(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"saferboard {__version__}")
        raise typer.Exit()


def _asked(words: Sequence[str]) -> Sequence[str]:
    """The commands to import for what was typed: one, or all where help or a slip needs them."""
    first = words[0] if words else ""
    if first == "--version":
        return ()
    return (first,) if first in COMMANDS else COMMANDS


def main() -> None:
    """The entry point: a Problem becomes one clear message and exit status 1."""
    try:
        application(_asked(sys.argv[1:]))(prog_name="saferboard")
    except Problem as problem:
        Console(stderr=True, soft_wrap=True).print(
            f"[bold red]Problem:[/] {problem.sentence()}", highlight=False
        )
        sys.exit(1)
