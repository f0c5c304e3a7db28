"""Checking against a data store: the pack with the answers of one, for as long as it is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from saferboard.analytics.store.lake import Lake
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures.data import DataStore
from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

SETS_FOLDER = "area_sets"


@contextmanager
def with_data(
    pack: Pack,
    lake: Path,
    area: str | None,
    *,
    to: Month | None = None,
    partnership: Path | None = None,
) -> Iterator[Pack]:
    """The pack with the data store in the folder `lake`, asked about `area` (a name or a code;
    None takes that of the partnership's file). “As published” means by the day of the meeting,
    else by the date that a paper bears, else by the end of `to`, else of the paper's last
    period. `partnership` brings area sets, the start of the financial year and, where the
    pack names none of its own, the threshold of small counts. The store is
    closed on leaving. Raises Problem for an area that nobody knows and for a data store that is
    not there or damaged."""
    file = load_partnership(partnership) if partnership else None
    asked = area or (file.area.code if file else None)
    if asked is None:
        raise Problem("No area was named.", place="--area", remedy="Name one, by name or code.")
    if not lake.is_dir():
        raise Problem(
            "There is no data store here to look figures up in.",
            file=str(lake),
            place="--lake",
            remedy="Name its folder, or leave out --area.",
        )
    folder = partnership if partnership is None or partnership.is_dir() else partnership.parent
    with Lake.open(lake) as opened:
        data = DataStore(
            opened,
            asked,
            to=to,
            partnership=file,
            sets_folder=folder / SETS_FOLDER if folder else None,
        )
        least = pack.threshold or (file.disclosure.threshold if file else None)
        yield replace(pack, data=data, threshold=least, kept={})
