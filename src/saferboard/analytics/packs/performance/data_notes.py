"""Notes on the data: which publications were used, what is missing, hidden, unknown, broken."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.analytics.measures.results import BreakMet, MeasureResult
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.publications import (
    data_title,
    missing_words,
    newest,
    published_on,
    source_title,
)
from saferboard.analytics.packs.writing import joined, sentence, with_reference, words
from saferboard.analytics.store.vintage import LoadNote, Vintage
from saferboard.documents.model import (
    Block,
    Bullets,
    Cell,
    Definitions,
    Heading,
    Inlines,
    Label,
    Paragraph,
    Quoted,
    Section,
    Table,
)
from saferboard.vocabulary.period import day_label

_UNKNOWN = ("unknown-label", "unknown-area", "not-placed")


def data_notes(material: Material, title: str, without_data: str) -> Section:
    """Everything a reader needs to judge the data behind the pack."""
    blocks: list[Block] = [Paragraph(_known(material))]
    blocks += [Paragraph((Label(one),)) for one in material.summary.notes]
    blocks += [_loads(material), _fed_by(material)]
    blocks += _listed("Missing months", "data-missing", list(_missing(material)))
    blocks += _hidden(material)
    blocks += _listed("Labels and places not known", "data-unknown", list(_unknown(material)))
    blocks += _listed("Other remarks on the loads", "data-remarks", list(_remarks(material)))
    blocks += _breaks(material)
    blocks += _listed("Months not judged", "data-unusual", list(_left_out(material)))
    if material.without_data:
        blocks.append(Heading(3, (Label(without_data),), "data-without"))
        blocks.append(
            Bullets(
                tuple(
                    sentence(Label(one.title), ": ", Label(_small(missing_words(one))))
                    for one in material.without_data
                )
            )
        )
    return Section("data-notes", (Label(title),), tuple(blocks))


def _known(material: Material) -> Inlines:
    summary = material.summary
    now = (
        words("Figures are as now: from the newest publications that are loaded")
        if summary.as_known == "latest"
        else words(
            "Figures are as published: only what was known by ", Label(summary.as_known), " is used"
        )
    )
    year_before = (
        "; those of the year before as they stood a year earlier, which is how a board prints them"
        if summary.comparators == "as-published"
        else "; both periods of a comparison from one publication wherever one covers both"
    )
    return sentence(now, year_before)


def _loads(material: Material) -> Table:
    used = {key for one in material.with_data for key in one.vintages}
    held = [
        material.summary.vintages[key] for key in sorted(used) if key in material.summary.vintages
    ]
    held.sort(key=lambda one: (one.publisher, one.dataset, one.published, one.id))
    return Table(
        key="loads",
        caption=words("Publications used"),
        head=(_heads("Publisher", "Data", "Months", "Data as published on", "Licence"),),
        body=tuple(
            (
                Cell((Label(one.publisher),), header=True),
                _text(data_title(one)),
                _text(_span(one)),
                _text(published_on(one)),
                _text(one.licence),
            )
            for one in held
        ),
        note=words(
            "“Assumed”: the file does not say when it was published, and the last day of its last "
            "month is taken."
        ),
        wide=True,
    )


def _fed_by(material: Material) -> Table:
    return Table(
        key="fed-by",
        caption=words("Which source fed each measure"),
        head=(_heads("Measure", "Source", "Data as published on"),),
        body=tuple(
            (
                Cell((Label(one.title),), header=True),
                _text(source_title(one)),
                _text(_days(material, one)),
            )
            for one in material.with_data
        ),
    )


def _missing(material: Material) -> Iterator[Inlines]:
    for one in material.with_data:
        months = [point.month.label() for point in one.months if point.count.value is None]
        if months:
            yield sentence(Label(one.title), ": ", Label(", ".join(months)))


def _hidden(material: Material) -> list[Block]:
    hidden = [one for one in material.summary.sheet if one.suppressed]
    if not hidden:
        return []
    number = material.tallies.count("suppressed", len(hidden))
    cells = " figure is" if len(hidden) == 1 else " figures are"
    return [
        Heading(3, words("Hidden figures"), "data-hidden"),
        Paragraph(
            words(
                number,
                f"{cells} hidden because so few people are counted that they could be known.",
            )
        ),
    ]


def _unknown(material: Material) -> Iterator[Inlines]:
    for held in _notes(material):
        if held[0][1].kind in _UNKNOWN:
            yield _note(material, held)


def _remarks(material: Material) -> Iterator[Inlines]:
    for held in _notes(material):
        if held[0][1].kind not in _UNKNOWN:
            yield _note(material, held)


def _notes(material: Material) -> list[list[tuple[Vintage, LoadNote]]]:
    """The notes of the loads used; those that say the same of several loads together."""
    used = {key for one in material.with_data for key in one.vintages}
    alike: dict[tuple[str, str], list[tuple[Vintage, LoadNote]]] = {}
    for key in sorted(used):
        load = material.summary.vintages.get(key)
        for note in load.notes if load else ():
            if load:
                alike.setdefault((note.kind, note.words), []).append((load, note))
    return list(alike.values())


def _note(material: Material, held: list[tuple[Vintage, LoadNote]]) -> Inlines:
    """What was remarked, of which data; the total where the words do not have it."""
    load, note = held[0]
    names = dict.fromkeys(data_title(one) for one, _ in held)
    text = words(Label(f"{'; '.join(names)}. "), sentence(Quoted(note.words, load.id)))
    if note.total is None or note.kind not in _UNKNOWN or f"{note.total:,.0f}" in note.words:
        return text
    position = load.notes.index(note)
    total = material.tallies.count(f"{load.id}-{note.kind}-{position}", note.total)
    return words(text, " In all: ", total, ".")


def _breaks(material: Material) -> list[Block]:
    met: dict[str, BreakMet] = {}
    measures: dict[str, list[str]] = {}
    for one in material.with_data:
        for broken in one.breaks:
            met[broken.key] = broken
            measures.setdefault(broken.key, []).append(one.title)
    if not met:
        return []
    items = tuple(
        (
            words(Label(f"{_when(one)}: {one.severity}")),
            (
                Paragraph(with_reference(one.words, one.reference)),
                Paragraph(sentence("It concerns: ", Label(", ".join(measures[one.key])))),
            ),
        )
        for one in sorted(met.values(), key=lambda one: (one.date, one.key))
    )
    return [Heading(3, words("Breaks in comparability"), "data-breaks"), Definitions(items)]


def _left_out(material: Material) -> Iterator[Inlines]:
    """The unusual periods that no limit and no dispersion rests on, and for which measures."""
    met: dict[str, BreakMet] = {}
    measures: dict[str, list[str]] = {}
    for one in material.with_data:
        for entry in one.left_out:
            met[entry.key] = entry
            measures.setdefault(entry.key, []).append(one.title)
    for key, entry in sorted(met.items(), key=lambda pair: (pair[1].date, pair[0])):
        yield joined(
            with_reference(entry.words, entry.reference),
            sentence(
                "These months are not judged, and what is usual is reckoned without them, for: ",
                Label(", ".join(measures[key])),
            ),
        )


def _when(met: BreakMet) -> str:
    if met.until is None:
        return day_label(met.date)
    return f"{day_label(met.date)} to {day_label(met.until)}"


def _listed(title: str, anchor: str, items: list[Inlines]) -> list[Block]:
    if not items:
        return []
    return [Heading(3, (Label(title),), anchor), Bullets(tuple(items))]


def _days(material: Material, one: MeasureResult) -> str:
    found = newest(material, one.vintages)
    return published_on(found) if found else ""


def _span(load: Vintage) -> str:
    if load.first_month is None or load.last_month is None:
        return ""
    return f"{load.first_month.label()} to {load.last_month.label()}"


def _heads(*names: str) -> tuple[Cell, ...]:
    return tuple(Cell((Label(name),), header=True) for name in names)


def _text(text: str) -> Cell:
    return Cell((Label(text),))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
