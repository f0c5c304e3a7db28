"""`data add`: gather, recognise, read, check, publish. One source after the other; all
loads of a source come in together or not at all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from saferboard.analytics.intake.agree import clashing_files, clashing_loads
from saferboard.analytics.intake.files import PassedOver, Refused, gather, is_not_data
from saferboard.analytics.intake.limits import Limits
from saferboard.analytics.intake.recognise import recognise
from saferboard.analytics.intake.report import AddReport
from saferboard.analytics.intake.source import Candidate, Load, Recognised, Source
from saferboard.analytics.store.errors import as_problem, disk_full, is_disk_full
from saferboard.analytics.store.vintage import SourceFile, Vintage
from saferboard.analytics.store.writer import Staged, Writer, writing
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

_LOG = logging.getLogger(__name__)
_UNDATED = "undated"

Progress = Callable[[int, int, str], None]


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody wants to know how far it has come."""


def _patient() -> None:
    """Nobody wants to know that we wait."""


def add(
    lake: Path,
    paths: Sequence[Path],
    sources: Sequence[Source],
    *,
    now: datetime,
    progress: Progress = _quiet,
    waiting: Callable[[], None] = _patient,
    limits: Limits | None = None,
) -> AddReport:
    """Add files, folders and zips to the lake in the folder `lake`. `now` is written into
    each load; `waiting` is called if another writer has to finish first. Bad files are in
    the report's `refused` while the good ones are in the lake. Raises Problem when nothing
    can be written at all (a full disk, a folder without permission): what the lake held
    before is what it holds then, but for sources that were read whole before."""
    try:
        with writing(lake, progress=progress, waiting=waiting) as writer:
            return _Add(writer, sources, now, progress).run(paths, limits or Limits())
    except Exception as error:  # engine and system say “disk full” each in its own class
        if is_disk_full(error):
            raise disk_full() from error
        raise


@dataclass
class _Add:
    writer: Writer
    sources: Sequence[Source]
    now: datetime
    progress: Progress
    read: list[Vintage] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[PassedOver] = field(default_factory=list)

    def run(self, paths: Sequence[Path], limits: Limits) -> AddReport:
        # Loading the engine and what sources read with takes as long as unpacking an archive,
        # and goes on another core.
        with ThreadPoolExecutor(1) as pool:
            gathering = pool.submit(gather, paths, self.writer.scratch, limits, self.progress)
            self.writer.warm_up()
            for source in self.sources:
                source.warm_up()
            gathered = gathering.result()
        self.refused += gathered.refused
        self.skipped += gathered.passed_over
        named = {path.name for path in paths}
        recognised = self._recognise(self._fresh(gathered.candidates), named)
        for source in sorted(self.sources, key=lambda one: (one.order, one.key)):
            if files := recognised.get(source.key):
                self._read_source(source, files)
        return AddReport(tuple(self.read), tuple(self.refused), tuple(self.skipped))

    def _fresh(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those whose bytes are neither in the lake nor earlier in this add."""
        seen: dict[str, str] = {}
        holders = {
            file.sha256: vintage.id
            for vintage in self.writer.manifest.vintages
            for file in vintage.files
        }
        fresh = []
        for candidate in candidates:
            if candidate.sha256 in holders:
                why = f"the same bytes are in the data store as {holders[candidate.sha256]}"
            elif candidate.sha256 in seen and candidate.size:
                why = f"the same bytes as {seen[candidate.sha256]}"
            else:
                seen[candidate.sha256] = candidate.name
                fresh.append(candidate)
                continue
            self.skipped.append(PassedOver(candidate.name, why))
        return fresh

    def _recognise(
        self, candidates: Sequence[Candidate], named: set[str]
    ) -> dict[str, list[Recognised]]:
        by_source: dict[str, list[Recognised]] = {}
        for number, candidate in enumerate(candidates):
            self.progress(number, len(candidates), f"recognising {candidate.name}")
            try:
                source, recognised = recognise(candidate, self.sources)
            except Exception as error:
                if is_disk_full(error):
                    raise
                if is_not_data(candidate) and candidate.name not in named:
                    why = "a document, not data that a source knows"
                    self.skipped.append(PassedOver(candidate.name, why))
                else:
                    self.refused.append(Refused(candidate.name, _problem(error, candidate.name)))
            else:
                by_source.setdefault(source.key, []).append(recognised)
        return by_source

    def _read_source(self, source: Source, files: Sequence[Recognised]) -> None:
        groups: dict[str, list[Recognised]] = {}
        for one in files:
            groups.setdefault(one.shape.group, []).append(one)
        staged = [load for group in groups.values() for load in self._read_group(source, group)]
        clashes = clashing_loads([load.vintage for load in staged])
        bad: dict[str, Problem] = {}
        for older, newer, problem in clashes:
            bad.setdefault(older.id, problem)
            bad.setdefault(newer.id, problem)
        for load in staged:
            if why := bad.get(load.vintage.id):
                self.writer.forget(load)
                self.refused += [Refused(file.name, why) for file in load.vintage.files]
        good = [load for load in staged if load.vintage.id not in bad]
        if good:
            self.read += self.writer.publish(good)
        self.writer.desk.clear()

    def _read_group(self, source: Source, group: list[Recognised]) -> list[Staged]:
        """Read the files that belong together. If the source puts the blame on one of them,
        that one is refused and the others are read again without it."""
        for name, problem in clashing_files(group).items():
            self.refused.append(Refused(name, problem))
            group = [one for one in group if one.candidate.name != name]
        while group:
            staged: list[Staged] = []
            try:
                for load in source.read(group, self.writer.desk):
                    staged.append(self._stage(source, load))
                return staged
            except Exception as error:
                for done in staged:
                    self.writer.forget(done)
                if is_disk_full(error):
                    raise
                guilty, problem = _blame(error, group)
                self.refused += [Refused(one.candidate.name, problem) for one in guilty]
                group = [one for one in group if one not in guilty]
        return []

    def _stage(self, source: Source, load: Load) -> Staged:
        return self.writer.stage(vintage_of(source, load, self.now), load.tables)


def vintage_of(source: Source, load: Load, now: datetime) -> Vintage:
    """What the lake says of `load`: its id is the source, the last month and a short hash
    of what it was read from, so that the same files always make the same id."""
    coverage = {unit: tuple(sorted(set(months))) for unit, months in load.coverage.items()}
    last = max((month for months in coverage.values() for month in months), default=None)
    files = tuple(
        SourceFile(
            one.candidate.name,
            one.candidate.sha256,
            one.candidate.size,
            load.rows.get(one.candidate.name, 0),
        )
        for one in load.files
    )
    assumed = load.published is None
    published = load.published or (last.last_day if last else now.date())
    # An assumed date stands in the text of an id only where the files themselves give it.
    when = str(last or (Month.of(load.published) if load.published else _UNDATED))
    marks = [load.dataset, load.generation, *sorted(coverage)]
    marks += sorted(file.sha256 for file in files)
    digest = sha256("\n".join(marks).encode()).hexdigest()[:8]
    return Vintage(
        id=f"{source.key}-{when}-{digest}",
        source=source.key,
        dataset=load.dataset,
        publisher=source.publisher,
        licence=source.licence,
        url=source.url,
        generation=load.generation,
        files=files,
        tables={},
        coverage=coverage,
        published=published,
        published_assumed=assumed,
        loaded=now,
        notes=load.notes,
        split=load.split,
        title=source.title,
    )


def _blame(error: Exception, group: Sequence[Recognised]) -> tuple[list[Recognised], Problem]:
    """Whose fault `error` is: one file, if it names one of the group; else all of them."""
    problem = _problem(error, None)
    names: Mapping[str, Recognised] = {
        key: one for one in group for key in (one.candidate.name, str(one.candidate.path))
    }
    guilty = names.get(problem.file or "")
    if guilty is None:
        if problem.file is None and len(group) == 1:
            problem = _placed(problem, group[0].candidate.name)
        return list(group), problem
    return [guilty], _placed(problem, guilty.candidate.name)


def _problem(error: Exception, file: str | None) -> Problem:
    """A Problem for the user, whatever went wrong; a fault of ours is said to be one."""
    problem = as_problem(error)
    if problem is None:
        _LOG.warning("a source failed", exc_info=error)
        problem = Problem(
            f"This file could not be read: {type(error).__name__}: {error}.",
            remedy="This is a fault in saferboard: please report it with the file's first lines.",
        )
    return problem if file is None or problem.file else _placed(problem, file)


def _placed(problem: Problem, file: str) -> Problem:
    return Problem(problem.message, file=file, place=problem.place, remedy=problem.remedy)
