"""`saferboard check`: what is wrong in a board paper, before the board sees it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from saferboard.cli.place import DEFAULT_LAKE, LakeOption
from saferboard.papercheck.accepted import accepted_in, unmet
from saferboard.papercheck.answers.as_json import as_json
from saferboard.papercheck.answers.terminal import printed
from saferboard.papercheck.check import check as checked
from saferboard.papercheck.check import chosen
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures.sheet import sheet_in
from saferboard.papercheck.measures.verdicts import tally
from saferboard.papercheck.reading.read import read_all
from saferboard.papercheck.rules.registry import rules_named
from saferboard.vocabulary.period import Month
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
    comments: Annotated[
        Path | None,
        typer.Option("--comments", help="Write Word papers with comments to this folder."),
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
    area: Annotated[
        str | None,
        typer.Option("--area", help="Look figures up for this area: a name or a GSS code."),
    ] = None,
    lake: LakeOption = DEFAULT_LAKE,
    to: Annotated[
        str | None,
        typer.Option("--to", help="The last month that the papers report, such as 2023-12."),
    ] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", help="The day of the meeting, such as 2024-03-01.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="The facts.json of a pack to check against.")
    ] = None,
    partnership: Annotated[
        Path | None,
        typer.Option("--partnership", help="A partnership's file, with its area and area sets."),
    ] = None,
    threshold: Annotated[
        int | None,
        typer.Option(
            "--threshold",
            min=2,
            max=100,
            help="Counts of people under this are small; else the partnership's, else 5.",
        ),
    ] = None,
    not_public: Annotated[
        bool,
        typer.Option("--not-public", help="The papers stay inside: small counts are left alone."),
    ] = False,
) -> None:
    """Find figures that cannot be right, periods that do not fit and words left in a draft.

    Exit status: 0 no errors, 1 errors were found, 2 a paper could not be read (the others are
    checked all the same).
    """
    console, errors = Console(highlight=False), Console(stderr=True, soft_wrap=True)
    try:
        known = accepted_in(accepted) if accepted else frozenset[str]()
        rules_named(tuple(only or ()))
        sheet = sheet_in(facts) if facts else None
        day = _day(meeting) if meeting else None
        last = Month.parse(to) if to else None
        with errors.status("Reading …") as status, ExitStack() as stack:
            reading = read_all(papers, told=lambda name: status.update(f"Reading {escape(name)} …"))
            pack = Pack(
                reading.papers,
                meeting=day,
                facts=sheet,
                public=not not_public,
                threshold=threshold,
                unread=reading.unread,
            )
            status.update("Checking …")
            if area or partnership:
                # The data store takes a second to load: only who asks for it waits (ADR 0011).
                against = import_module("saferboard.papercheck.against")
                pack = stack.enter_context(
                    against.with_data(pack, lake, area, to=last, partnership=partnership)
                )
            every = checked(
                pack, only=only or (), told=lambda rule: status.update(f"Checking: {escape(rule)}")
            )
            counted = tally(pack)
    except Problem as problem:
        say(errors, problem)
        raise typer.Exit(NOT_READ) from problem
    for unread in pack.unread:
        say(errors, unread)
    if accepted and not only and (gone := unmet(known, every)):
        errors.print(f"Not found any more, of {accepted}: {', '.join(gone)}.", highlight=False)
    findings = chosen(every, severity=severity.value, accepted=known)
    try:
        # What writes pages and Word files takes a fifth of a second to load (ADR 0010).
        if html:
            page = import_module("saferboard.papercheck.answers.page")
            saved = import_module("saferboard.papercheck.answers.saved")
            saved.written(html, page.page(pack, findings).encode())
        if comments:
            copies = import_module("saferboard.papercheck.answers.copies")
            made = copies.copies(papers, pack, findings, comments)
            errors.print(f"{made} with comments in {comments}.", highlight=False)
    except Problem as problem:
        say(errors, problem)
        raise typer.Exit(NOT_READ) from problem
    if json_:
        typer.echo(json.dumps(as_json(findings), ensure_ascii=False, indent=2))
    else:
        console.print(printed(pack, findings))
        if counted is not None and pack.data is not None:
            console.print(counted.words(pack.data.area.name))
    if pack.unread:
        raise typer.Exit(NOT_READ)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(ERRORS_FOUND)


def say(errors: Console, problem: Problem) -> None:
    """A problem as one line on the console of errors."""
    errors.print(f"[bold red]Problem:[/] {escape(problem.sentence())}", highlight=False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem(
            f"“{text}” is not a day.", place="--meeting", remedy="Write 2024-03-01."
        ) from error
