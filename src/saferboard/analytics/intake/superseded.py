"""Labels of a wide table that a newer label of the same table holds already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from saferboard.analytics.intake.area_names import Place
from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.intake.wide_table import Wide
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.data_file import data_file
from saferboard.vocabulary.period import Month


@dataclass(frozen=True)
class Superseded:
    """A label that `new` holds from the month `since` on."""

    old: str
    new: str
    since: Month


@cache
def superseded() -> tuple[Superseded, ...]:
    """The labels of superseded.yaml."""
    return tuple(
        Superseded(one["old"], one["new"], Month.parse(str(one["since"])))
        for one in data_file(__package__, "superseded.yaml")
    )


def without_superseded(wide: Wide, areas: Sequence[Place]) -> tuple[Wide, list[LoadNote]]:
    """The table without counts that stand in it twice, and a note for each such label. Only
    where both labels have counts for one area and month."""
    notes = []
    for label in superseded():
        twice = _twice(wide, areas, label)
        if twice is None:
            continue
        months = [month for at, month in enumerate(wide.months) if twice[:, at].any()]
        total = float(wide.counts[twice].sum())
        words = (
            f"From {months[0].label()} to {months[-1].label()} the file counts “{label.old}” and "
            f"counts it again under newer labels: the {total:,.0f} offences of the old label are "
            "left out, so that nothing counts twice."
        )
        notes.append(LoadNote("overlap", words, total))
        wide = Wide(wide.labels, wide.months, np.where(twice, 0, wide.counts))
    return wide, notes


def _twice(wide: Wide, areas: Sequence[Place], label: Superseded) -> NDArray[np.bool_] | None:
    minors = [plain(minor) for minor in wide.labels["minor"]]
    old = np.array([minor == plain(label.old) for minor in minors])
    new = np.array([minor == plain(label.new) for minor in minors])
    since = np.array([month >= label.since for month in wide.months])
    if not (old.any() and new.any() and since.any()):
        return None
    names = np.array([area.name for area in areas])
    twice = np.zeros(wide.counts.shape, dtype=np.bool_)
    for row in np.flatnonzero(old):
        has_new = wide.counts[new & (names == names[row])].sum(axis=0) > 0
        twice[row] = since & has_new & (wide.counts[row] > 0)
    return twice if twice.any() else None
