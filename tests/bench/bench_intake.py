"""Intake of a 13-force archive of data.police.uk against bare DuckDB: whole processes, from
the start of Python to its end, unzipping included in both."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.machine import Run, interleaved, process, saferboard
from tests.bench.report import Report
from tests.shared_data import SHARED

_ARCHIVE = SHARED / "police-uk" / "archive-2022-01-to-2022-11.zip"
_ROUNDS = 5
_AIM = "within 1.5 times, peak under 1 GB"


def run(report: Report) -> None:
    """Median of five, in turns."""
    report.section("Intake: 13 forces, 92 CSV files, 125 MB unzipped, whole processes")
    if not _ARCHIVE.exists():
        report.lines.append(f"  not measured: {_ARCHIVE} is not there")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare: list[Run] = []
        ours: list[Run] = []

        def with_duckdb() -> float:
            out = folder / "bare"
            out.mkdir()
            script = Path(__file__).with_name("bare_intake.py")
            bare.append(process(sys.executable, script, _ARCHIVE, out))
            shutil.rmtree(out)
            return bare[-1].seconds

        def with_saferboard() -> float:
            lake = folder / "lake"
            ours.append(process(*saferboard("data", "add", _ARCHIVE, "--lake", lake)))
            shutil.rmtree(lake)
            return ours[-1].seconds

        with_duckdb(), with_saferboard()  # neither begins with cold files
        bare.clear(), ours.clear()
        seconds = interleaved([with_duckdb, with_saferboard], _ROUNDS)
    report.add("bare DuckDB", seconds[0], note=_note(bare))
    report.add(
        "saferboard data add",
        seconds[1],
        against=("bare DuckDB", seconds[0]),
        aim=_AIM,
        note=_note(ours),
    )


def _note(runs: list[Run]) -> str:
    memory = max(run.memory for run in runs) / 1e6
    processor = median(run.processor for run in runs)
    spread = f"{min(run.seconds for run in runs):.2f} to {max(run.seconds for run in runs):.2f}"
    return f"{spread} s; processor {processor:.2f} s; peak memory {memory:,.0f} MB"
