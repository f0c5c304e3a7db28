"""The whole pack in five formats from the real files: a whole process, from the command to the
files, and the processes that it starts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from tests.bench.machine import Run, process, saferboard
from tests.bench.made_lake import real_lake
from tests.bench.report import Report

_FORMATS = ("html", "pdf", "pptx", "docx", "xlsx")
_ROUNDS = 3
_AIM = "under 30 s"


def run(report: Report) -> None:
    """Median of three, after checking that each run made every file."""
    report.section("The performance pack of Barnet to December 2023 in five formats")
    lake = real_lake()
    if lake is None:
        report.lines.append("  not measured: the real files are not there")
        return
    runs: list[Run] = []
    megabytes = 0.0
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            out = Path(name)
            command = ("pack", "performance", "--area", "Barnet", "--to", "2023-12")
            more = ("--out", out, "--lake", lake, "--formats", ",".join(_FORMATS))
            runs.append(process(*saferboard(*command, *more)))
            made = {one.suffix.lstrip(".") for one in out.iterdir()}
            if missing := set(_FORMATS) - made:
                raise AssertionError(f"the pack was not made as {', '.join(sorted(missing))}")
            megabytes = sum(one.stat().st_size for one in out.iterdir()) / 1e6
    processor = median(run.processor for run in runs)
    report.add(
        "saferboard pack performance",
        median(run.seconds for run in runs),
        aim=_AIM,
        note=f"processor {processor:.1f} s over its processes; {megabytes:.0f} MB of files",
    )
