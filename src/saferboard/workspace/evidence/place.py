"""Where the data store and the partnership's file are, and opening the one with the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.partnership import Partnership, PartnershipArea, load_partnership
from saferboard.vocabulary.problem import Problem


@dataclass(frozen=True)
class Described:
    """The partnership's file, where there is one, and the folder in which it lies: area sets and
    the log of releases lie there too."""

    partnership: Partnership | None
    folder: Path

    @property
    def areas(self) -> tuple[PartnershipArea, ...]:
        """The areas that packs are about, the partnership's own first."""
        held = self.partnership
        return (held.area, *held.areas) if held else ()


def described() -> Described:
    """What the partnership's file says now. Raises Problem for a broken one."""
    file: Path = settings.ENVIRONMENT.partnership
    folder = file if file.is_dir() else file.parent
    return Described(load_partnership(file) if file.exists() else None, folder)


def store() -> Path:
    """The folder of the data store."""
    folder: Path = settings.ENVIRONMENT.lake
    return folder


@contextmanager
def opened() -> Iterator[Lake]:
    """The data store, for reading. Raises Problem where nothing was loaded yet."""
    if not store().is_dir():
        raise Problem(
            "There is no data yet.",
            remedy="Somebody who may load data files has to add some first.",
        )
    with Lake.open(store()) as lake:
        yield lake
