"""Where the data store is: `--lake`, else SAFERBOARD_LAKE, else `lake` in this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

LakeOption = Annotated[
    Path,
    typer.Option("--lake", envvar="SAFERBOARD_LAKE", help="The folder of the data store."),
]
DEFAULT_LAKE = Path("lake")
