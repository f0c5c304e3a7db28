"""Tables and maps of wards. Without a population there are counts and shares, and no rate."""

from __future__ import annotations

from dataclasses import replace

from saferboard.analytics.charts.map import area_map
from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bound, unit_words
from saferboard.analytics.measures.results import Breakdown, BreakdownRow, MeasureResult
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.ward_rates import (
    against_all,
    has_rates,
    place_words,
    steadied_words,
)
from saferboard.analytics.packs.writing import sentence, verdict_tag, words
from saferboard.documents.model import (
    Block,
    Cell,
    Figure,
    Inlines,
    Label,
    Note,
    Paragraph,
    Section,
    Table,
)

WARD = "wards"
_RATES = (
    "The darker a ward, the higher its steadied rate: drawn toward the others by as much as small "
    "numbers ask. Hatched: not different from all wards together."
)
_COUNTS = (
    "The larger the circle, the more. A ward may have more only because more people are there."
)


def ward_breakdown(result: MeasureResult) -> Breakdown | None:
    """The wards of a measure, where ward data is loaded."""
    return next((one for one in result.breakdowns if one.key == WARD), None)


def ward_sections(material: Material, title: str, most: int) -> tuple[Section, ...]:
    """A page for each of the first `most` measures that have wards: map, table, what is not
    placed, what to load. The last page names the measures that only the ward pack has."""
    held = [
        (one, wards)
        for one in material.with_data
        if (wards := ward_breakdown(one)) is not None and wards.rows
    ]
    made = [_section(material, one, wards, title) for one, wards in held[:most]]
    if made and held[most:]:
        rest = ", ".join(one.title for one, _ in held[most:])
        note = Paragraph(words("In the ward pack too: ", Label(rest), "."), role="note")
        *before, table = made[-1].blocks
        made[-1] = replace(made[-1], blocks=(*before, note, table))
    return tuple(made)


def _section(material: Material, result: MeasureResult, wards: Breakdown, title: str) -> Section:
    blocks: list[Block] = []
    figure = ward_figure(material, result, wards)
    if figure is not None:
        blocks.append(figure)
        blocks.append(Paragraph(words(_RATES if has_rates(wards) else _COUNTS), role="note"))
    if wards.average is not None and wards.average.value is not None:
        unit = Label(f" {unit_words(wards.average)}")
        blocks.append(Paragraph(words("All wards together: ", bound(wards.average), unit, ".")))
    if wards.not_placed is not None and wards.not_placed.value:
        blocks.append(
            Paragraph(
                sentence(
                    Label(f"{result.title}: "),
                    bound(wards.not_placed),
                    Label(f" {result.unit_many}"),
                    " of the area could not be placed in a ward and are in no row of the table",
                ),
                role="note",
            )
        )
    if wards.note:
        blocks.append(
            Note(
                "missing" if not has_rates(wards) else "info",
                words("Counts only") if not has_rates(wards) else words("Remark"),
                (Paragraph((Label(wards.note),)),),
            )
        )
    # The table comes last: a slide or page can be given to it.
    blocks.append(ward_table(result, wards))
    return Section(
        f"wards-{result.measure}",
        words(Label(f"{title}: {result.title}")),
        tuple(blocks),
        "map",
        material.presenter(result),
    )


def ward_figure(material: Material, result: MeasureResult, wards: Breakdown) -> Figure | None:
    """A map: bands of the rate where there is one, circles for counts where there is not."""
    rows = [row for row in wards.rows if row.key in material.outlines]
    if not rows or len(rows) < len(wards.rows):
        return None
    rates = has_rates(wards)
    facts = [(row.shrunk or row.rate or row.current) if rates else row.current for row in rows]
    title = f"{result.title} by ward"
    unit = unit_words(next(fact for fact in facts if fact.per)) if rates else result.unit_many
    chart = area_map(
        f"map-{result.measure}",
        title,
        unit,
        [(row.key, row.name, fact) for row, fact in zip(rows, facts, strict=True)],
        material.outlines,
        banded=rates,
        unclear=[row.key for row in rows if row.differs == "not clear"],
    )
    known = [(row, fact) for row, fact in zip(rows, facts, strict=True) if fact.value is not None]
    if not known:
        return None
    highest = max(known, key=lambda one: one[1].value or 0)
    lowest = min(known, key=lambda one: one[1].value or 0)
    return Figure(
        chart,
        words(Label(f"{title}, {unit}, {wards.period.label()}")),
        words(
            "A map of the wards. Highest: ",
            Label(highest[0].name),
            " (",
            bound(highest[1]),
            "); lowest: ",
            Label(lowest[0].name),
            " (",
            bound(lowest[1]),
            "). Differences between wards of small numbers are mostly chance.",
        ),
        Table(
            key=f"map-{result.measure}",
            caption=words(Label(f"{title}, {unit}, {wards.period.label()}")),
            head=(
                (
                    Cell((Label("Ward"),), header=True),
                    Cell((Label(unit[:1].upper() + unit[1:]),), header=True, align="right"),
                ),
            ),
            body=tuple(
                (Cell((Label(row.name),), header=True), _number(fact))
                for row, fact in zip(rows, facts, strict=True)
            ),
        ),
    )


def ward_table(result: MeasureResult, wards: Breakdown) -> Table:
    """A row for each ward: 12 months, the 12 before, change and what it means, share; its rate,
    its place and whether it is off the rate of all, where there is a denominator."""
    rates = has_rates(wards)
    unit = unit_words(next(row.rate for row in wards.rows if row.rate)) if rates else ""
    heads_of_rates = (
        f"Rate {unit}",
        "Steadied (likely range)",
        f"Rank of {wards.ranked} (likely range)",
        "Against all wards",
    )
    heads = [
        "Ward",
        wards.period.label(),
        "Before",
        "Change",
        "Share of the area",
        *(heads_of_rates if rates else ()),
    ]
    return Table(
        key=f"wards-{result.measure}",
        caption=words(Label(f"{result.title}: {wards.title}, {wards.period.label()}")),
        head=(
            tuple(
                Cell((Label(name),), header=True, align="right" if at else "left")
                for at, name in enumerate(heads)
            ),
        ),
        body=tuple(_row(result, row, rates=rates) for row in wards.rows),
        wide=True,
    )


def _row(result: MeasureResult, row: BreakdownRow, *, rates: bool) -> tuple[Cell, ...]:
    cells = [
        Cell((Label(row.name),), header=True),
        _number(row.current),
        _number(row.previous),
        Cell(change_words(result, row), align="right"),
        _number(row.share),
    ]
    if rates:
        cells += [
            _number(row.rate),
            Cell(steadied_words(row), align="right"),
            Cell(place_words(row), align="right"),
            Cell(words(against_all(result, row)), align="right"),
        ]
    return tuple(cells)


def change_words(result: MeasureResult, row: BreakdownRow) -> Inlines:
    """The change of a ward and what it means."""
    change = row.change
    if change is None:
        return ()
    tag = verdict_tag(change.verdict, result.polarity) if change.verdict else None
    if change.value is None:
        return (tag,) if tag else (bound(change),)
    return words(bound(change), " " if tag else None, tag)


def _number(fact: Fact | None) -> Cell:
    return Cell((bound(fact),) if fact is not None else (), align="right")
