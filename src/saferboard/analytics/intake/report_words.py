"""What was added to the data store and what a load holds, in words: the command line and the
workspace say it alike."""

from __future__ import annotations

from collections.abc import Sequence

from saferboard.analytics.intake.report import AddReport
from saferboard.analytics.store.coverage import gaps
from saferboard.analytics.store.vintage import LoadNote, Vintage
from saferboard.vocabulary.period import Month

_MANY = 12


def report_text(report: AddReport) -> str:
    """The summary of an add: what was read, what was not, and why."""
    lines: list[str] = []
    if report.read:
        lines.append(f"Read into the data store: {_loads(len(report.read))}.")
        for vintage in report.read:
            lines.append(f"  {vintage.id}: {_what(vintage)}")
            lines += [f"    {words}" for words in notes_text(vintage.notes)]
    if report.skipped:
        lines.append(f"Left alone: {_files(len(report.skipped))}.")
        shown = report.skipped[:_MANY]
        lines += [f"  {one.name}: {one.why}" for one in shown]
        if len(report.skipped) > _MANY:
            lines.append(f"  and {len(report.skipped) - _MANY} more")
    if report.refused:
        lines.append(f"Refused: {_files(len(report.refused))}.")
        lines += _refusals(report)
    if not lines:
        lines.append("There was no file to read: the folder or archive is empty.")
    return "\n".join(lines)


def _refusals(report: AddReport) -> list[str]:
    """One message for each problem, however many files it concerns."""
    by_problem: dict[str, list[str]] = {}
    for one in report.refused:
        by_problem.setdefault(one.problem.sentence(), []).append(one.name)
    lines = []
    for sentence, names in by_problem.items():
        if len(names) == 1:
            lines.append(f"  {sentence if names[0] in sentence else f'{names[0]}: {sentence}'}")
        else:
            lines += [f"  {sentence}", f"    this concerns {_files(len(names))}:"]
            lines += [f"      {name}" for name in names[:_MANY]]
            if len(names) > _MANY:
                lines.append(f"      and {len(names) - _MANY} more")
    return lines


def load_text(vintage: Vintage) -> str:
    """Everything about one load."""
    lines = [
        vintage.id,
        f"  source: {vintage.source}, data set {vintage.dataset}, form {vintage.generation}",
        f"  publisher: {vintage.publisher} ({vintage.licence}) {vintage.url}",
        f"  published: {published_text(vintage)}",
        f"  loaded: {vintage.loaded:%Y-%m-%d %H:%M} UTC",
        "  rows: " + ", ".join(f"{name} {rows:,}" for name, rows in vintage.tables.items()),
        "  months:",
    ]
    for unit, months in sorted(vintage.coverage.items()):
        words = f"{months[0]} to {months[-1]}" if months else "none"
        if lost := gaps(months):
            words += f", without {_months(lost)}"
        lines.append(f"    {unit}: {words}")
    lines.append("  files:")
    for file in vintage.files:
        lines.append(f"    {file.name}: {file.rows:,} rows, {file.size:,} bytes")
        lines.append(f"      sha256 {file.sha256}")
    if vintage.notes:
        lines.append("  to know:")
        lines += [f"    {words}" for words in notes_text(vintage.notes)]
    return "\n".join(lines)


def notes_text(notes: Sequence[LoadNote]) -> list[str]:
    """Notes, one a line, with the total that each concerns."""
    return [
        f"{note.kind}: {note.words}" + ("" if _told(note) else f" ({note.total:,.0f})")
        for note in notes
    ]


def _told(note: LoadNote) -> bool:
    """Whether there is no total, or the words have it."""
    return note.total is None or f"{note.total:,.0f}" in note.words


def published_text(vintage: Vintage) -> str:
    """The date of publication, and whether it is only assumed."""
    return f"{vintage.published.isoformat()}{' (assumed)' if vintage.published_assumed else ''}"


def size_text(vintage: Vintage) -> str:
    """How many rows a load holds and from how many files."""
    return f"{sum(vintage.tables.values()):,} rows from {_files(len(vintage.files))}"


def _what(vintage: Vintage) -> str:
    return f"{span_text(vintage)}, {size_text(vintage)}"


def span_text(vintage: Vintage) -> str:
    """The first and the last month of a load, or that it has none."""
    first, last = vintage.first_month, vintage.last_month
    if first is None or last is None:
        return "no months"
    return str(first) if first == last else f"{first} to {last}"


def _months(months: Sequence[Month]) -> str:
    shown = ", ".join(str(month) for month in months[:_MANY])
    return shown + (f" and {len(months) - _MANY} more" if len(months) > _MANY else "")


def _files(number: int) -> str:
    return f"{number:,} file{'' if number == 1 else 's'}"


def _loads(number: int) -> str:
    return f"{number:,} load{'' if number == 1 else 's'}"
