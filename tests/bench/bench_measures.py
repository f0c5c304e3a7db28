"""All measures for all boroughs of a set: how long one run takes, from an opened lake to facts."""

from __future__ import annotations

import time
from pathlib import Path

from saferboard.analytics.measures.area_sets import shipped_sets
from saferboard.analytics.measures.summary import summarise_many
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month

AIM = 20.0


def run(lake: Path, to: Month, area_set: str = "london") -> dict[str, float]:
    """Seconds (wall clock and processor) for every measure of every member of the set, with the
    number of measures that had data and of facts made."""
    wall, processor = time.perf_counter(), time.process_time()
    measures = facts = 0
    with Lake.open(lake) as held:
        for result in summarise_many(held, shipped_sets()[area_set].set.members, to=to):
            measures += sum(one.missing is None for one in result.measures)
            facts += len(result.sheet)
    return {
        "seconds": time.perf_counter() - wall,
        "processor seconds": time.process_time() - processor,
        "measures": measures,
        "facts": facts,
        "aim": AIM,
    }
