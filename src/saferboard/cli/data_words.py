"""What `saferboard data` prints as tables and lists; its sentences are the intake's own."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table

from saferboard.analytics.intake.report_words import published_text, span_text
from saferboard.analytics.store.check import Finding
from saferboard.analytics.store.vintage import Vintage

# From here on a load, with the longest of names, has room on one line.
_WIDE = 120


def load_table(vintages: Sequence[Vintage], width: int) -> Table:
    """A line for each load; two where a terminal of `width` columns has no room for one.
    Nothing is cut: a load's name has to be copied whole."""
    wide = width >= _WIDE
    table = Table(box=box.SIMPLE_HEAD)
    for title in ("Load", "Data set", "Months", "Published") if wide else ("Load",):
        table.add_column(title, no_wrap=title == "Load", overflow="fold")
    for title in ("Files", "Rows"):
        table.add_column(title, justify="right", no_wrap=True)
    for one in vintages:
        about = (one.dataset, span_text(one), published_text(one))
        name = (one.id, *about) if wide else (f"{one.id}\n  {about[0]}, {about[1]}\n  {about[2]}",)
        table.add_row(*name, f"{len(one.files):,}", f"{sum(one.tables.values()):,}")
    return table


def findings_text(findings: Sequence[Finding]) -> str:
    """What a check found."""
    if not findings:
        return "Every stored file is as it was written; no month is missing or covered twice."
    return "\n".join(f"{one.kind}: {one.load}: {one.words}" for one in findings)
