"""A pack leaves the partnership: which counts of people it shows is remembered, so that later packs
protect against the difference."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from saferboard.analytics.disclosure import read_log, write_log
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.packs.material import LOCAL
from saferboard.vocabulary.partnership import Partnership


def remember_release(
    folder: Path, name: str, day: date, sheet: FactSheet, partnership: Partnership
) -> Path:
    """Writes the release `name` into the log beside the partnership's file in `folder` and gives
    the log's file. Raises Problem where the log cannot be read or written: then nothing should
    be published."""
    shown = () if partnership.disclosure.round_to else tuple(sheet)
    released = read_log(folder).with_release(
        name, day, shown, sensitive=set(of_partners(sheet)), draft=False
    )
    return write_log(folder, released)


def of_partners(sheet: FactSheet) -> Iterable[str]:
    """The measures whose counts partners reported: those that small numbers are withheld in."""
    return {
        fact.measure
        for fact in sheet
        if any(sheet.vintages.get(key, {}).get("source") == LOCAL for key in fact.vintages)
    }
