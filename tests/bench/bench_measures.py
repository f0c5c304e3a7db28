"""All measures for the 32 boroughs of London, from the real files: a whole process."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.machine import process
from tests.bench.made_lake import real_lake
from tests.bench.report import Report

_ROUNDS = 3
_AIM = "under 20 s"


def run(report: Report) -> None:
    """Median of three."""
    report.section("All measures for all 32 boroughs to December 2023, a whole process")
    lake = real_lake()
    if lake is None:
        report.lines.append("  not measured: the real files are not there")
        return
    script = Path(__file__).with_name("all_measures.py")
    with tempfile.TemporaryDirectory() as name:
        said = Path(name) / "said"
        runs = [
            process(sys.executable, script, lake, "2023-12", "london", said) for _ in range(_ROUNDS)
        ]
        made = said.read_text()
    processor = median(run.processor for run in runs)
    memory = max(run.memory for run in runs) / 1e6
    report.add(
        "saferboard",
        median(run.seconds for run in runs),
        aim=_AIM,
        note=f"{made}; processor {processor:.1f} s; peak memory {memory:,.0f} MB",
    )
