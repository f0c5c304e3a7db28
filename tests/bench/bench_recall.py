"""How many slips that a program planted in ten papers the checker finds, all of them, in Markdown
and in the other format of each paper: `tests/spec/papers/recall.py` in full."""

from __future__ import annotations

import time

from tests.bench.report import Report
from tests.spec.papers.plant import GROUPS, all_slips
from tests.spec.papers.recall import measure, of_group


def run(report: Report) -> None:
    """One line for each way of writing the papers, with the share that is found by check."""
    report.section("Planted slips in ten invented papers")
    slips = all_slips()
    for name, formats in (("in Markdown", False), ("in DOCX, PDF, HTML, XLSX, PPTX, TXT", True)):
        start = time.process_time()
        tallies = measure(slips, formats)
        seconds = time.process_time() - start
        groups = {group: of_group(tallies, group) for group in GROUPS}
        words = ", ".join(
            f"{group}: {one.found} of {one.planted}" for group, one in groups.items() if one.planted
        )
        report.add(f"{len(slips):,} slips {name}", seconds, note=f"found by check: {words}")
