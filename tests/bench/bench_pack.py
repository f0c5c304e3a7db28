"""The whole pack in five formats: one process, from the command to the files."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

AIM = 30.0
FORMATS = ("html", "pdf", "pptx", "docx", "xlsx")


def run(
    lake: Path, out: Path, *, to: str, area: str | None = None, more: Sequence[str] = ()
) -> dict[str, float]:
    """Seconds (wall clock, and processor over all processes) for the pack of an area, or of the
    partnership's file that `more` names with `--partnership`; the size of its files; the most
    memory that any of the processes held."""
    command = [
        sys.executable, "-c", "from saferboard.cli.main import main; main()",
        "pack", "performance", "--to", to, "--out", str(out), "--lake", str(lake),
        "--formats", ",".join(FORMATS), *(("--area", area) if area else ()), *more,
    ]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ))
    seconds = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = [one for one in out.iterdir() if one.suffix.lstrip(".") in FORMATS]
    assert len(made) == len(FORMATS), f"{len(made)} files were made in {out}"
    return {
        "seconds": seconds,
        "processor seconds": (after.ru_utime + after.ru_stime)
        - (before.ru_utime + before.ru_stime),
        "megabytes of files": sum(one.stat().st_size for one in out.iterdir()) / 1e6,
        "most memory, megabytes": after.ru_maxrss / 1e3,
        "aim": AIM,
    }


if __name__ == "__main__":
    lake, out, to, *rest = sys.argv[1:]
    figures = run(Path(lake), Path(out), to=to, more=rest)
    for name, value in figures.items():
        print(f"{name}: {value:.1f}")
