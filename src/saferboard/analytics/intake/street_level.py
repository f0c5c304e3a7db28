"""What crimes and their outcomes share at data.police.uk: a file for each force and month in which
every row has a place, and an API that gives the same by other names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from saferboard.analytics.intake.answers import Place, answer_list, unit_of
from saferboard.analytics.intake.force_loads import ForceFiles, file_facts, unknown_labels
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.texts import header_of
from saferboard.analytics.store.file_rows import FILE, month_of
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.straight import Arrangement
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.period import Month

_COLUMNS = {
    "Crime ID": "VARCHAR",
    "Month": "VARCHAR",
    "Reported by": "VARCHAR",
    "Falls within": "VARCHAR",
    "Longitude": "DOUBLE",
    "Latitude": "DOUBLE",
    "Location": "VARCHAR",
    "LSOA code": "VARCHAR",
    "LSOA name": "VARCHAR",
}
# Our columns by the publisher's, of those that are kept as they are.
_COPIED = {
    "crime_id": "Crime ID",
    "reported_by": "Reported by",
    "falls_within": "Falls within",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "location": "Location",
    "lsoa_code": "LSOA code",
    "lsoa_name": "LSOA name",
}
_MONTH = "Month"
_FORCE_COLUMNS = ("Reported by", "Falls within")
_CSV, _API = "csv", "api"
_FIELDS = {
    "crime_id": pa.string(),
    "month": pa.date32(),
    "unit": pa.string(),
    "reported_by": pa.string(),
    "longitude": pa.float64(),
    "latitude": pa.float64(),
    "location": pa.string(),
}

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class StreetLevel:
    """What a source says of itself.

    `kind` is the end of its files' names, `dataset` and `table` what they fill. `label_column`
    holds the publisher's label, `also` the columns that its files have besides the shared ones,
    `passed_over` those that some have and nobody reads. `labels` gives for each label its
    `meaning` (a column of the table); `shown` is the column that keeps the label itself, and
    `what` the word for it in a message. `more` are columns of the table by those of the files.
    `row` makes a row of one entry of the API (the file and the number are for messages), whose
    fields are `fields`."""

    kind: str
    dataset: str
    table: str
    label_column: str
    labels: Callable[[], Mapping[str, Any]]
    meaning: str
    shown: str
    what: str
    row: Callable[[Entry, str, int], dict[str, Any]]
    fields: Mapping[str, pa.DataType]
    is_answer: Callable[[bytes], bool]
    more: Mapping[str, str]
    passed_over: tuple[str, ...] = ()

    def recognise(self, candidate: Candidate) -> Shape | None:
        """By the columns of the CSV files, or by the fields of the API."""
        header = header_of(candidate)
        columns = set(self._columns())
        if columns <= set(header) <= {*columns, *self.passed_over}:
            facts = file_facts(candidate.name, self.kind, header)
            return Shape(self.dataset, _CSV, self.dataset, facts)
        if self.is_answer(candidate.head):
            name = f"{self.dataset}-{_API}"
            return Shape(name, _API, f"{name}-{candidate.sha256[:12]}")
        return None

    def read(self, files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
        """The files of forces and months together; every answer of the API by itself."""
        if files[0].shape.generation == _API:
            yield from (self._answer(file, desk) for file in files)
        else:
            yield from self._force_files().loads(files, desk)

    def _columns(self) -> dict[str, str]:
        return {
            **_COLUMNS,
            self.label_column: "VARCHAR",
            **dict.fromkeys(self.more.values(), "VARCHAR"),
        }

    def _force_files(self) -> ForceFiles:
        return ForceFiles(
            kind=self.kind,
            dataset=self.dataset,
            table=self.table,
            columns=self._columns(),
            arrange=self._arrange,
            inspect=self._inspect,
            month_column=_MONTH,
            force_columns=_FORCE_COLUMNS,
            straight=self._straight,
            what=self.what,
        )

    def _copied(self) -> dict[str, str]:
        return {**_COPIED, **self.more}

    def _straight(self) -> Arrangement:
        """What `_arrange` does, for files that say whose month they hold."""
        return Arrangement(
            types=self._columns(),
            copied=self._copied(),
            month=_MONTH,
            label=self.label_column,
            shown=self.shown,
            meaning=self.meaning,
            meanings=self.labels(),
        )

    def _arrange(self, raw: Relation, desk: Desk) -> Relation:
        """Raw rows in the columns of the table."""
        held = self.labels()
        labels = desk.table(pa.table({"label": list(held), "meaning": list(held.values())}))
        rows = raw.left_join(labels, raw[self.label_column] == labels["label"])
        return rows.select(
            rows[FILE],
            month=month_of(rows[_MONTH]),
            unit=rows["named_unit"].fill_null(rows["slug"]),
            **{self.meaning: rows["meaning"], self.shown: rows[self.label_column]},
            **{ours: rows[theirs] for ours, theirs in self._copied().items()},
        )

    def _inspect(
        self, held: Relation, files: Sequence[Recognised], desk: Desk
    ) -> Sequence[LoadNote]:
        """Labels that are not known, with their totals."""
        del files
        strange = held.filter(held[self.meaning].isnull())
        counted = strange.group_by(label=self.shown).aggregate(rows=strange.count())
        found = desk.run(counted).to_pylist()
        return unknown_labels([(row["label"], row["rows"]) for row in found], self.what)

    def _answer(self, file: Recognised, desk: Desk) -> Load:
        """One answer of the API as one load. Raises Problem for an answer that is not a list of
        entries, with the number of the entry that is wrong."""
        name, unit = file.candidate.name, unit_of(file.candidate)
        entries = answer_list(file.candidate)
        desk.progress(0, len(entries), name)
        rows = [
            {"unit": unit, **self.row(entry, name, number)}
            for number, entry in enumerate(entries, start=1)
        ]
        unknown: dict[str, int] = {}
        for row in rows:
            if row[self.meaning] is None:
                unknown[row[self.shown]] = unknown.get(row[self.shown], 0) + 1
        schema = pa.schema({**_FIELDS, **self.fields})
        return Load(
            dataset=file.shape.dataset,
            generation=_API,
            tables={self.table: pa.Table.from_pylist(rows, schema=schema)},
            coverage={unit: tuple(sorted({Month.of(row["month"]) for row in rows}))},
            files=(file,),
            rows={name: len(rows)},
            notes=(
                LoadNote(
                    "remark", "An answer of the API: it covers the area that was asked for only."
                ),
                *unknown_labels(list(unknown.items()), self.what),
            ),
        )


def placed(place: Place) -> dict[str, Any]:
    """The columns of a place of the API."""
    return {"longitude": place.longitude, "latitude": place.latitude, "location": place.street}
