"""Header forms as data: which column name plays which role, for each generation of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

import pyarrow as pa

from saferboard.analytics.intake.columns import by_value, month, whole
from saferboard.analytics.intake.headers import Header, find_header
from saferboard.analytics.intake.offence_labels import plain
from saferboard.analytics.intake.source import Candidate
from saferboard.analytics.intake.tabular import read_text
from saferboard.vocabulary.data_file import data_file

Form = Mapping[str, frozenset[str]]
T = TypeVar("T")


@dataclass(frozen=True)
class Cells:
    """The rows of a file by the role of their columns, as text; blanks are null."""

    file: str
    header: Header
    columns: Mapping[str, int]
    text: pa.Table

    def __len__(self) -> int:
        return int(self.text.num_rows)

    def __getitem__(self, role: str) -> pa.ChunkedArray:
        return self.text.column(self.columns[role])

    def each(self, role: str, give: Callable[[str | None], T], type_: pa.DataType) -> pa.Array:
        """Every cell of a column through `give`; a ValueError becomes a Problem with place."""
        position = self.columns[role]
        return by_value(
            self[role], give, type_, file=self.file, header=self.header, position=position
        )

    def months(self, role: str) -> pa.Array:
        """The first day of the month in every cell. Raises Problem where there is none."""
        return self.each(role, lambda cell: month(cell).first_day, pa.date32())

    def counts(self, role: str) -> pa.Array:
        """The count in every cell. Raises Problem for a blank, a fraction, a negative."""
        return self.each(role, whole, pa.int64())


def header_for(candidate: Candidate, form: Form) -> Header | None:
    """The header that has every column of the form, in any order; None where there is none."""
    return find_header(candidate, partial(columns_of, form=form))


def read_form(candidate: Candidate, form: Form, *, optional: Form | None = None) -> Cells | None:
    """The rows under that header, or None where the file has none. Columns of `optional` are
    there if the file has them. Raises Problem for rows that cannot be read."""
    header = header_for(candidate, form)
    columns = columns_of(header.columns, form) if header else None
    if header is None or columns is None:
        return None
    for role, names in (optional or {}).items():
        columns |= columns_of(header.columns, {role: names}) or {}
    return Cells(candidate.name, header, columns, read_text(candidate, header))


def read_forms(package: str, file: str) -> dict[str, Form]:
    """The forms of a YAML file beside a source: name of the form, then role, then the column's
    name or a list of the names that were used for it."""
    return {
        name: {role: _names(value) for role, value in roles.items()}
        for name, roles in data_file(package, file).items()
    }


def columns_of(columns: Sequence[str], form: Form) -> dict[str, int] | None:
    """The position of each role's column, or None where a role has none. Columns that play no
    role are left alone; of two with one name the first counts."""
    places = _places(tuple(columns))
    found: dict[str, int] = {}
    for role, wanted in form.items():
        if not (could_be := wanted & places.keys()):
            return None
        found[role] = min(places[name] for name in could_be)
    return found


def some_form(columns: Sequence[str], forms: Iterable[Form], *, least: int) -> bool:
    """Whether a header has at least `least` columns of one of the forms: near enough to be
    that publisher's file in a form that is not known."""
    names = {plain(name) for name in columns}
    return any(sum(bool(wanted & names) for wanted in form.values()) >= least for form in forms)


# Every form of every source is tried on every header that a file could have.
@lru_cache(maxsize=1 << 10)
def _places(columns: tuple[str, ...]) -> Mapping[str, int]:
    """Where each name stands first."""
    places: dict[str, int] = {}
    for position, name in enumerate(columns):
        places.setdefault(plain(name), position)
    return places


def _names(value: str | list[str]) -> frozenset[str]:
    return frozenset(plain(name) for name in ([value] if isinstance(value, str) else value))
