"""Loads of force-month files: all of an add scanned at once, checked, and split into releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from saferboard.analytics.intake.force_months import (
    Key,
    batches,
    by_name,
    coverage,
    gaps,
    line_where,
    name_facts,
)
from saferboard.analytics.intake.source import Desk, Load, Recognised
from saferboard.analytics.store.file_rows import (
    FILE,
    PATH,
    FileFacts,
    FileSummary,
    facts_table,
    is_off_map,
    summaries,
    summary,
    with_facts,
)
from saferboard.analytics.store.relation import Relation
from saferboard.analytics.store.staging import StagedTable
from saferboard.analytics.store.straight import Arrangement, CsvFile, Straight
from saferboard.analytics.store.vintage import LoadNote
from saferboard.vocabulary.force import forces
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

EXTRACT = "extract"
HEADER = "header"


@dataclass(frozen=True)
class ForceFiles:
    """What a source says of its force-month files: the end of their names (`kind`), the data
    set and table they fill, their columns with types, how raw rows become rows of the table
    (`arrange`), what its own look at these finds (`inspect`: notes, or a Problem), and the
    column that holds the month, where rows must agree with the file's name. `straight` says the
    same as `arrange` in fewer words, where few are enough: files are then written as they are
    read. `what` is the word for their labels in a message.

    Raw rows have the publisher's columns and `file` (its number), `named_unit` and
    `named_month` (of its name, or null) and `slug` (the force that the first filled one of
    `force_columns` names, or null)."""

    kind: str
    dataset: str
    table: str
    columns: Mapping[str, str]
    arrange: Callable[[Relation, Desk], Relation]
    inspect: Callable[[Relation, Sequence[Recognised], Desk], Sequence[LoadNote]]
    month_column: str | None = None
    force_columns: tuple[str, ...] = ()
    straight: Callable[[], Arrangement] | None = None
    what: str = "label"

    def loads(self, files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
        """Files in the publisher's names as one load (more where archives overlap), and every
        other file as a load of its own."""
        told = [file for file in files if by_name(file.candidate.name, self.kind)]
        for batch in batches(told, self.kind):
            desk.progress(0, len(batch), f"{len(batch)} files")
            yield self._named(batch, desk)
        others = [file for file in files if not by_name(file.candidate.name, self.kind)]
        for number, file in enumerate(others):
            desk.progress(number, len(others), file.candidate.name)
            yield self._other(file, desk)

    def rows(self, files: Sequence[Recognised], desk: Desk) -> Relation:
        """All files as one relation in the table's columns, with the file's number: a scan for
        each order of columns, put together."""
        by_header: dict[str, list[Path]] = {}
        for file in files:
            by_header.setdefault(file.shape.facts[HEADER], []).append(file.candidate.path)
        scans = [
            desk.csv(
                paths,
                columns={name: self.columns.get(name, "VARCHAR") for name in header.split("\t")},
                filename=PATH,
            ).select(*self.columns, PATH)
            for header, paths in by_header.items()
        ]
        together = scans[0].union(*scans[1:]) if len(scans) > 1 else scans[0]
        raw = with_facts(together, desk.table(facts_table(self._facts(files))))
        if self.force_columns:
            # Files of 2011 leave “Reported by” empty and fill “Falls within”.
            printed = raw[self.force_columns[0]]
            for column in self.force_columns[1:]:
                printed = printed.fill_null(raw[column])
            names = desk.table(_force_names())
            raw = raw.left_join(names, printed == names["printed"])
        return self.arrange(raw, desk)

    def _facts(self, files: Sequence[Recognised]) -> list[FileFacts]:
        """What the names of the files say, numbered in their order."""
        found = []
        for number, file in enumerate(files):
            told = by_name(file.candidate.name, self.kind)
            path = file.candidate.path
            unit, month = (told.unit, told.month.first_day) if told else (None, None)
            found.append(FileFacts(file=number, path=path, unit=unit, month=month))
        return found

    def _named(self, files: Sequence[Recognised], desk: Desk) -> Load:
        written = self._written(files, desk)
        if written is not None:
            rows, found = written.table, written.summaries
            notes: Sequence[LoadNote] = unknown_labels(written.unknown, self.what)
        else:
            held, found = self._read(files, desk)
            rows, notes = held.drop(FILE), self.inspect(held, files, desk)
        counts: dict[Key, int] = {}
        for file in files:
            # A file without a row still says that it covers its month.
            if told := by_name(file.candidate.name, self.kind):
                counts[told.unit, told.month] = 0
        for key, count in _counts(found).items():
            counts[key] = counts.get(key, 0) + count
        notes = (*_unplaced(found), *notes, *gaps(counts))
        return self._load(self.dataset, files, rows, found, coverage(counts), notes)

    def _written(self, files: Sequence[Recognised], desk: Desk) -> Straight | None:
        """The files as they come, if the source can say how, and nothing is amiss with them."""
        if self.straight is None:
            return None
        named = []
        for file in files:
            told = by_name(file.candidate.name, self.kind)
            if told is None:
                return None
            header = tuple(file.shape.facts[HEADER].split("\t"))
            path = file.candidate.path
            named.append(CsvFile(path, header, told.unit, told.month.first_day))
        return desk.straight(self.table, named, self.straight())

    def _other(self, file: Recognised, desk: Desk) -> Load:
        """A file under another name is judged by its rows: one force and one month is as good
        as the publisher's own file; more is an extract, silent about what it leaves out."""
        held, found = self._read([file], desk)
        counts = _counts(found)
        notes = (*_unplaced(found), *self.inspect(held, [file], desk))
        if len(counts) == 1:
            return self._load(self.dataset, [file], held.drop(FILE), found, coverage(counts), notes)
        words = (
            "This is an extract of several months or forces: no force's month is taken as "
            "covered by it, and measures do not count it."
        )
        notes = (LoadNote("remark", words, float(sum(counts.values()))), *notes)
        months = tuple(sorted({month for _, month in counts}))
        dataset = f"{self.dataset}-{EXTRACT}"
        covered = {f"{EXTRACT}-{file.candidate.sha256[:8]}": months}
        return self._load(dataset, [file], held.drop(FILE), found, covered, notes)

    def _read(
        self, files: Sequence[Recognised], desk: Desk
    ) -> tuple[Relation, tuple[FileSummary, ...]]:
        held = desk.hold(self.rows(files, desk))
        found = summaries(desk.run(summary(held)))
        for one in found:
            self._check(files[one.file], one)
        return held, found

    def _check(self, file: Recognised, found: FileSummary) -> None:
        """Raises Problem where a row's month is none or not the file's, its force is not known,
        or its point lies off the map."""
        name, column = file.candidate.name, self.month_column or "Date"
        told = by_name(name, self.kind)
        if found.month is None:
            raise Problem(
                "A row has no month that can be read.",
                file=name,
                place=line_where(file, lambda row: not _starts_with_month(row.get(column, ""))),
                remedy="Download the file again.",
            )
        if self.month_column and told and Month.of(found.month) != told.month:
            raise Problem(
                f"The file's name says {told.month}, and a row in it says {Month.of(found.month)}.",
                file=name,
                place=line_where(file, lambda row: row.get(column, "") != str(told.month)),
                remedy="Give the file back the name it was published under, or download it again.",
            )
        if found.unit is None:
            raise Problem(
                "Neither the rows nor the file's name say which force this is.",
                file=name,
                remedy=f"Give the file the name it was published under, such as "
                f"2022-01-surrey-{self.kind}.csv.",
            )
        if found.off_map:
            raise Problem(
                f"{found.off_map} points lie outside the British Isles.",
                file=name,
                place=line_where(file, _off_map),
                remedy="Longitude and latitude may be swapped: download the file again.",
            )

    def _load(
        self,
        dataset: str,
        files: Sequence[Recognised],
        data: Relation | StagedTable,
        found: Sequence[FileSummary],
        covered: Mapping[str, tuple[Month, ...]],
        notes: tuple[LoadNote, ...],
    ) -> Load:
        rows = {file.candidate.name: 0 for file in files}
        for one in found:
            rows[files[one.file].candidate.name] += one.rows
        return Load(
            dataset=dataset,
            generation="csv",
            tables={self.table: data},
            coverage=covered,
            files=tuple(files),
            rows=rows,
            notes=notes,
        )


def unknown_labels(counted: Sequence[tuple[str, int]], what: str) -> list[LoadNote]:
    """Notes on labels that are not known, from labels and their numbers of rows: shown with
    their totals, never dropped in silence."""
    return [
        LoadNote(
            "unknown-label",
            f"The {what} “{label}” is not known: {rows:,} rows.",
            float(rows),
        )
        for label, rows in sorted(counted, key=lambda one: str(one[0]))
    ]


def file_facts(name: str, kind: str, header: Sequence[str]) -> dict[str, str]:
    """Facts of a shape: the order of the columns (files of one order are one scan), and what
    the name says."""
    return {HEADER: "\t".join(header), **name_facts(name, kind)}


def _force_names() -> pa.Table:
    found = list(forces().values())
    return pa.table({"printed": [one.name for one in found], "slug": [one.slug for one in found]})


def _counts(found: Sequence[FileSummary]) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for one in found:
        if one.unit and one.month:
            key = (one.unit, Month.of(one.month))
            counts[key] = counts.get(key, 0) + one.rows
    return counts


def _unplaced(found: Sequence[FileSummary]) -> tuple[LoadNote, ...]:
    lost = sum(one.rows - one.placed for one in found)
    if not lost:
        return ()
    share = 100 * lost / sum(one.rows for one in found)
    words = f"{lost:,} rows ({share:.1f}%) have no point and lie in no neighbourhood."
    return (LoadNote("not-placed", words, float(lost)),)


def _off_map(row: Mapping[str, str]) -> bool:
    return is_off_map(row.get("Longitude", ""), row.get("Latitude", ""))


def _starts_with_month(text: str) -> bool:
    try:
        Month.parse(text[:7])
    except Problem:
        return False
    return True
