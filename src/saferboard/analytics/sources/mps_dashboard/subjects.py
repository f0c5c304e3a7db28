"""A dashboard file parted into its subjects, each a data set of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from saferboard.analytics.intake.columns import distinct
from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.intake.wide import unknown_label_notes
from saferboard.analytics.sources.mps_dashboard.table import Dashboard, words
from saferboard.analytics.store.vintage import LoadNote

_UNKNOWN = "other"


@dataclass(frozen=True)
class Subject:
    """The rows of one subject, the day of its last refresh (they differ within a file), and
    notes: those on the file, and labels that are unknown."""

    key: str
    table: pa.Table
    published: date | None
    notes: tuple[LoadNote, ...]


def split_by_subject(data: Dashboard, form: str) -> Iterator[Subject]:
    """The subjects of a file, by key."""
    majors = data.table["major"].combine_chunks().dictionary_encode()
    subjects = [_subject(major, form) for major in majors.dictionary.to_pylist()]
    for subject in sorted(set(subjects)):
        codes = [code for code, one in enumerate(subjects) if one == subject]
        wanted = pc.is_in(majors.indices, pa.array(codes, majors.indices.type))
        table = data.table.filter(wanted)
        published = pc.max(data.refreshed.filter(wanted)).as_py()
        yield Subject(subject, table, published, (*data.notes, *_unknown_labels(table)))


def _subject(major: str | None, form: str) -> str:
    for subject, majors in words()["datasets"].items():
        if plain(major) in {plain(one) for one in majors}:
            return str(subject)
    return str(words()["all_offences"]) if form == "offence-group" else _UNKNOWN


def _unknown_labels(table: pa.Table) -> list[LoadNote]:
    unknown = table.filter(pc.is_null(table["offence"]))
    # Boroughs and their wards are the same offences: only the boroughs' are added up.
    boroughs = unknown.filter(pc.not_equal(unknown["area_kind"], "ward"))
    sums = boroughs.group_by(["major", "minor"]).aggregate([("count", "sum")]).to_pylist()
    totals = {f"{row['major']} / {row['minor']}": float(row["count_sum"]) for row in sums}
    for major, minor in distinct([unknown["major"], unknown["minor"]])[0]:
        totals.setdefault(f"{major} / {minor}", 0.0)
    return unknown_label_notes(totals)
