"""Files of small areas with a column per month, each a load of its own: recognised and read alike
for every kind of area."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from saferboard.analytics.intake.area_names import Gazetteer, Place, gazetteer
from saferboard.analytics.intake.forms import Form, some_form
from saferboard.analytics.intake.headers import find_header
from saferboard.analytics.intake.source import Candidate, Desk, Load, Recognised, Shape
from saferboard.analytics.intake.wide import looks_wide, read_wide, recorded_offences, roles_of
from saferboard.analytics.intake.wide_table import Wide, crime_system_of
from saferboard.analytics.store.vintage import LoadNote

_NEAR = 3


@dataclass(frozen=True)
class WideFiles:
    """What a source says of its files: the data set, whose records they are, the columns before
    the months, a word that a name of a column has if it is such a file, the place of each row,
    and what is to be noted with every load."""

    dataset: str
    unit: str
    form: Callable[[], Form]
    word: str
    places: Callable[[Wide, Gazetteer], Sequence[Place]]
    notes: tuple[LoadNote, ...] = ()

    def recognise(self, candidate: Candidate) -> Shape | None:
        """A header of the form and a column per month; or so much of it that a changed header
        can be refused with a reason."""
        header = find_header(candidate, looks_wide)
        if header is None:
            return None
        form = self.form()
        named = any(self.word in name.lower() for name in header.columns)
        near = named and some_form(header.columns, [form], least=_NEAR)
        if roles_of(header.columns, form) or near:
            return Shape(self.dataset, "wide", candidate.sha256)
        return None

    def read(self, files: Sequence[Recognised], desk: Desk) -> Iterator[Load]:
        """One load for each file. The generation says from which crime system the labels are."""
        names = gazetteer(desk, self.unit)
        for number, file in enumerate(files):
            desk.progress(number, len(files), file.candidate.name)
            header = find_header(file.candidate, looks_wide)
            assert header is not None  # recognise found it
            wide = read_wide(file.candidate, header, self.form())
            places = self.places(wide, names)
            table, months, notes = recorded_offences(wide, places, unit=self.unit)
            yield Load(
                dataset=self.dataset,
                generation=crime_system_of(wide),
                tables={"recorded_offences": table},
                coverage={self.unit: months},
                files=(file,),
                rows={file.candidate.name: wide.rows},
                notes=(*self.notes, *notes),
                split=True,
            )
