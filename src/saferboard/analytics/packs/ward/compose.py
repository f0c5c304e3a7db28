"""The ward pack: the same results, turned round to one page for each ward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saferboard.analytics.charts.pairs import pairs_chart
from saferboard.analytics.facts.format import bound, unit_words
from saferboard.analytics.measures.results import Breakdown, BreakdownRow, MeasureResult
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.performance.data_notes import data_notes
from saferboard.analytics.packs.prose import prose, settings
from saferboard.analytics.packs.tallies import Tallies
from saferboard.analytics.packs.ward_rates import against_all, place_among, steadied_words
from saferboard.analytics.packs.wards import change_words, ward_breakdown
from saferboard.analytics.packs.writing import listed, sentence, words
from saferboard.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Figure,
    Inlines,
    Label,
    Note,
    Paragraph,
    Section,
    Table,
)
from saferboard.vocabulary.problem import Problem

PACK = "ward"
_RATES = (
    "Rate",
    "Steadied (likely range)",
    "Rank among the wards (likely range)",
    "Against all wards",
)


@dataclass(frozen=True)
class Part:
    """What one measure says of one ward."""

    result: MeasureResult
    breakdown: Breakdown
    row: BreakdownRow


def compose(material: Material, ward: str | None = None) -> Document:
    """One page for every ward, or for the ward named (by name or code). Raises Problem where no
    load has wards, or where the name is not that of one ward."""
    wards = by_ward(material.with_data)
    if not wards:
        raise Problem(
            f"No ward figures are loaded for {material.summary.area.name}.",
            remedy="Add a ward level file, or an ONS look-up from LSOAs to wards that has this "
            "area (street-level crime is then counted by ward), and build the pack again.",
        )
    chosen = _chosen(wards, ward) if ward is not None else list(wards)
    title = settings(PACK)
    sections = (
        Section(
            "about",
            (Label(title["sections"]["about"]),),
            (*prose(PACK, "about"), *_missing(wards)),
        ),
        *(_page(key, wards[key], material.tallies) for key in chosen),
        data_notes(material, title["sections"]["data-notes"], title["without-data"]),
    )
    summary = material.summary
    one = wards[chosen[0]][0].row.name if ward is not None else summary.area.name
    return Document(
        title=f"{title['title']}: {one}",
        subtitle=f"Figures to {summary.to.label()}",
        organisation=material.partnership.name,
        language="en-GB",
        date="Recorded offences by ward",
        sections=sections,
        look=material.look,
        marking=material.partnership.marking,
        contact=material.partnership.contact,
        keywords=("community safety", "wards", summary.area.name),
    )


def by_ward(results: Sequence[MeasureResult]) -> dict[str, list[Part]]:
    """Every ward's parts by its code, wards in the order of their names."""
    held: dict[str, list[Part]] = {}
    for result in results:
        breakdown = ward_breakdown(result)
        for row in breakdown.rows if breakdown else ():
            if breakdown is not None:
                held.setdefault(row.key, []).append(Part(result, breakdown, row))
    return dict(sorted(held.items(), key=lambda item: (item[1][0].row.name, item[0])))


def _missing(wards: dict[str, list[Part]]) -> list[Block]:
    """What the tables of all wards lack, and which file to load: said once."""
    parts = next(iter(wards.values()))
    notes: dict[str, list[str]] = {}
    for part in parts:
        for note in filter(None, part.breakdown.note.split(". ")):
            notes.setdefault(note.rstrip("."), []).append(part.result.title)
    if not notes:
        return []
    items = tuple(
        sentence(Label(note), words(" (", Label(", ".join(titles)), ")"))
        if len(titles) < len(parts)
        else sentence(Label(note))
        for note, titles in notes.items()
    )
    return [Note("missing", words("What is missing"), (Bullets(items),))]


def _chosen(wards: dict[str, list[Part]], wanted: str) -> list[str]:
    found = [
        key
        for key, parts in wards.items()
        if wanted.strip().casefold() in (key.casefold(), parts[0].row.name.casefold())
    ]
    if len(found) == 1:
        return found
    names = ", ".join(f"{parts[0].row.name} ({key})" for key, parts in wards.items())
    if found:
        raise Problem(
            f"“{wanted}” is the name of {len(found)} wards.",
            remedy=f"Name one by its code: {', '.join(found)}.",
        )
    raise Problem(f"“{wanted}” is not a ward of this area.", remedy=f"Its wards are {names}.")


def _page(key: str, parts: list[Part], tallies: Tallies) -> Section:
    name = parts[0].row.name
    blocks: list[Block] = [Paragraph(_lead(name, parts), role="lead")]
    changed = [part for part in parts if _is_clear(part)]
    if changed:
        blocks.append(
            Bullets(
                tuple(
                    sentence(
                        Label(part.result.title),
                        ": ",
                        bound(part.row.current),
                        Label(f" {part.result.unit_many}, "),
                        change_words(part.result, part.row),
                    )
                    for part in changed
                )
            )
        )
    blocks.append(_figure(key, name, parts))
    blocks.append(_table(key, name, parts, tallies))
    return Section(f"ward-{key.lower()}", (Label(name),), tuple(blocks), "measure")


def _lead(name: str, parts: list[Part]) -> Inlines:
    clear = [part for part in parts if _is_clear(part)]
    area = Label(f"{name}, {parts[0].breakdown.period.label()}")
    if not clear:
        return sentence(
            area,
            ": nothing has clearly risen or fallen. Differences this small are mostly chance",
        )
    rises = [(Label(one.result.title),) for one in clear if _verdict(one) == "clear rise"]
    falls = [(Label(one.result.title),) for one in clear if _verdict(one) == "clear fall"]
    said = [
        *([words("a clear rise (", listed(rises), ")")] if rises else []),
        *([words("a clear fall (", listed(falls), ")")] if falls else []),
    ]
    return sentence(area, ": ", listed(said))


def _figure(key: str, name: str, parts: list[Part]) -> Figure:
    shown = [part for part in parts if part.row.current.value is not None]
    title = f"{name}: {parts[0].breakdown.period.label()} and a year before"
    return Figure(
        pairs_chart(
            f"ward-{key.lower()}",
            title,
            [(_measured(part, parts[0]), part.row.current, part.row.previous) for part in shown],
        ),
        words(Label(title), ". Dark: this year; light: the year before."),
        words("Two bars for each measure, this year and the year before, as in the table."),
        Table(
            key=f"ward-{key.lower()}-bars",
            caption=words(Label(title)),
            head=(
                tuple(
                    Cell((Label(head),), header=True, align="right" if at else "left")
                    for at, head in enumerate(
                        ("Measure", parts[0].breakdown.period.label(), "A year before")
                    )
                ),
            ),
            body=tuple(
                (
                    Cell((Label(_measured(part, parts[0])),), header=True),
                    Cell((bound(part.row.current),), align="right"),
                    Cell((bound(part.row.previous),) if part.row.previous else (), align="right"),
                )
                for part in shown
            ),
        ),
    )


def _table(key: str, name: str, parts: list[Part], tallies: Tallies) -> Table:
    rates = any(part.row.rate is not None and part.row.rate.value is not None for part in parts)
    heads = [
        "Measure",
        parts[0].breakdown.period.label(),
        "A year before",
        "Change",
        "Share of the area",
        *(_RATES if rates else ()),
    ]
    return Table(
        key=f"ward-{key.lower()}",
        caption=words(Label(f"{name}: {parts[0].breakdown.title}")),
        head=(
            tuple(
                Cell((Label(head),), header=True, align="right" if at else "left")
                for at, head in enumerate(heads)
            ),
        ),
        body=tuple(_row(part, _measured(part, parts[0]), tallies, rates=rates) for part in parts),
        wide=True,
    )


def _measured(part: Part, first: Part) -> str:
    """A measure, with its period where that is not the one in the heading."""
    period = part.breakdown.period
    if period == first.breakdown.period:
        return part.result.title
    return f"{part.result.title}, {period.label()}"


def _row(part: Part, name: str, tallies: Tallies, *, rates: bool) -> tuple[Cell, ...]:
    row = part.row
    cells = [
        Cell((Label(name),), header=True),
        Cell((bound(row.current),), align="right"),
        Cell((bound(row.previous),) if row.previous else (), align="right"),
        Cell(change_words(part.result, row), align="right"),
        Cell((bound(row.share),) if row.share else (), align="right"),
    ]
    if rates:
        rate = row.rate
        shown = words(bound(rate), Label(f" {unit_words(rate)}")) if rate is not None else ()
        cells += [
            Cell(shown, align="right"),
            Cell(steadied_words(row), align="right"),
            Cell(place_among(part.breakdown, row, tallies), align="right"),
            Cell(words(against_all(part.result, row)), align="right"),
        ]
    return tuple(cells)


def _verdict(part: Part) -> str:
    change = part.row.change
    return change.verdict if change is not None and change.verdict else ""


def _is_clear(part: Part) -> bool:
    return _verdict(part) in ("clear rise", "clear fall")
