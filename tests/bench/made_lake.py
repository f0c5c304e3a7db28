"""A data store of every real file, for the benches that ask it: made once in a run, not timed."""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.bench.machine import process, saferboard
from tests.shared_data import SHARED


@cache
def real_lake() -> Path | None:
    """The folder of a data store with all the shared files, None where they are not here."""
    if not SHARED.exists():
        return None
    folder = Path(tempfile.mkdtemp(prefix="saferboard-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    print("making a data store of the real files …", file=sys.stderr, flush=True)
    # Status 1: files that no source knows were left alone or refused.
    process(*saferboard("data", "add", SHARED, "--lake", folder / "lake"), allowed=(0, 1))
    return folder / "lake"
