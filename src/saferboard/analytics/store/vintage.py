"""A load: what was read, from whom, covering which months, and when it was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from saferboard.vocabulary.period import Month


@dataclass(frozen=True)
class SourceFile:
    """A file as it came: its name (with the archive's, if it lay in one), what it held."""

    name: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True)
class LoadNote:
    """Something a reader of the data should know. `kind` groups them in summaries:
    unknown-label, unknown-area, missing-month, overlap, gap, negative, not-placed, remark.
    `total` is how many offences (or rows) it concerns, when that can be said."""

    kind: str
    words: str
    total: float | None = None


@dataclass(frozen=True)
class Vintage:
    """One immutable load. `unit` in `coverage` is the force (or publisher, where there is no
    force): which months it has for each. `generation` names the header form. `published`
    is the date of publication; where the file does not say, it is the last day of its last
    month and `published_assumed` is true; of two loads of one date the later `loaded` counts
    as the newer. `split` is true where the publisher gives one release as two files, a
    history and a recent one that continues it. `title` is the source's, for readers (empty in
    loads of older versions)."""

    id: str
    source: str
    dataset: str
    publisher: str
    licence: str
    url: str
    generation: str
    files: tuple[SourceFile, ...]
    tables: Mapping[str, int]
    coverage: Mapping[str, tuple[Month, ...]]
    published: date
    published_assumed: bool
    loaded: datetime
    notes: tuple[LoadNote, ...] = field(default=())
    split: bool = False
    title: str = ""

    @property
    def words(self) -> str:
        """What a reader calls it: the source's title, and the data set where it has several."""
        if not self.title:
            return self.dataset
        return self.title if self.dataset == self.source else f"{self.title} ({self.dataset})"

    @property
    def first_month(self) -> Month | None:
        return min((months[0] for months in self.coverage.values() if months), default=None)

    @property
    def last_month(self) -> Month | None:
        return max((months[-1] for months in self.coverage.values() if months), default=None)
