"""`saferboard init`: ask what a partnership is and write `partnership.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from saferboard.analytics.measures.area_sets import NamedSet, all_sets
from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.store.lake import Lake
from saferboard.cli.data_fetch import fetch
from saferboard.cli.init_answers import Answers, save
from saferboard.cli.init_questions import (
    ask_area,
    ask_list,
    ask_sets,
    ask_text,
    ask_year,
)
from saferboard.cli.place import DEFAULT_LAKE, LakeOption
from saferboard.vocabulary.area import Area, is_gss, kind_of_gss
from saferboard.vocabulary.force import force_named
from saferboard.vocabulary.partnership import FILE_NAME
from saferboard.vocabulary.problem import Problem

LOOKUP = "ons-lookup-lad23-csp23-pfa23"
_LOOKUP_PAGE = "https://geoportal.statistics.gov.uk/search?q=LUP_LAD_CSP_PFA_DEC_2023"
_BASELINE_HELP = "A year to compare with besides the year before, such as 2019. Repeat for more."


def init(
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder (or file) to write.")
    ] = Path(),
    area_code: Annotated[str, typer.Option(help="GSS code of the area.")] = "",
    area_name: Annotated[str, typer.Option(help="Name of the area.")] = "",
    name: Annotated[str, typer.Option(help="Name of the partnership.")] = "",
    police_force: Annotated[str, typer.Option(help="The police force, by name.")] = "",
    police_unit: Annotated[
        str, typer.Option(help="The force as data.police.uk spells it in file names.")
    ] = "",
    wards: Annotated[str, typer.Option(help="Year of the ward boundaries in use.")] = "",
    peers: Annotated[
        list[str] | None,
        typer.Option("--peers", help="Key of an area set to compare with. Repeat for more."),
    ] = None,
    priority: Annotated[
        list[str] | None, typer.Option(help="A priority of the strategy. Repeat for more.")
    ] = None,
    baseline: Annotated[list[int] | None, typer.Option(help=_BASELINE_HELP)] = None,
    year_starts: Annotated[
        int, typer.Option(min=1, max=12, help="Month in which the financial year begins.")
    ] = 4,
    contact: Annotated[str, typer.Option(help="Whom a reader may write to.")] = "",
    brand: Annotated[str, typer.Option(help="Main colour, such as #1f4e5f.")] = "#1f4e5f",
    logo: Annotated[Path | None, typer.Option(help="A PNG or SVG to print on packs.")] = None,
    fetch_item: Annotated[
        str,
        typer.Option(
            help="Fetch the ONS look-up of authorities, partnerships and forces first: the "
            "number of its item on the ONS Open Geography Portal."
        ),
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing: take the options and what follows.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    lake: LakeOption = DEFAULT_LAKE,
) -> None:
    """Write a partnership's file: its area, peers, force, priorities and look.

    Areas are chosen from the look-ups in the data store, which it offers to fetch; without
    them, from a GSS code and a name. With --yes nothing is asked."""
    say = Console(highlight=False, soft_wrap=True)
    file = out if out.suffix in (".yaml", ".yml") else out / FILE_NAME
    with _to_the_last_answer(file):
        _may_write(file, force=force, yes=yes)

        with Lake.open(lake) as held:
            atlas, sets = _known(held)
        if not fetch_item and not yes and not atlas.of_kind("csp"):
            fetch_item = _offer_fetch()
        if fetch_item:
            fetch([LOOKUP], setting=[f"item={fetch_item}"], lake=lake)
            with Lake.open(lake) as held:
                atlas, sets = _known(held)

        area = _area(atlas, area_code, area_name, yes=yes)
        police, unit = _police(atlas, area, police_force, police_unit, yes=yes)
        offered = [
            one
            for one in (*sets.values(), *atlas.force_sets(area.code))
            if area.code in one.set.members
        ]
        chosen = _peers(offered, peers, yes=yes)
        answers = Answers(
            name=_text(
                "Name of the partnership", name, f"{area.name} Community Safety Partnership", yes
            ),
            area=area,
            force=police,
            police_unit=unit,
            wards=_text("Year of the ward boundaries", wards, _newest_wards(atlas, area), yes),
            peer_sets=tuple(chosen),
            own_sets=tuple(
                one.set for one in offered if one.set.key in chosen and one.set.key not in sets
            ),
            priorities=tuple(
                priority
                if priority is not None
                else ()
                if yes
                else ask_list("Priorities of the strategy, one a line")
            ),
            baseline_years=tuple(baseline or ()) or _years(yes=yes),
            year_starts=year_starts,
            contact=_text("Whom may a reader write to", contact, "", yes),
            brand=brand,
            logo=logo,
        )
    save(answers, file)
    say.print(f"Wrote {file} for {answers.name}.", markup=False)
    say.print("Next: saferboard data add FILES…, then saferboard pack performance.", markup=False)


@contextmanager
def _to_the_last_answer(file: Path) -> Iterator[None]:
    """Whoever stops in the middle of the questions is told what that leaves."""
    kept = " The one that is there is as it was." if file.exists() else ""
    try:
        yield
    except typer.Abort as error:
        typer.echo(err=True)
        raise Problem(
            f"Stopped before the last answer: no partnership file was written.{kept}",
            file=str(file),
            remedy="Run it again, or give the answers as options (“saferboard init --help”). A "
            "look-up that was fetched stays in the data store.",
        ) from error


def _may_write(file: Path, *, force: bool, yes: bool) -> None:
    if not file.exists() or force:
        return
    if yes or not typer.confirm(f"{file} is there already. Replace it?", default=False):
        raise Problem(
            "A partnership file is there already; it was not changed.",
            file=str(file),
            remedy="Add --force to replace it, or choose another folder with --out.",
        )


def _known(lake: Lake) -> tuple[Atlas, dict[str, NamedSet]]:
    sets = all_sets(None)
    return Atlas.of(lake, sets.values()), sets


def _offer_fetch() -> str:
    """The item that the look-up has at the ONS, or nothing where the user goes on without."""
    typer.echo("No look-up of authorities, partnerships and police forces is loaded yet.")
    typer.echo(f"It can be fetched from the ONS; its page shows the item's number: {_LOOKUP_PAGE}")
    return ask_text("Number of the item, or Enter to go on without", "")


def _area(atlas: Atlas, code: str, name: str, *, yes: bool) -> Area:
    """The area by code, by name, or by asking. A code that nobody knows needs a name too."""
    if code:
        code = code.strip().upper()
        if not is_gss(code):
            raise Problem(
                f"“{code}” is not a GSS code.",
                remedy="A code is a letter and eight digits.",
            )
        if code in atlas:
            known = atlas[code]
            return Area(known.code, name or known.name, known.kind, known.edition, known.within)
        if not name and yes:
            raise Problem(
                f"Nothing that is loaded names {code}.",
                remedy="Add --area-name, or fetch the look-ups first with --fetch-item.",
            )
        return Area(code, name or ask_text("Name of the area"), kind_of_gss(code))
    if name:
        return atlas.resolve(name)
    if yes:
        raise Problem("No area was named.", remedy="Add --area-code or --area-name.")
    return ask_area(atlas)


def _police(atlas: Atlas, area: Area, police: str, unit: str, *, yes: bool) -> tuple[str, str]:
    """The force's name and its unit: from the options, else from the look-ups."""
    found = atlas.force_of(area.code)
    listed = force_named(police) if police else force_named(found.code) if found else None
    guess = listed.name if listed else found.name if found else ""
    name = _text("Police force", police, guess, yes)
    known = force_named(name)
    return name, _text(
        "The force in file names of data.police.uk", unit, known.slug if known else "", yes
    )


def _peers(offered: list[NamedSet], asked: list[str] | None, *, yes: bool) -> list[str]:
    keys = [one.set.key for one in offered]
    if asked is not None:
        if unknown := [key for key in asked if key not in keys]:
            raise Problem(
                f"No area set “{unknown[0]}” holds this area.",
                remedy=f"Those that do: {', '.join(keys) or 'none'}.",
            )
        return asked
    if yes or not offered:
        return keys
    return ask_sets([one.set for one in offered])


def _newest_wards(atlas: Atlas, area: Area) -> str:
    return max(
        (one.edition or "" for one in atlas.of_kind("ward") if one.within == area.code), default=""
    )


def _years(*, yes: bool) -> tuple[int, ...]:
    year = None if yes else ask_year("A baseline year besides the year before")
    return (year,) if year else ()


def _text(question: str, given: str, default: str, yes: bool) -> str:
    return given or (default if yes else ask_text(question, default))
