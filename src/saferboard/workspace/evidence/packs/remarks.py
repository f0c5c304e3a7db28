"""Commentary from the database, as packs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saferboard.analytics.packs import commentary as written
from saferboard.vocabulary.period import Month
from saferboard.workspace.evidence.packs.models import Remark


@dataclass(frozen=True)
class Used:
    """The commentary of a pack, and which versions of which remarks it is made of."""

    commentary: written.Commentary
    versions: Mapping[str, str]


def commentary_for(area: str, to: Month) -> Used:
    """What is written about `area` for `to`, and for every measure without words the newest older
    ones, marked with their month: as `read_commentary` does with files."""
    rows = Remark.objects.filter(area=area, month__lte=str(to)).order_by("month")
    remarks: dict[str, written.Remark] = {}
    versions: dict[str, str] = {}
    for row in rows:
        if not row.text.strip():
            continue
        month = Month.parse(row.month)
        entry = written.Entry(
            text=row.text, author=row.author, organisation=row.organisation, date=row.date
        )
        place = f"commentary for {month.label()}, {row.measure}"
        stale = month if month < to else None
        remarks[row.measure] = written.Remark(entry, place, stale)
        versions[row.measure] = f"{row.id}:{row.version}"
    return Used(written.Commentary(remarks), versions)
