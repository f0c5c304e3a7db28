"""What stands out: clear changes, unusual months, and how many chance would have given."""

from __future__ import annotations

from collections.abc import Iterable

from saferboard.analytics.facts.format import bound
from saferboard.analytics.measures.results import Comparison, MeasureResult
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.sentences import month_sentence
from saferboard.analytics.packs.writing import counted, in_period, sentence, verdict_tag, words
from saferboard.documents.model import (
    Block,
    Bullets,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    Label,
    Link,
    Paragraph,
    Section,
)
from saferboard.vocabulary.verdict import Verdict

_RISES_AND_FALLS: tuple[tuple[Verdict, str], ...] = (
    ("clear rise", "Clear rises over the year"),
    ("clear fall", "Clear falls over the year"),
    ("possible rise", "Possible rises over the year"),
    ("possible fall", "Possible falls over the year"),
)


def stands_out(material: Material, title: str) -> Section:
    """The first page: what a reader with one minute should take away."""
    found = material.summary
    measures = material.with_data
    blocks: list[Block] = [
        Paragraph(_lead(material), role="lead"),
        KeyFigures(tuple(_key_figures(material))),
    ]
    for verdict, heading in _RISES_AND_FALLS:
        changed = [one for one in measures if one.year and one.year.verdict == verdict]
        if changed:
            blocks.append(Heading(3, (Label(heading),), f"stands-out-{verdict.replace(' ', '-')}"))
            blocks.append(Bullets(tuple(_changed(one, one.year) for one in changed if one.year)))
    blocks.append(Heading(3, (Label("Unusual months"),), "stands-out-months"))
    blocks.append(
        Paragraph(
            words(
                "The last three months of ",
                bound(found.looked_at),
                " series were looked at; ",
                bound(found.exceptions),
                " of those months stood out, and chance alone would give ",
                bound(found.by_chance),
                ".",
            )
        )
    )
    unusual = tuple(_unusual(measures, "exception"))
    if unusual:
        blocks.append(Bullets(unusual))
    watched = tuple(_unusual(measures, "watch"))
    if watched:
        blocks.append(Paragraph(words("To watch, without alarm:")))
        blocks.append(Bullets(watched))
    return Section("stands-out", (Label(title),), tuple(blocks), "summary", speaker=_speaker())


def _lead(material: Material) -> Inlines:
    summary = material.summary
    number = material.tallies.count("measures", len(material.with_data))
    measures = " measures" if number.value != 1 else " measure"
    return words(
        number,
        f"{measures} for ",
        Label(summary.area.name),
        ", to ",
        Label(summary.to.label()),
        ". A rise or fall is called clear only where it is larger than the ordinary ups and downs "
        "of its measure.",
    )


def _key_figures(material: Material) -> Iterable[KeyFigure]:
    verdicts = [one.year.verdict for one in material.with_data if one.year]
    tallies = material.tallies
    for verdict, label in (
        ("clear rise", "Clear rises"),
        ("clear fall", "Clear falls"),
        ("no clear change", "No clear change or stable"),
    ):
        wanted = {verdict, "stable"} if verdict == "no clear change" else {verdict}
        number = sum(one in wanted for one in verdicts)
        yield KeyFigure(
            (Label(label),),
            (tallies.count(f"year-{verdict.replace(' ', '-')}", number),),
            words(Label("12 months against the 12 before")),
        )


def _changed(result: MeasureResult, comparison: Comparison) -> Inlines:
    change = comparison.change
    return words(
        Link((Label(result.title),), f"#{result.measure}"),
        ": ",
        counted(comparison.current, result.unit_one, result.unit_many),
        " ",
        in_period(comparison.period),
        words(", ", bound(change)) if change.value is not None else None,
        ". ",
        verdict_tag(comparison.verdict, result.polarity),
    )


def _unusual(measures: Iterable[MeasureResult], kind: str) -> Iterable[Inlines]:
    for result in measures:
        for point in result.exceptions:
            if point.status.startswith(kind):
                yield sentence(
                    Link((Label(result.title),), f"#{result.measure}"),
                    ", ",
                    month_sentence(point),
                )


def _speaker() -> tuple[Paragraph, ...]:
    return (
        Paragraph(
            words(
                "Start with what is clear. Ask of each clear change: what is behind it, who is "
                "acting on it, and when will the board see whether that worked?"
            )
        ),
    )
