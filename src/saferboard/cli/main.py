"""`saferboard`: every command, put together."""

from __future__ import annotations

import gc
import logging
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup
from typer.main import get_command, get_group

from saferboard import __version__
from saferboard.vocabulary.problem import Problem

# The module of cli/ that a command lives in has its name, and holds either a group of
# commands called `app` or one function of that name. A module is loaded when its command is
# called: statistics and renderers take seconds that adding a file does not need (ADR 0010).
COMMANDS = ("check", "data", "init", "measures", "pack", "summary")
# A run is short and keeps most of what it loads: the collector walks it now and then instead of
# every few hundred objects.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
# What a shell expects of a program that was interrupted.
_INTERRUPTED = 130
# Set to anything, it shows where in the program a fault lies.
_DETAILS = "SAFERBOARD_DETAILS"


class _Commands(TyperGroup):
    """The commands, each loaded when it is asked for. Contexts and commands are those of the
    Click that Typer brings with it, which has no public name: hence Any."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"saferboard.cli.{cmd_name}")
        if (group := getattr(module, "app", None)) is not None:
            command: Any = get_group(group)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command()(getattr(module, cmd_name))
            command = get_command(alone)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="saferboard",
    cls=_Commands,
    help="The working platform of a Community Safety Partnership.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"saferboard {__version__}")
        raise typer.Exit()


def main() -> None:
    """The entry point: a Problem becomes one clear message and exit status 1."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        app(prog_name="saferboard")
    except Problem as problem:
        _say(problem)
        sys.exit(1)
    except (KeyboardInterrupt, SystemExit) as ended:
        # Typer makes an exit of most interruptions, without a word.
        if isinstance(ended, SystemExit) and ended.code != _INTERRUPTED:
            raise
        _stop()
    except Exception as error:
        # The words for what engines and disks complain of lie beside the engine, which takes
        # long to load: only a failure pays for it.
        words = import_module("saferboard.analytics.store.errors")
        if words.is_interruption(error):
            _stop()
        _say(words.as_problem(error) or _fault(error))
        sys.exit(1)


def run() -> NoReturn:
    """The program as it is installed: `main`, and then the end of the process without taking
    apart what was loaded, which costs a fifth of a second of every command. Nothing may be left
    to do at that point: files, locks and other processes are closed where they were opened."""
    status: object = 0
    try:
        main()
    except SystemExit as ended:
        status = ended.code or 0
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read our words has gone away
        status = status or 1
    os._exit(status if isinstance(status, int) else 1)


def _stop() -> NoReturn:
    Console(stderr=True).print("Stopped. What was there before is as it was.")
    sys.exit(_INTERRUPTED)


def _say(problem: Problem) -> None:
    screen = Console(stderr=True, soft_wrap=True, highlight=False)
    screen.print("[bold red]Problem:[/] ", end="")
    screen.print(problem.sentence(), markup=False)


def _fault(error: Exception) -> Problem:
    """What is nobody's fault but ours, said in one sentence; the details only on request."""
    if os.environ.get(_DETAILS):
        logging.getLogger(__name__).error("fault", exc_info=error)
    first = (str(error).strip().splitlines() or ["no reason given"])[0]
    return Problem(
        f"saferboard failed: {type(error).__name__}: {first}",
        remedy=f"This is a fault in saferboard: please report it with what {_DETAILS}=1 shows.",
    )
