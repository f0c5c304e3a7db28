"""Every measure of every member of an area set, from an opened data store to facts.

Run by bench_measures.py as a process of its own; says how many results and facts it made.
"""

import sys
from pathlib import Path

from saferboard.analytics.measures.area_sets import shipped_sets
from saferboard.analytics.measures.summary import summarise_many
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month


def main(lake: Path, to: Month, area_set: str) -> str:
    """`1,600 results, 284,319 facts`: results that found data."""
    results = facts = 0
    with Lake.open(lake) as held:
        for result in summarise_many(held, shipped_sets()[area_set].set.members, to=to):
            results += sum(one.missing is None for one in result.measures)
            facts += len(result.sheet)
    return f"{results:,} results, {facts:,} facts"


if __name__ == "__main__":
    said = main(Path(sys.argv[1]), Month.parse(sys.argv[2]), sys.argv[3])
    Path(sys.argv[4]).write_text(said)
