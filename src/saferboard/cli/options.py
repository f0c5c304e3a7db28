"""The options that several commands share, declared once.

A command over the figures of an area takes one value, `Asked` or a class that adds to it, as
its first argument; `@takes(Asked)` makes options of its fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from saferboard.cli.place import DEFAULT_LAKE, LakeOption
from saferboard.vocabulary.problem import Problem


class ComparatorChoice(StrEnum):
    """Whose figures of last year are compared with."""

    same_vintage = "same-vintage"
    as_published = "as-published"


class RagChoice(StrEnum):
    """How the rating is made."""

    verdicts = "verdicts"
    signs_2017 = "signs-2017"


def choice(kind: type[StrEnum], option: str) -> dict[str, Any]:
    """What makes an option take one of the values of `kind`, and say so in a sentence."""

    def chosen(text: str) -> StrEnum:
        try:
            return kind(text)
        except ValueError as error:
            raise Problem(
                f"There is no choice “{text}” here.",
                place=option,
                remedy=f"Choose {' or '.join(kind)}.",
            ) from error

    return {"parser": chosen, "metavar": f"<{'|'.join(kind)}>"}


@dataclass(frozen=True, kw_only=True)
class AskedArea:
    """Which measures of which area, to which month, from which data store."""

    to: Annotated[str, typer.Option("--to", help="The last month, such as 2023-12.")]
    area: Annotated[str | None, typer.Option("--area", help="A name or a GSS code.")] = None
    measure: Annotated[
        list[str] | None, typer.Option("--measure", help="A measure's key; may be repeated.")
    ] = None
    lake: LakeOption = DEFAULT_LAKE
    partnership: Annotated[
        Path | None,
        typer.Option("--partnership", help="A partnership's file; else the one in this folder."),
    ] = None
    engine: Annotated[str, typer.Option("--engine", help="What computes: duckdb or spark.")] = (
        "duckdb"
    )


@dataclass(frozen=True, kw_only=True)
class Asked(AskedArea):
    """How the figures are compared and rated, besides."""

    as_known: Annotated[
        str, typer.Option("--as-known", help="Use only what was published by this day, or latest.")
    ] = "latest"
    comparators: Annotated[
        ComparatorChoice,
        typer.Option(
            "--comparators",
            **choice(ComparatorChoice, "--comparators"),
            help="Last year's figures from the same release, or as they stood a year earlier.",
        ),
    ] = ComparatorChoice.same_vintage
    baseline: Annotated[
        int | None,
        typer.Option(
            "--baseline", min=1990, max=2100, help="Compare with this year too, such as 2019."
        ),
    ] = None
    rag: Annotated[
        RagChoice,
        typer.Option(
            "--rag",
            **choice(RagChoice, "--rag"),
            help="Rate by what the changes mean, or by signs as in 2017.",
        ),
    ] = RagChoice.verdicts


def takes(options: type[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator: the command's first argument is a value of the dataclass `options`, whose
    fields become options of the command, before those of its own."""
    hints = get_type_hints(options, include_extras=True)
    shared = {
        one.name: Parameter(
            one.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if one.default is MISSING else one.default,
            annotation=hints[one.name],
        )
        for one in fields(options)
    }

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = list(signature(command, eval_str=True).parameters.values())[1:]
        every = [*shared.values(), *(one.replace(kind=Parameter.KEYWORD_ONLY) for one in own)]

        @wraps(command)
        def run(**given: Any) -> None:
            chosen = {name: given.pop(name) for name in shared if name in given}
            command(options(**chosen), **given)

        vars(run)["__signature__"] = Signature(every)
        run.__annotations__ = {one.name: one.annotation for one in every}
        return run

    return decorate
