"""Where the data store is: `--lake`, else SAFERBOARD_LAKE, else `lake` in this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saferboard.vocabulary.problem import Problem

LakeOption = Annotated[
    Path,
    typer.Option("--lake", envvar="SAFERBOARD_LAKE", help="The folder of the data store."),
]
DEFAULT_LAKE = Path("lake")


def no_store(lake: Path) -> Problem:
    """What to say where there is no data store."""
    return Problem(
        "There is no data store here.",
        file=str(lake),
        remedy="Name its folder with --lake or SAFERBOARD_LAKE, or add files first.",
    )
