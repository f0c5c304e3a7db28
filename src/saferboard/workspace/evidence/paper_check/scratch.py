"""Where a check works: in the home folder and not in the system's own, so that what a killed worker
left is found and deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings


@contextmanager
def scratch(check: UUID) -> Iterator[Path]:
    """An empty folder for one check, gone afterwards."""
    clear(check)
    folder = _folder(check)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        clear(check)


def clear(check: UUID) -> None:
    """Deletes what an attempt has left."""
    shutil.rmtree(_folder(check), ignore_errors=True)


def _folder(check: UUID) -> Path:
    return Path(settings.ENVIRONMENT.home) / "checking" / str(check)
