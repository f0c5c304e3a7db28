"""Where the real open data lies, for the tests that need it. It is never in the repository."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SAFERBOARD_SHARED", _ROOT.parent / "shared" / "data"))


def shared(*parts: str) -> Path:
    """A file of the real data. Skips the test, loudly, where the folder is absent."""
    if not SHARED.is_dir():
        words = f"REAL DATA ABSENT: {SHARED} is not there, so this golden test did not run."
        warnings.warn(words, stacklevel=2)
        pytest.skip(words)
    path = SHARED.joinpath(*parts)
    assert path.exists(), f"{path} should be in the shared data"
    return path
