"""The questions of `saferboard init`, on plain lines so that they also work from a pipe."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from saferboard.analytics.measures.areas import Atlas
from saferboard.vocabulary.area import Area, AreaKind, AreaSet, is_gss, kind_of_gss
from saferboard.vocabulary.problem import Problem

_MOST = 20
_PLACES: tuple[AreaKind, ...] = ("authority", "csp")


def ask_text(question: str, default: str | None = None) -> str:
    """One line. With a default, Enter takes it; an empty default may stay empty."""
    answer: str = typer.prompt(question, default=default, show_default=bool(default))
    return answer.strip()


def ask_list(question: str) -> list[str]:
    """Lines until an empty one."""
    typer.echo(f"{question} (an empty line ends the list):")
    found: list[str] = []
    while answer := ask_text(f"  {len(found) + 1}", ""):
        found.append(answer)
    return found


def ask_area(atlas: Atlas) -> Area:
    """An area that the look-ups know, by name, part of a name, or code; else code and name."""
    while True:
        asked = ask_text("Which area? A name, part of a name, or a GSS code")
        code = asked.upper()
        if code in atlas:
            return atlas[code]
        if is_gss(code):
            name = ask_text("Nothing that is loaded names that code. Its name")
            return Area(code, name, kind_of_gss(code))
        found = _like(atlas, asked)
        if len(found) == 1 and typer.confirm(f"{atlas.describe(found[0])}?", default=True):
            return found[0]
        if len(found) > _MOST:
            typer.echo(f"{len(found)} areas are called so. Type more of the name.")
        elif len(found) > 1:
            return _pick(atlas, found)
        elif not found:
            typer.echo(_nothing(atlas, asked))


def ask_sets(offered: Sequence[AreaSet]) -> list[str]:
    """Which of the area sets to compare with: numbers, Enter for all, 0 for none."""
    typer.echo("Compare with which areas?")
    for number, one in enumerate(offered, start=1):
        typer.echo(f"  {number}  {one.title} ({len(one.members)} areas)")
    chosen = _ask_numbers("Numbers with commas, Enter for all, 0 for none", len(offered), least=0)
    if chosen is None:
        return [one.key for one in offered]
    return [offered[number - 1].key for number in chosen if number]


def ask_year(question: str) -> int | None:
    """A year of four digits, or Enter for none."""
    while answer := ask_text(question, ""):
        if answer.isdigit() and len(answer) == 4:
            return int(answer)
        typer.echo(f"“{answer}” is not a year. Write a year as 2019, or Enter for none.")
    return None


def _like(atlas: Atlas, asked: str) -> list[Area]:
    """Authorities and partnerships with `asked` in their name; a partnership that is one
    authority and nothing else is left out, since it is the same ground."""
    places = [one for kind in _PLACES for one in atlas.of_kind(kind)]
    apart = [one for one in places if one.kind == "authority" or len(atlas.same(one.code)) == 1]
    same = [one for one in apart if one.name.casefold() == asked.casefold()]
    return same or [one for one in apart if asked.casefold() in one.name.casefold()]


def _pick(atlas: Atlas, found: Sequence[Area]) -> Area:
    for number, one in enumerate(found, start=1):
        typer.echo(f"  {number}  {atlas.describe(one)}")
    while not (chosen := _ask_numbers("Which number", len(found), least=1)):
        typer.echo(f"Write a number from 1 to {len(found)}.")
    return found[chosen[0] - 1]


def _nothing(atlas: Atlas, asked: str) -> str:
    try:
        atlas.resolve(asked)
    except Problem as problem:
        return problem.sentence()
    return f"“{asked}” is neither a local authority nor a partnership."


def _ask_numbers(question: str, most: int, *, least: int) -> list[int] | None:
    """Whole numbers from `least` to `most`, asked until they are; None for Enter."""
    while answer := ask_text(question, ""):
        parts = [part.strip() for part in answer.split(",")]
        if all(part.isdigit() and least <= int(part) <= most for part in parts):
            return [int(part) for part in parts]
        typer.echo(f"“{answer}” is not a choice. Write numbers from {least} to {most}.")
    return None
