"""`saferboard check`: what is wrong in a board paper, before the board sees it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from saferboard.papercheck.accepted import accepted_in
from saferboard.papercheck.answers.as_json import as_json
from saferboard.papercheck.answers.page import page
from saferboard.papercheck.answers.terminal import printed
from saferboard.papercheck.check import check as checked
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.reading.read import read_all
from saferboard.papercheck.rules.registry import rules_named
from saferboard.vocabulary.problem import Problem

ERRORS_FOUND, NOT_READ = 1, 2


class SeverityChoice(StrEnum):
    """The least severity that is shown."""

    error = "error"
    warning = "warning"
    advice = "advice"


def check(
    papers: Annotated[list[Path], typer.Argument(help="Papers of one meeting, as one pack.")],
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a report with the paper's text here.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="A rule's key; may be repeated.")
    ] = None,
    severity: Annotated[
        SeverityChoice, typer.Option("--severity", help="The least severity to show.")
    ] = SeverityChoice.advice,
    accepted: Annotated[
        Path | None, typer.Option("--accepted", help="A YAML file of accepted findings.")
    ] = None,
) -> None:
    """Find figures that cannot be right, periods that do not fit and words left in a draft.

    Exit status: 0 no errors, 1 errors were found, 2 a paper could not be read (the others are
    checked all the same).
    """
    console, errors = Console(highlight=False), Console(stderr=True, soft_wrap=True)
    try:
        known = accepted_in(accepted) if accepted else frozenset[str]()
        rules_named(tuple(only or ()))
    except Problem as problem:
        say(errors, problem)
        raise typer.Exit(NOT_READ) from problem
    with errors.status("Reading …") as status:
        reading = read_all(papers, told=lambda name: status.update(f"Reading {escape(name)} …"))
        pack = Pack(reading.papers, unread=reading.unread)
        status.update("Checking …")
        findings = checked(pack, only=only or (), severity=severity.value, accepted=known)
    for unread in pack.unread:
        say(errors, unread)
    if html:
        html.write_text(page(pack, findings), encoding="utf-8")
    if json_:
        typer.echo(json.dumps(as_json(findings), ensure_ascii=False, indent=2))
    else:
        console.print(printed(pack, findings))
    if pack.unread:
        raise typer.Exit(NOT_READ)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(ERRORS_FOUND)


def say(errors: Console, problem: Problem) -> None:
    """A problem as one line on the console of errors."""
    errors.print(f"[bold red]Problem:[/] {escape(problem.sentence())}", highlight=False)
